import { Matrix, SVD, solve } from 'ml-matrix'
import { at } from '../data/vector.ts'
import type { Component } from './anova.ts'
import type { Scores } from './design.ts'
import type { Effect } from './effects.ts'
import { levelsOfFacets, tTerm, type EffectLevels } from './levels-of-effects.ts'

/** How far apart the largest and the smallest singular value may lie before the equations count as dependent. */
const WORST_CONDITION = 1e10
/** What rounding leaves of a component that is 0, as a share of the variance of the scores. */
const ROUNDING = 1e-12

/**
 * Variance components of scores with gaps by Henderson's Method I (Henderson 1953; Searle, Casella & McCulloch 1992; Brennan
 * 2001, chapter 7), the analysis of variance without its symmetry: T(α), over the levels of effect α the squared total over
 * the count, is set equal to what is expected of it, Σ σ²(β) Σᵢ n_αβ(i) / n_α(i) over the scores i, less the same for the
 * mean, and the equations are solved. All effects are random. Agrees with the analysis of variance where nothing is
 * missing. Other methods (REML) give somewhat other values. No standard error: its formula needs the true components.
 * Undefined where the equations depend on one another, as with one score for each candidate.
 */
export function henderson(scores: Scores, effects: readonly Effect[]): Component[] | null {
  const n = scores.values.length
  const levels = new Map<number, EffectLevels>()
  const levelsOf = (facets: number): EffectLevels => {
    const known = levels.get(facets) ?? levelsOfFacets(scores, facets)
    levels.set(facets, known)
    return known
  }
  /** What one unit of the component of `other` adds to the T term of `facets`, as expected. */
  const expected = (facets: number, other: number): number => {
    const outer = levelsOf(facets)
    const joint = levelsOf(facets | other)
    let coefficient = 0
    for (let i = 0; i < n; i++) coefficient += at(joint.counts, at(joint.of, i)) / at(outer.counts, at(outer.of, i))
    return coefficient
  }
  // Scores are taken from their mean, so the T term of the mean is 0 but for rounding.
  const ofMean = effects.map(({ facets }) => expected(0, facets))
  const equations = new Matrix(
    effects.map((effect) => effects.map((other, o) => (expected(effect.facets, other.facets) - at(ofMean, o)) / n)),
  )
  const terms = Matrix.columnVector(effects.map(({ facets }) => tTerm(levelsOf(facets)) / n))
  if (!(new SVD(equations).condition <= WORST_CONDITION)) return null
  const solution = solve(equations, terms)
  // Of all variance there is, what is rounding is 0.
  const all = scores.values.reduce((total, value) => total + value ** 2, 0) / n
  return effects.map((_, row) => {
    const value = solution.get(row, 0)
    return { value: Math.abs(value) < ROUNDING * all ? 0 : value, se: null }
  })
}
