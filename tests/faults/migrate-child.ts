import { join } from 'node:path'
import { migrations } from '#electron/store/migrations/index.ts'
import { openMigrated } from '#electron/store/migrator.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'

/** Run as a process of its own: brings the database of a folder to the newest version, and says when it begins. */
const dataDir = process.argv[2] ?? ''
process.send?.('begins')
openMigrated({
  file: join(dataDir, DATABASE_FILE),
  exists: true,
  backupDir: join(dataDir, 'backups'),
  migrations,
}).close()
process.disconnect()
