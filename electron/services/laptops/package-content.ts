import { AttuneError } from '#shared/contract/result.ts'
import type { ExamPackage } from '#shared/domain/exam-package.ts'
import type { Exam } from '#shared/domain/exam.ts'
import { rubricKey } from '#shared/domain/rubric.ts'
import { setUpFormatOf } from '#shared/domain/set-up-format.ts'
import { tidyCode } from '#shared/domain/seal-code.ts'
import { decodePackage } from '#electron/files/package-codec.ts'
import { openSealed } from '#electron/files/sealed.ts'
import { rubricChecksum } from '#electron/services/set-up/rubric-file.ts'
import type { Store } from '#electron/store/store.ts'

/** All that a station needs of an exam. */
export function packageOf(store: Store, exam: Exam, recipient: string, exportedAt: string): ExamPackage {
  const stations = store.stations.ofExam(exam.id)
  const people = store.people.ofExam(exam.id)
  const { candidates, people: nameless } = store.erasure.erasedOf(exam.id)
  const erased = [...candidates, ...nameless]
  const rubrics = stations.flatMap(({ rubric }) => (rubric && store.rubrics.get(rubric)?.rubric) ?? [])
  return {
    format: 'attune-package',
    formatVersion: setUpFormatOf(stations),
    publicKey: store.installation.publicKey(),
    exportedAt,
    recipient,
    exam,
    rotationBasis: store.exams.rotationBasis(exam.id),
    stations,
    rubrics: [...new Map(rubrics.map((rubric) => [rubricKey(rubric), rubric])).values()],
    candidates: store.candidates.ofExam(exam.id),
    people,
    pins: people.flatMap(({ id }) => {
      const hash = store.accounts.credential(id)?.hash
      return hash === undefined ? [] : [{ personId: id, hash }]
    }),
    slots: store.encounters.ofExam(exam.id),
    ...(erased.length > 0 && { erased }),
  }
}

/**
 * Reads a package with its code, however that was typed, and believes nothing of it: seal, signature, and that it holds
 * one exam that fits together. Throws AttuneError as `openSealed` and `decodePackage` do.
 */
export async function openPackage(bytes: Uint8Array, code: string): Promise<ExamPackage> {
  const given = decodePackage(await openSealed(bytes, { code: tidyCode(code) }))
  const isSound = given.rubrics.every((rubric) => rubricChecksum(rubric) === rubric.checksum)
  if (!isSound) throw new AttuneError('package-invalid')
  return given
}
