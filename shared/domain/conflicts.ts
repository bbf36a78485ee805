import { canonicalJson } from './canonical-json.ts'
import { deviceOf } from './hybrid-clock.ts'
import type { FoldedEvent, EncounterPayload } from './ledger-event.ts'
import { formOf, saidOf, sayingOf, silenceOn, STANDING, subjectOf } from './sayings.ts'
import { attendanceBy, standingOf } from './standing.ts'

/** Two laptops say different things of one subject, and neither knew of the other. */
export type Contradiction = { subject: string; heads: FoldedEvent[] }

/**
 * What stands unsettled among the events of one encounter. A head is what a device said last of a subject, unless
 * another event says that it replaces it. Whoever submits says of everything else that there is nothing more: what
 * another device says without having heard of that, or had said without being heard, stands against it. Heads that say
 * the same contradict nothing; so do a begun and a finished encounter.
 *
 * @param events of one encounter, in the order of their stamps
 */
export function contradictions(events: readonly FoldedEvent[]): Contradiction[] {
  const bySubject = Map.groupBy(events, ({ payload }) => subjectOfPayload(payload))
  const submissions = submissionsAmong(events)
  return [...bySubject].flatMap(([subject, said]) => {
    if (subject === null) return []
    const heads = headsAmong(subject, said, submissions)
    const claims = new Set(heads.flatMap(({ payload }) => claimOf(subject, payload) ?? []))
    return claims.size > 1 ? [{ subject, heads }] : []
  })
}

/** The heads of one subject, whether they contradict each other or not. `events` as for `contradictions`. */
export const headsOf = (events: readonly FoldedEvent[], subject: string): FoldedEvent[] =>
  headsAmong(
    subject,
    events.filter(({ payload }) => subjectOfPayload(payload) === subject),
    submissionsAmong(events),
  )

const subjectOfPayload = (payload: EncounterPayload): string | null => {
  const says = sayingOf(payload)
  return says && subjectOf(says)
}

type Submissions = { examiner: FoldedEvent[]; sp: FoldedEvent[] }

/** Those that stand; none of the examiner's once it was decided that the candidate did not come. */
function submissionsAmong(events: readonly FoldedEvent[]): Submissions {
  const ofType = (type: EncounterPayload['type']) => events.filter(({ payload }) => payload.type === type)
  const examiner = ofType('encounter.submitted')
  const { status } = standingOf(examiner.length === 0 ? [] : aboutStanding(events))
  return { examiner: status === 'submitted' ? examiner : [], sp: ofType('sp-form.submitted') }
}

const aboutStanding = (events: readonly FoldedEvent[]): FoldedEvent[] =>
  events.filter(({ payload }) => subjectOfPayload(payload) === STANDING)

/** `said`: of this subject, in the order of their stamps. */
function headsAmong(subject: string, said: readonly FoldedEvent[], submissions: Submissions): FoldedEvent[] {
  if (subject === STANDING) return standingOf(said).heads
  const replaced = new Set(said.flatMap(({ supersedes }) => supersedes))
  const last = new Map(said.map((event) => [event.device, event]))
  const heads = [...last.values()].filter(({ id }) => !replaced.has(id))
  const silence = silenceOn(subject)
  const form = silence && formOf(silence)
  if (form === null) return heads
  const amended = said.filter(({ payload }) => payload.type === 'mark.amended')
  const submitted = submissions[form]
    // A correction or a decision stands for the submissions that it was made about.
    .filter((submission) => !amended.some((amendment) => hadHeard(amendment, submission)))
    .filter((submission) => heads.some((head) => !hadHeard(submission, head)))
    .map((submission) => said.findLast((event) => hadHeard(submission, event)) ?? submission)
  return [...new Set([...submitted, ...heads])]
}

/** Whether something was said with an event in sight. Until 2026-12 it did not tell; then what was earlier is. */
function hadHeard({ payload, hlc }: FoldedEvent, event: FoldedEvent): boolean {
  const heard = 'heard' in payload ? payload.heard : undefined
  if (heard === undefined) return event.hlc < hlc
  const isBefore = (stamp: string) => stamp >= event.hlc && deviceOf(stamp) === event.device
  return heard.upTo.some(isBefore) || heard.beyond.includes(event.hlc)
}

/** What is claimed, so that two claims can be compared; null where nothing is. */
function claimOf(subject: string, payload: EncounterPayload): string | null {
  const said = saidOf(subject, payload)
  if (said === null) return null
  return subject === STANDING ? attendanceBy(said.says) : canonicalJson(said.says)
}
