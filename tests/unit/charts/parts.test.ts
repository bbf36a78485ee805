import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keptApart, mixed, readableOn, roundStep, scaleOf, signed } from '#shared/charts/parts.ts'
import { chartTheme } from '#tests/support/charts.ts'

test('labels keep their distance and their order, and stay where they have room', () => {
  expect(keptApart([1, 5, 9], 2)).toEqual([1, 5, 9])
  expect(keptApart([5, 5, 5], 2)).toEqual([3, 5, 7])
  expect(keptApart([9, 1], 2)).toEqual([9, 1])
  const places = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { maxLength: 40 })
  fc.assert(
    fc.property(places, (wanted) => {
      const kept = keptApart(wanted, 2)
      const order = wanted.map((_, at) => at).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b)
      order.slice(1).forEach((at, index) => {
        expect((kept[at] ?? 0) - (kept[order[index] ?? 0] ?? 0)).toBeGreaterThan(2 - 1e-9)
      })
    }),
  )
})

test('scales have round steps around all values', () => {
  expect(scaleOf([31, 97])).toEqual({ min: 20, max: 100, step: 20 })
  expect(scaleOf([0.31, 0.42])).toEqual({ min: 0.3, max: 0.42, step: 0.02 })
  expect(scaleOf([-3, 4])).toEqual({ min: -4, max: 4, step: 2 })
  expect(scaleOf([5, 5])).toMatchObject({ min: 4, max: 6 })
  expect([0.3, 3, 21, 0.07].map(roundStep)).toEqual([0.5, 5, 25, 0.1])
})

test('signs are written out, and nought has none', () => {
  expect([1.25, -0.5, 0, -0.01, 0.01].map((value) => signed(chartTheme, value, 1))).toEqual([
    '+1.3',
    '−0.5',
    '0.0',
    '0.0',
    '0.0',
  ])
})

test('text takes the colour that can be read', () => {
  expect(mixed('#ffffff', '#000000', 0.5)).toBe('#808080')
  expect(readableOn('#003030', '#000000', '#ffffff')).toBe('#ffffff')
  expect(readableOn('#e0f0f0', '#000000', '#ffffff')).toBe('#000000')
})
