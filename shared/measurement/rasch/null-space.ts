import { add, at } from './cells.ts'

/** What is left of a diagonal below this share of the largest is rounding. */
const TOLERANCE = 1e-9

/**
 * The null space of a symmetric positive semidefinite matrix (row by row, destroyed): a basis, and the columns that depend on
 * the others. Gauss-Jordan elimination, the largest diagonal first, which for such a matrix is complete pivoting.
 */
export function nullSpace(matrix: Float64Array, size: number): { basis: Float64Array[]; dependent: number[] } {
  const largest = Array.from({ length: size }, (_, place) => at(matrix, place * size + place)).reduce(
    (most, value) => Math.max(most, value),
    0,
  )
  const left = new Set(Array.from({ length: size }, (_, place) => place))
  const pivots: number[] = []
  for (;;) {
    let pivot = -1
    let most = largest * TOLERANCE
    for (const place of left) {
      const value = at(matrix, place * size + place)
      if (value > most) [pivot, most] = [place, value]
    }
    if (pivot < 0) break
    left.delete(pivot)
    pivots.push(pivot)
    const start = pivot * size
    for (let column = 0; column < size; column++) matrix[start + column] = at(matrix, start + column) / most
    for (let row = 0; row < size; row++) {
      const factor = at(matrix, row * size + pivot)
      if (row === pivot || factor === 0) continue
      for (let column = 0; column < size; column++) {
        add(matrix, row * size + column, -factor * at(matrix, start + column))
      }
    }
  }
  const dependent = [...left]
  const basis = dependent.map((free) => {
    const vector = new Float64Array(size)
    vector[free] = 1
    for (const pivot of pivots) vector[pivot] = -at(matrix, pivot * size + free)
    return vector
  })
  return { basis, dependent }
}
