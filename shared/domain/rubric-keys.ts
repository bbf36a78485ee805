import type { Rubric } from './rubric.ts'

/** Letters that scoring keeps for itself; a moment of a rubric has none of them. */
const KEPT_KEYS = 'LFGUQZ'

export const isKeptKey = (key: string): boolean => KEPT_KEYS.includes(key)

/**
 * A free letter for a deed of scoring: the wished one, or the first that no moment of the rubric and nothing in `taken`
 * has. Kept letters are none of them, and a rubric has at most eight moments.
 */
export function freeLetter(rubric: Pick<Rubric, 'moments'>, wished: string, taken: readonly string[] = []): string {
  const used = new Set<string>([...rubric.moments.map(({ key }) => key), ...taken])
  return Array.from(wished + 'SWTEIOPRHJKVDY').find((letter) => !used.has(letter)) ?? ''
}
