import { AttuneError } from '#shared/contract/result.ts'
import { isOfSp, type Conflict } from '#shared/domain/amendment.ts'
import { subjectOf } from '#shared/domain/sayings.ts'
import type { EncounterId, EventId, ExamId, MomentId, PersonId } from '#shared/domain/ids.ts'
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

type Read = Pick<Repositories, 'encounters' | 'people' | 'accounts'>

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
  const own = isOfSp(says)
  // A review is no mark of the examiner's: it may come before they submit.
  if (says.type !== 'red-flag.reviewed' && (own ? record.spStatus : record.status) !== 'submitted')
    throw new AttuneError('not-submitted')
  const { conflicts } = own ? sp : record
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

/** The second person is an examiner of the exam or a director of this installation, and somebody else than who corrects. */
export function mustBeSecondPerson(store: Read, examId: ExamId, selfId: PersonId, secondId: PersonId): void {
  const directors = store.accounts.directors()
  const person = store.people.get(secondId)
  const second =
    directors.find(({ id }) => id === secondId) ??
    (person?.examId === examId && person.role === 'examiner' ? person : undefined)
  if (!second) throw new AttuneError('second-person-unfit')
  const self = directors.find(({ id }) => id === selfId)
  if (second.id === selfId || (self && isSameName(self.name, second.name))) {
    throw new AttuneError('second-person-same')
  }
}

/** Who raised a flag does not review it. Throws 'reviewer-raised-flag'. */
export function mustNotHaveRaised(
  { encounters, people, accounts }: Read,
  id: EncounterId,
  flag: MomentId,
  by: PersonId,
) {
  const raterId = encounters.raterOfMark(id, flag)
  const raisedBy = raterId === null ? undefined : people.get(raterId)?.name
  const name = (accounts.directors().find((director) => director.id === by) ?? people.get(by))?.name
  const isSame = raterId === by || (raisedBy !== undefined && name !== undefined && isSameName(raisedBy, name))
  if (isSame) throw new AttuneError('reviewer-raised-flag')
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
