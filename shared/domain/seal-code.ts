/** Letters that are not mistaken for one another or for a digit, on paper or read aloud. */
export const plainLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A code as somebody typed it, in the form in which it was made: capitals, in groups of four. */
export function tidyCode(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z]/g, '')
  return letters.replaceAll(/(.{4})(?=.)/g, '$1-')
}
