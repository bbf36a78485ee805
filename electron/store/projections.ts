import type { EncounterId } from '#shared/domain/ids.ts'
import type { Db } from './connection.ts'
import type { EncounterRows, Row } from './encounter-fold.ts'
import { columnsOf, projectionColumns, projectionTables, type ProjectionTable } from './projection-tables.ts'

export type Projections = {
  /** Writes what differs between two states of one encounter. Returns how many rows changed. */
  change(from: EncounterRows, to: EncounterRows): number
  /** Makes the rows of one encounter anew. */
  replace(encounterId: EncounterId, rows: EncounterRows): void
}

/** Writes what encounters add up to into the tables that screens read. Must run in the transaction of the events. */
export function createProjections(db: Db): Projections {
  const written = projectionTables.map((table) => ({ table, ...statements(db, table) }))
  return {
    change: (from, to) => {
      let changed = 0
      for (const { table, put, remove } of written) {
        // A mark changes one row of one table, mostly; the others stand where they stood.
        const [were, are] = [from[table], to[table]]
        if (were === are) continue
        const { length } = projectionColumns[table].key
        const keyOf = (row: Row) => row.slice(0, length)
        const before = new Map(
          were.flatMap((row, at) => (row === are[at] ? [] : [[keyOf(row).join(' '), row] as const])),
        )
        for (const [at, row] of are.entries()) {
          if (row === were[at]) continue
          const key = keyOf(row).join(' ')
          if (!areSame(row, before.get(key))) changed += put.run(...row).changes
          before.delete(key)
        }
        for (const row of before.values()) changed += remove.run(...keyOf(row)).changes
      }
      return changed
    },
    replace: (encounterId, rows) => {
      for (const { table, put, clear } of written) {
        clear.run(encounterId)
        for (const row of rows[table]) put.run(...row)
      }
    },
  }
}

export const areSame = (row: Row, other: Row | undefined): boolean =>
  other !== undefined && row.every((value, column) => value === other[column])

function statements(db: Db, table: ProjectionTable) {
  const { key, others } = projectionColumns[table]
  const all = columnsOf(table)
  const updates = others.map((column) => `${column} = excluded.${column}`)
  return {
    put: db.prepare<(string | number | null)[]>(
      `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
       ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${updates.join(', ')}`,
    ),
    remove: db.prepare<(string | number | null)[]>(
      `DELETE FROM ${table} WHERE ${key.map((column) => `${column} = ?`).join(' AND ')}`,
    ),
    clear: db.prepare<[string]>(`DELETE FROM ${table} WHERE encounter_id = ?`),
  }
}
