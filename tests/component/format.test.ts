import { expect, test, vi } from 'vitest'
import {
  byName,
  formatBytes,
  formatClock,
  formatDate,
  formatNumber,
  formatOffset,
  formatScore,
  formatTimeOfDay,
} from '#renderer/ui/format.ts'

const inLocale = (locale: string) => vi.spyOn(navigator, 'languages', 'get').mockReturnValue([locale])

test('dates, times and numbers are written as the system writes them', () => {
  inLocale('de-DE')
  expect(formatDate('2026-11-04')).toBe('4. November 2026')
  expect(formatTimeOfDay(37_440)).toBe('10:24')
  expect(formatNumber(3412)).toBe('3.412')
  expect(formatScore(61.25)).toBe('61,3')
  inLocale('en-US')
  expect(formatDate('2026-11-04')).toBe('November 4, 2026')
  expect(formatTimeOfDay(37_440)).toMatch(/^10:24\sAM$/)
  expect(formatNumber(3412)).toBe('3,412')
})

test('a time after midnight of the exam’s day says on which day, and never passes for one of the same day', () => {
  inLocale('en-GB')
  expect(formatTimeOfDay(86_399)).toBe('23:59')
  expect(formatTimeOfDay(86_400)).toBe('00:00 +1d')
  expect(formatTimeOfDay(53 * 3600 + 48 * 60)).toBe('05:48 +2d')
})

test('a withheld score is a dash and never a nought', () => {
  expect(formatScore(null)).toBe('–')
  expect(formatScore(0)).toMatch(/^0[.,]0$/)
})

test('a clock that runs down shows the second that is not over; the place of a mark the one that is', () => {
  expect(formatClock(60_000)).toBe('1:00')
  expect(formatClock(59_001)).toBe('1:00')
  expect(formatClock(59_000)).toBe('0:59')
  expect(formatClock(-5)).toBe('0:00')
  expect(formatOffset(59_999)).toBe('0:59')
  expect(formatOffset(754_000)).toBe('12:34')
})

test('sizes are told in the largest unit that fits', () => {
  inLocale('en-GB')
  expect([0, 999, 1000, 1_400_000].map(formatBytes)).toEqual(['0 byte', '999 byte', '1 kB', '1.4 MB'])
})

test('names stand in the order of the alphabet, numbers in them by size', () => {
  inLocale('en-GB')
  expect(['Station 10', 'Ärne', 'Station 9', 'Bo'].sort(byName)).toEqual(['Ärne', 'Bo', 'Station 9', 'Station 10'])
})
