import { expect, onTestFinished } from 'vitest'
import { rubricChecksum } from '#electron/services/set-up/rubric-file.ts'
import { openReader } from '#electron/store/store.ts'
import type { ExamPackage } from '#shared/domain/exam-package.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import type { GivenPackage, Signer } from '#tests/support/forged-package.ts'
import type { TestLaptop } from '#tests/support/laptops.ts'

/** What a package could change here: exams with all that is in them, names, PINs, keys and directors. */
async function stateOf(at: TestLaptop) {
  const exams = await at.director('exam.list', {})
  const held = await Promise.all(exams.map((one) => at.director('exam.get', { examId: one.exam.id })))
  const reader = openReader(at.dataDir)
  const hashes = held.flatMap(({ people }) => people.map(({ id }) => reader.accounts.credential(id)))
  const keys = held.map((one) => [reader.keys.examKey(one.exam.id), reader.encounters.ofExam(one.exam.id)])
  const rest = [reader.accounts.directors()]
  reader.close()
  return { held, hashes, keys, rest }
}

function eventsOf({ dataDir }: TestLaptop) {
  const reader = openReader(dataDir)
  const types = [...reader.events()].map(({ type }) => type)
  reader.close()
  return types
}

/** Refused, and nothing is written but why. */
export async function expectRefused(
  at: TestLaptop,
  by: 'nobody' | 'director',
  given: GivenPackage & { signer?: string },
  code: string,
) {
  const before = await stateOf(at)
  const written = eventsOf(at)
  expect(await at[by].refusal('package.import', given)).toBe(code)
  expect(await stateOf(at)).toEqual(before)
  expect(eventsOf(at).slice(written.length)).toEqual(['package.refused'])
}

/** The content of another exam: no id is one of the small exam's. */
export function madeUp(content: ExamPackage): ExamPackage {
  const ids = /"(?=(?:exam|station|candidate|examiner|sp|encounter)-\d)/g
  return JSON.parse(JSON.stringify(content).replaceAll(ids, '"other-')) as ExamPackage
}

/** The key of the installation on which the exam was built. */
export function keyOf({ dataDir }: TestLaptop): Signer {
  const reader = openReader(dataDir)
  onTestFinished(() => {
    reader.close()
  })
  return { publicKey: reader.installation.publicKey(), sign: reader.installation.sign }
}

export const sealedAs = (rubric: Rubric): Rubric => ({ ...rubric, checksum: rubricChecksum(rubric) })
