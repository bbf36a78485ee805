import type { EncounterId, EventId } from '#shared/domain/ids.ts'
import type { Db } from './connection.ts'
import { foldEncounter, type Row } from './encounter-fold.ts'
import { columnsOf, projectionColumns, projectionTables, type ProjectionTable } from './projection-tables.ts'
import { areSame } from './projections.ts'
import type { MarkedEncounters } from './walk-chains.ts'

/** A row that is not what the ledger says, by the event that it names, or would name; null where it names none. */
export type Difference = { table: ProjectionTable; encounterId: EncounterId; eventId: EventId | null }

/** Adds up anew what the projections should hold, and tells where those that stand are others. */
export function compareProjections() {
  const due = projectionTables.map((table) => ({ table, rows: new Map<string, Row>() }))
  return {
    add: (marked: MarkedEncounters): void => {
      for (const [id, events] of marked) {
        const inOrder = events.toSorted((a, b) => (a.hlc < b.hlc ? -1 : 1))
        const folded = foldEncounter(id, inOrder).rows()
        for (const { table, rows } of due) for (const row of folded[table]) rows.set(keyOf(table, row), row)
      }
    },
    differences: (db: Db): Difference[] => due.flatMap(({ table, rows }) => differences(db, table, rows)),
  }
}

function differences(db: Db, table: ProjectionTable, due: ReadonlyMap<string, Row>): Difference[] {
  const stored = db.prepare<[], Row & unknown[]>(`SELECT ${columnsOf(table).join(', ')} FROM ${table}`).raw()
  const missing = new Map(due)
  const found: Difference[] = []
  for (const row of stored.all()) {
    const key = keyOf(table, row)
    const expected = missing.get(key)
    if (!areSame(row, expected)) found.push(differenceOf(table, expected ?? row))
    missing.delete(key)
  }
  for (const row of missing.values()) found.push(differenceOf(table, row))
  // One of which the key was changed differs twice, as it is and as it should be.
  return [...new Map(found.map((entry) => [`${entry.encounterId} ${entry.eventId ?? ''}`, entry])).values()]
}

function differenceOf(table: ProjectionTable, row: Row): Difference {
  const value = (column: string) => row[columnsOf(table).indexOf(column)] ?? null
  return {
    table,
    encounterId: value('encounter_id') as EncounterId,
    eventId: (value('event_id') ?? value('global_rating_event')) as EventId | null,
  }
}

const keyOf = (table: ProjectionTable, row: Row): string =>
  projectionColumns[table].key.length === 1 ? String(row[0]) : `${row[0] ?? ''} ${row[1] ?? ''}`
