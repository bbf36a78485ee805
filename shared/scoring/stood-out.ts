import type { StationResult } from '../domain/results.ts'

/** `from` says whose words they are: the examiner's, on the whole or of a moment, or the rubric's on a behaviour. */
export type StoodOut = { from: 'note' | 'quote' | 'strength'; text: string }

/** What stood out in an encounter: the note on the whole, else what was quoted, else the best behaviour, if any. */
export function stoodOut({ generalNote, quote, strength }: StationResult): StoodOut | null {
  if (generalNote !== '') return { from: 'note', text: generalNote }
  if (quote) return { from: 'quote', text: quote.text }
  return strength ? { from: 'strength', text: `${strength.title}: ${strength.anchor}` } : null
}
