import { canonicalJson } from './canonical-json.ts'
import type { FoldedEvent, EncounterPayload, Saying } from './ledger-event.ts'

/** What a saying is about, as text: of one subject one saying stands. */
export function subjectOf(says: Saying): string {
  switch (says.type) {
    case 'rating.recorded':
      return `rating ${says.itemId}`
    case 'note.recorded':
      return `note ${says.itemId ?? ''}`
    case 'sp-answer.recorded':
      return `sp-answer ${says.statement}`
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
      return 'standing'
  }
}

/** What an event says; null where it says nothing that something else could contradict. */
export function sayingOf(payload: EncounterPayload): Saying | null {
  switch (payload.type) {
    case 'mark.amended':
      return payload.says
    case 'clock.changed':
    case 'mark.made':
    case 'incident.recorded':
    case 'sp-form.submitted':
      return null
    default:
      return payload
  }
}

/** Two laptops say different things of one subject, and neither knew of the other. */
export type Contradiction = { subject: string; heads: FoldedEvent[] }

/**
 * What stands unsettled among the events of one encounter. A head is what a device said last of a subject, unless
 * another event says that it replaces it. Heads that say the same contradict nothing; so do a begun and a finished
 * encounter.
 *
 * @param events of one encounter, in the order of their stamps
 */
export function contradictions(events: readonly FoldedEvent[]): Contradiction[] {
  if (new Set(events.map(({ device }) => device)).size < 2) return []
  const replaced = replacedBy(events)
  const bySubject = Map.groupBy(
    events.filter(({ payload }) => sayingOf(payload) !== null),
    ({ payload }) => subjectOfPayload(payload),
  )
  return [...bySubject].flatMap(([subject, said]) => {
    const heads = headsAmong(said, replaced)
    const claims = new Set(heads.flatMap(({ payload }) => claimOf(payload) ?? []))
    return claims.size > 1 ? [{ subject, heads }] : []
  })
}

/** The heads of one subject, whether they contradict each other or not. `events` as for `contradictions`. */
export const headsOf = (events: readonly FoldedEvent[], subject: string): FoldedEvent[] =>
  headsAmong(
    events.filter(({ payload }) => subjectOfPayload(payload) === subject),
    replacedBy(events),
  )

const replacedBy = (events: readonly FoldedEvent[]): ReadonlySet<string> =>
  new Set(events.flatMap(({ supersedes }) => supersedes))

function headsAmong(said: readonly FoldedEvent[], replaced: ReadonlySet<string>): FoldedEvent[] {
  const last = new Map(said.map((event) => [event.device, event]))
  return [...last.values()].filter(({ id }) => !replaced.has(id))
}

const subjectOfPayload = (payload: EncounterPayload): string => {
  const says = sayingOf(payload)
  return says ? subjectOf(says) : ''
}

/** What is claimed, so that two claims can be compared; null where nothing is. */
function claimOf(payload: EncounterPayload): string | null {
  const says = sayingOf(payload)
  switch (says?.type) {
    case undefined:
    case 'identity.withdrawn':
    case 'absence.withdrawn':
      return null
    case 'identity.confirmed':
    case 'encounter.submitted':
      return 'seen'
    case 'absence.declared':
      return 'absent'
    default:
      return canonicalJson(says)
  }
}
