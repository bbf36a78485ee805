import { at } from './cells.ts'

/** What the model expects of one mark: its mean, its variance, its fourth central moment, and ln of the sum of weights. */
export type Expectation = { mean: number; variance: number; fourth: number; logTotal: number }

/**
 * The rating-scale model (Andrich 1978) for one mark: the probability of category k (0 … m) is proportional to
 * exp(k·θ + T_k), θ = ability − difficulty − severity, T_k = −ΣF_h over h ≤ k, T_0 = 0. Writes the probabilities into
 * `probabilities`. The largest weight is taken out first, so nothing overflows.
 */
export function expectMark(theta: number, steps: Float64Array, probabilities: Float64Array): Expectation {
  const categories = steps.length
  let largest = -Infinity
  for (let k = 0; k < categories; k++) {
    const weight = k * theta + at(steps, k)
    probabilities[k] = weight
    if (weight > largest) largest = weight
  }
  let total = 0
  let mean = 0
  for (let k = 0; k < categories; k++) {
    const weight = Math.exp(at(probabilities, k) - largest)
    probabilities[k] = weight
    total += weight
    mean += k * weight
  }
  mean /= total
  let variance = 0
  let fourth = 0
  for (let k = 0; k < categories; k++) {
    const probability = at(probabilities, k) / total
    probabilities[k] = probability
    const square = (k - mean) * (k - mean)
    variance += square * probability
    fourth += square * square * probability
  }
  return { mean, variance, fourth, logTotal: largest + Math.log(total) }
}
