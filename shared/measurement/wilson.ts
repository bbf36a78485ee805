import { Z95 } from './distributions.ts'
import { smallSample } from './small-sample.ts'
import { given, withheld, type Statistic } from './statistic.ts'
import type { Warning } from './terms.ts'

/**
 * A share, 0 to 1, with Wilson's interval (1927), which stays inside 0 to 1 and holds for few and for extreme shares:
 *
 *   (p + z²/2n ± z √(p (1 − p) / n + z²/4n²)) / (1 + z²/n),   z = 1.96
 *
 * Assumes independent cases. Undefined without any.
 */
export function share(hits: number, n: number, warnings: readonly Warning[] = []): Statistic {
  if (n === 0) return withheld('share', 0, 'no-data', warnings)
  const p = hits / n
  const square = Z95 ** 2
  const middle = p + square / (2 * n)
  const half = Z95 * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n))
  const whole = 1 + square / n
  // At 0 and 1 the end is exact; rounding alone would step over it.
  const low = hits === 0 ? 0 : (middle - half) / whole
  const high = hits === n ? 1 : (middle + half) / whole
  return given('share', n, p, { ci95: [low, high], warnings: [...warnings, ...smallSample(n)] })
}
