import { Z95 } from '../distributions.ts'
import { smallSample } from '../small-sample.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import { coefficient } from './correlation.ts'
import { pairMoments, type Pair } from './pairs.ts'

/**
 * Lin's concordance correlation (1989): how close pairs lie to the line x = y, so that a difference of level or of spread
 * counts against it, as it does not in r.
 *
 *   ρc = 2 sxy / (sx² + sy² + (x̄ − ȳ)²)     with moments over n
 *
 * No unit; x and y must have the same. Assumes independent, roughly normal pairs. Interval by Fisher's transform with Lin's
 * error as corrected in 2000; it needs n ≥ 4, r ≠ 0 and |ρc| < 1. Undefined below two pairs and where a side does not vary.
 */
export function concordance(pairs: readonly Pair[]): Statistic {
  const n = pairs.length
  const r = coefficient(pairs)
  if (typeof r === 'string') return withheld('lin-ccc', n, r)
  const { meanDifference, sxx, syy, sxy } = pairMoments(pairs)
  const ccc = (2 * sxy) / (sxx + syy + n * meanDifference ** 2)
  const warnings = smallSample(n)
  if (n < 4 || r === 0 || Math.abs(ccc) >= 1) return given('lin-ccc', n, ccc, { warnings })
  /** Squared shift of level in units of the spread: Lin's u². */
  const shift = meanDifference ** 2 / (Math.sqrt(sxx / n) * Math.sqrt(syy / n))
  const variance =
    ((1 - r ** 2) * ccc ** 2 * (1 - ccc ** 2)) / r ** 2 +
    (2 * ccc ** 3 * (1 - ccc) * shift) / r -
    (ccc ** 4 * shift ** 2) / (2 * r ** 2)
  const se = Math.sqrt(Math.max(variance, 0) / (n - 2))
  const z = Math.atanh(ccc)
  const half = (Z95 * se) / (1 - ccc ** 2)
  return given('lin-ccc', n, ccc, {
    ...(se > 0 ? { se, ci95: [Math.tanh(z - half), Math.tanh(z + half)] } : {}),
    warnings,
  })
}
