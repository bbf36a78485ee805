import { chiSquareAbove, normalQuantile, Z95 } from '../distributions.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Reason } from '../terms.ts'

/**
 * Mantel-Haenszel (1959): whether candidates of two groups who did equally well elsewhere pass a station equally often.
 * With a, b passes and fails of the reference group, c, d of the focal group and n candidates in each stratum:
 *
 *   common odds ratio = Σ ad/n / Σ bc/n,   Δ = −2.35 ln(odds ratio) (Holland and Thayer 1988)
 *   χ² = (|Σ(a − E a)| − ½)² / Σ Var a, df 1; no ½ is taken where the deviation is below it
 *
 * The odds ratio has no unit; above 1, and Δ below 0, passing is harder for the focal group. Interval with the variance of
 * the log after Robins, Breslow and Greenland (1986). Assumes independent candidates and one odds ratio for all strata.
 * Undefined where Σ ad/n or Σ bc/n is 0: too few pass or fail.
 */
export type Stratum = readonly [referencePass: number, referenceFail: number, focalPass: number, focalFail: number]

export type MantelHaenszel = {
  oddsRatio: Statistic
  /** On the delta scale of ETS: about −4 to 4. */
  delta: Statistic
  test: { chiSquare: number; df: 1; p: number } | null
  /**
   * The size of Δ in the classes of ETS: A negligible (below 1, or not to be told from 0), C large (1.5 or more and to be
   * told from 1), else B; null where Δ is withheld.
   */
  size: 'A' | 'B' | 'C' | null
}

/** The same answer for the odds ratio and Δ where neither can be given. */
export const noMantelHaenszel = (n: number, reason: Reason): MantelHaenszel => ({
  oddsRatio: withheld('mh-odds-ratio', n, reason),
  delta: withheld('mh-delta', n, reason),
  test: null,
  size: null,
})

export function mantelHaenszel(strata: readonly Stratum[]): MantelHaenszel {
  let [all, ad, bc, excess, variance] = [0, 0, 0, 0, 0]
  let [both, mixed, neither] = [0, 0, 0]
  for (const [a, b, c, d] of strata) {
    const n = a + b + c + d
    if (n === 0) continue
    const [p, q, r, s] = [(a + d) / n, (b + c) / n, (a * d) / n, (b * c) / n]
    all += n
    ad += r
    bc += s
    both += p * r
    mixed += p * s + q * r
    neither += q * s
    excess += a - ((a + b) * (a + c)) / n
    if (n > 1) variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1))
  }
  if (all === 0) return noMantelHaenszel(0, 'no-data')
  if (ad === 0 || bc === 0) return noMantelHaenszel(all, 'too-few-pass-or-fail')

  const log = Math.log(ad / bc)
  const se = Math.sqrt(both / (2 * ad * ad) + mixed / (2 * ad * bc) + neither / (2 * bc * bc))
  const correction = Math.abs(excess) >= 0.5 ? 0.5 : 0
  const chiSquare = (Math.abs(excess) - correction) ** 2 / variance
  const p = chiSquareAbove(chiSquare, 1)
  const delta = -2.35 * log
  const seDelta = 2.35 * se
  return {
    oddsRatio: given('mh-odds-ratio', all, ad / bc, { ci95: [Math.exp(log - Z95 * se), Math.exp(log + Z95 * se)] }),
    delta: given('mh-delta', all, delta, { se: seDelta, ci95: [delta - Z95 * seDelta, delta + Z95 * seDelta] }),
    test: { chiSquare, df: 1, p },
    size: sizeOf(Math.abs(delta), seDelta, p),
  }
}

function sizeOf(delta: number, se: number, p: number): 'A' | 'B' | 'C' {
  if (delta < 1 || p >= 0.05) return 'A'
  return delta >= 1.5 && (delta - 1) / se > normalQuantile(0.95) ? 'C' : 'B'
}
