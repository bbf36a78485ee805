import { expect, test } from 'vitest'
import { percentOf } from '#shared/domain/candidate-list.ts'
import { findIn } from '#renderer/features/setup/find-in.ts'
import { nextNumber } from '#renderer/features/setup/people/next-number.ts'
import { stretchesOf } from '#renderer/features/setup/plan/day.ts'
import { parseDuration } from '#renderer/features/setup/plan/duration.ts'

test.each([
  ['8:30', 510],
  ['8', 480],
  ['0:05', 5],
  ['8.5', 510],
  ['8,5', 510],
  [' 120:00 ', 7200],
  ['', null],
  ['8:60', null],
  ['8 minutes', null],
  ['-1', null],
])('"%s" is read as %s seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds)
})

test.each([
  [['1001', '1002'], '1003'],
  [['009', '010'], '011'],
  [['A1', 'B2'], ''],
  [[], '1001'],
])('after the numbers %j comes "%s"', (numbers, next) => {
  expect(nextNumber(numbers.map((number) => ({ number })))).toBe(next)
})

test('extra time is a number, with or without its sign', () => {
  expect(['', '25', ' 25 %', '33%', '0.25'].map(percentOf)).toEqual([0, 25, 25, 33, 25])
  expect(['a lot', '1e2', '0x10', '-5', '201', '%'].map(percentOf)).toEqual([null, null, null, null, null, null])
})

test('looking for nothing finds everybody', () => {
  expect(findIn(['Zoë', 'Łukasz'], ' ', (name) => [name])).toEqual(['Zoë', 'Łukasz'])
  expect(findIn(['Zoë', 'Łukasz'], 'ZOE', (name) => [name])).toEqual(['Zoë'])
})

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
