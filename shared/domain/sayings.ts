import { itemIdSchema, momentIdSchema } from './ids.ts'
import type { EncounterPayload, Saying } from './ledger-event.ts'
import { spStatementSchema } from './sp-form.ts'

/** Whether the candidate was seen: confirmed, absent, submitted. */
export const STANDING = 'standing'

/** What a saying is about, as text: of one subject one saying stands. */
export function subjectOf(says: Saying): string {
  switch (says.type) {
    case 'rating.recorded':
      return `rating ${says.itemId}`
    case 'note.recorded':
      return `note ${says.itemId ?? ''}`
    case 'sp-answer.recorded':
      return `sp-answer ${says.statement}`
    case 'mark.added':
    case 'mark.annotated':
    case 'mark.undone':
      return `mark ${says.markId}`
    case 'red-flag.reviewed':
      return `review ${says.markId}`
    case 'global-rating.recorded':
      return 'global-rating'
    case 'sp-comment.recorded':
      return 'sp-comment'
    case 'identity.confirmed':
    case 'identity.withdrawn':
    case 'encounter.submitted':
    case 'absence.declared':
    case 'absence.withdrawn':
      return STANDING
  }
}

/**
 * On which form of an encounter something is said, whose submission closes it; null for what is on neither: whether the
 * candidate was seen, and the review of a red flag.
 */
export function formOf({ type }: Pick<Saying, 'type'>): 'examiner' | 'sp' | null {
  switch (type) {
    case 'rating.recorded':
    case 'note.recorded':
    case 'mark.added':
    case 'mark.annotated':
    case 'mark.undone':
    case 'global-rating.recorded':
      return 'examiner'
    // Never shown to an examiner.
    case 'sp-answer.recorded':
    case 'sp-comment.recorded':
      return 'sp'
    case 'red-flag.reviewed':
    case 'identity.confirmed':
    case 'identity.withdrawn':
    case 'encounter.submitted':
    case 'absence.declared':
    case 'absence.withdrawn':
      return null
  }
}

/** What an event says; null where it says nothing that something else could contradict. */
export function sayingOf(payload: EncounterPayload): Saying | null {
  switch (payload.type) {
    case 'mark.amended':
      return payload.says
    case 'mark.made':
      return { type: 'mark.annotated', markId: payload.markId, cue: null, quote: '' }
    case 'clock.changed':
    case 'incident.recorded':
    case 'sp-form.submitted':
      return null
    default:
      return payload
  }
}

/**
 * What whoever submits without a word of a subject says of it: that there is nothing. null for what is on neither form.
 */
export function silenceOn(subject: string): Saying | null {
  const [kind, of = ''] = subject.split(/ (.*)/s)
  switch (kind) {
    case 'rating':
      return { type: 'rating.recorded', itemId: itemIdSchema.parse(of), value: null }
    case 'note':
      return { type: 'note.recorded', itemId: of === '' ? null : itemIdSchema.parse(of), text: '' }
    case 'mark':
      return { type: 'mark.undone', markId: momentIdSchema.parse(of) }
    case 'global-rating':
      return { type: 'global-rating.recorded', value: null }
    case 'sp-answer':
      return { type: 'sp-answer.recorded', statement: spStatementSchema.parse(of), value: null }
    case 'sp-comment':
      return { type: 'sp-comment.recorded', text: '' }
    default:
      return null
  }
}

/** What an event says of a subject, a submission of what it was made without as well. */
export function saidOf(subject: string, payload: EncounterPayload): { says: Saying; isSilence: boolean } | null {
  const says = sayingOf(payload)
  if (says !== null && subjectOf(says) === subject) return { says, isSilence: false }
  const silence =
    payload.type === 'encounter.submitted' || payload.type === 'sp-form.submitted' ? silenceOn(subject) : null
  return silence && { says: silence, isSilence: true }
}
