import { z } from 'zod'
import { AttuneError } from '#shared/contract/result.ts'
import type { ExamPackage } from '#shared/domain/exam-package.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { rubricRefSchema } from '#shared/domain/rubric.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import type { Repositories } from '#electron/store/store.ts'

/**
 * Whose package an exam came with is believed at first for want of anybody who knew better, so nobody of the exam signs in
 * until somebody has compared the letters. What came with it is kept meanwhile, to take it back again: rubrics, and whose
 * names were to be gone.
 */
const keyOf = (examId: ExamId) => `letters-to-compare-${examId}`
const cameSchema = z.strictObject({ rubrics: z.array(rubricRefSchema), erased: z.array(z.string()) })
export type Came = z.infer<typeof cameSchema>

type Parts = Pick<Repositories, 'settings' | 'keys' | 'exams' | 'rubrics' | 'erasure'>

/** The letters of whoever signed an exam's package, while nobody has said here that they are the director's. */
export function lettersToCompare({ settings, keys }: Parts, examId: ExamId): string | null {
  const signer = settings.get(keyOf(examId)) === null ? null : (keys.examKey(examId)?.signer ?? null)
  return signer === null ? null : keyCode(signer)
}

/** In the transaction in which the package is taken in. `came`: what was not here before. */
export function askToCompare({ settings }: Parts, examId: ExamId, came: Came): void {
  const { rubrics, erased } = cameWith(settings, examId)
  const all: Came = { rubrics: [...rubrics, ...came.rubrics], erased: [...erased, ...came.erased] }
  settings.set(keyOf(examId), JSON.stringify(all))
}

function cameWith(settings: Parts['settings'], examId: ExamId): Came {
  const kept = settings.get(keyOf(examId))
  return kept === null ? { rubrics: [], erased: [] } : cameSchema.parse(JSON.parse(kept))
}

/** Nobody is asked any more: they are the director's, or the exam itself goes. In a transaction. */
export function askNoMore({ settings }: Parts, examId: ExamId): void {
  settings.remove(keyOf(examId))
}

/** They are somebody else's: the exam goes with all that came with it, and who signed is forgotten. In a transaction. */
export function disbelieveLetters({ settings, exams, rubrics, erasure }: Parts, examId: ExamId): void {
  const came = cameWith(settings, examId)
  exams.remove(examId)
  erasure.forget(came.erased)
  for (const ref of came.rubrics) if (rubrics.stationsUsing(ref) === 0) rubrics.remove(ref)
  settings.remove(keyOf(examId))
}

const plain = (letters: string): string => letters.toUpperCase().replaceAll(/[^A-Z\d]/g, '')

/** Throws 'package-not-theirs', with the letters of whoever did, where somebody else signed it than is said. */
export function mustBeSignedBy({ publicKey }: ExamPackage, letters: string): void {
  const code = keyCode(publicKey)
  if (plain(code) !== plain(letters)) throw new AttuneError('package-not-theirs', { code })
}
