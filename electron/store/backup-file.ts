import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { AttuneError } from '#shared/contract/result.ts'
import { backupFileName, parseBackupName, type BackupName } from '#shared/domain/backup.ts'
import { connect, isEncrypted, opensWith, type DataKey, type Db } from './connection.ts'
import { continues, factsOf, faultOf, type DatabaseFacts } from './database-facts.ts'
import { firstBroken, type BrokenEvent } from './walk-chains.ts'

/** Where a data folder keeps its backups. */
export const backupsOf = (dataDir: string): string => join(dataDir, 'backups')

/** A name under which nobody looks for anything, for a file that is being written. */
export const partIn = (folder: string): string => join(folder, `.attune-${randomUUID()}.part`)

/** The same for all that SQLite puts beside it. */
export const isPart = (name: string): boolean => /^\.attune-[0-9a-f-]{36}\.part(-journal|-wal|-shm)?$/.test(name)

/** Takes every page in one step: a writer on another connection cannot make it begin again. */
const EVERY_PAGE = 0x7fffffff

/**
 * Copies a database, beside whoever writes it, into `part` and tells what it held at the moment that was copied. Waits
 * for nobody and lets nobody wait. Throws what SQLite refused with.
 */
export async function copyDatabase(file: string, part: string, key: DataKey | null): Promise<DatabaseFacts> {
  const source = connect(file, 'read', key)
  try {
    if (key !== null) return copyEncrypted(source, part, key)
    // Within a transaction, so that what is told and what is copied are of one moment.
    source.exec('BEGIN')
    const facts = factsOf(source)
    await source.backup(part, { progress: () => EVERY_PAGE })
    return facts
  } finally {
    source.close()
  }
}

/**
 * SQLite's backup opens its target without a key, so an encrypted database is written anew under its own. That cannot
 * be done within a transaction: what the copy holds lies between what was there before and after it, chain by chain.
 */
function copyEncrypted(source: Db, part: string, key: DataKey): DatabaseFacts {
  const before = factsOf(source)
  source.prepare('VACUUM INTO ?').run(part)
  const copy = connect(part, 'copy', key)
  try {
    const facts = factsOf(copy)
    const after = factsOf(source)
    if (!continues(copy, before.heads) || !continues(source, facts.heads)) {
      throw new AttuneError('backup-failed', { problem: 'the copy does not hold what the database held' })
    }
    if (isDeepStrictEqual(before, after) && !isDeepStrictEqual(facts, after)) {
      throw new AttuneError('backup-failed', { problem: 'the copy does not hold what the database held' })
    }
    return facts
  } finally {
    copy.close()
  }
}

/** The same, at once, for a connection that nothing else uses meanwhile. */
export function copyOpenDatabase(source: Db, part: string): DatabaseFacts {
  source.prepare('VACUUM INTO ?').run(part)
  return factsOf(source)
}

/**
 * Makes a copy count: opens it, checks it whole, compares it with what the source held, and only then gives it its
 * name, on disk when this returns. Answers the name, and the first event that does not hold: of a broken ledger a copy is
 * still better than none. Throws "backup-failed" and leaves no file.
 */
export function keepBackup(
  part: string,
  folder: string,
  facts: DatabaseFacts,
  name: Omit<BackupName, 'digest' | 'device'>,
  key: DataKey | null,
): { name: string; broken: BrokenEvent | null } {
  try {
    const { problem, broken } = checkCopy(part, facts, key)
    if (problem !== null) throw new AttuneError('backup-failed', { problem })
    const kept = backupFileName({ ...name, device: facts.device, digest: digestOf(part) })
    flush(part, 'r+')
    renameSync(part, join(folder, kept))
    flushFolder(folder)
    return { name: kept, broken }
  } finally {
    removePart(part)
  }
}

function checkCopy(part: string, facts: DatabaseFacts, key: DataKey | null) {
  const copy = connect(part, 'copy', key)
  try {
    const same = 'the copy does not hold what the database held'
    const problem = faultOf(copy) ?? (isDeepStrictEqual(factsOf(copy), facts) ? null : same)
    return { problem, broken: problem === null ? firstBroken(copy) : null }
  } finally {
    copy.close()
  }
}

/** What a kill in the midst of writing can leave. */
export function removePart(part: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${part}${end}`, { force: true })
}

/** The backups of a folder by their names, the newest first; none for a folder that is not there. */
export function backupsIn(folder: string): (BackupName & { file: string })[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((file) => {
      const name = parseBackupName(file)
      return name === null ? [] : [{ ...name, file }]
    })
    .sort((a, b) => b.at - a.at)
}

/** Whether a folder holds what may be a backup, whatever it is called by now. */
export const holdsBackups = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.db'))

/** What a backup turns out to be when it is read whole. */
export type BackupLook =
  { state: 'good' | 'ledger-broken'; facts: DatabaseFacts } | { state: 'damaged' | 'newer' | 'locked' }

/** Whether the ledgers hold of the backups that were walked before, by the digest of their bytes. */
export type Walked = Map<string, boolean>

/**
 * Reads a backup whole and says whether it can be relied on: its bytes are those that were verified when it was made,
 * or, where its name does not prove that, the whole of it is checked again. `newest`: the newest version known here.
 * `key`: of the data folder; a backup that is encrypted with another is "locked", a plain one is read without. One whose
 * digest is in `walked` is not walked again.
 */
export function lookAtBackup(
  path: string,
  newest: number,
  key: DataKey | null,
  walked: Walked = new Map(),
): BackupLook {
  try {
    const digest = parseBackupName(path.slice(path.lastIndexOf('attune-')))?.digest ?? null
    if (digest !== null && digestOf(path) !== digest) return { state: 'damaged' }
    const encrypted = isEncrypted(path)
    if (encrypted && (key === null || !opensWith(path, key))) return { state: 'locked' }
    const db = connect(path, 'read', encrypted ? key : null)
    try {
      if (digest === null && faultOf(db) !== null) return { state: 'damaged' }
      const facts = factsOf(db)
      if (facts.version > newest) return { state: 'newer' }
      const holds = (digest === null ? undefined : walked.get(digest)) ?? firstBroken(db) === null
      if (digest !== null) walked.set(digest, holds)
      return { state: holds ? 'good' : 'ledger-broken', facts }
    } finally {
      db.close()
    }
  } catch {
    return { state: 'damaged' }
  }
}

const CHUNK = 1024 * 1024

/** The first 16 hex digits of the SHA-256 of a file. */
export function digestOf(path: string): string {
  const hash = createHash('sha256')
  const file = openSync(path, 'r')
  const chunk = Buffer.alloc(CHUNK)
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) hash.update(chunk.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex').slice(0, 16)
}

export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** Windows has no handle of a folder to flush; its rename is in the journal. */
export function flushFolder(folder: string): void {
  if (process.platform !== 'win32') flush(folder, 'r')
}

export function flush(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
