import { expect, test } from 'vitest'
import { nextInPlan } from '#shared/domain/plan-order.ts'

const row = (startsAtSecond: number, stationNumber: number, status: 'scheduled' | 'open' | 'submitted' | 'absent') => ({
  slot: { startsAtSecond, round: 1 },
  stationNumber,
  status,
})

test('next comes the first whom nobody has come to, by time and then by station', () => {
  const rows = [
    row(37_000, 2, 'scheduled'),
    row(36_600, 4, 'scheduled'),
    row(36_600, 3, 'scheduled'),
    row(36_000, 1, 'open'),
    row(35_400, 1, 'absent'),
  ]
  expect(nextInPlan(rows)).toBe(rows[2])
})

test('nobody comes next once everybody was there', () => {
  expect(nextInPlan([row(36_000, 1, 'submitted'), row(36_600, 1, 'open')])).toBeNull()
})
