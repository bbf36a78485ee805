import { expect, test } from 'vitest'
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
