import { largestSize, withoutRounding } from '../rounding.ts'

/** The two-way analysis of variance of targets × raters with one rating per cell; squares of the ratings' unit. */
export type MeanSquares = {
  betweenTargets: number
  withinTargets: number
  betweenRaters: number
  error: number
}

/**
 * Mean squares of complete rows of ratings: at least two rows, each with the same two or more ratings. What rounding
 * leaves where nothing differs is exactly 0.
 */
export function meanSquares(ratings: readonly (readonly number[])[]): MeanSquares {
  // From the first rating, so that large ones that differ little lose no digits.
  const origin = ratings[0]?.[0] ?? 0
  const rows = ratings.map((row) => row.map((value) => value - origin))
  const n = rows.length
  const k = rows[0]?.length ?? 0
  const rowMeans = rows.map((row) => row.reduce((sum, value) => sum + value, 0) / k)
  const grand = rowMeans.reduce((sum, mean) => sum + mean, 0) / n
  const columnMeans = Array.from({ length: k }, (_, j) => rows.reduce((sum, row) => sum + (row[j] ?? 0), 0) / n)
  let [targets, within, error] = [0, 0, 0]
  rows.forEach((row, i) => {
    const mean = rowMeans[i] ?? 0
    targets += (mean - grand) ** 2
    row.forEach((value, j) => {
      within += (value - mean) ** 2
      error += (value - mean - (columnMeans[j] ?? 0) + grand) ** 2
    })
  })
  const raters = columnMeans.reduce((sum, mean) => sum + (mean - grand) ** 2, 0)
  const largest = largestSize(ratings.flat())
  const clean = (squares: number) => withoutRounding(squares, n * k, largest)
  return {
    betweenTargets: clean(k * targets) / (n - 1),
    withinTargets: clean(within) / (n * (k - 1)),
    betweenRaters: clean(n * raters) / (k - 1),
    error: clean(error) / ((n - 1) * (k - 1)),
  }
}
