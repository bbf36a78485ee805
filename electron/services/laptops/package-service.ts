import { randomInt } from 'node:crypto'
import { AttuneError } from '#shared/contract/result.ts'
import { examPackageSchema, PACKAGE_VERSION, packageProblem, type ExamPackage } from '#shared/domain/exam-package.ts'
import { NAMELESS, type Exam } from '#shared/domain/exam.ts'
import { eventIdSchema, type ExamId } from '#shared/domain/ids.ts'
import { rubricKey } from '#shared/domain/rubric.ts'
import { plainLetters, tidyCode } from '#shared/domain/seal-code.ts'
import type { HashCost } from '#electron/base/derive.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { FileShelf } from '#electron/files/file-shelf.ts'
import { createSealKey, openSealed, sealWith } from '#electron/files/sealed.ts'
import { actorOf, raterOf } from '#electron/services/encounter/access.ts'
import type { Erasing } from '#electron/services/set-up/erasing.ts'
import { rubricChecksum } from '#electron/services/set-up/rubric-file.ts'
import { examOf, type SetUpParts } from '#electron/services/set-up/set-up.ts'
import type { Store } from '#electron/store/store.ts'

export const PACKAGE_ENDING = '.attune-package'

type Parts = SetUpParts & {
  shelf: FileShelf
  erasing: Erasing
  wallNow: () => number
  /** What a guess at the code costs; absent outside tests. */
  cost: HashCost | undefined
  /** Keeps a copy of the data before something is taken in. */
  beforeImport: () => Promise<void>
}

/** The exam on its way to the laptops of its stations. */
export function createPackageHandlers(parts: Parts): HandlersOf<'package'> {
  const { store, shelf, ids, wallNow } = parts
  return {
    'package.export': async ({ examId }, { session }) => {
      const exam = examOf(store, examId)
      if (exam.status === 'draft') throw new AttuneError('exam-not-ready', { count: 0 })
      const { recipient } = await sealKeyOf(store, examId)
      const content = packageOf(store, exam, recipient, new Date(wallNow()).toISOString())
      const code = newCode()
      const bytes = await sealWith(code, Buffer.from(JSON.stringify(content)), parts.cost?.ln)
      const file = await shelf.put({ name: `${exam.title}${PACKAGE_ENDING}`, mime: 'application/octet-stream', bytes })
      store.ledger.append({
        id: eventIdSchema.parse(ids()),
        examId: null,
        encounterId: null,
        ...raterOf(session),
        offsetMs: null,
        payload: { type: 'package.exported', examId },
      })
      return { file, code }
    },
    'package.import': async ({ upload, code }, { session }) => {
      const bytes = await openSealed(Buffer.from(upload.base64, 'base64'), { code: tidyCode(code) })
      const given = readPackage(bytes)
      const { exam } = given
      if (store.keys.examKey(exam.id)?.identity) throw new AttuneError('package-own')
      await parts.beforeImport()
      store.ledger.append(
        {
          id: eventIdSchema.parse(ids()),
          examId: null,
          encounterId: null,
          ...actorOf(session),
          offsetMs: null,
          payload: { type: 'package.imported', examId: exam.id, exportedAt: given.exportedAt },
        },
        () => {
          takeIn(parts, given)
        },
      )
      parts.erasing.finish()
      parts.events.publish('exam.changed', { examId: exam.id })
      return { exam: examOf(store, exam.id), behindMs: Math.max(0, Date.parse(given.exportedAt) - wallNow()) }
    },
  }
}

/** The key to which an exam's bundles are sealed, made with the first need of it. Throws 'exam-collected-elsewhere'. */
export async function sealKeyOf(store: Store, examId: ExamId): Promise<{ recipient: string; identity: string }> {
  const known = store.keys.examKey(examId)
  if (known?.identity) return { recipient: known.recipient, identity: known.identity }
  if (known) throw new AttuneError('exam-collected-elsewhere')
  const made = await createSealKey()
  store.keys.putExamKey(examId, made)
  return made
}

/** Twelve letters. */
function newCode(): string {
  return tidyCode(Array.from({ length: 12 }, () => plainLetters.charAt(randomInt(plainLetters.length))).join(''))
}

function packageOf(store: Store, exam: Exam, recipient: string, exportedAt: string): ExamPackage {
  const stations = store.stations.ofExam(exam.id)
  const people = store.people.ofExam(exam.id)
  const { candidates, people: nameless } = store.erasure.erasedOf(exam.id)
  const erased = [...candidates, ...nameless]
  const rubrics = stations.flatMap(({ rubric }) => (rubric && store.rubrics.get(rubric)?.rubric) ?? [])
  return {
    format: 'attune-package',
    formatVersion: PACKAGE_VERSION,
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

function readPackage(bytes: Uint8Array): ExamPackage {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    throw new AttuneError('package-invalid')
  }
  if (isNewer(value)) throw new AttuneError('exam-file-newer')
  const given = examPackageSchema.safeParse(value)
  if (!given.success) throw new AttuneError('package-invalid')
  const sound = given.data.rubrics.every((rubric) => rubricChecksum(rubric) === rubric.checksum)
  if (!sound || packageProblem(given.data) !== null) throw new AttuneError('package-invalid')
  return given.data
}

const isNewer = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'formatVersion' in value &&
  typeof value.formatVersion === 'number' &&
  value.formatVersion > PACKAGE_VERSION

/** Puts the exam in place, or brings it up to date; encounters that were begun stay. Throws 'package-outdated'. */
function takeIn({ store, erasing }: Parts, given: ExamPackage): void {
  const { exam } = given
  const gone: ReadonlySet<string> = new Set(given.erased)
  store.exams.put(exam)
  for (const rubric of given.rubrics) if (!store.rubrics.get(rubric)) store.rubrics.put(rubric, false)
  for (const station of given.stations) store.stations.put(station)
  // Whose name was erased, here or where the package was made, gets it back from no package.
  for (const candidate of given.candidates) {
    if (gone.has(candidate.id)) erasing.candidate(candidate.id)
    store.candidates.put(gone.has(candidate.id) ? { ...candidate, name: NAMELESS } : erasing.asKept(candidate))
  }
  for (const person of given.people) {
    if (gone.has(person.id)) erasing.person(person.id)
    store.people.put(store.erasure.isErased(person.id) ? { ...person, name: NAMELESS } : person)
  }
  for (const { personId, hash } of given.pins) {
    if (!store.erasure.isErased(personId)) store.accounts.setSecret(personId, hash)
  }
  replaceSlots(store, given)
  const keep = <T extends { id: string }>(given: readonly T[], known: readonly T[], remove: (one: T) => void) => {
    const stay = new Set(given.map(({ id }) => id))
    for (const one of known) if (!stay.has(one.id)) remove(one)
  }
  keep(given.candidates, store.candidates.ofExam(exam.id), ({ id }) => {
    store.candidates.remove(id)
  })
  keep(given.people, store.people.ofExam(exam.id), ({ id }) => {
    if (!store.people.hasRated(id)) store.people.remove(id)
  })
  keep(given.stations, store.stations.ofExam(exam.id), ({ id }) => {
    store.stations.remove(id)
  })
  store.exams.setRotationBasis(exam.id, given.rotationBasis)
  store.keys.putExamKey(exam.id, { recipient: given.recipient, identity: null })
}

function replaceSlots(store: Store, { exam, slots }: ExamPackage): void {
  const planned = new Map(slots.map((slot) => [slot.id, slot]))
  for (const { id } of store.encounters.ofExam(exam.id)) {
    if (planned.has(id)) continue
    if (store.encounters.hasEvents(id)) throw new AttuneError('package-outdated')
    store.encounters.remove(id)
  }
  store.encounters.put(slots)
}
