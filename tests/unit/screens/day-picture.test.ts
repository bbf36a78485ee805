import { expect, test } from 'vitest'
import { stretchesOf } from '#renderer/features/setup/plan/day.ts'

test('rounds in a row are one stretch, with the pauses and circuits between them', () => {
  const round = (circuit: number, from: number, to: number) => ({ circuit, startsAtSecond: from, endsAtSecond: to })
  expect(stretchesOf([round(1, 0, 10), round(1, 10, 20), round(1, 25, 35), round(2, 95, 105)])).toEqual([
    { kind: 'rounds', from: 0, to: 20, circuit: 1, rounds: 2 },
    { kind: 'break', from: 20, to: 25, betweenCircuits: false },
    { kind: 'rounds', from: 25, to: 35, circuit: 1, rounds: 1 },
    { kind: 'break', from: 35, to: 95, betweenCircuits: true },
    { kind: 'rounds', from: 95, to: 105, circuit: 2, rounds: 1 },
  ])
})
