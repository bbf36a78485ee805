import type { EncounterId, EventId } from '#shared/domain/ids.ts'
import type { FoldedEvent } from '#shared/domain/ledger-event.ts'
import type { Db } from './connection.ts'
import { foldEncounter, type Row } from './encounter-fold.ts'
import { columnsOf, projectionColumns, projectionTables, type ProjectionTable } from './projection-tables.ts'
import { areSame } from './projections.ts'
import type { MarkedEncounters } from './walk-chains.ts'

/**
 * A row that is not what the ledger says, by the event that said, or would have said, its first value that is another;
 * null where it keeps none. In the table "encounter": its candidate or station is another than whoever was confirmed at
 * the door, or it has marks and it or its exam is gone.
 */
export type Difference = { table: ProjectionTable | 'encounter'; encounterId: EncounterId; eventId: EventId | null }

/** Adds up anew what the projections should hold, and tells where those that stand are others. */
export function compareProjections() {
  const due = projectionTables.map((table) => ({ table, rows: [] as Row[] }))
  const confirmed: Confirmed[] = []
  const begun: Begun[] = []
  return {
    add: (marked: MarkedEncounters): void => {
      for (const [id, events] of marked) {
        const inOrder = ordered(events)
        for (const event of inOrder)
          if (event.payload.type === 'identity.confirmed') confirmed.push(...confirmedBy(event))
        const [first] = inOrder
        if (first) begun.push({ encounterId: id, eventId: first.id })
        const folded = foldEncounter(id, inOrder).rows()
        for (const { table, rows } of due) rows.push(...folded[table])
      }
    },
    differences: (db: Db): Difference[] => [
      ...due.flatMap(({ table, rows }) => (areAllThere(db, table, rows) ? [] : differences(db, table, rows))),
      ...gone(db, begun),
      ...exchanged(db, confirmed),
    ],
  }
}

/** In the order of their stamps, as those of one laptop come. */
function ordered(events: readonly FoldedEvent[]): readonly FoldedEvent[] {
  let last = ''
  for (const { hlc } of events) {
    if (hlc < last) return events.toSorted((a, b) => (a.hlc < b.hlc ? -1 : 1))
    last = hlc
  }
  return events
}

/** Who stood at which station, by a confirmation. */
type Confirmed = { encounterId: EncounterId; eventId: EventId; candidateId: string; stationId: string }

/** None by an event of before they told whom. */
function confirmedBy({ id, encounterId, payload }: FoldedEvent): Confirmed[] {
  if (payload.type !== 'identity.confirmed') return []
  const { candidateId, stationId } = payload
  return candidateId && stationId ? [{ encounterId, eventId: id, candidateId, stationId }] : []
}

/** An encounter with events, by the first of them. */
type Begun = { encounterId: EncounterId; eventId: EventId }

/** What has marks is never removed, nor is its exam. */
function gone(db: Db, begun: readonly Begun[]): Difference[] {
  const here = db.prepare<[], string>('SELECT encounter.id FROM encounter JOIN exam ON exam.id = exam_id').pluck().all()
  const known: ReadonlySet<string> = new Set(here)
  return begun
    .filter(({ encounterId }) => !known.has(encounterId))
    .map(({ encounterId, eventId }) => ({ table: 'encounter', encounterId, eventId }))
}

/** Where the plan now says another than was confirmed. It never may: what has marks keeps its place in the rotation. */
function exchanged(db: Db, confirmed: readonly Confirmed[]): Difference[] {
  const rows = db.prepare<[], [string, string, string]>('SELECT id, candidate_id, station_id FROM encounter').raw()
  const planned = new Map(rows.all().map(([id, candidateId, stationId]) => [id, { candidateId, stationId }]))
  const differing = confirmed.filter(({ encounterId, candidateId, stationId }) => {
    const now = planned.get(encounterId)
    return now?.candidateId !== candidateId || now.stationId !== stationId
  })
  // Confirmed more than once, the first tells it.
  const first = new Map(differing.toReversed().map((one) => [one.encounterId, one]))
  return [...first.values()].map(({ encounterId, eventId }) => ({ table: 'encounter', encounterId, eventId }))
}

/** Whether these rows stand and no others: each as one text, which takes half as long as its values would. */
function areAllThere(db: Db, table: ProjectionTable, due: readonly Row[]): boolean {
  const stored = db
    .prepare<[], string>(`SELECT json_array(${columnsOf(table).join(', ')}) FROM ${table}`)
    .pluck()
    .all()
  if (stored.length !== due.length) return false
  const missing = new Set(due.map((row) => JSON.stringify(row)))
  return stored.every((text) => missing.delete(text))
}

function differences(db: Db, table: ProjectionTable, due: readonly Row[]): Difference[] {
  const missing = new Map(due.map((row) => [keyOf(table, row), row.map(asKept)]))
  const stored = db.prepare<[], Row & unknown[]>(`SELECT ${columnsOf(table).join(', ')} FROM ${table}`).raw()
  const found: Difference[] = []
  for (const row of stored.all()) {
    const key = keyOf(table, row)
    const expected = missing.get(key)
    if (!areSame(row, expected)) found.push(differenceOf(table, expected ?? row, row))
    missing.delete(key)
  }
  for (const row of missing.values()) found.push(differenceOf(table, row))
  // One of which the key was changed differs twice, as it is and as it should be.
  return [...new Map(found.map((entry) => [`${entry.encounterId} ${entry.eventId ?? ''}`, entry])).values()]
}

/** SQLite keeps half a character, which an earlier version let in, as U+FFFD; the ledger keeps it as it came. */
const asKept = (value: Row[number]): Row[number] => (typeof value === 'string' ? value.toWellFormed() : value)

/** In which column stands by which event another one is what it is, where a row is made of several events. */
const saidIn: Readonly<Record<string, string>> = {
  ...{ global_rating: 'global_rating_event', sp_comment: 'sp_comment_event', review: 'review_event' },
  ...{ clock: 'clock_event', clock_reading: 'clock_event' },
  ...{ status: 'standing_event', identity_confirmed: 'standing_event', confirmation: 'standing_event' },
  ...{ absence_reason: 'standing_event', missing: 'standing_event' },
}

/** `row` as the ledger says it, or as it stands where the ledger says nothing of it; `stands` as it stands, if it does. */
function differenceOf(table: ProjectionTable, row: Row, stands: Row = row): Difference {
  const columns = columnsOf(table)
  const value = (column: string) => row[columns.indexOf(column)] ?? null
  const changed = columns.find((_, index) => row[index] !== stands[index]) ?? ''
  const eventId = value(changed.endsWith('_event') ? changed : (saidIn[changed] ?? 'event_id')) ?? value('event_id')
  return { table, encounterId: value('encounter_id') as EncounterId, eventId: eventId as EventId | null }
}

const keyOf = (table: ProjectionTable, row: Row): string =>
  projectionColumns[table].key.length === 1 ? String(row[0]) : `${row[0] ?? ''} ${row[1] ?? ''}`
