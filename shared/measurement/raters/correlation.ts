import { tTwoSided, Z95 } from '../distributions.ts'
import { smallSample } from '../small-sample.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Warning } from '../terms.ts'
import { midRanks } from './mid-ranks.ts'
import { pairMoments, type Pair } from './pairs.ts'

/**
 * Correlation of two sides. Pearson's r measures how close to a straight line they lie, Spearman's how alike they order;
 * Spearman's is Pearson's on ranks, equal values sharing their mean rank. No unit. Assumes independent pairs. Neither shows
 * a difference of level: a side that is ten points milder throughout still correlates fully.
 *
 * Intervals by Fisher's transform, tanh(artanh r ± 1.96 · se): se = 1 / √(n − 3) for Pearson, √((1 + r² / 2) / (n − 3)) for
 * Spearman (Bonett and Wright 2000); both need n ≥ 4 and |r| < 1. p by Student's t with n − 2 degrees of freedom, for
 * Spearman an approximation. Undefined below two pairs and where a side does not vary.
 */
export type Correlation = Statistic & {
  /** Test of no correlation; null below three pairs, where |r| = 1, and where the value is withheld. */
  test: { t: number; df: number; p: number } | null
}

const ROUNDING = 1e-14

type Kind = 'pearson' | 'spearman'

export const pearson = (pairs: readonly Pair[]): Correlation => correlation('pearson', pairs)

export function spearman(pairs: readonly Pair[]): Correlation {
  const ranksY = midRanks(pairs.map(([, y]) => y))
  return correlation(
    'spearman',
    midRanks(pairs.map(([x]) => x)).map((rank, i): Pair => [rank, ranksY[i] ?? 0]),
  )
}

function correlation(method: Kind, pairs: readonly Pair[]): Correlation {
  const n = pairs.length
  const r = coefficient(pairs)
  if (typeof r === 'string') return { ...withheld(method, n, r), test: null }
  const full = Math.abs(r) === 1
  const z = Math.atanh(r)
  const half = Z95 * Math.sqrt((method === 'pearson' ? 1 : 1 + r ** 2 / 2) / (n - 3))
  const warnings: Warning[] = ['correlation-ignores-level', ...smallSample(n)]
  const t = r * Math.sqrt((n - 2) / (1 - r ** 2))
  return {
    ...given(method, n, r, {
      ci95: n >= 4 && !full ? [Math.tanh(z - half), Math.tanh(z + half)] : null,
      warnings,
    }),
    test: n >= 3 && !full ? { t, df: n - 2, p: tTwoSided(t, n - 2) } : null,
  }
}

/** Pearson's r, or why there is none. What rounding alone keeps from ±1 is ±1, and from 0 is 0. */
export function coefficient(pairs: readonly Pair[]): number | 'no-data' | 'too-few' | 'no-variance' {
  if (pairs.length < 2) return pairs.length === 0 ? 'no-data' : 'too-few'
  const { sxx, syy, sxy } = pairMoments(pairs)
  if (sxx === 0 || syy === 0) return 'no-variance'
  const r = sxy / (Math.sqrt(sxx) * Math.sqrt(syy))
  if (Math.abs(r) < ROUNDING) return 0
  return 1 - Math.abs(r) < ROUNDING ? Math.sign(r) : r
}
