import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { backupsOf } from '#electron/store/backup-file.ts'
import { BALLAST_FILE } from '#electron/store/folder-files.ts'
import { migrations } from '#electron/store/migrations/index.ts'
import { openMigrated } from '#electron/store/migrator.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { tempDir } from './temp-dir.ts'

let migrated: Buffer | null = null

/**
 * A new data folder, gone when the test is. The migrations run from nothing once a process, by the app's own migrator,
 * and each folder begins with the database that they made: nobody has opened it, so it becomes an installation of its own.
 * What is kept for a full disk is as small as it can be. That the app begins in an empty folder as well, what each
 * migration does and how large a reserve is are proved by tests of their own, which make theirs with `tempDir`.
 */
export function dataFolder(): string {
  const dataDir = tempDir()
  migrated ??= migratedFromNothing()
  writeFileSync(join(dataDir, DATABASE_FILE), migrated)
  writeFileSync(join(dataDir, BALLAST_FILE), Buffer.alloc(1024 * 1024, 'a reserve'))
  return dataDir
}

function migratedFromNothing(): Buffer {
  const dir = tempDir()
  const file = join(dir, DATABASE_FILE)
  openMigrated({ file, exists: false, backupDir: backupsOf(dir), migrations }).close()
  return readFileSync(file)
}
