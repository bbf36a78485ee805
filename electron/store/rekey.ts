import { copyFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { AttuneError } from '#shared/contract/result.ts'
import { flush, flushFolder, partIn, removePart } from './backup-file.ts'
import { changeKey, connect, DATABASE_FILE, type DataKey } from './connection.ts'
import { factsOf, faultOf } from './database-facts.ts'

/**
 * Writes a data folder's database anew under another key, null for plain, and puts it in the place of the present one
 * in one step: a cut leaves either the one or the other, whole. For a folder that this process holds and whose database
 * nobody has open. Throws "storage-locked" where another program is in the midst of reading it, "database-corrupt", or what the disk refused
 * with; nothing is changed then.
 */
export function rekeyDatabase(dataDir: string, from: DataKey | null, to: DataKey | null): void {
  const file = join(dataDir, DATABASE_FILE)
  const part = partIn(dataDir)
  try {
    const facts = settledFacts(file, from)
    copyFileSync(file, part)
    changeKey(part, from, to)
    const copy = connect(part, 'copy', to)
    try {
      if (faultOf(copy) !== null || !isDeepStrictEqual(factsOf(copy), facts)) {
        throw new AttuneError('database-corrupt', { problem: 'the copy does not hold what the database holds' })
      }
    } finally {
      copy.close()
    }
    flush(part, 'r+')
    // The log is empty. Whoever still reads the earlier file keeps its own; the new one must not go on with it.
    for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
    renameSync(part, file)
    flushFolder(dataDir)
  } finally {
    removePart(part)
  }
}

/** Folds the log into the file, so that the file alone is the database, and tells what it holds. */
function settledFacts(file: string, key: DataKey | null) {
  const db = connect(file, 'write', key)
  try {
    const [done] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    if (done?.busy !== 0) throw new AttuneError('storage-locked')
    return factsOf(db)
  } finally {
    db.close()
  }
}
