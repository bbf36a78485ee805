import { pseudonym } from '#electron/base/pseudonym.ts'
import type { Candidate } from '#shared/domain/exam.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'

/** Who stands in a file that leaves: with their names, on purpose; else by pseudonyms, and in the order of these. */
export type Naming = { names: boolean }

/** The same marks of nobody: pseudonyms in place of numbers, no names, and the order of the numbers gone with them. */
export const pseudonymised = <D extends Pick<ExamData, 'candidates'>>(data: D): D => ({
  ...data,
  candidates: inPseudonymOrder(data.candidates.map(pseudonymous)),
})

/** A candidate as files that leave know them. */
export const pseudonymous = (candidate: Candidate): Candidate => ({
  ...candidate,
  number: pseudonym('candidate', candidate.id),
  name: '',
})

const inPseudonymOrder = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.toSorted((a, b) => (a.number < b.number ? -1 : 1))
