type Numbers = Float64Array | Int32Array | readonly number[]

/** The number at `index`. The caller keeps it within bounds: outside them there is none, and NaN says so. */
export const at = (numbers: Numbers, index: number): number => numbers[index] ?? Number.NaN

/** Adds `amount` to the number at `index`. */
export const add = (numbers: Float64Array | Int32Array, index: number, amount: number): void => {
  numbers[index] = at(numbers, index) + amount
}

/** The sum in the order of the numbers. */
export const sum = (numbers: Iterable<number>): number => {
  let total = 0
  for (const number of numbers) total += number
  return total
}
