import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { at } from './cells.ts'
import type { Openness } from './linkage.ts'
import type { CodedMarks } from './marks.ts'
import { evaluate, type Evaluation, type Parameters } from './likelihood.ts'

export type Estimate = {
  parameters: Parameters
  logLikelihood: number
  iterations: number
  /** The largest difference of an observed from an expected score of any element, or count of any category. */
  maxResidual: number
}

const TOLERANCE = 1e-10
const MOST_ITERATIONS = 100
/** A step may change no parameter by more than this, in logits. */
const LONGEST_STEP = 3
/** A last step longer than this means that the likelihood still rises towards infinity. */
const SETTLED_STEP = 1e-3

/**
 * Joint maximum likelihood by Newton's method. The likelihood is concave, and each mark has one candidate, so their part of
 * the information matrix is diagonal and is absorbed: what is solved has the size of stations, examiners and thresholds. A
 * step that would lower the likelihood is halved. 'no-finite-solution' where the likelihood has no maximum (residuals vanish
 * while measures run away), 'no-convergence' where the residuals stay above 1e-10.
 */
export function estimate(
  coded: CodedMarks,
  openness: Openness,
  mostIterations = MOST_ITERATIONS,
): Estimate | 'no-convergence' | 'no-finite-solution' {
  let parameters: Parameters = {
    abilities: new Float64Array(coded.ids.candidates.length),
    places: new Float64Array(coded.ids.stations.length + coded.ids.examiners.length),
    steps: new Float64Array(coded.labels.length),
  }
  let here = evaluate(coded, parameters)
  let length = Infinity
  for (let iterations = 0; iterations <= mostIterations; iterations++) {
    const { logLikelihood, maxResidual } = here
    if (maxResidual < TOLERANCE && length < SETTLED_STEP) return { parameters, logLikelihood, iterations, maxResidual }
    const step = newtonStep(here, openness, coded)
    if (step === null) return 'no-finite-solution'
    length = longest(step)
    let share = Math.min(1, LONGEST_STEP / length)
    const rounding = 1e-12 * Math.abs(logLikelihood)
    for (;;) {
      const next = moved(parameters, step, share)
      const there = evaluate(coded, next)
      if (there.logLikelihood >= logLikelihood - rounding || share < 1e-6) {
        parameters = next
        here = there
        break
      }
      share /= 2
    }
  }
  return here.maxResidual < 1e-6 && length >= SETTLED_STEP ? 'no-finite-solution' : 'no-convergence'
}

/** The Newton step of every parameter; null where the information is singular. Rows as in `Evaluation`. */
type Step = { abilities: Float64Array; rows: Float64Array }

function newtonStep(here: Evaluation, { held }: Openness, { ids }: CodedMarks): Step | null {
  // Of the thresholds only their distances are determined: the first is held.
  const firstThreshold = ids.stations.length + ids.examiners.length
  const free = Array.from(here.gradient.keys()).filter((row) => row !== firstThreshold && !held.has(row))
  const rows = new Float64Array(here.gradient.length)
  if (free.length > 0) {
    const information = new Matrix(
      free.map((row) => free.map((column) => at(here.information, row * rows.length + column))),
    )
    const decomposition = new CholeskyDecomposition(information)
    if (!decomposition.isPositiveDefinite()) return null
    const solved = decomposition.solve(Matrix.columnVector(free.map((row) => at(here.gradient, row))))
    free.forEach((row, place) => (rows[row] = solved.get(place, 0)))
  }
  const abilities = here.abilities.gradient.map((gradient, candidate) => {
    let left = gradient
    for (let entry = at(here.coupling.starts, candidate); entry < at(here.coupling.starts, candidate + 1); entry++) {
      left -= at(here.coupling.values, entry) * at(rows, at(here.coupling.rows, entry))
    }
    return left / at(here.abilities.information, candidate)
  })
  return [...abilities, ...rows].every(Number.isFinite) ? { abilities, rows } : null
}

const longest = ({ abilities, rows }: Step): number =>
  [abilities, rows].reduce((most, values) => values.reduce((max, value) => Math.max(max, Math.abs(value)), most), 0)

function moved({ abilities, places, steps }: Parameters, step: Step, share: number): Parameters {
  let threshold = 0
  return {
    abilities: abilities.map((value, candidate) => value + share * at(step.abilities, candidate)),
    places: places.map((value, row) => value + share * at(step.rows, row)),
    steps: steps.map((value, category) => {
      if (category > 0) threshold += share * at(step.rows, places.length + category - 1)
      return value + threshold
    }),
  }
}
