import { AttuneError } from '#shared/contract/result.ts'
import type { Conflict } from '#shared/domain/amendment.ts'
import { formOf, subjectOf } from '#shared/domain/sayings.ts'
import type { EncounterId, EventId, ExamId, MomentId, PersonId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/exam.ts'
import type { Correction, Saying } from '#shared/domain/ledger-event.ts'
import { isSameName } from '#shared/domain/same-name.ts'
import type { Encounter } from '#electron/services/encounter/access.ts'
import {
  mustBeCue,
  mustBeEntry,
  mustBeItem,
  mustBeJudgement,
  mustBeOnScale,
} from '#electron/services/encounter/rules.ts'
import type { Repositories } from '#electron/store/store.ts'

/** What can be said in place of what stands. */
export type Corrected = Correction | Extract<Saying, { type: 'red-flag.reviewed' }>

type Read = Pick<Repositories, 'encounters' | 'people' | 'accounts' | 'audit'>

/** The reason as it is kept. Throws 'reason-missing' for one that says nothing. */
export function reasonOf(text: string): string {
  const reason = text.trim()
  if (reason === '') throw new AttuneError('reason-missing')
  return reason
}

/**
 * What is corrected was submitted, or is a review, is of this encounter and its rubric, says something else than what stands, and is
 * nothing that laptops contradict each other about: that is decided first.
 */
export function mustBeCorrectable(store: Read, encounter: Encounter, says: Corrected): void {
  const record = store.encounters.record(encounter.slot.id)
  const sp = store.encounters.spRecord(encounter.slot.id)
  const isOfSp = formOf(says) === 'sp'
  // A review is no mark of the examiner's: it may come before they submit.
  if (says.type !== 'red-flag.reviewed' && (isOfSp ? record.spStatus : record.status) !== 'submitted')
    throw new AttuneError('not-submitted')
  const { conflicts } = isOfSp ? sp : record
  if (conflicts.some(({ subject }) => subject === subjectOf(says))) throw new AttuneError('conflict-undecided')
  const { rubric, station } = encounter
  const differs = (now: unknown, then: unknown) => {
    if (now === then) throw new AttuneError('same-value')
  }
  switch (says.type) {
    case 'rating.recorded':
      mustBeItem(rubric, says.itemId)
      mustBeOnScale(rubric, says.value)
      differs(record.ratings.find(({ itemId }) => itemId === says.itemId)?.value ?? null, says.value)
      return
    case 'global-rating.recorded':
      mustBeJudgement(rubric, says.value)
      differs(record.globalRating, says.value)
      return
    case 'note.recorded':
      if (says.itemId !== null) mustBeItem(rubric, says.itemId)
      differs(record.notes.find(({ itemId }) => itemId === says.itemId)?.text ?? '', says.text)
      return
    case 'mark.added': {
      const { markId, kind, markType, cue } = says
      if (store.encounters.hasMark(encounter.slot.id, markId)) throw new AttuneError('bad-input')
      mustBeEntry(rubric, { kind, type: markType })
      mustBeCue(station, cue)
      return
    }
    case 'mark.annotated':
    case 'mark.undone': {
      const mark = record.marks.find(({ id }) => id === says.markId)
      if (!mark) throw new AttuneError('not-found', { kind: 'mark' })
      if (says.type === 'mark.undone') return
      const { cue, quote } = says
      mustBeCue(station, cue)
      differs(JSON.stringify([mark.cue, mark.quote]), JSON.stringify([cue, quote]))
      return
    }
    case 'red-flag.reviewed': {
      const { review = null } = record.marks.find(({ id }) => id === says.markId) ?? {}
      if (review === null) throw new AttuneError('not-found', { kind: 'mark' })
      differs(
        JSON.stringify([review.decision, review.reason]),
        JSON.stringify([says.review.decision, says.review.reason]),
      )
      return
    }
    case 'sp-answer.recorded':
      differs(sp.answers.find(({ statement }) => statement === says.statement)?.value ?? null, says.value)
      return
    case 'sp-comment.recorded':
      differs(sp.comment, says.text)
  }
}

/** Who may sign with a PIN: an examiner of the exam or a director of this installation. Throws 'second-person-unfit'. */
function signerOf(store: Read, examId: ExamId, id: PersonId): Pick<Person, 'id' | 'name'> {
  const person = store.people.get(id)
  const signer =
    store.accounts.directors().find((director) => director.id === id) ??
    (person?.examId === examId && person.role === 'examiner' ? person : undefined)
  if (!signer) throw new AttuneError('second-person-unfit')
  return signer
}

/** The second person may sign, and is somebody else than who corrects. Throws 'second-person-unfit', '…-same'. */
export function mustBeSecondPerson(store: Read, examId: ExamId, selfId: PersonId, secondId: PersonId): void {
  const second = signerOf(store, examId, secondId)
  const self = store.accounts.directors().find(({ id }) => id === selfId)
  if (second.id === selfId || (self && isSameName(self.name, second.name))) {
    throw new AttuneError('second-person-same')
  }
}

/**
 * A red flag that nobody has reviewed yet. Throws 'not-found', or 'flag-reviewed': what was decided once is decided anew
 * by a correction.
 */
export function mustWaitForReview({ encounters }: Pick<Read, 'encounters'>, id: EncounterId, flag: MomentId): void {
  const mark = encounters.record(id).marks.find((known) => known.id === flag)
  if (mark?.kind !== 'red-flag') throw new AttuneError('not-found')
  if (mark.review !== null) throw new AttuneError('flag-reviewed')
}

/** Whoever reviews a flag may sign, and neither raised it nor signed for that. Throws 'second-person-unfit', 'reviewer-raised-flag'. */
export function mustBeReviewer(store: Read, { exam, slot }: Encounter, flag: MomentId, reviewerId: PersonId): void {
  const { name } = signerOf(store, exam.id, reviewerId)
  for (const raterId of store.encounters.ratersOfMark(slot.id, flag)) {
    const raisedBy = store.audit.nameOf(raterId)
    if (raterId === reviewerId || (raisedBy !== null && isSameName(raisedBy, name))) {
      throw new AttuneError('reviewer-raised-flag')
    }
  }
}

/** What stands undecided of an encounter, the SP's part too. */
export const conflictsOf = ({ encounters }: Pick<Read, 'encounters'>, id: EncounterId): Conflict[] => [
  ...encounters.record(id).conflicts,
  ...encounters.spRecord(id).conflicts,
]

/** The conflict that was seen as these heads. Throws 'conflict-settled' or 'conflict-changed'. */
export function conflictOfHeads(store: Pick<Read, 'encounters'>, id: EncounterId, seen: readonly EventId[]): Conflict {
  const conflict = conflictsOf(store, id).find(({ heads }) => heads.some(({ eventId }) => seen.includes(eventId)))
  if (!conflict) throw new AttuneError('conflict-settled')
  const now = new Set(conflict.heads.map(({ eventId }) => eventId))
  if (new Set(seen).size !== now.size || seen.some((eventId) => !now.has(eventId))) {
    throw new AttuneError('conflict-changed')
  }
  return conflict
}
