import { join } from 'node:path'
import { connect, DATABASE_FILE, type DataKey } from './connection.ts'
import { headsOf, type LedgerHead } from './database-facts.ts'

/** What is wanted of a database before it is opened for work, whatever its version. */
export type Peek = { heads: LedgerHead[]; device: string | null; secondFolder: string | null }

/** Looks through a connection that cannot write; null where the database is gone, cannot be read, or not with this key. */
export function peekAt(dataDir: string, key: DataKey | null): Peek | null {
  try {
    const db = connect(join(dataDir, DATABASE_FILE), 'read', key)
    try {
      const text = (sql: string) => db.prepare<[], string>(sql).pluck().get() ?? null
      return {
        heads: headsOf(db),
        device: text('SELECT device FROM installation'),
        secondFolder: text("SELECT value FROM setting WHERE key = 'backup-folder'"),
      }
    } finally {
      db.close()
    }
  } catch {
    return null
  }
}
