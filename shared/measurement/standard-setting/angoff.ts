import { mean, sampleStandardDeviation } from 'simple-statistics'
import { vary } from '../descriptive.ts'
import { tQuantile } from '../distributions.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import { examCut } from './exam-cut.ts'

/**
 * Angoff's method: each judge says what score a candidate would reach who is just good enough; the cut is the mean of the
 * judges, SE = SD/√J, the interval Student's t with J − 1, all in the unit of the scores. The judges are taken as a sample of
 * those who might have judged; what they have in common is not in the error. Undefined without judges; one judge gives a
 * cut without an error. Source: Angoff 1971.
 */
export function angoffCut(judges: readonly number[]): Statistic {
  const count = judges.length
  if (count === 0) return withheld('angoff', 0, 'no-data')
  const cut = mean([...judges])
  if (count < 2) return given('angoff', count, cut, { warnings: ['one-judge'] })
  const se = vary(judges) ? sampleStandardDeviation([...judges]) / Math.sqrt(count) : 0
  const half = tQuantile(0.975, count - 1) * se
  return given('angoff', count, cut, { se, ci95: [cut - half, cut + half] })
}

/** What judges gave for a station, at all stations in one order of the judges; null where one gave nothing. */
export type Judged = readonly (number | null)[]

/** The cut of a station: that of its judges, however many they are. */
export const angoffStationCut = (judged: Judged): Statistic => angoffCut(judged.filter((value) => value !== null))

/**
 * Angoff's cut of several stations: of those judges who judged every station, each with their mean over the stations.
 * Whoever is strict is so at all of them, so the errors of the stations are not independent, and the judges' means are what
 * the error is made of. Where nobody judged every station, they had judges of their own, and the cut is the mean of theirs.
 * `leftOut` counts the other judges.
 */
export function angoffExamCut(stations: readonly Judged[]): { cut: Statistic; leftOut: number } {
  const judges = stations.reduce((most, row) => Math.max(most, row.length), 0)
  const whole = Array.from({ length: judges }, (_, judge) => stations.flatMap((row) => row[judge] ?? [])).filter(
    (own) => own.length === stations.length,
  )
  const cut = whole.length === 0 ? examCut(stations.map(angoffStationCut)) : angoffCut(whole.map(mean))
  return { cut, leftOut: judges - whole.length }
}
