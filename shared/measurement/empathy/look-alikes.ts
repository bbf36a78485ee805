import { given, type Statistic } from '../statistic.ts'
import type { Warning } from '../terms.ts'
import { share } from '../wilson.ts'

/** Look-alikes of empathy that an examiner marked in one encounter, a type for each touch; none is an empty list. */
export type LookAlikeEncounter = { station: string; lookAlikes: readonly string[] }

export type LookAlikeCount = {
  station: string
  /** The type, or null for all types together. */
  lookAlike: string | null
  count: number
  /** Marks per encounter; `n` counts encounters. No interval: marks of one encounter hang together. */
  perEncounter: Statistic
  /** The share of encounters with at least one, 0 to 1. */
  encounters: Statistic
}

/**
 * How often each look-alike was marked at each station. Stations by the order of their first encounter; in each all types
 * together, then the `types` in order. Undefined only where there are no encounters, and then there is no row.
 */
export function lookAlikes(encounters: readonly LookAlikeEncounter[], types: readonly string[]): LookAlikeCount[] {
  return [...Map.groupBy(encounters, ({ station }) => station)].flatMap(([station, own]) =>
    [null, ...types].map((type) => {
      const counts = own.map(
        (encounter) => encounter.lookAlikes.filter((mark) => type === null || mark === type).length,
      )
      const count = counts.reduce((sum, marks) => sum + marks, 0)
      const warnings: Warning[] = ['only-what-was-marked']
      return {
        station,
        lookAlike: type,
        count,
        perEncounter: given('rate-per-encounter', own.length, count / own.length, { warnings }),
        encounters: share(counts.filter((marks) => marks > 0).length, own.length, warnings),
      }
    }),
  )
}
