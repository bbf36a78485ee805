import { z } from 'zod'
import { AttuneError } from '#shared/contract/result.ts'
import type { ExamPackage } from '#shared/domain/exam-package.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { rubricRefSchema, type RubricRef } from '#shared/domain/rubric.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import type { Repositories } from '#electron/store/store.ts'

/**
 * Whose package an exam came with is believed at first for want of anybody who knew better, so nobody of the exam signs in
 * until somebody has compared the letters. Kept meanwhile: the rubrics that came with it, to take them away again.
 */
const keyOf = (examId: ExamId) => `letters-to-compare-${examId}`
const keptSchema = z.array(rubricRefSchema)

type Parts = Pick<Repositories, 'settings' | 'keys' | 'exams' | 'rubrics'>

/** The letters of whoever signed an exam's package, while nobody has said here that they are the director's. */
export function lettersToCompare({ settings, keys }: Parts, examId: ExamId): string | null {
  const signer = settings.get(keyOf(examId)) === null ? null : (keys.examKey(examId)?.signer ?? null)
  return signer === null ? null : keyCode(signer)
}

/** In the transaction in which the package is taken in. `rubrics`: those that came with it. */
export function askToCompare({ settings }: Parts, examId: ExamId, rubrics: readonly RubricRef[]): void {
  const before = keptSchema.parse(JSON.parse(settings.get(keyOf(examId)) ?? '[]'))
  settings.set(keyOf(examId), JSON.stringify([...before, ...rubrics]))
}

/** They are the director's: in a transaction. */
export function believeLetters({ settings }: Parts, examId: ExamId): void {
  settings.remove(keyOf(examId))
}

/** They are somebody else's: the exam goes with all that came with it, and who signed is forgotten. In a transaction. */
export function disbelieveLetters({ settings, exams, rubrics }: Parts, examId: ExamId): void {
  const came = keptSchema.parse(JSON.parse(settings.get(keyOf(examId)) ?? '[]'))
  exams.remove(examId)
  for (const ref of came) if (rubrics.stationsUsing(ref) === 0) rubrics.remove(ref)
  settings.remove(keyOf(examId))
}

const plain = (letters: string): string => letters.toUpperCase().replaceAll(/[^A-Z\d]/g, '')

/** Throws 'package-not-theirs', with the letters of whoever did, where somebody else signed it than is said. */
export function mustBeSignedBy({ publicKey }: ExamPackage, letters: string): void {
  const code = keyCode(publicKey)
  if (plain(code) !== plain(letters)) throw new AttuneError('package-not-theirs', { code })
}
