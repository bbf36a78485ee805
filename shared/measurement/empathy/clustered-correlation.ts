import { add } from '../data/vector.ts'
import { tQuantile } from '../distributions.ts'
import { coefficient } from '../raters/correlation.ts'
import { pairMoments, type Pair } from '../raters/pairs.ts'
import { fewCandidates } from '../small-sample.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Warning } from '../terms.ts'

/**
 * Encounters as columns of one length: x and y of each, and the candidate whose other encounters resemble it, candidates
 * numbered from 0 (not each number need have an encounter).
 */
export type ClusteredPairs = { pairs: readonly Pair[]; candidates: readonly number[] }

/**
 * Pearson's correlation over encounters, with an interval that allows for several encounters of one candidate.
 *
 *   SE² = G/(G − 1) Σg (Σ i in g  φᵢ)² / n²,   φ = zx zy − r (zx² + zy²) / 2,   z in population standard deviations
 *
 * φ is what one encounter does to r (its influence, Hampel 1974); summed within each of the G candidates it gives the
 * cluster-robust error (Liang and Zeger 1986). Interval by Fisher's transform and Student's t with G − 1 degrees of
 * freedom; it needs G ≥ 4 and |r| < 1. No unit. Holds for many candidates and any kind of likeness within them, and allows
 * for nothing else that encounters share, such as an examiner. Undefined below two encounters and where a side does not
 * vary.
 */
export function clusteredPearson({ pairs, candidates }: ClusteredPairs, warnings: readonly Warning[] = []): Statistic {
  const n = pairs.length
  const r = coefficient(pairs)
  if (typeof r === 'string') return withheld('pearson-clustered', n, r, warnings)
  const { meanX, meanY, sxx, syy } = pairMoments(pairs)
  const [sdX, sdY] = [Math.sqrt(sxx / n), Math.sqrt(syy / n)]
  const influence = perCandidate(candidates)
  pairs.forEach((pair, i) => {
    const x = (pair[0] - meanX) / sdX
    const y = (pair[1] - meanY) / sdY
    influence.add(i, x * y - (r * (x * x + y * y)) / 2)
  })
  const sums = influence.sums()
  const clusters = sums.length
  const squares = sums.reduce((total, sum) => total + sum * sum, 0)
  const se = Math.sqrt((clusters / (clusters - 1)) * squares) / n
  const all = [...warnings, ...fewCandidates(clusters)]
  if (clusters < 4 || Math.abs(r) === 1 || !(se > 0)) return given('pearson-clustered', n, r, { warnings: all })
  const half = (tQuantile(0.975, clusters - 1) * se) / (1 - r * r)
  const z = Math.atanh(r)
  return given('pearson-clustered', n, r, { se, ci95: [Math.tanh(z - half), Math.tanh(z + half)], warnings: all })
}

/** Sums within each candidate, of the encounters in their order. */
export function perCandidate(candidates: readonly number[]) {
  const size = candidates.reduce((most, candidate) => Math.max(most, candidate + 1), 0)
  const totals = new Float64Array(size)
  const met = new Uint8Array(size)
  return {
    add: (encounter: number, amount: number): void => {
      const candidate = candidates[encounter] ?? 0
      add(totals, candidate, amount)
      met[candidate] = 1
    },
    /** Of every candidate with an encounter, in the order of their numbers. */
    sums: (): number[] => Array.from(totals).filter((_, candidate) => met[candidate] === 1),
  }
}
