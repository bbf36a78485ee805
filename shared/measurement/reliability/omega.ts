import { CholeskyDecomposition, EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Reason, Warning } from '../terms.ts'
import type { StationCovariances } from './score-matrix.ts'

/** What maximum likelihood found of one factor: loadings and unique variances in the units of the scores. */
type OneFactor = { loadings: number[]; uniques: number[] }

/** Of a station's variance: a unique part below it is 0 or negative. */
const HEYWOOD = 1e-6
const STEPS = 500
const SETTLED = 1e-11

/**
 * ω total of one factor: (Σλ)²/((Σλ)² + Σθ), λ the loadings and θ the unique variances of the stations, by maximum likelihood
 * on the covariances of complete candidates. It does not assume, as α does, that all stations load alike; it assumes one
 * factor, independent errors and normal scores.
 *
 * The likelihood is maximized over log θ by Newton's method with the loadings profiled out (Jöreskog 1967; Lawley and Maxwell
 * 1971), iterated until no step exceeds 10⁻¹¹; ω is then exact to far below 10⁻⁶.
 *
 * Undefined below three stations (one factor is not identified), with no more complete candidates than stations, where a
 * station does not vary or follows from the others, where a unique variance runs to 0 or below (Heywood), and where the
 * iteration does not settle on one solution. Source: McDonald 1999.
 */
export function omegaTotal(data: StationCovariances): Statistic {
  const { complete: n, leftOut, columns: k } = data
  const warnings: Warning[] = leftOut > 0 ? ['incomplete-left-out'] : []
  const found = oneFactor(data)
  if (typeof found === 'string') return withheld('omega-total-ml', n, found, warnings)
  if (n < 5 * k) warnings.push('few-per-station')
  const sum = found.loadings.reduce((a, b) => a + b, 0)
  if (found.loadings.some((loading) => loading * sum < 0)) warnings.push('negative-loading')
  const common = sum * sum
  const unique = found.uniques.reduce((a, b) => a + b, 0)
  return given('omega-total-ml', n, common / (common + unique), { warnings })
}

function oneFactor({ covariances, complete, leftOut, columns: k }: StationCovariances): OneFactor | Reason {
  if (k === 0 || complete + leftOut === 0) return 'no-data'
  if (k < 3) return 'under-three-items'
  if (complete === 0) return 'no-complete-candidate'
  if (complete === 1) return 'one-candidate'
  const variances = covariances.diagonal()
  if (variances.some((variance) => variance <= 0)) return 'no-variance'
  if (!variances.every(Number.isFinite)) return 'not-finite'

  // On correlations: the likelihood does not depend on the units, and the numbers are then of one size.
  const sds = variances.map(Math.sqrt)
  const correlations = Matrix.zeros(k, k)
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      correlations.set(a, b, a === b ? 1 : covariances.get(a, b) / ((sds[a] ?? 1) * (sds[b] ?? 1)))
    }
  }
  if (!isDefinite(correlations)) return 'singular-covariance'

  const start = inverse(correlations)
    .diagonal()
    .map((precision) => Math.log((1 - 0.5 / k) / precision))
  const logUniques = maximize(correlations, start)
  if (typeof logUniques === 'string') return logUniques
  const { loadings } = profile(correlations, logUniques)
  return {
    loadings: loadings.map((loading, item) => loading * (sds[item] ?? 1)),
    uniques: logUniques.map((unique, item) => Math.exp(unique) * (variances[item] ?? 1)),
  }
}

/** Newton's method on log θ, each step halved until the misfit falls. */
function maximize(correlations: Matrix, start: readonly number[]): number[] | Reason {
  let at = [...start]
  let here = profile(correlations, at)
  for (let step = 0; step < STEPS; step++) {
    if (at.some((unique) => unique < Math.log(HEYWOOD))) return 'heywood'
    const direction = newtonStep(here)
    let size = Math.min(1, 2 / Math.max(...direction.map(Math.abs), Number.MIN_VALUE))
    for (;;) {
      const next = at.map((unique, item) => unique + size * (direction[item] ?? 0))
      const there = profile(correlations, next)
      const largest = size * Math.max(...direction.map(Math.abs))
      if (there.misfit <= here.misfit || largest < SETTLED) {
        at = next
        here = there
        if (largest < SETTLED) return isDefinite(here.curvature) ? at : 'no-convergence'
        break
      }
      size /= 2
    }
  }
  return 'no-convergence'
}

type Profile = { misfit: number; gradient: number[]; curvature: Matrix; expected: Matrix; loadings: number[] }

/**
 * The misfit Σ(γⱼ − log γⱼ − 1) over all but the largest eigenvalue γ of θ^−½ R θ^−½, which the best loadings for these θ leave,
 * with its derivatives by log θ.
 */
function profile(correlations: Matrix, logUniques: readonly number[]): Profile {
  const k = logUniques.length
  const roots = logUniques.map((unique) => Math.exp(unique / 2))
  const scaled = Matrix.zeros(k, k)
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) scaled.set(a, b, correlations.get(a, b) / ((roots[a] ?? 1) * (roots[b] ?? 1)))
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(scaled, { assumeSymmetric: true })
  const top = realEigenvalues.indexOf(Math.max(...realEigenvalues))
  const largest = realEigenvalues[top] ?? 0
  const first = eigenvectorMatrix.getColumn(top)
  const gradient = logUniques.map(() => 0)
  const bend = Matrix.zeros(k, k)
  let misfit = 0
  realEigenvalues.forEach((value, j) => {
    if (j === top) return
    misfit += value - Math.log(value) - 1
    const vector = eigenvectorMatrix.getColumn(j)
    const weight = ((value - 1) * (value + largest)) / (value - largest)
    for (let a = 0; a < k; a++) {
      const x = vector[a] ?? 0
      gradient[a] = (gradient[a] ?? 0) + (1 - value) * x * x
      for (let b = 0; b < k; b++) bend.set(a, b, bend.get(a, b) + weight * (x * (vector[b] ?? 0)))
    }
  })
  const curvature = Matrix.zeros(k, k)
  const expected = Matrix.zeros(k, k)
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      const ofFirst = (first[a] ?? 0) * (first[b] ?? 0)
      const others = (a === b ? 1 : 0) - ofFirst
      curvature.set(a, b, (scaled.get(a, b) - largest * ofFirst) * others + ofFirst * bend.get(a, b))
      expected.set(a, b, others * others)
    }
  }
  const loadings = first.map((x, item) => Math.sqrt(Math.max(0, largest - 1)) * (roots[item] ?? 1) * x)
  return { misfit, gradient, curvature, expected, loadings }
}

/** The exact second derivatives where they bend upwards, else their expectation, which always does. */
function newtonStep({ gradient, curvature, expected }: Profile): number[] {
  const downhill = Matrix.columnVector(gradient.map((slope) => -slope))
  const exact = new CholeskyDecomposition(curvature)
  if (exact.isPositiveDefinite()) return exact.solve(downhill).to1DArray()
  const raised = Matrix.add(expected, Matrix.mul(Matrix.eye(expected.rows), 1e-6))
  return new CholeskyDecomposition(raised).solve(downhill).to1DArray()
}

/** Whether all eigenvalues are above 0 by more than the error of binary fractions. */
const isDefinite = (matrix: Matrix): boolean =>
  new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).realEigenvalues.every((value) => value > 1e-10)
