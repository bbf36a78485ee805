import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { onTestFinished } from 'vitest'
import { DATABASE_FILE } from '#electron/store/store.ts'

/** Tells every row of every table of a data folder as text, so that two moments can be compared. */
export function rowsOf(dataDir: string): () => string {
  const reader = new Database(join(dataDir, DATABASE_FILE), { readonly: true })
  onTestFinished(() => {
    reader.close()
  })
  const tables = reader
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all()
  return () => JSON.stringify(tables.map((table) => [table, reader.prepare(`SELECT * FROM ${table}`).all()]))
}
