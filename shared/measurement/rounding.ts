/** How far a mean may stray from the values it was taken of, as a share of the largest of them. */
export const STRAY = 1e-12

/** The largest size among some numbers; 0 for none. */
export function largestSize(values: Iterable<number>): number {
  let largest = 0
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value)
  return largest
}

/**
 * A sum of `count` squared deviations, or exactly 0 where it is no more than what rounding leaves of values that do not
 * differ; `largest` is the largest size among them. So "no variance" is told from a very small one.
 */
export const withoutRounding = (squares: number, count: number, largest: number): number =>
  squares <= count * (STRAY * largest) ** 2 ? 0 : squares

/** a − b, or exactly 0 where that is no more than what rounding leaves of two numbers that are equal. */
export const difference = (a: number, b: number): number =>
  Math.abs(a - b) < STRAY * Math.max(Math.abs(a), Math.abs(b)) ? 0 : a - b
