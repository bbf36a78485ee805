import { fQuantile } from '../distributions.ts'
import { difference } from '../rounding.ts'
import { smallSample } from '../small-sample.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Method, Reason, Warning } from '../terms.ts'
import type { StationCovariances } from './score-matrix.ts'

export type AlphaAnalysis = {
  /** Pure number, at most 1; below 0 is valid and bad. `n` counts the complete candidates. */
  alpha: Statistic
  /** The same from correlations, as if all stations had one variance. */
  standardized: Statistic
  /** Standard errors of measurement, of the mean over the stations and of their sum, each in that unit. */
  semMean: Statistic
  semTotal: Statistic
  /** In the order of the columns. */
  items: {
    /** α of the exam without this station. */
    alphaIfDeleted: Statistic
    /** r between this station and the sum of the others. */
    itemRest: Statistic
  }[]
}

/** Of a variance, what is no more than the error of binary fractions. */
const NOTHING = 1e-12

/**
 * Cronbach's α over stations: k/(k − 1)·(1 − Σs²ᵢ/s²), s²ᵢ the variance of a station and s² that of the sum, with sample
 * (co)variances over complete candidates. Interval of Feldt: 1 − (1 − α)·F(.975) and 1 − (1 − α)·F(.025), F with n − 1 and
 * (n − 1)(k − 1) degrees of freedom. Assumes that the stations measure one thing with independent errors; it is then a
 * lower bound of the reliability. Undefined below two stations, below two complete candidates, and where the sums do not
 * vary. α if deleted is undefined with two stations.
 *
 * SEM = SD·√(1 − α), of the sum, and divided by k of the mean; undefined where α is, or is negative. It is one number for
 * all candidates, and is applied once.
 *
 * The correlation of a station with the rest leaves the station itself out of the sum; undefined where either does not vary.
 *
 * Source: Cronbach 1951; Feldt 1965.
 */
export function alphaAnalysis(data: StationCovariances): AlphaAnalysis {
  const { covariances, complete: n, leftOut, columns: k } = data
  const leftOutSaid: Warning[] = leftOut > 0 ? ['incomplete-left-out'] : []
  const warnings = [...leftOutSaid, ...smallSample(n)]
  const reason = whyNone(data)
  if (reason !== null) return nothing(data, reason, leftOutSaid)

  const variances = covariances.diagonal()
  const ofItems = variances.reduce((sum, variance) => sum + variance, 0)
  const withOthers = variances.map((variance, item) => covariances.getRow(item).reduce((a, b) => a + b, 0) - variance)
  const ofSum = ofItems + withOthers.reduce((sum, covariance) => sum + covariance, 0)
  const alpha = alphaOf(n, k, ofItems, ofSum, warnings)
  const sem = (method: Method, unit: number) => semOf(method, alpha, Math.sqrt(Math.max(0, ofSum)) / unit, warnings)
  return {
    alpha,
    standardized: standardized(data, warnings),
    semMean: sem('sem-mean', k),
    semTotal: sem('sem-total', 1),
    items: variances.map((variance, item) => {
      const shared = withOthers[item] ?? 0
      const rest = ofSum - 2 * shared - variance
      const isFlat = rest <= NOTHING * ofItems || variance <= NOTHING * ofItems
      return {
        alphaIfDeleted:
          k < 3
            ? withheld('alpha-if-deleted', n, 'one-item', warnings)
            : { ...alphaOf(n, k - 1, ofItems - variance, rest, warnings), method: 'alpha-if-deleted' },
        itemRest: isFlat
          ? withheld('item-rest-correlation', n, 'no-variance', warnings)
          : given('item-rest-correlation', n, shared / Math.sqrt(variance * rest), { warnings }),
      }
    }),
  }
}

function alphaOf(n: number, k: number, ofItems: number, ofSum: number, warnings: readonly Warning[]): Statistic {
  if (ofSum <= NOTHING * ofItems) return withheld('alpha', n, 'no-variance', warnings)
  const found = (k / (k - 1)) * difference(1, ofItems / ofSum)
  const alpha = difference(1, found) === 0 ? 1 : found
  const bound = (p: number) => 1 - (1 - alpha) * fQuantile(p, n - 1, (n - 1) * (k - 1))
  return given('alpha', n, alpha, {
    ci95: [bound(0.975), bound(0.025)],
    warnings: alpha < 0 ? [...warnings, 'negative-alpha'] : warnings,
  })
}

/** k·r̄/(1 + (k − 1)·r̄), r̄ the mean correlation between two stations. */
function standardized(
  { covariances, complete: n, columns: k }: StationCovariances,
  warnings: readonly Warning[],
): Statistic {
  const variances = covariances.diagonal()
  if (variances.some((variance) => variance <= 0)) return withheld('alpha-standardized', n, 'no-variance', warnings)
  let sum = 0
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < a; b++) {
      sum += covariances.get(a, b) / Math.sqrt(covariances.get(a, a) * covariances.get(b, b))
    }
  }
  const mean = (2 * sum) / (k * (k - 1))
  // 1 + (k − 1)·r̄ is the variance of the standardized sum over k.
  const ofSum = 1 + (k - 1) * mean
  if (ofSum <= NOTHING) return withheld('alpha-standardized', n, 'no-variance', warnings)
  return given('alpha-standardized', n, (k * mean) / ofSum, { warnings })
}

function semOf(method: Method, alpha: Statistic, sd: number, warnings: readonly Warning[]): Statistic {
  if (alpha.value === null) return withheld(method, alpha.n, alpha.reason ?? 'no-data', warnings)
  if (alpha.value < 0) return withheld(method, alpha.n, 'negative-alpha', warnings)
  return given(method, alpha.n, sd * Math.sqrt(Math.max(0, 1 - alpha.value)), { warnings })
}

/** Why there is nothing to compute, or null. */
function whyNone({ complete, leftOut, columns, covariances }: StationCovariances): Reason | null {
  if (columns === 0 || complete + leftOut === 0) return 'no-data'
  if (columns === 1) return 'one-item'
  if (complete === 0) return 'no-complete-candidate'
  if (complete === 1) return 'one-candidate'
  return covariances.trace() > 0 ? null : 'no-variance'
}

function nothing({ complete, columns }: StationCovariances, reason: Reason, warnings: Warning[]): AlphaAnalysis {
  const none = (method: Method) => withheld(method, complete, reason, warnings)
  return {
    alpha: none('alpha'),
    standardized: none('alpha-standardized'),
    semMean: none('sem-mean'),
    semTotal: none('sem-total'),
    items: Array.from({ length: columns }, () => ({
      alphaIfDeleted: none('alpha-if-deleted'),
      itemRest: none('item-rest-correlation'),
    })),
  }
}
