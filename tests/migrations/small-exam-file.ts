import { join } from 'node:path'
import { migrations } from '#electron/store/migrations/index.ts'
import type { Migration } from '#electron/store/migrations/migration.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

/** The version of today's databases. */
export const newest = migrations.at(-1)?.version ?? 0

/** A closed database of today with an exam in it. */
export function withExam() {
  const dataDir = tempDir()
  const store = openStore({ dataDir })
  putSmallExam(store)
  store.close()
  return { dataDir, file: join(dataDir, DATABASE_FILE), backupDir: join(dataDir, 'backups') }
}

/** The code of the refusal, or what happened instead. */
export function refusalOf(open: () => unknown): string {
  try {
    open()
  } catch (error) {
    return error instanceof AttuneError ? error.code : String(error)
  }
  return 'opened'
}

/** A migration of tomorrow. */
export const addsColumn: Migration = {
  version: newest + 10,
  name: 'adds-column',
  sql: "ALTER TABLE exam ADD COLUMN remark TEXT NOT NULL DEFAULT 'none'",
}
