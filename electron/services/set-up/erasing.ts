import { NAMELESS, type Candidate } from '#shared/domain/exam.ts'
import type { CandidateId, ExamId, PersonId } from '#shared/domain/ids.ts'
import type { FileShelf } from '#electron/files/file-shelf.ts'
import { eventFromRow, type ChainedRow } from '#electron/store/event-row.ts'
import { storageErrorCode } from '#electron/store/storage-error.ts'
import type { Store } from '#electron/store/store.ts'

/**
 * Takes names away for good, wherever that was decided: here, in a bundle that is merged, or in a package. What is called
 * within a transaction writes rows; `wipe` then takes what was deleted out of the files.
 */
export type Erasing = {
  /** In a transaction. */
  candidate(id: CandidateId): void
  /** In a transaction. */
  person(id: PersonId): void
  /** Every name of an exam, and its people's PINs. In a transaction. */
  exam(examId: ExamId): void
  /** A candidate as they may be kept here: one who was erased has neither the name nor the number of the badge. */
  asKept(candidate: Candidate): Candidate
  /** What events from the laptop erase that their exam belongs to. In the transaction in which they are merged. */
  merged(added: readonly ChainedRow[]): void
  /**
   * What was erased is in no file of the data folder any more: not in the database's log, nor on the shelf. Throws
   * AttuneError 'storage-locked' while somebody reads an earlier state; `finish` then does it.
   */
  wipe(): void
  /** Wipes what is still due, if anything is: after a crash, or where somebody read. */
  finish(): void
}

/** Set with each erasure until the files are wiped. */
const DUE = 'wipe-due'

type Parts = { store: Store; shelf: Pick<FileShelf, 'clear'>; ids: () => string }

export function createErasing({ store, shelf, ids }: Parts): Erasing {
  /** Drawn anew for each, so that neither it nor its order tells who it was. */
  const newNumber = () =>
    `X-${ids()
      .replaceAll(/[^A-Za-z\d]/g, '')
      .slice(-12)}`
  const due = () => {
    store.settings.set(DUE, 'yes')
  }
  const candidate = (id: CandidateId) => {
    if (store.erasure.isErased(id)) return
    store.erasure.eraseCandidate(id, newNumber())
    due()
  }
  const exam = (examId: ExamId) => {
    for (const { id, name } of store.candidates.ofExam(examId)) {
      if (name !== NAMELESS || !store.erasure.isErased(id)) candidate(id)
    }
    store.erasure.erasePeople(examId)
    due()
  }
  const wipe = () => {
    shelf.clear()
    store.wipe()
    store.settings.remove(DUE)
  }
  return {
    candidate,
    person: (id) => {
      if (store.erasure.isErased(id)) return
      store.erasure.erasePerson(id)
      due()
    },
    exam,
    asKept: (one) =>
      store.erasure.isErased(one.id)
        ? { ...one, name: NAMELESS, number: store.candidates.get(one.id)?.number ?? newNumber() }
        : one,
    merged: (added) => {
      for (const row of added) {
        if (row.encounter_id !== null) continue
        const { examId, payload } = eventFromRow(row)
        if (payload.type === 'candidate.erased') candidate(payload.candidateId)
        if (payload.type === 'exam.names-erased' && examId !== null) exam(examId)
      }
    },
    wipe,
    finish: () => {
      if (store.settings.get(DUE) === null) return
      try {
        wipe()
      } catch (error) {
        // Somebody reads, or the disk is full: tried again at the end of the app, and at its next start.
        if (storageErrorCode(error) === null) throw error
      }
    },
  }
}
