import type { Matrix } from 'ml-matrix'
import { at } from '../data/vector.ts'

/** A pivot that is smaller than this share of what it was is taken for rounding: its column depends on those before. */
const NOTHING = 1e-9

/** Equations that were swept in place: a generalized inverse, a solution, and what cannot be told apart. */
export type Swept = {
  /** The columns that were swept; the others depend on them and have the solution 0. */
  swept: boolean[]
  /** Of two swept columns the inverse's entry; of a swept and another one how the other depends on it. */
  matrix: Matrix
  solution: Float64Array
}

/**
 * Sweeps the columns `from` … `to` − 1 of symmetric equations `matrix`·b = `solution`, each time the one with the largest
 * share left of its diagonal in `whole` (Beaton 1964; Goodnight 1979). Returns how many were swept and by how much they
 * lessen the sum of squares. The equations are changed in place.
 */
export function sweep(
  { swept, matrix, solution }: Swept,
  whole: readonly number[],
  from: number,
  to: number,
): { rank: number; squares: number } {
  const size = matrix.rows
  let rank = 0
  let squares = 0
  for (;;) {
    let pivot = -1
    let most = NOTHING
    for (let column = from; column < to; column++) {
      const share = matrix.get(column, column) / at(whole, column)
      if (swept[column] !== true && share > most) [pivot, most] = [column, share]
    }
    if (pivot < 0) return { rank, squares }
    swept[pivot] = true
    rank++
    const diagonal = matrix.get(pivot, pivot)
    squares += at(solution, pivot) ** 2 / diagonal
    const row = Float64Array.from(matrix.getRow(pivot), (entry) => entry / diagonal)
    row[pivot] = 1 / diagonal
    const value = at(solution, pivot) / diagonal
    for (let i = 0; i < size; i++) {
      const factor = matrix.get(i, pivot)
      if (i === pivot || factor === 0) continue
      for (let j = 0; j < size; j++)
        matrix.set(i, j, j === pivot ? -factor / diagonal : matrix.get(i, j) - factor * at(row, j))
      solution[i] = at(solution, i) - factor * value
    }
    matrix.setRow(pivot, row)
    solution[pivot] = value
  }
}
