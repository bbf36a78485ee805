import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moveIn } from '#renderer/features/results/completeness/grid-moves.ts'

const keys = [
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'Mod+Home',
  'Mod+End',
  'X',
]

test('no key leads out of the grid', () => {
  const size = fc.record({ rows: fc.integer({ min: 1, max: 300 }), columns: fc.integer({ min: 1, max: 60 }) })
  fc.assert(
    fc.property(size, fc.array(fc.constantFrom(...keys), { maxLength: 40 }), (within, pressed) => {
      let at = { row: 0, column: 0 }
      for (const key of pressed) at = moveIn(at, key, within)
      return at.row >= 0 && at.row < within.rows && at.column >= 0 && at.column < within.columns
    }),
  )
})

test('keys lead where their names say', () => {
  const size = { rows: 200, columns: 12 }
  const at = { row: 50, column: 5 }
  expect(moveIn(at, 'ArrowUp', size)).toEqual({ row: 49, column: 5 })
  expect(moveIn(at, 'PageDown', size)).toEqual({ row: 60, column: 5 })
  expect(moveIn(at, 'End', size)).toEqual({ row: 50, column: 11 })
  expect(moveIn(at, 'Mod+End', size)).toEqual({ row: 199, column: 11 })
  expect(moveIn({ row: 199, column: 0 }, '', { rows: 3, columns: 12 })).toEqual({ row: 2, column: 0 })
})
