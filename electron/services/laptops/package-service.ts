import { randomInt } from 'node:crypto'
import { AttuneError } from '#shared/contract/result.ts'
import type { ExamPackage } from '#shared/domain/exam-package.ts'
import { NAMELESS } from '#shared/domain/exam.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { plainLetters, tidyCode } from '#shared/domain/seal-code.ts'
import type { Session } from '#shared/domain/session.ts'
import type { HashCost } from '#electron/base/derive.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { FileShelf } from '#electron/files/file-shelf.ts'
import { encodePackage } from '#electron/files/package-codec.ts'
import { createSealKey, sealWith } from '#electron/files/sealed.ts'
import type { Erasing } from '#electron/services/set-up/erasing.ts'
import { everFewer } from '#electron/services/ever-fewer.ts'
import { entryAbout, examOf, refuseMarked, toldSetUp, type SetUpParts } from '#electron/services/set-up/set-up.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import type { ExamKey } from '#electron/store/repositories/keys.ts'
import type { Store } from '#electron/store/store.ts'
import { openPackage, packageOf } from './package-content.ts'
import {
  askNoMore,
  askToCompare,
  disbelieveLetters,
  lettersToCompare,
  mustBeSignedBy,
  type Came,
} from './package-letters.ts'
import { rubricsToWrite } from './package-rubrics.ts'
import { noteRefusal } from './refusals.ts'

export const PACKAGE_ENDING = '.attune-package'

type Parts = SetUpParts & {
  shelf: FileShelf
  erasing: Erasing
  wallNow: () => number
  /** Milliseconds on an axis that nobody can set back. */
  now: () => number
  /** What a guess at the code costs; absent outside tests. */
  cost: HashCost | undefined
  /** Sees to it that a copy of the data holds the key that opens the bundles to come; nobody waits for it. */
  afterFirstPackage: () => void
  /** Keeps a copy of the data before something is taken in. */
  beforeImport: () => Promise<void>
}

/** The exam on its way to the laptops of its stations. */
export function createPackageHandlers(parts: Parts): HandlersOf<'package'> {
  const { store, shelf, ids, wallNow } = parts
  const isTold = everFewer(parts.now)
  return {
    'package.export': async ({ examId }, { session }) => {
      const exam = examOf(store, examId)
      if (exam.status === 'draft') throw new AttuneError('exam-not-ready', { count: 0 })
      const isFirst = (store.keys.examKey(examId)?.exportedAt ?? null) === null
      const key = await sealKeyOf(store, examId)
      // A clock that was put back makes no package that the stations would take for an older one.
      const exportedAt = new Date(Math.max(wallNow(), timeOf(store.keys.examKey(examId)) + 1)).toISOString()
      const content = encodePackage(packageOf(store, exam, key.recipient, exportedAt), store.installation.sign)
      const code = newCode()
      const bytes = await sealWith(code, content, parts.cost?.ln)
      const file = await shelf.put({ name: `${exam.title}${PACKAGE_ENDING}`, mime: 'application/octet-stream', bytes })
      store.ledger.append(entryAbout(ids, { examId: null, session }, { type: 'package.exported', examId }), () => {
        store.keys.putExamKey(examId, { ...key, signer: null, exportedAt })
      })
      if (isFirst) parts.afterFirstPackage()
      return { file, code, signerCode: keyCode(store.installation.publicKey()) }
    },
    'package.import': async ({ upload, code, signer }, { session }) => {
      const file = Buffer.from(upload.base64, 'base64')
      try {
        const given = await openPackage(file, code)
        if (signer !== undefined) mustBeSignedBy(given, signer)
        return await importPackage(parts, { given, compared: signer !== undefined }, session)
      } catch (error) {
        if (error instanceof AttuneError) {
          const payload = { type: 'package.refused', problem: error.code } as const
          // Somebody who has not signed in could go on with ever other files.
          if (session !== null || isTold()) await noteRefusal(parts, payload, { file, session })
        }
        throw error
      }
    },
    'package.compare': ({ examId, same }, { session }) => {
      const signer = lettersToCompare(store, examOf(store, examId).id)
      if (signer === null) throw new AttuneError('not-found')
      if (session?.role !== 'director' && store.accounts.directors().length > 0) {
        throw new AttuneError('package-needs-director')
      }
      const payload = { type: 'package.compared', examId, signer, same } as const
      store.ledger.append(entryAbout(ids, { examId: null, session }, payload), () => {
        if (same) askNoMore(store, examId)
        else {
          refuseMarked(store, examId)
          disbelieveLetters(store, examId)
        }
      })
      parts.events.publish('exam.changed', { examId })
      return {}
    },
  }
}

async function importPackage(
  parts: Parts,
  { given, compared }: { given: ExamPackage; compared: boolean },
  session: Session | null,
) {
  const { store, ids, wallNow } = parts
  const { exam, exportedAt } = given
  mustBeWelcome(parts, given, session)
  await parts.beforeImport()
  const signer = keyCode(given.publicKey)
  const about = { examId: null, session }
  store.ledger.appendWith((append) => {
    // Another one may have come in meanwhile.
    mustBeWelcome(parts, given, session)
    const isNew = store.keys.examKey(exam.id)?.signer !== given.publicKey
    const isOpen = isNew || lettersToCompare(store, exam.id) !== null
    const came = takeIn(parts, given)
    const told = { examId: exam.id, exportedAt, signer, ...toldSetUp(store, exam.id) }
    append(entryAbout(ids, about, { type: 'package.imported', ...told }))
    if (!isOpen) return
    if (!compared) askToCompare(store, exam.id, came)
    else {
      askNoMore(store, exam.id)
      append(entryAbout(ids, about, { type: 'package.compared', examId: exam.id, signer, same: true }))
    }
  })
  parts.erasing.finish()
  parts.events.publish('exam.changed', { examId: exam.id })
  return {
    exam: examOf(store, exam.id),
    behindMs: Math.max(0, Date.parse(exportedAt) - wallNow()),
    signerCode: lettersToCompare(store, exam.id),
  }
}

/** The key to which an exam's bundles are sealed, made with the first need of it. Throws 'exam-from-elsewhere'. */
export async function sealKeyOf(store: Store, examId: ExamId): Promise<{ recipient: string; identity: string }> {
  const known = store.keys.examKey(examId)
  if (known?.identity) return { recipient: known.recipient, identity: known.identity }
  if (known) throw new AttuneError('exam-from-elsewhere')
  const made = await createSealKey()
  store.keys.putExamKey(examId, { ...made, signer: null, exportedAt: null })
  return made
}

/** Twelve letters. */
function newCode(): string {
  return tidyCode(Array.from({ length: 12 }, () => plainLetters.charAt(randomInt(plainLetters.length))).join(''))
}

/**
 * Refuses what may not come in. Throws AttuneError 'package-own', 'package-needs-director', 'package-stranger' with both
 * codes, 'package-older', 'package-clashes' or 'package-rubric-differs'.
 */
function mustBeWelcome({ store }: Parts, given: ExamPackage, session: Session | null): void {
  const { exam, publicKey, recipient, exportedAt } = given
  const key = store.keys.examKey(exam.id)
  const isHere = store.exams.get(exam.id) !== null
  // What is here without a key was built here, and no package of it was made yet.
  if (isHere && (key === null || key.identity !== null)) throw new AttuneError('package-own')
  if (!isHere && session?.role !== 'director' && store.accounts.directors().length > 0) {
    throw new AttuneError('package-needs-director')
  }
  // Who signed is believed, whatever key the bundles are sealed to from now on: a director's data may have been restored.
  if (key && (key.signer === null ? key.recipient !== recipient : key.signer !== publicKey)) {
    throw new AttuneError('package-stranger', { code: keyCode(publicKey) })
  }
  if (Date.parse(exportedAt) < timeOf(key)) throw new AttuneError('package-older')
  if (store.packages.clashes(given)) throw new AttuneError('package-clashes')
  rubricsToWrite(store, given)
}

/** When the last package of an exam was made; -Infinity: there was none. */
const timeOf = (key: ExamKey | null): number => (key?.exportedAt ? Date.parse(key.exportedAt) : -Infinity)

/**
 * Puts the exam in place, or brings it up to date; encounters that were begun stay. Returns what was not here before.
 * Throws 'package-outdated'.
 */
function takeIn({ store, erasing }: Parts, given: ExamPackage): Came {
  const { exam } = given
  const gone: ReadonlySet<string> = new Set(given.erased)
  const ids = [...given.candidates, ...given.people].map(({ id }) => id)
  const erased = ids.filter((id) => gone.has(id) && !store.erasure.isErased(id))
  store.exams.put(exam)
  const { added, changed } = rubricsToWrite(store, given)
  for (const rubric of [...added, ...changed]) store.rubrics.put(rubric, false)
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
    // A PIN that is here already keeps the count of its wrong tries, however often its package comes.
    const isNew = store.accounts.credential(personId)?.hash !== hash
    if (isNew && !store.erasure.isErased(personId)) store.accounts.setSecret(personId, hash)
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
  const { recipient, publicKey: signer, exportedAt } = given
  store.keys.putExamKey(exam.id, { recipient, identity: null, signer, exportedAt })
  return { rubrics: added.map(({ id, version }) => ({ id, version })), erased }
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
