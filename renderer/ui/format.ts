import { markAsDeclared, scoreBeside } from '#shared/scoring/figures.ts'

/**
 * Dates and numbers as the system writes them. The locale is the system's, whatever language the sentences are in.
 */
const locale = (): readonly string[] => navigator.languages

/** Loads what the browser needs to write dates and numbers: at its first use that takes some fifty milliseconds. */
export function warmFormats(): void {
  formatDate('2026-01-01')
  formatNumber(0)
}

const dateOf = (date: string) => new Date(`${date}T12:00:00`)

/** "22 November 2026" from an ISO day "2026-11-22". */
export const formatDate = (day: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(dateOf(day))

/** "10:31" from an ISO instant, in local time. */
export const formatTime = (instant: string): string =>
  new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(new Date(instant))

/** "22 Nov 2026, 10:31" from an ISO instant, in local time. */
export const formatDateTime = (instant: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant))

const DAY_SECONDS = 86_400

/** "10:24" from seconds after midnight of the exam's day; "05:48 +2d" on a day after it. */
export function formatTimeOfDay(second: number): string {
  const days = Math.floor(second / DAY_SECONDS)
  const time = new Intl.DateTimeFormat(locale(), { timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(second * 1000),
  )
  if (days === 0) return time
  const later = { style: 'unit', unit: 'day', unitDisplay: 'narrow', signDisplay: 'always' } as const
  return `${time} ${new Intl.NumberFormat(locale(), later).format(days)}`
}

/** A number with at most `digits` decimals (0 unless told). */
export const formatNumber = (value: number, digits = 0): string =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value)

/** A number with exactly `digits` decimals. */
export const formatFixed = (value: number, digits: number): string =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

/** A score from 0 to 100 with one decimal; an en dash where it is withheld. */
export const formatScore = (value: number | null): string => (value === null ? '–' : formatFixed(value, 1))

/** A score that is read beside the pass mark: with as many decimals as tell on which side of it the score lies. */
export const formatScoreBeside = (value: number | null, passMark: number): string =>
  value === null ? formatScore(value) : scoreBeside(locale(), value, passMark)

/** A pass mark as it was declared. */
export const formatMark = (passMark: number): string => markAsDeclared(locale(), passMark)

/** "42%" from 0.42. */
export const formatPercent = (ratio: number): string =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(ratio)

/** "3:22" from milliseconds, rounded up, as a clock that counts down shows it. */
export function formatClock(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** "3:22" from milliseconds, rounded down, as the place of a mark in the encounter. */
export function formatOffset(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** "1.4 MB" from bytes. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const power = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3))
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(bytes / 1000 ** power)
}

/** Names in the order of the system's alphabet. */
export const byName = (a: string, b: string): number =>
  new Intl.Collator([...locale()], { numeric: true }).compare(a, b)

/** Text as a search compares it: accents and capitals aside. */
export const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()
