import { at } from './vector.ts'

/** The levels of a factor (the candidates, the stations, …) in the order of their first mark, and the level of each mark. */
export type Levels = { names: string[]; of: Int32Array }

/** Numbers the different texts of a column from 0. */
export function levelsOf(column: readonly string[]): Levels {
  const numbers = new Map<string, number>()
  const of = new Int32Array(column.length)
  column.forEach((name, i) => {
    let level = numbers.get(name)
    if (level === undefined) numbers.set(name, (level = numbers.size))
    of[i] = level
  })
  return { names: [...numbers.keys()], of }
}

/** What of a table is kept in an array of its whole size; a larger one is looked up, which is slower and takes less room. */
const ROOM = 2 ** 22

/** Numbers the combinations that occur of two factors, the second with `size` levels, in the order of their first mark. */
export function combine(first: Int32Array, firstSize: number, second: Int32Array, size: number): Combined {
  const of = new Int32Array(first.length)
  let levels = 0
  if (firstSize * size <= ROOM) {
    const numbers = new Int32Array(firstSize * size)
    for (let i = 0; i < of.length; i++) {
      const code = at(first, i) * size + at(second, i)
      if (numbers[code] === 0) numbers[code] = ++levels
      of[i] = at(numbers, code) - 1
    }
  } else {
    const numbers = new Map<number, number>()
    for (let i = 0; i < of.length; i++) {
      const code = at(first, i) * size + at(second, i)
      let level = numbers.get(code)
      if (level === undefined) numbers.set(code, (level = levels++))
      of[i] = level
    }
  }
  return { of, size: levels }
}

/** The level of each mark, and how many levels there are. */
export type Combined = { of: Int32Array; size: number }
