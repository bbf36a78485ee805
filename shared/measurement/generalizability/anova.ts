import { Matrix } from 'ml-matrix'
import { sum } from '../data/vector.ts'
import { difference, largestSize, withoutRounding } from '../rounding.ts'
import type { Scores } from './design.ts'
import { isPartOf, type Effect } from './effects.ts'
import { levelsOfFacets, tTerm } from './levels-of-effects.ts'

/** One line of the analysis of variance. `ss` and `ms` have the unit of the scores, squared. */
export type AnovaLine = { effect: string; df: number; ss: number; ms: number }

/** A raw variance component, in the unit of the scores, squared; its standard error where it is known. */
export type Component = { value: number; se: number | null }

/**
 * Variance components of a balanced design by the analysis of variance: the expected mean square of an effect is the sum of
 * the components of all effects that contain it, each times the number of scores that one of its levels holds. Solved from
 * the residual upwards, so that each component is a sum of mean squares with factors c, and may come out negative. Its
 * standard error assumes normal effects: √Σ 2 (c·MS)² / (df + 2) (Brennan 2001, Generalizability Theory, chapter 6).
 * Undefined where an effect has no degree of freedom: one person, one station, one rater at each.
 */
export function anova(
  scores: Scores,
  effects: readonly Effect[],
): { lines: AnovaLine[]; components: Component[] } | null {
  const largest = largestSize(scores.values)
  const lines: (AnovaLine & { of: Effect; height: number })[] = []
  for (const effect of effects) {
    const levels = levelsOfFacets(scores, effect.facets)
    const parts = lines.filter(({ of }) => isPartOf(of, effect))
    const df = levels.counts.length - 1 - sum(parts.map((line) => line.df))
    if (df < 1) return null
    const own = difference(tTerm(levels), sum(parts.map((line) => line.ss)))
    const ss = withoutRounding(own, scores.values.length, largest)
    lines.push({
      of: effect,
      height: scores.values.length / levels.counts.length,
      effect: effect.key,
      df,
      ss,
      ms: ss / df,
    })
  }

  const factors = Matrix.zeros(lines.length, lines.length)
  for (const [row, line] of [...lines.entries()].toReversed()) {
    for (let of = 0; of < lines.length; of++) {
      let factor = of === row ? 1 : 0
      for (const [wider, { of: effect, height }] of lines.entries())
        if (isPartOf(line.of, effect)) factor -= height * factors.get(wider, of)
      factors.set(row, of, factor / line.height)
    }
  }
  return {
    lines: lines.map(({ effect, df, ss, ms }) => ({ effect, df, ss, ms })),
    components: lines.map((_, row) => ({
      value: settledSum(lines.map(({ ms }, i) => factors.get(row, i) * ms)),
      se: Math.sqrt(sum(lines.map(({ ms, df }, i) => (2 * (factors.get(row, i) * ms) ** 2) / (df + 2)))),
    })),
  }
}

/** What is added less what is taken off: exactly 0 where both are the same but for rounding. */
const settledSum = (parts: readonly number[]): number =>
  difference(sum(parts.filter((part) => part > 0)), -sum(parts.filter((part) => part < 0)))
