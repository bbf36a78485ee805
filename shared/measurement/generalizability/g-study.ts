import { add, at } from '../data/vector.ts'
import { fQuantile } from '../distributions.ts'
import { difference } from '../rounding.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Method, Reason, Warning } from '../terms.ts'
import { anova, type AnovaLine } from './anova.ts'
import { dependability, type Dependability } from './dependability.ts'
import { readDesign, type Design, type DesignName, type Raters, type Score, type Scores } from './design.ts'
import { effectsOf, PERSON, STATION } from './effects.ts'
import { henderson } from './henderson.ts'
import { levelsOfFacets } from './levels-of-effects.ts'

/** Where the variance of a set of scores comes from, and how far the exam as it was held generalizes. */
export type GStudy = {
  /** null where the scores are in no design. */
  design: Design | null
  name: DesignName
  /**
   * The raw variance components (unit of the scores, squared; may be negative; `n` counts scores) by the effect: p, s, ps
   * in p×s; p, s, r, ps, pr, sr, psr in p×s×r; p, s, r:s, ps, pr:s in p×(r:s). The last holds the residual as well.
   */
  components: Record<string, Statistic>
  /** The analysis of variance, where the design is balanced. */
  anova: AnovaLine[] | null
  /** How many stations a candidate met and how many raters a cell had, as harmonic means; null where raters are no facet. */
  held: { stations: number; raters: number | null } | null
} & Pick<Dependability, 'erho2' | 'phi'>

/**
 * A G study (Cronbach, Gleser, Nanda & Rajaratnam 1972; Brennan 2001): the variance components of the scores, and Eρ² and Φ
 * of the exam as it was held. The design is read from the data unless `as` names one. Persons, stations and raters are all
 * taken for samples of more of them. Balanced data by the analysis of variance, others by Henderson's Method I. Eρ² and Φ of
 * unbalanced data stand for a candidate with the harmonic mean of the numbers of stations and raters.
 * Withheld with fewer than two candidates or stations, without any variance, with two scores for one cell, in a design of
 * raters where no cell has two of them, and where the data cannot tell the effects of the design apart.
 */
export function gStudy(marks: readonly Score[], as?: DesignName): GStudy {
  const read = readDesign(marks, as)
  if ('withheld' in read) return none(null, as ?? 'p×s', 0, read.withheld)
  const { design, scores } = read
  const reason = whyNot(design, scores)
  if (reason) return none(design, design.name, design.scores, reason)

  const effects = effectsOf[design.name]
  const analysis = design.balanced ? anova(scores, effects) : null
  const found = design.balanced ? analysis?.components : henderson(scores, effects)
  if (!found) return none(design, design.name, design.scores, 'not-estimable')

  const method: Method = design.balanced ? 'anova-components' : 'henderson-1'
  const aboutDesign = warningsOf(design)
  const components = Object.fromEntries(
    effects.map(({ key }, e) => {
      const { value, se } = found[e] ?? { value: Number.NaN, se: null }
      const warnings: Warning[] = value < 0 ? [...aboutDesign, 'negative-component'] : aboutDesign
      return [key, given(method, design.scores, value, { se, warnings })]
    }),
  )
  const held = heldOf(design, scores)
  const { erho2, phi } = dependability({ name: design.name, components }, held)
  const ci95 = design.name === 'p×s' && analysis ? intervalOf(analysis.lines) : null
  if (erho2.value !== null && ci95) erho2.ci95 = ci95
  return { design, name: design.name, components, anova: analysis?.lines ?? null, held, erho2, phi }
}

/**
 * The 95 % interval of Eρ² of a balanced p×s as it was held: 1 − F'/F with F = MS(p)/MS(ps) and F' its 97.5 % and 2.5 %
 * points (Feldt 1965); normal effects are assumed. null where no interval says anything of a truncated Eρ².
 */
function intervalOf(lines: readonly AnovaLine[]): [number, number] | null {
  const persons = lines.find(({ effect }) => effect === 'p')
  const residual = lines.find(({ effect }) => effect === 'ps')
  if (!persons || !residual || difference(persons.ms, residual.ms) <= 0) return null
  const end = (probability: number) => 1 - (fQuantile(probability, persons.df, residual.df) * residual.ms) / persons.ms
  return [end(0.975), end(0.025)]
}

function none(design: Design | null, name: DesignName, n: number, reason: Reason): GStudy {
  const method: Method = design && !design.balanced ? 'henderson-1' : 'anova-components'
  const components = Object.fromEntries(effectsOf[name].map(({ key }) => [key, withheld(method, n, reason)]))
  const { erho2, phi } = dependability({ name, components }, { stations: 1, raters: 1 })
  return { design, name, components, anova: null, held: null, erho2, phi }
}

function whyNot({ name, raters, candidates, stations }: Design, { values }: Scores): Reason | null {
  if (candidates < 2) return 'one-candidate'
  if (stations < 2) return 'one-station'
  const withoutRaters = name === 'p×s' ? null : whyNoRaters[raters]
  if (withoutRaters) return withoutRaters
  return values.every((value) => value === values[0]) ? 'no-variance' : null
}

/** Why scores have no facet of raters, where a design asks for one: a cell has one score. */
const whyNoRaters: Readonly<Partial<Record<Raters, Reason>>> = {
  unnamed: 'examiners-not-named',
  'one-examiner': 'one-examiner',
  'one-a-station': 'one-score-a-cell',
  'several-a-station': 'one-score-a-cell',
}

const aboutRaters: Readonly<Record<Raters, readonly Warning[]>> = {
  unnamed: ['examiners-unnamed'],
  'one-examiner': ['one-examiner-marked-all'],
  'one-a-station': ['examiner-is-part-of-station'],
  'several-a-station': ['examiner-is-part-of-residual'],
  crossed: [],
  'partly-crossed': ['examiners-partly-crossed'],
  nested: [],
  ignored: ['examiner-nesting-ignored'],
}

const warningsOf = ({ raters, balanced }: Design): Warning[] => [
  ...aboutRaters[raters],
  ...(balanced ? [] : (['unbalanced-design'] as const)),
]

/** The exam as it was held, for the mean of a candidate's scores. */
function heldOf({ name }: Design, scores: Scores): { stations: number; raters: number | null } {
  const cells = levelsOfFacets(scores, PERSON | STATION)
  const met = new Float64Array(scores.persons.size)
  const seen = new Uint8Array(cells.counts.length)
  for (let i = 0; i < scores.values.length; i++) {
    const cell = at(cells.of, i)
    if (seen[cell]) continue
    seen[cell] = 1
    add(met, at(scores.persons.of, i), 1)
  }
  return {
    stations: harmonicMean(met),
    raters: name === 'p×s' ? null : harmonicMean(cells.counts),
  }
}

/** The harmonic mean of whole numbers above 0; of equal ones it is that number, and not one that rounding moved. */
function harmonicMean(counts: Float64Array): number {
  const [first = NaN] = counts
  if (counts.every((count) => count === first)) return first
  return counts.length / counts.reduce((sum, count) => sum + 1 / count, 0)
}
