import { mean } from 'simple-statistics'
import { Z95 } from '../distributions.ts'
import { given, withheld, type Statistic } from '../statistic.ts'

/**
 * The cut of the exam: the mean of the cuts of its S stations, in the unit of a station's score, each counting the same, as
 * they do in a candidate's mean. SE = √ΣSE²/S takes the stations' errors as independent of each other; the interval is
 * normal. Without the error of one station there is none for the exam. Withheld where a station has no cut: the mean of the
 * others would be another exam's.
 */
export function examCut(stationCuts: readonly Statistic[]): Statistic {
  const count = stationCuts.length
  if (count === 0) return withheld('mean-of-station-cuts', 0, 'no-data')
  const cuts = stationCuts.flatMap(({ value }) => (value === null ? [] : [value]))
  if (cuts.length < count) return withheld('mean-of-station-cuts', cuts.length, 'station-without-cut')
  const cut = mean(cuts)
  const errors = stationCuts.flatMap(({ se }) => (se === undefined ? [] : [se]))
  const se = errors.length < count ? null : Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0)) / count
  return given('mean-of-station-cuts', count, cut, {
    se,
    ci95: se === null ? null : [cut - Z95 * se, cut + Z95 * se],
    warnings: stationCuts.some(({ warnings }) => warnings.length > 0) ? ['station-cut-warned'] : [],
  })
}
