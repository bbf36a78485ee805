import { normalTwoSided, Z95 } from '../distributions.ts'
import { smallSample } from '../small-sample.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Method, Reason } from '../terms.ts'

/**
 * Cohen's κ (1960; weighted 1968): agreement of two raters on one scale beyond what their own habits would give by chance.
 *
 *   κ = (po − pe) / (1 − pe),   po = Σ w pᵢⱼ,   pe = Σ w pᵢ. p.ⱼ
 *
 * with w = 1 on the diagonal and elsewhere 0 (none), 1 − |i − j| / (m − 1) (linear) or 1 − ((i − j) / (m − 1))² (quadratic)
 * on the m categories of the declared scale: leaving out one that nobody used would change a weighted κ. No unit. Standard
 * errors after Fleiss, Cohen and Everitt (1969), for large samples: `se` for the interval, which is not cut off at 1, and
 * `se0`, under κ = 0, for z. Assumes that rated units are independent. Undefined where chance alone agrees fully (pe = 1:
 * both used one category, the same) and for an empty table.
 */
export type KappaWeights = 'none' | 'linear' | 'quadratic'

export type Kappa = Statistic & {
  /** What stands behind the value; null where it is withheld. */
  observed: number | null
  expected: number | null
  /** Test of κ = 0; null too where its error is 0. */
  test: { se0: number; z: number; p: number } | null
}

const methodOf: Record<KappaWeights, Method> = {
  none: 'kappa',
  linear: 'kappa-linear',
  quadratic: 'kappa-quadratic',
}

const weightOf = (weights: KappaWeights, i: number, j: number, m: number): number => {
  if (i === j) return 1
  if (weights === 'none') return 0
  const apart = Math.abs(i - j) / (m - 1)
  return 1 - (weights === 'linear' ? apart : apart * apart)
}

const none = (weights: KappaWeights, n: number, reason: Reason): Kappa => ({
  ...withheld(methodOf[weights], n, reason),
  observed: null,
  expected: null,
  test: null,
})

/** κ of a square table of counts: rows one rater, columns the other, both in the order of the declared scale. */
export function cohenKappa(table: readonly (readonly number[])[], weights: KappaWeights): Kappa {
  const m = table.length
  const isCounts = table.every((row) => row.length === m && row.every((count) => Number.isInteger(count) && count >= 0))
  if (!isCounts) return none(weights, 0, 'not-a-table-of-counts')
  const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0))
  const columns = table.map((_, j) => table.reduce((sum, row) => sum + (row[j] ?? 0), 0))
  const n = rows.reduce((sum, count) => sum + count, 0)
  if (n === 0) return none(weights, 0, 'no-data')
  const cells = table.flatMap((row, i) =>
    row.map((count, j) => ({
      i,
      j,
      weight: weightOf(weights, i, j, m),
      share: count / n,
      chance: ((rows[i] ?? 0) / n) * ((columns[j] ?? 0) / n),
    })),
  )
  // Sums of disagreement, so that full agreement is exactly full.
  const seen = cells.reduce((sum, { weight, share }) => sum + (1 - weight) * share, 0)
  const byChance = cells.reduce((sum, { weight, chance }) => sum + (1 - weight) * chance, 0)
  if (byChance === 0) return none(weights, n, 'chance-agrees-fully')
  const kappa = 1 - seen / byChance
  const expected = 1 - byChance
  const rowWeights = cells.reduce((sums, { i, j, weight }) => {
    sums[i] = (sums[i] ?? 0) + (weight * (columns[j] ?? 0)) / n
    return sums
  }, new Float64Array(m))
  const columnWeights = cells.reduce((sums, { i, j, weight }) => {
    sums[j] = (sums[j] ?? 0) + (weight * (rows[i] ?? 0)) / n
    return sums
  }, new Float64Array(m))
  const meanWeight = (i: number, j: number) => (rowWeights[i] ?? 0) + (columnWeights[j] ?? 0)
  const spread = cells.reduce(
    (sum, { i, j, weight, share }) => sum + share * (weight - meanWeight(i, j) * (1 - kappa)) ** 2,
    0,
  )
  const spread0 = cells.reduce((sum, { i, j, weight, chance }) => sum + chance * (weight - meanWeight(i, j)) ** 2, 0)
  const error = (variance: number) => Math.sqrt(Math.max(variance, 0) / n) / byChance
  const se = kappa === 1 ? 0 : error(spread - (kappa - expected * (1 - kappa)) ** 2)
  const se0 = error(spread0 - expected ** 2)
  const z = kappa / se0
  return {
    ...given(methodOf[weights], n, kappa, {
      ...(se > 0 ? { se, ci95: [kappa - Z95 * se, kappa + Z95 * se] } : {}),
      warnings: [
        ...(kappa === 1 ? (['no-disagreement'] as const) : []),
        ...(kappa < 0 ? (['negative-estimate'] as const) : []),
        ...smallSample(n),
      ],
    }),
    observed: 1 - seen,
    expected,
    test: se0 > 0 ? { se0, z, p: normalTwoSided(z) } : null,
  }
}

/** What two raters' grades of the same units make, and what could not be counted. */
export type GradeTable = {
  table: number[][]
  /** Units with a grade from one rater or none. */
  incomplete: number
  /** Units with a grade that the declared scale does not have. */
  offScale: number
}

/** The table of counts of pairs of grades on the declared scale, its points in order; null is a missing grade. */
export function gradeTable(
  pairs: readonly (readonly [first: number | null, second: number | null])[],
  scale: readonly number[],
): GradeTable {
  const position = new Map(scale.map((grade, i) => [grade, i]))
  const table = scale.map(() => scale.map(() => 0))
  let [incomplete, offScale] = [0, 0]
  for (const [first, second] of pairs) {
    if (first === null || second === null) {
      incomplete++
      continue
    }
    const row = table[position.get(first) ?? -1]
    const column = position.get(second)
    if (!row || column === undefined) offScale++
    else row[column] = (row[column] ?? 0) + 1
  }
  return { table, incomplete, offScale }
}
