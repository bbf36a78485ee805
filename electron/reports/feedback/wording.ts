/** Words as a sentence: with a capital and a full stop. */
export const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

/** Text that somebody typed, with its line ends as spaces. */
export const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** Text, cut between words after so many letters; nothing of it for none. */
export function beginning(text: string, letters: number): string {
  if (letters === 0) return ''
  const all = Array.from(text)
  if (all.length <= letters) return text
  const cut = all.slice(0, letters).join('')
  const end = cut.lastIndexOf(' ')
  return `${(end > cut.length / 2 ? cut.slice(0, end) : cut).trimEnd()}…`
}
