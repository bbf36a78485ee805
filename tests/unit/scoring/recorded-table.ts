import type { RatingValue } from '#shared/domain/encounter.ts'
import type { SpAnswerValue } from '#shared/domain/sp-form.ts'
import { allRated, recordedExam, type Recorded } from '#tests/support/recorded-exam.ts'

export const NONE = 'no-opportunity'

/** As many plain candidates and stations as a table of what was recorded has rows and columns. */
export const exam = (...table: (readonly (Recorded | undefined)[])[]) =>
  recordedExam({
    stations: (table[0] ?? []).map(() => ({})),
    candidates: table.map(() => ({})),
    record: (c, s) => table[c]?.[s],
  })

/** A submitted encounter that passed, with these ratings. */
export const submitted = (ratings: Recorded['ratings'], more: Partial<Recorded> = {}): Recorded => ({
  status: 'submitted',
  globalRating: 'pass',
  ...(ratings && { ratings }),
  ...more,
})
/** A submitted encounter in which every behaviour has the same value. */
export const all = (value: RatingValue, more: Partial<Recorded> = {}) => submitted(allRated(value), more)
/** A form of the SP with the same answer to every statement. */
export const sp = (value: SpAnswerValue) => Array.from({ length: 7 }, () => value)
