import { add, at } from './cells.ts'
import type { CodedMarks } from './marks.ts'
import { expectMark } from './rating-scale.ts'

/**
 * Parameters in the direction of the score: `places` has for each station and then each examiner −difficulty or −severity,
 * `steps` the cumulated −ΣF per category, the first 0.
 */
export type Parameters = { abilities: Float64Array; places: Float64Array; steps: Float64Array }

/**
 * The log-likelihood and its derivatives at a point. Rows are the stations, the examiners, then the thresholds; the
 * candidates are absorbed: `gradient` and `information` (row by row) are what is left once each candidate's own step is put
 * in, `coupling` (sparse, from `starts[candidate]`) is what that step needs.
 */
export type Evaluation = {
  logLikelihood: number
  /** The largest difference of an observed from an expected score of any element, or count of any category. */
  maxResidual: number
  gradient: Float64Array
  information: Float64Array
  abilities: { gradient: Float64Array; information: Float64Array }
  coupling: { rows: Int32Array; values: Float64Array; starts: Int32Array }
}

/** Goes through the marks once; they are sorted by candidate. */
export function evaluate({ ids, of, category }: CodedMarks, { abilities, places, steps }: Parameters): Evaluation {
  const top = steps.length - 1
  const stations = ids.stations.length
  const thresholds = places.length
  const size = thresholds + top
  const marks = category.length
  const candidates = ids.candidates.length
  const gradient = new Float64Array(size)
  const information = new Float64Array(size * size)
  const absorbed = { gradient: new Float64Array(candidates), information: new Float64Array(candidates) }
  const most = Math.min(2 * marks, candidates * thresholds) + candidates * top
  const coupling = {
    rows: new Int32Array(most),
    values: new Float64Array(most),
    starts: new Int32Array(candidates + 1),
  }
  const probabilities = new Float64Array(steps.length)
  const tails = new Float64Array(steps.length)
  const counts = new Float64Array(steps.length)
  const coupled = new Float64Array(size)
  const touched = new Int32Array(size)
  // Sums over marks of P(x ≥ h) and of P(x ≥ h)·P(x ≥ l).
  const tailSums = new Float64Array(steps.length)
  const tailProducts = new Float64Array(steps.length * steps.length)
  const scores = new Float64Array(thresholds)
  let logLikelihood = 0
  let maxResidual = 0
  let entries = 0
  for (let mark = 0; mark < marks;) {
    const candidate = at(of.candidates, mark)
    const ability = at(abilities, candidate)
    let touches = 0
    let ownGradient = 0
    let ownInformation = 0
    for (; mark < marks && at(of.candidates, mark) === candidate; mark++) {
      const station = at(of.stations, mark)
      const examiner = stations + at(of.examiners, mark)
      const observed = at(category, mark)
      const theta = ability + at(places, station) + at(places, examiner)
      const { mean, variance, logTotal } = expectMark(theta, steps, probabilities)
      logLikelihood += observed * theta + at(steps, observed) - logTotal
      const residual = observed - mean
      ownGradient += residual
      ownInformation += variance
      add(scores, station, residual)
      add(scores, examiner, residual)
      add(information, station * size + station, variance)
      add(information, examiner * size + examiner, variance)
      add(information, station * size + examiner, variance)
      if (at(coupled, station) === 0) touched[touches++] = station
      add(coupled, station, variance)
      if (at(coupled, examiner) === 0) touched[touches++] = examiner
      add(coupled, examiner, variance)
      let tail = 0
      let tailMean = 0
      for (let k = top; k > 0; k--) {
        const probability = at(probabilities, k)
        tail += probability
        tailMean += k * probability
        tails[k] = tail
        add(tailSums, k, tail)
        add(counts, k, (observed === k ? 1 : 0) - probability)
        const row = thresholds + k - 1
        const covariance = tailMean - mean * tail
        add(gradient, row, (observed >= k ? 1 : 0) - tail)
        add(coupled, row, covariance)
        add(information, row * size + station, covariance)
        add(information, row * size + examiner, covariance)
        for (let l = k; l <= top; l++) add(tailProducts, k * steps.length + l, tail * at(tails, l))
      }
      add(counts, 0, (observed === 0 ? 1 : 0) - at(probabilities, 0))
    }
    for (let row = thresholds; row < size; row++) touched[touches++] = row
    absorbed.gradient[candidate] = ownGradient
    absorbed.information[candidate] = ownInformation
    maxResidual = Math.max(maxResidual, Math.abs(ownGradient))
    for (let place = 0; place < touches; place++, entries++) {
      const row = at(touched, place)
      coupling.rows[entries] = row
      coupling.values[entries] = at(coupled, row)
      coupled[row] = 0
    }
    for (let entry = entries - touches; entry < entries; entry++) {
      const start = at(coupling.rows, entry) * size
      const share = at(coupling.values, entry) / ownInformation
      add(gradient, at(coupling.rows, entry), -share * ownGradient)
      for (let other = entries - touches; other <= entry; other++) {
        const cell = start + (coupling.rows[other] ?? 0)
        information[cell] = (information[cell] ?? 0) - share * (coupling.values[other] ?? 0)
      }
    }
    coupling.starts[candidate + 1] = entries
  }
  for (let row = 0; row < thresholds; row++) {
    maxResidual = Math.max(maxResidual, Math.abs(at(scores, row)))
    add(gradient, row, at(scores, row))
  }
  for (const count of counts) maxResidual = Math.max(maxResidual, Math.abs(count))
  for (let k = 1; k <= top; k++) {
    for (let l = k; l <= top; l++) {
      const covariance = at(tailSums, l) - at(tailProducts, k * steps.length + l)
      add(information, (thresholds + k - 1) * size + thresholds + l - 1, covariance)
    }
  }
  fold(information, size)
  return { logLikelihood, maxResidual, gradient, information, abilities: absorbed, coupling }
}

/** Of each two cells across the diagonal the loops above fill one, whichever came first: both become their sum. */
function fold(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      const sum = at(matrix, row * size + column) + at(matrix, column * size + row)
      matrix[row * size + column] = sum
      matrix[column * size + row] = sum
    }
  }
}
