import { canonicalJson } from '#shared/domain/canonical-json.ts'
import { contradictions, headsOf, sayingOf, subjectOf } from '#shared/domain/conflicts.ts'
import type { EncounterId, EventId } from '#shared/domain/ids.ts'
import type { FoldedEvent, EncounterPayload } from '#shared/domain/ledger-event.ts'
import type { ProjectionTable } from './projection-tables.ts'

/** A row of a projection: its values in the order of the columns of its table. */
export type Row = readonly (string | number | null)[]
export type EncounterRows = Readonly<Record<ProjectionTable, readonly Row[]>>

/** What the events of one encounter add up to. */
export type EncounterFold = {
  /** Takes the next event, in the order of their stamps. */
  add(event: FoldedEvent): void
  /** The rows that stand. */
  rows(): EncounterRows
  /** The events whose value is replaced by what is said next. */
  currentOf(payload: EncounterPayload): EventId[]
}

/** A note that belongs to the whole encounter stands under the empty item. */
const itemKey = (itemId: string | null) => itemId ?? ''

/** "no opportunity" and "not applicable" stand as NULL beside the points. */
const points = (value: number | string | null): number | null => (typeof value === 'number' ? value : null)

type Standing = {
  status: 'scheduled' | 'open' | 'submitted' | 'absent'
  isConfirmed: boolean
  confirmation: EventId | null
  absenceReason: string | null
  missing: string
  clock: string | null
  clockReading: string | null
  clockEvent: EventId | null
  globalRating: string | null
  spStatus: 'open' | 'submitted'
  spComment: string
}

const nothingYet: Standing = {
  status: 'scheduled',
  isConfirmed: false,
  confirmation: null,
  absenceReason: null,
  missing: '[]',
  clock: null,
  clockReading: null,
  clockEvent: null,
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
  let state: Standing | null = null
  const ratings = new Map<string, Row>()
  const notes = new Map<string, Row>()
  const answers = new Map<string, Row>()
  const moments = new Map<string, Moment>()
  const incidents: Row[] = []
  const amendments: Row[] = []
  /** By what it is about: the event that was the last to say something of it. */
  const current = new Map<string, EventId>()

  const stand = (change: Partial<Standing>) => {
    state = { ...(state ?? nothingYet), ...change }
  }
  const change = (markId: string, changed: Partial<Moment>): boolean => {
    const moment = moments.get(markId)
    if (moment) moments.set(markId, { ...moment, ...changed })
    return moment !== undefined
  }

  /** False for what finds nothing that it could change. */
  const take = (event: FoldedEvent, payload: Exclude<EncounterPayload, { type: 'mark.amended' }>): boolean => {
    const { id, raterId, offsetMs } = event
    switch (payload.type) {
      case 'identity.confirmed':
        stand({
          status: state?.status === 'submitted' ? 'submitted' : 'open',
          isConfirmed: true,
          // Confirmed twice, in two windows, the first confirmation stands.
          confirmation: state?.isConfirmed ? state.confirmation : id,
          absenceReason: null,
        })
        return true
      case 'identity.withdrawn': {
        const { status, isConfirmed, confirmation, clock, clockReading, clockEvent } = nothingYet
        stand({ status, isConfirmed, confirmation, clock, clockReading, clockEvent })
        return true
      }
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
      case 'mark.annotated':
        return change(payload.markId, { cue: payload.cue, quote: payload.quote })
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
      case 'encounter.submitted':
        stand({ status: 'submitted', absenceReason: null, missing: canonicalJson(payload.missing) })
        return true
      case 'absence.declared':
        stand({ status: 'absent', absenceReason: payload.reason })
        return true
      case 'absence.withdrawn':
        if (state) stand({ status: state.isConfirmed ? 'open' : 'scheduled', absenceReason: null })
        return state !== null
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
    if (payload.type === 'mark.amended') {
      amendments.push([id, encounterId])
      const { says, saidBy: raterId, saidAtMs: offsetMs } = payload
      if (take({ ...event, raterId, offsetMs }, says)) current.set(subjectOf(says), id)
      return
    }
    const subject = payload.type === 'mark.made' ? `mark ${payload.markId}` : subjectOfPayload(payload)
    if (take(event, payload) && subject !== null) current.set(subject, id)
  }

  const rows = (): EncounterRows => ({
    encounter_state: state === null ? [] : [stateRow(state)],
    rating: [...ratings.values()],
    note: [...notes.values()],
    mark: [...moments].map(([id, { made, cue, quote, review, isUndone }]) => [
      ...[encounterId, id, ...made, cue, quote, review, current.get(`review ${id}`) ?? null],
      ...[isUndone ? 1 : 0, current.get(`mark ${id}`) ?? null],
    ]),
    incident: incidents.slice(),
    sp_answer: [...answers.values()],
    amendment: amendments.slice(),
    // One laptop contradicts nothing, and most encounters are marked on one.
    conflict: (devices.size < 2 ? [] : contradictions(events)).map(({ subject, heads }) => [
      ...[encounterId, subject, canonicalJson(heads.map(({ id }) => id))],
    ]),
  })

  const stateRow = (standing: Standing): Row => [
    ...[encounterId, standing.status, standing.isConfirmed ? 1 : 0, standing.globalRating],
    ...[current.get('global-rating') ?? null, standing.absenceReason, standing.missing],
    ...[standing.clock, standing.clockReading, standing.spStatus, standing.spComment],
    ...[current.get('sp-comment') ?? null, standing.confirmation, current.get('standing') ?? null, standing.clockEvent],
  ]

  for (const event of earlier) add(event)
  return {
    add,
    rows,
    currentOf: (payload) => {
      const says = sayingOf(payload)
      if (says === null) return []
      const subject = subjectOf(says)
      // What is said afterwards, of a subject on which laptops agree or not, settles it for all of them.
      const heads = payload.type === 'mark.amended' ? headsOf(events, subject).map(({ id }) => id) : []
      const last = current.get(subject)
      return heads.length > 0 || last === undefined ? heads : [last]
    },
  }
}

const subjectOfPayload = (payload: EncounterPayload): string | null => {
  const says = sayingOf(payload)
  return says === null ? null : subjectOf(says)
}
