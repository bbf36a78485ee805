import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { onTestFinished } from 'vitest'
import { DATABASE_FILE } from '#electron/store/store.ts'

type Row = Record<string, unknown>

/** Tells every row of every table of a data folder, so that two moments can be compared. */
export function rowsByTable(dataDir: string): () => Record<string, Row[]> {
  const reader = new Database(join(dataDir, DATABASE_FILE), { readonly: true })
  onTestFinished(() => {
    reader.close()
  })
  const tables = reader
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all()
  return () =>
    Object.fromEntries(tables.map((table) => [table, reader.prepare<[], Row>(`SELECT * FROM ${table}`).all()]))
}

/** The same as text: each table with its rows. */
export function rowsOf(dataDir: string): () => string {
  const rows = rowsByTable(dataDir)
  return () => JSON.stringify(Object.entries(rows()))
}
