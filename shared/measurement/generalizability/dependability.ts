import { given, withheld, type Statistic } from '../statistic.ts'
import type { Method } from '../terms.ts'
import type { DesignName } from './design.ts'
import { effectsOf, PERSON, RATER, STATION } from './effects.ts'

/** Raw variance components of a design. */
export type Components = { name: DesignName; components: Readonly<Record<string, Statistic>> }

/** An exam to be held: how many stations a candidate meets, and raters at each (which p×s does not know). */
export type Exam = {
  stations: number
  raters: number | null
  /** These very stations are meant, and no others like them: not what stations vary by is error, but what raters do. */
  fixedStations?: boolean
}

/** How well the mean of a candidate's scores would stand for the candidate. `n` counts the scores it was computed from. */
export type Dependability = {
  /** σ²(δ): the error in comparing candidates, in the unit of the scores, squared. */
  relativeErrorVariance: Statistic
  /** σ²(Δ): the error in a candidate's score as such, in the unit of the scores, squared. */
  absoluteErrorVariance: Statistic
  /** Their square roots: standard errors of measurement, in the unit of the scores. */
  relativeSem: Statistic
  absoluteSem: Statistic
  /** Eρ² = σ²(p) / (σ²(p) + σ²(δ)), the generalizability coefficient. */
  erho2: Statistic
  /** Φ = σ²(p) / (σ²(p) + σ²(Δ)), the index of dependability. */
  phi: Statistic
}

/**
 * Eρ² and Φ of an exam, with their errors (Brennan 2001): each component over the number of stations and raters that its
 * effect is averaged over. Those that hold the person are error in comparing; all but the person's are error in the score.
 * A negative component counts as 0 and is warned of. With stations fixed, σ²(ps)/stations joins what is true of the person.
 * Withheld where a component is, where stations are fixed in p×s (its residual cannot be parted from ps), and without any
 * variance of persons and error.
 */
export function dependability(
  { name, components }: Components,
  { stations, raters, fixedStations = false }: Exam,
): Dependability {
  const parts = effectsOf[name].map(({ key, facets }) => ({ facets, component: components[key] }))
  const n = parts[0]?.component?.n ?? 0
  const warnings = [...new Set(parts.flatMap(({ component }) => component?.warnings ?? []))]
  const missing = parts.find(({ component }) => (component?.value ?? null) === null)
  if (missing) return ofAll((method) => withheld(method, n, missing.component?.reason ?? 'no-data', warnings))
  if (fixedStations && name === 'p×s') return ofAll((method) => withheld(method, n, 'not-estimable', warnings))

  let person = 0
  let relative = 0
  let absolute = 0
  for (const { facets, component } of parts) {
    const conditions = (facets & STATION ? stations : 1) * (facets & RATER ? (raters ?? 1) : 1)
    const part = Math.max(0, component?.value ?? 0) / conditions
    const isOfStations = (facets & RATER) === 0 && facets !== PERSON
    if (facets === PERSON || (fixedStations && isOfStations && facets & PERSON)) person += part
    else if (!(fixedStations && isOfStations)) {
      absolute += part
      if (facets & PERSON) relative += part
    }
  }
  const figures: Record<DependabilityMethod, number> = {
    'relative-error-variance': relative,
    'absolute-error-variance': absolute,
    'relative-sem': Math.sqrt(relative),
    'absolute-sem': Math.sqrt(absolute),
    'generalizability-coefficient': person / (person + relative),
    'dependability-index': person / (person + absolute),
  }
  return ofAll((method) =>
    Number.isNaN(figures[method])
      ? withheld(method, n, 'no-variance', warnings)
      : given(method, n, figures[method], { warnings }),
  )
}

type DependabilityMethod = Extract<
  Method,
  | 'relative-error-variance'
  | 'absolute-error-variance'
  | 'relative-sem'
  | 'absolute-sem'
  | 'generalizability-coefficient'
  | 'dependability-index'
>

const ofAll = (figure: (method: DependabilityMethod) => Statistic): Dependability => ({
  relativeErrorVariance: figure('relative-error-variance'),
  absoluteErrorVariance: figure('absolute-error-variance'),
  relativeSem: figure('relative-sem'),
  absoluteSem: figure('absolute-sem'),
  erho2: figure('generalizability-coefficient'),
  phi: figure('dependability-index'),
})
