import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placesOnLine } from '#renderer/features/scoring/places-on-line.ts'

test('marks stand where they happened, step aside for each other and stay on the line', () => {
  expect(placesOnLine([0, 240, 480], 480, 0.05)).toEqual([0, 0.5, 1])
  expect(placesOnLine([100, 100], 400, 0.125)).toEqual([0.25, 0.375])
  expect(placesOnLine([9999], 480, 0.05)).toEqual([1])
  fc.assert(
    fc.property(fc.array(fc.nat(480_000), { maxLength: 20 }), (times) => {
      const places = placesOnLine(times, 480_000, 0.03)
      const inOrder = times.map((t, i) => [t, i] as const).sort(([a, i], [b, j]) => a - b || i - j)
      const sorted = inOrder.map(([, i]) => places[i] ?? Number.NaN)
      for (const place of places) expect(place >= 0 && place <= 1).toBe(true)
      sorted.slice(1).forEach((place, i) => {
        expect(place - (sorted[i] ?? 0)).toBeGreaterThan(0.03 - 1e-9)
      })
    }),
  )
})
