import type { Outcome, Withheld } from '#shared/domain/scores.ts'
import type { SpStatement } from '#shared/domain/sp-form.ts'
import * as figures from '#shared/scoring/figures.ts'

/** What reports say; the language of the paper in one place. */
export const lang = 'en'

const oneDecimal = new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const atMostOne = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 })
const longDate = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' })

/** A score as it is printed; a withheld one is a dash, with its reason said elsewhere. */
export const score = (value: number | null): string => (value === null ? '–' : oneDecimal.format(value))
/** A score that is read beside the mark it is compared with. */
export const scoreBeside = (value: number | null, mark: number): string =>
  value === null ? score(value) : figures.scoreBeside(lang, value, mark)
export const whole = (value: number | null): string => (value === null ? '–' : String(Math.round(value)))
export const plain = (value: number): string => atMostOne.format(value)
/** A pass mark as it was declared. */
export const mark = (value: number): string => figures.markAsDeclared(lang, value)
export const date = (iso: string): string => longDate.format(new Date(`${iso}T00:00:00Z`))

/** A number with so many decimals, as charts write it. */
export const digitsOf = (value: number, digits: number): string =>
  new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

const wholeNumber = new Intl.NumberFormat(lang)
export const number = (value: number): string => wholeNumber.format(value)
const longInstant = new Intl.DateTimeFormat(lang, {
  dateStyle: 'long',
  timeStyle: 'short',
  hour12: false,
  timeZone: 'UTC',
})
/** A moment, by the clock that is the same everywhere: "November 14, 2026 at 15:00 UTC". */
export const instant = (at: Date): string => `${longInstant.format(at)} UTC`

/** Minutes and seconds, "3:22". */
export function time(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The place of a mark in its encounter; null: it was made before the encounter began. */
export const moment = (ms: number | null): string => (ms === null ? 'before the start' : time(ms))

export const count = (n: number, one: string, many: string): string => `${number(n)} ${n === 1 ? one : many}`

export const outcomeWord: Readonly<Record<Outcome, string>> = {
  pass: 'Pass',
  fail: 'Not passed',
  incomplete: 'Incomplete',
  review: 'In review',
}

export const withheldBecause: Readonly<Record<Withheld, string>> = {
  'not-submitted': 'not submitted',
  absent: 'absent',
  'too-few-rated': 'too few behaviours rated',
  'no-scored-station': 'no scored station',
  'not-in-rotation': 'not in the rotation',
  'stations-missing': 'stations missing',
  'too-few-answers': 'too few answers',
  conflict: 'laptops contradict each other',
  partial: 'an earlier file of a laptop is missing',
}

/** Short names of the statements of the SP's form. */
export const spStatementName: Readonly<Record<SpStatement, string>> = {
  listened: 'felt listened to',
  'view-understood': 'view was understood',
  'feelings-recognised': 'feelings were recognised',
  'limits-safe': 'limits were respectful and safe',
  helped: 'felt helped',
  'would-follow-plan': 'would follow the plan',
  'would-return': 'would come back',
}

export const sampleLine = 'Sample data: invented persons'
const page = (n: number, of: number): string => `Page ${n} of ${of}`
/** The right of a page's foot: the code to compare with what the ledger says later, and which page it is. */
export const foot =
  (ledgerCode: string | null) =>
  (n: number, of: number): string =>
    ledgerCode === null ? page(n, of) : `Ledger ${ledgerCode} · ${page(n, of)}`
