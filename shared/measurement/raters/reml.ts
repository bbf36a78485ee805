import { CholeskyDecomposition, EVD, Matrix } from 'ml-matrix'
import { at } from '../data/vector.ts'
import { absorb, type Equations } from './candidates-absorbed.ts'

/** Ratios of a variance to the residual's that are tried first: from next to nothing to more than exams can have. */
const GRID = [0, ...Array.from({ length: 25 }, (_, i) => 10 ** (i / 2 - 6))]

/** How exactly a ratio is found, as a share of it. */
const EXACT = 1e-11

/** A ratio below it is 0: whether rounding finds the lowest deviance there or at 0 is chance. */
const NEXT_TO_NOTHING = 1e-9

/** The mixed model at one ratio of candidates' to residual variance, with the best of the examiners' ratio. */
type AtRatio = {
  ofExaminers: number
  /** Minus twice the restricted log-likelihood, but for a constant. */
  deviance: number
  /** Its slope along the candidates' ratio. */
  slope: number
  residual: number
  /** What is predicted of each examiner, in score points, and the covariances of its error over the residual variance. */
  effects: Float64Array
  errors: Matrix
}

/** Variances in score points, squared, and for each examiner what is predicted. */
export type Reml = {
  candidates: number
  examiners: number
  residual: number
  effects: Float64Array
  /** The covariances of the errors of prediction, in score points, squared. */
  errors: Matrix
}

/**
 * Restricted maximum likelihood of score = station + candidate + examiner + error, stations fixed, candidates and examiners
 * normal with variances of their own (Patterson & Thompson 1971; Henderson's mixed model equations 1950). Candidates are
 * absorbed; at a given ratio of their variance to the residual's the examiners' equations are taken apart by their
 * eigenvectors, along which their own ratio is one-dimensional. Both ratios are bracketed on a grid and refined where the
 * slope changes its sign, so the same marks give the same numbers. `stations` is how many columns come first, `df` the
 * number of marks less that. null where a variance grows without bound, as where nothing is left for the residual.
 */
export function reml(equations: Equations, stations: number, df: number): Reml | null {
  const evaluate = (ratio: number) => atRatio(equations, stations, df, ratio)
  const ratio = lowest(
    (ratio) => evaluate(ratio)?.deviance ?? Infinity,
    (ratio) => evaluate(ratio)?.slope ?? Number.NaN,
  )
  const best = ratio === null ? null : evaluate(ratio)
  if (ratio === null || !best) return null
  const { residual, ofExaminers, effects, errors } = best
  return {
    candidates: ratio * residual,
    examiners: ofExaminers * residual,
    residual,
    effects,
    errors: Matrix.mul(errors, residual),
  }
}

/** The mixed model at a ratio of candidates' variance to the residual's. */
function atRatio(equations: Equations, stations: number, df: number, ratio: number): AtRatio | null {
  const { matrix, totals, squares } = absorb(equations, (marks) => ratio / (1 + marks * ratio))
  const size = matrix.rows
  const fixed = new CholeskyDecomposition(matrix.subMatrix(0, stations - 1, 0, stations - 1))
  if (!fixed.isPositiveDefinite()) return null
  const across = matrix.subMatrix(0, stations - 1, stations, size - 1)
  const ofStations = Matrix.columnVector([...totals.subarray(0, stations)])
  const ofExaminers = Matrix.columnVector([...totals.subarray(stations)])
  const carried = fixed.solve(across)
  const means = fixed.solve(ofStations)

  // The examiners' equations with stations absorbed too, apart by their eigenvectors.
  const left = matrix.subMatrix(stations, size - 1, stations, size - 1).sub(across.transpose().mmul(carried))
  const total = ofExaminers.sub(across.transpose().mmul(means))
  const { realEigenvalues, eigenvectorMatrix: vectors } = new EVD(left, { assumeSymmetric: true })
  const values = realEigenvalues.map((value) => Math.max(0, value))
  const along = vectors.transpose().mmul(total).to1DArray()
  const fixedSquares = squares - ofStations.dot(means)

  /** Sums over the eigenvectors at a ratio of the examiners' variance: what the deviance and its slope are made of. */
  const sums = (own: number) => {
    let [log, trace, explained, slope] = [0, 0, 0, 0]
    values.forEach((value, k) => {
      const scale = 1 + own * value
      log += Math.log(scale)
      trace += value / scale
      explained += (own * at(along, k) ** 2) / scale
      slope += (at(along, k) / scale) ** 2
    })
    const unexplained = fixedSquares - explained
    return { deviance: log + df * Math.log(unexplained), slope: trace - (df * slope) / unexplained, unexplained }
  }
  const own = lowest(
    (ratio) => sums(ratio).deviance,
    (ratio) => sums(ratio).slope,
  )
  if (own === null) return null
  const { deviance, unexplained } = sums(own)
  if (!(unexplained > 0)) return null

  const scaled = vectors.clone()
  values.forEach((value, k) => scaled.mulColumn(k, own / (1 + own * value)))
  const errors = scaled.mmul(vectors.transpose())
  const effects = errors.mmul(total)
  const solution = [...means.clone().sub(carried.mmul(effects)).to1DArray(), ...effects.to1DArray()]
  const carriedErrors = carried.mmul(errors)
  const inverse = Matrix.zeros(size, size)
  inverse.setSubMatrix(fixed.solve(Matrix.eye(stations)).add(carriedErrors.mmul(carried.transpose())), 0, 0)
  inverse.setSubMatrix(Matrix.mul(carriedErrors, -1), 0, stations)
  inverse.setSubMatrix(Matrix.mul(carriedErrors.transpose(), -1), stations, 0)
  inverse.setSubMatrix(errors, stations, stations)

  let logs = 0
  let trace = 0
  let unmet = 0
  for (const { marks, candidates, products, totals: totalsOf, squares: squaresOf } of equations.groups) {
    const scale = 1 + marks * ratio
    logs += candidates * Math.log(scale)
    trace += (candidates * marks) / scale - Matrix.mul(inverse, products).sum() / scale ** 2
    const fitted = Matrix.columnVector(solution)
    const left = squaresOf - 2 * fitted.dot(Matrix.columnVector([...totalsOf])) + fitted.dot(products.mmul(fitted))
    unmet += left / scale ** 2
  }
  const logOfStations = 2 * fixed.lowerTriangularMatrix.diagonal().reduce((log, entry) => log + Math.log(entry), 0)
  return {
    ofExaminers: own,
    deviance: deviance + logs + logOfStations,
    slope: trace - (df * unmet) / unexplained,
    residual: unexplained / df,
    effects: Float64Array.from(effects.to1DArray()),
    errors,
  }
}

/** The ratio of the lowest deviance: 0, or where its slope is 0 beside the lowest of the grid; null past the grid's end. */
function lowest(deviance: (ratio: number) => number, slope: (ratio: number) => number): number | null {
  const grid = GRID.map(deviance)
  const best = grid.reduce((low, value, i) => (value < at(grid, low) ? i : low), 0)
  if (best === GRID.length - 1 || !Number.isFinite(grid[best])) return null
  if (best === 0 && slope(0) >= 0) return 0
  const root = rootOf(slope, at(GRID, Math.max(0, best - 1)), at(GRID, best + 1))
  return root !== null && root < NEXT_TO_NOTHING ? 0 : root
}

/**
 * Where a slope that is below 0 at `low` and above 0 at `high` is 0: by false position (Illinois), every fourth time by the
 * geometric mean, which halves what is left of decades, so that 200 steps are always enough.
 */
function rootOf(slope: (ratio: number) => number, low: number, high: number): number | null {
  let [a, b] = [low, high]
  let [left, right] = [slope(a), slope(b)]
  if (!(left < 0 && right > 0)) return null
  let side = 0
  for (let step = 1; step <= 200 && b - a > EXACT * b; step++) {
    const halving = a > 0 ? Math.sqrt(a * b) : b / 10
    const middle = step % 4 === 0 ? halving : (a * right - b * left) / (right - left)
    const value = slope(middle)
    if (Number.isNaN(value)) return null
    if (value === 0) return middle
    if (value < 0) {
      ;[a, left] = [middle, value]
      if (side < 0) right /= 2
    } else {
      ;[b, right] = [middle, value]
      if (side > 0) left /= 2
    }
    side = value
  }
  return (a + b) / 2
}
