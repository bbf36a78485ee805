import { canonicalJson } from '#shared/domain/canonical-json.ts'
import { contradictions, headsOf } from '#shared/domain/conflicts.ts'
import type { EncounterId, EventId } from '#shared/domain/ids.ts'
import type { FoldedEvent, EncounterPayload, Saying } from '#shared/domain/ledger-event.ts'
import { formOf, sayingOf, STANDING, subjectOf } from '#shared/domain/sayings.ts'
import { replacedBy, standingOf } from '#shared/domain/standing.ts'
import type { ProjectionTable } from './projection-tables.ts'

/** A row of a projection: its values in the order of the columns of its table. */
export type Row = readonly (string | number | null)[]
/** Of two states of one encounter, tables that nothing happened to are the same array. */
export type EncounterRows = Readonly<Record<ProjectionTable, readonly Row[]>>

const noRows: EncounterRows = {
  ...{ encounter_state: [], rating: [], note: [], mark: [], incident: [], sp_answer: [], amendment: [], conflict: [] },
}

/** What the events of one encounter add up to. */
export type EncounterFold = {
  /** Takes the next event, in the order of their stamps. */
  add(event: FoldedEvent): void
  /** The rows that stand. */
  rows(): EncounterRows
  /** The events whose value is replaced by what is said next. */
  currentOf(payload: EncounterPayload): EventId[]
}

/** Another one with each change to what events add up to: the rows of before are then made anew. */
export const FOLD = '2'

/** A note that belongs to the whole encounter stands under the empty item. */
const itemKey = (itemId: string | null) => itemId ?? ''

/** "no opportunity" and "not applicable" stand as NULL beside the points. */
const points = (value: number | string | null): number | null => (typeof value === 'number' ? value : null)

type State = {
  clock: string | null
  clockReading: string | null
  clockEvent: EventId | null
  globalRating: string | null
  spStatus: 'open' | 'submitted'
  spComment: string
}

const noClock = { clock: null, clockReading: null, clockEvent: null } as const
const nothingYet: State = {
  ...noClock,
  globalRating: null,
  spStatus: 'open',
  spComment: '',
}

type Moment = {
  made: readonly [kind: string, type: string, raterId: string | null, atMs: number | null]
  cue: number | null
  quote: string
  review: string | null
  isUndone: boolean
}

export function foldEncounter(encounterId: EncounterId, earlier: readonly FoldedEvent[] = []): EncounterFold {
  const events: FoldedEvent[] = []
  const devices = new Set<string>()
  let state: State | null = null
  /** What was said of whether the candidate was seen, and what that adds up to. */
  const attendance: FoldedEvent[] = []
  let standing = standingOf(attendance)
  /** Something came after its form was submitted: then, as where laptops differ, there may be contradictions. */
  let isMarkedAfterwards = false
  const ratings = new Map<string, Row>()
  const notes = new Map<string, Row>()
  const answers = new Map<string, Row>()
  const moments = new Map<string, Moment>()
  const incidents: Row[] = []
  const amendments: Row[] = []
  /** By what it is about: the event that was the last to say something of it, unless a row of its own names that. */
  const current = new Map<string, EventId>()

  const stand = (change: Partial<State>) => {
    state = { ...(state ?? nothingYet), ...change }
  }
  const change = (markId: string, changed: Partial<Moment>): boolean => {
    const moment = moments.get(markId)
    if (moment) moments.set(markId, { ...moment, ...changed })
    return moment !== undefined
  }

  /** False for what finds nothing that it could change. */
  const take = (event: FoldedEvent, payload: Exclude<EncounterPayload, { type: 'mark.amended' }> | Saying): boolean => {
    const { id, raterId, offsetMs } = event
    switch (payload.type) {
      case 'identity.confirmed':
      case 'identity.withdrawn':
      case 'encounter.submitted':
      case 'absence.declared':
      case 'absence.withdrawn':
        if (payload.type === 'absence.withdrawn' && state === null) return false
        attendance.push(event)
        standing = standingOf(attendance)
        // Somebody else was at the door: the clock is as it was before, unless it runs for the right one elsewhere.
        stand(payload.type === 'identity.withdrawn' && standing.status === 'scheduled' ? noClock : {})
        return true
      case 'clock.changed':
        stand({ clock: canonicalJson(payload.state), clockReading: canonicalJson(payload.reading), clockEvent: id })
        return true
      case 'rating.recorded': {
        const { itemId, value } = payload
        // What was taken back keeps its row: the next value still says what it follows.
        ratings.set(itemId, [encounterId, itemId, points(value), raterId, id, offsetMs, value === null ? 1 : 0])
        return true
      }
      case 'note.recorded': {
        const itemId = itemKey(payload.itemId)
        notes.set(itemId, [encounterId, itemId, payload.text, id])
        return true
      }
      case 'mark.made': {
        const { markId, kind, markType } = payload
        if (moments.has(markId)) return false
        const made = [kind, markType, raterId, offsetMs] as const
        moments.set(markId, { made, cue: null, quote: '', review: null, isUndone: false })
        return true
      }
      case 'mark.added': {
        const { markId, kind, markType, atMs, cue, quote } = payload
        if (moments.has(markId)) return false
        moments.set(markId, { made: [kind, markType, raterId, atMs], cue, quote, review: null, isUndone: false })
        return true
      }
      case 'mark.annotated':
        return change(payload.markId, { cue: payload.cue, quote: payload.quote, isUndone: false })
      case 'mark.undone':
        return change(payload.markId, { isUndone: true })
      case 'red-flag.reviewed':
        return change(payload.markId, { review: canonicalJson(payload.review) })
      case 'global-rating.recorded':
        stand({ globalRating: payload.value })
        return true
      case 'incident.recorded':
        incidents.push([id, encounterId, payload.kind, payload.text, offsetMs])
        return true
      case 'sp-answer.recorded': {
        const { statement, value } = payload
        answers.set(statement, [encounterId, statement, points(value), id, value === null ? 1 : 0])
        return true
      }
      case 'sp-comment.recorded':
        stand({ spComment: payload.text })
        return true
      case 'sp-form.submitted':
        stand({ spStatus: 'submitted' })
        return true
    }
  }

  const add = (event: FoldedEvent) => {
    const { payload, id } = event
    events.push(event)
    devices.add(event.device)
    isMarkedAfterwards ||= isOfSubmitted(payload)
    stale.add(tableOf(payload))
    // Else there are none, and they are not looked for with every mark.
    if (devices.size > 1 || isMarkedAfterwards) stale.add('conflict')
    if (payload.type === 'mark.amended') {
      stale.add('amendment')
      amendments.push([id, encounterId])
      const { says, saidBy: raterId, saidAtMs: offsetMs } = payload
      if (take({ ...event, raterId, offsetMs }, says)) remember(says, id)
    } else if (take(event, payload)) remember(sayingOf(payload), id)
  }

  const remember = (says: Saying | null, id: EventId): void => {
    if (says !== null && rowOf(says) === null) current.set(subjectOf(says), id)
  }
  /** Where a saying has a row for itself, that row and the place in it of the event that said so. */
  const rowOf = (says: Saying): { row: Row | undefined; event: number } | null => {
    switch (says.type) {
      case 'rating.recorded':
        return { row: ratings.get(says.itemId), event: 4 }
      case 'note.recorded':
        return { row: notes.get(itemKey(says.itemId)), event: 3 }
      case 'sp-answer.recorded':
        return { row: answers.get(says.statement), event: 3 }
      default:
        return null
    }
  }
  const lastOf = (says: Saying): EventId | null => {
    const own = rowOf(says)
    return ((own ? own.row?.[own.event] : current.get(subjectOf(says))) ?? null) as EventId | null
  }

  /** Whether this is a mark on a form of the encounter that was submitted. */
  const isOfSubmitted = (payload: EncounterPayload): boolean => {
    const says = sayingOf(payload)
    const form = says && formOf(says)
    return form !== null && (form === 'sp' ? state?.spStatus : standing.status) === 'submitted'
  }

  const make: Record<ProjectionTable, () => readonly Row[]> = {
    encounter_state: () => (state === null ? [] : [stateRow(state)]),
    rating: () => [...ratings.values()],
    note: () => [...notes.values()],
    mark: () =>
      [...moments].map(([id, { made, cue, quote, review, isUndone }]) => [
        ...[encounterId, id, ...made, cue, quote, review, current.get(`review ${id}`) ?? null],
        ...[isUndone ? 1 : 0, current.get(`mark ${id}`) ?? null],
      ]),
    incident: () => incidents.slice(),
    sp_answer: () => [...answers.values()],
    amendment: () => amendments.slice(),
    conflict: () =>
      contradictions(events).map(({ subject, heads }) => [
        ...[encounterId, subject, canonicalJson(heads.map(({ id }) => id))],
      ]),
  }
  /** As they were made last, and which of them stand no longer. */
  const made: Record<ProjectionTable, readonly Row[]> = { ...noRows }
  const stale = new Set<ProjectionTable>()
  const rows = (): EncounterRows => {
    for (const table of stale) made[table] = make[table]()
    stale.clear()
    return { ...made }
  }

  const stateRow = ({ globalRating, clock, clockReading, clockEvent, spStatus, spComment }: State): Row => {
    const { status, confirmation, absenceReason, missing } = standing
    return [
      ...[encounterId, status, confirmation === null ? 0 : 1, globalRating, current.get('global-rating') ?? null],
      ...[absenceReason, canonicalJson(missing), clock, clockReading, spStatus, spComment],
      ...[current.get('sp-comment') ?? null, confirmation, current.get(STANDING) ?? null, clockEvent],
    ]
  }

  for (const event of earlier) add(event)
  return {
    add,
    rows,
    currentOf: (payload) => {
      const says = sayingOf(payload)
      if (says === null) return []
      const subject = subjectOf(says)
      // What is said afterwards, of a subject on which laptops agree or not, settles it for all of them.
      if (payload.type === 'mark.amended') {
        const heads = headsOf(events, subject)
        if (heads.length > 0) return heads.map(({ id }) => id)
      } else if (subject === STANDING) return replacedBy(says, standing.heads)
      const last = lastOf(says)
      return last === null ? [] : [last]
    },
  }
}

/** The table in which a saying or a deed stands. */
function tableOf(payload: EncounterPayload | Saying): ProjectionTable {
  switch (payload.type) {
    case 'mark.amended':
      return tableOf(payload.says)
    case 'rating.recorded':
      return 'rating'
    case 'note.recorded':
      return 'note'
    case 'mark.made':
    case 'mark.added':
    case 'mark.annotated':
    case 'mark.undone':
    case 'red-flag.reviewed':
      return 'mark'
    case 'incident.recorded':
      return 'incident'
    case 'sp-answer.recorded':
      return 'sp_answer'
    default:
      return 'encounter_state'
  }
}
