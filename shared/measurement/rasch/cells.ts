/** The number in a cell of a typed array; every index here is one that the array was made for. */
export const at = (values: Float64Array | Int32Array, index: number): number => values[index] ?? 0

/** Adds to a cell of a typed array. */
export const add = (values: Float64Array | Int32Array, index: number, amount: number): void => {
  values[index] = at(values, index) + amount
}
