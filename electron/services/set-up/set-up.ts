import type { z } from 'zod'
import { AttuneError } from '#shared/contract/result.ts'
import type { Exam } from '#shared/domain/exam.ts'
import { eventIdSchema, type CandidateId, type ExamId, type PersonId } from '#shared/domain/ids.ts'
import type { AdministrativePayload } from '#shared/domain/ledger-event.ts'
import { rotationBasis, withoutRounds, type RotationParts } from '#shared/domain/rotation.ts'
import type { RubricRef } from '#shared/domain/rubric.ts'
import type { Session } from '#shared/domain/session.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import { actorOf } from '#electron/services/encounter/access.ts'
import { isOut } from '#electron/services/laptops/exam-home.ts'
import type { LedgerEntry } from '#electron/store/ledger.ts'
import type { Store } from '#electron/store/store.ts'
import { changesBetween, openSetUp, setUpOf } from './set-up-changes.ts'

/** What every service of the exam's set-up stands on. `ids` gives ids that nobody can guess and that tell nothing. */
export type SetUpParts = { store: Store; events: Pick<EventHub, 'publish'>; ids: () => string }

/** An exam, and who does something about it. */
export type Deed = { examId: ExamId; session: Session | null }

/**
 * Writes all of a change to an exam or nothing of it, then tells every window. While the exam is open for marks, the
 * ledger tells of whatever is another thereafter.
 */
export function changeExam<T>({ store, events, ids }: SetUpParts, { examId, session }: Deed, work: () => T): T {
  const result = store.ledger.appendWith((append) => {
    const before = openSetUp(store, examId)
    const done = work()
    const changes = before ? changesBetween(before, setUpOf(store, examOf(store, examId))) : []
    const since = changes.length > 0 ? toldSetUp(store, examId) : {}
    for (const { change, badges } of changes) {
      const { id } = append(entryAbout(ids, { examId, session }, { ...change, ...since }))
      if (badges.length > 0) store.candidates.putBadges(id, badges)
    }
    return done
  })
  events.publish('exam.changed', { examId })
  return result
}

/**
 * What an event says of the set-up as it stands now, so that `verify` sees what is changed in the file thereafter. Nothing
 * of an exam in preparation: there it changes without events.
 */
export function toldSetUp(store: Store, examId: ExamId, status = store.exams.get(examId)?.status): { setUp?: string } {
  const setUp = status === 'draft' ? null : store.proofs.setUpHash(examId)
  return setUp === null ? {} : { setUp }
}

/** An event about an exam, or, where that is null, about the installation; by the app itself where nobody sits there. */
export const entryAbout = (
  ids: () => string,
  { examId, session }: { examId: ExamId | null; session: Session | null },
  payload: AdministrativePayload,
): LedgerEntry => ({
  id: eventIdSchema.parse(ids()),
  examId,
  encounterId: null,
  ...actorOf(session),
  offsetMs: null,
  payload,
})

type NamesOut = Omit<Extract<AdministrativePayload, { type: 'names.exported' }>, 'type'>

/** Tells the ledger that a file with names was made, before anybody gets it. */
export function noteNames({ store, ids }: Omit<SetUpParts, 'events'>, session: Session | null, what: NamesOut): void {
  store.ledger.append(entryAbout(ids, { examId: null, session }, { type: 'names.exported', ...what }))
}

type AboutExam = Deed & {
  payload: AdministrativePayload
  /** A second event, made of what stands once the first is written: both or neither. */
  then?: (() => LedgerEntry) | undefined
}

/** Writes what was done about an exam into its ledger, together with the change itself, then tells every window. */
export function recordAbout(
  { store, events, ids }: SetUpParts,
  { examId, session, payload, then }: AboutExam,
  change: () => void,
): void {
  const entry = entryAbout(ids, { examId, session }, payload)
  store.ledger.appendAll(then ? [entry, then] : [entry], change)
  events.publish('exam.changed', { examId })
}

/** Throws 'unknown-exam'. */
export function examOf(store: Store, examId: ExamId): Exam {
  const exam = store.exams.get(examId)
  if (!exam) throw new AttuneError('unknown-exam', { exam: examId })
  return exam
}

/** The exam, unless it is closed. Throws 'unknown-exam' or 'exam-closed'. */
export function openExam(store: Store, examId: ExamId): Exam {
  const exam = examOf(store, examId)
  if (exam.status === 'closed') throw new AttuneError('exam-closed', { exam: exam.title })
  return exam
}

/** Throws 'exam-has-marks' once an event was recorded in the exam. */
export function refuseMarked(store: Store, examId: ExamId): void {
  if (store.exams.hasMarks(examId)) throw new AttuneError('exam-has-marks')
}

/** Throws 'package-is-out' once stations may have recorded something that needs what is to be removed. */
export function refuseOut(store: Store, examId: ExamId): void {
  if (isOut(store, examId)) throw new AttuneError('package-is-out')
}

/** Throws 'name-erased': who was erased gets no name, number or PIN again. */
export function refuseErased(store: Store, id: CandidateId | PersonId): void {
  if (store.erasure.isErased(id)) throw new AttuneError('name-erased')
}

/** Throws 'unknown-rubric'. */
export function mustKnowRubric(store: Store, ref: RubricRef | null): void {
  if (ref && !store.rubrics.get(ref)) {
    throw new AttuneError('unknown-rubric', { rubric: ref.id, version: ref.version })
  }
}

/** The value as the schema leaves it. Throws 'bad-input' with the field and the problem. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new AttuneError('bad-input', { field: issue?.path.join('.') ?? '', problem: issue?.message ?? '' })
}

/** `base` with the fields that are given; an undefined one is not. */
export function merged<T extends object>(base: T, fields: { [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return { ...base, ...Object.fromEntries(given) }
}

export const rotationPartsOf = (store: Store, { id, timing }: Exam): RotationParts => ({
  timing,
  stations: store.stations.ofExam(id),
  candidates: store.candidates.ofExam(id),
})

/**
 * "outdated": stations, candidates or timing changed since it was made. Once marks exist it stands as it is, whatever
 * changed before the first of them came, and is outdated while somebody who came late has no rounds.
 */
export function rotationStateOf(store: Store, exam: Exam): 'none' | 'current' | 'outdated' {
  const basis = store.exams.rotationBasis(exam.id)
  if (basis === null) return 'none'
  const parts = rotationPartsOf(store, exam)
  const fits = store.exams.hasMarks(exam.id)
    ? withoutRounds(parts, store.encounters.ofExam(exam.id)).length === 0
    : basis === rotationBasis(parts)
  return fits ? 'current' : 'outdated'
}
