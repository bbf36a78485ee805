import type { EventId } from './ids.ts'
import type { FoldedEvent, Saying } from './ledger-event.ts'
import { sayingOf } from './sayings.ts'

/** What one laptop says of whether the candidate was seen, and nobody replaced; and what it replaced itself. */
type Head = { event: FoldedEvent; says: Saying; confirmation: EventId | null; instead: readonly Head[] }

/** Where an encounter stands. */
export type StandingOfEncounter = {
  status: 'scheduled' | 'open' | 'submitted' | 'absent'
  /** The event by which the candidate was confirmed; null where nobody is. */
  confirmation: EventId | null
  absenceReason: string | null
  missing: Extract<Saying, { type: 'encounter.submitted' }>['missing']
  /** What each laptop said last and nobody replaced. */
  heads: FoldedEvent[]
}

/**
 * Where an encounter stands by what its laptops said of it. A laptop takes back what itself said and what it had heard
 * of, never what another says meanwhile: so an encounter that anybody submitted stays submitted until it is decided
 * otherwise. Confirmed twice, the first confirmation stands.
 *
 * @param events that say something of it, in the order of their stamps
 */
export function standingOf(events: readonly FoldedEvent[]): StandingOfEncounter {
  let heads: Head[] = []
  /** Under which confirmation each was said. */
  const confirmedBy = new Map<EventId, EventId | null>()
  /** What stands in place of an event that said nothing new. */
  const insteadOf = new Map<EventId, EventId[]>()
  for (const event of events) {
    const says = sayingOf(event.payload)
    if (says === null) continue
    const heard = new Set(event.supersedes.flatMap((id) => insteadOf.get(id) ?? [id]))
    const replaced = heads.filter((head) => head.event.device === event.device || heard.has(head.event.id))
    const isDecided = event.payload.type === 'mark.amended'
    const isNothingNew =
      replaced.some((head) => head.says.type === 'encounter.submitted') ||
      (says.type === 'identity.confirmed' && replaced.some((head) => head.says.type === 'identity.confirmed'))
    if (isNothingNew && !isDecided) {
      insteadOf.set(
        event.id,
        replaced.map((head) => head.event.id),
      )
      continue
    }
    // Of what was decided against meanwhile, whoever goes on with it still has the confirmation.
    const before = [...replaced.map((head) => head.event.id), ...event.supersedes]
      .map((id) => confirmedBy.get(id) ?? null)
      .find((confirmation) => confirmation !== null)
    const confirmation = confirmationBy(event.id, says, before ?? null)
    confirmedBy.set(event.id, confirmation)
    // Where it was decided that nobody came, what was decided against stands again.
    const again = says.type === 'absence.withdrawn' ? replaced.flatMap(({ instead }) => instead) : []
    heads = [
      ...heads.filter((head) => !replaced.includes(head)),
      ...again.filter((head) => head.says.type !== 'absence.declared'),
      { event, says, confirmation, instead: isDecided ? replaced : [] },
    ]
  }
  return { ...standsBy(heads), heads: heads.map(({ event }) => event) }
}

/** What is claimed of it; null by whoever takes something back. */
export function attendanceBy({ type }: Saying): 'seen' | 'absent' | null {
  if (type === 'identity.confirmed' || type === 'encounter.submitted') return 'seen'
  return type === 'absence.declared' ? 'absent' : null
}

/** What somebody replaces who knows of these heads: all but those that say the contrary, which stays to be decided. */
export function replacedBy({ type }: Saying, heads: readonly FoldedEvent[]): EventId[] {
  const contrary = type === 'absence.declared' || type === 'absence.withdrawn' ? 'seen' : 'absent'
  return heads.flatMap(({ id, payload }) => {
    const says = sayingOf(payload)
    return says !== null && attendanceBy(says) === contrary ? [] : [id]
  })
}

function confirmationBy(id: EventId, says: Saying, before: EventId | null): EventId | null {
  if (says.type === 'identity.confirmed') return before ?? id
  return says.type === 'encounter.submitted' ? before : null
}

function standsBy(heads: readonly Head[]): Omit<StandingOfEncounter, 'heads'> {
  const confirmation = heads.find((head) => head.confirmation !== null)?.confirmation ?? null
  const nothing = { confirmation, absenceReason: null, missing: [] }
  const said = heads.map(({ says }) => says)
  const submission = said.find((says) => says.type === 'encounter.submitted')
  if (submission) return { ...nothing, status: 'submitted', missing: submission.missing }
  if (said.some((says) => says.type === 'identity.confirmed')) return { ...nothing, status: 'open' }
  const absence = said.find((says) => says.type === 'absence.declared')
  if (absence) return { ...nothing, status: 'absent', absenceReason: absence.reason }
  return { ...nothing, status: 'scheduled' }
}
