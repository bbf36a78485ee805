import type { EncounterResult } from '#shared/contract/parts/results.ts'
import type { Amendment, Conflict } from '#shared/domain/amendment.ts'
import { subjectOf } from '#shared/domain/sayings.ts'
import type { Correctable } from './correction.ts'

export type Changes = { amendments: Amendment[]; conflict: Conflict | undefined }

/** What became of a mark after it was submitted. */
export function changesOf(record: EncounterResult, { says }: Correctable): Changes {
  const subject = subjectOf(says)
  return {
    amendments: [...record.amendments, ...record.sp.amendments].filter((entry) => entry.subject === subject),
    conflict: [...record.conflicts, ...record.sp.conflicts].find((entry) => entry.subject === subject),
  }
}

/** What stands under no mark that is shown: whether the candidate came, a review, a moment that was taken back. */
export function changesApart(record: EncounterResult): { amendments: Amendment[]; conflicts: Conflict[] } {
  const shown = new Set(record.marks.map(({ id }) => `mark ${id}`))
  const isApart = ({ subject }: { subject: string }) =>
    subject === 'standing' || subject.startsWith('review ') || (subject.startsWith('mark ') && !shown.has(subject))
  return { amendments: record.amendments.filter(isApart), conflicts: record.conflicts.filter(isApart) }
}
