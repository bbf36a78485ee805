import { join } from 'node:path'
import { migrations } from '#electron/store/migrations/index.ts'
import { openMigrated } from '#electron/store/migrator.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

/** A database as the version before `version` left it, to put data in; `migrated` closes it and opens it as of today. */
export function databaseBefore(version: number) {
  const dataDir = tempDir()
  const file = join(dataDir, DATABASE_FILE)
  const backupDir = join(dataDir, 'backups')
  const earlier = migrations.filter((migration) => migration.version < version)
  const before = openMigrated({ file, exists: false, backupDir, migrations: earlier })
  const migrated = () => {
    before.close()
    return openMigrated({ file, exists: true, backupDir, migrations })
  }
  return { dataDir, before, migrated }
}
