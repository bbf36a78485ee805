import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { AttuneError } from '#shared/contract/result.ts'
import { stampOf } from '#shared/domain/backup.ts'
import { goneOnSchema } from '#shared/domain/gone-on.ts'
import { eventIdSchema } from '#shared/domain/ids.ts'
import { digestOf, flush, flushFolder, lookAtBackup, partIn, removePart, sizeOf } from './backup-file.ts'
import { carryOver, isOfSame, readCarriedOver, type CarriedOver } from './carried-over.ts'
import { changeKey, connect, DATABASE_FILE, isEncrypted, opensWith, type DataKey, type Db } from './connection.ts'
import { eventsBeyond, faultOf, headsOf, type LedgerHead } from './database-facts.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { newestVersion } from './migrations/index.ts'
import { createInstallation } from './repositories/installation.ts'

/** What a restored database knows of its making. */
const restoredSchema = z.strictObject({
  at: z.iso.datetime(),
  /** Name of the backup's file; null where an undoing brought this database back. */
  backup: z.string().nullable(),
  /** The folder in `kept-aside` with the database that was there before; null where there was none. */
  keptAside: z.string().nullable(),
  /** Events of that one which the backup did not have; null where it could not be read. */
  missing: z.int().min(0).nullable(),
  /** Exams that go on with the set-up of that one. */
  goneOn: z.array(goneOnSchema).default([]),
})
export type Restored = z.infer<typeof restoredSchema>

const RESTORED = 'restored'

/** These settings belong to the installation and not to what it recorded: the present ones go on. */
const ofInstallation = ['loans', 'backup-folder'] as const

const keptAsideOf = (dataDir: string): string => join(dataDir, 'kept-aside')

/** The folders with databases that were set aside, the newest first. */
export function keptAsideIn(dataDir: string): string[] {
  const folder = keptAsideOf(dataDir)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, DATABASE_FILE)))
    .sort()
    .reverse()
}

export const hasKeptAside = (dataDir: string): boolean => keptAsideIn(dataDir).length > 0

/** The parts of a database: what was not written into it yet lies beside it. */
const PARTS = [DATABASE_FILE, `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`]

/** What restoring is done with: the key of the folder, and that of the backup where it was encrypted with another. */
type Keys = { key: DataKey | null; backupKey?: DataKey | null }
/** `evenBroken`: whoever asks was told that the ledger of the backup is broken, and wants it all the same. */
export type RestoreOptions = Keys & { evenBroken?: boolean }

/**
 * Puts a copy of a backup in the place of the data folder's database, which is set aside, never deleted. The copy is a
 * new device: the sequence that the present one went on with is never used again with other content. For a folder that
 * this process holds and whose database nobody has open. Whatever the backup was encrypted with or not, the copy is
 * encrypted with the folder's key; in a folder without one it keeps the backup's. Keys of the exchange between laptops go
 * on, exams whose packages are out have a place for every bundle that had one, and whose name was erased since is erased
 * in it (`carryOver`). Throws "backup-not-found", "backup-damaged", "backup-locked", "backup-ledger-broken",
 * "database-newer"; where anything fails the present database is where it was.
 */
export function restoreBackup(
  dataDir: string,
  backup: string,
  { key, backupKey = key, evenBroken = false }: RestoreOptions,
  now = new Date(),
): Restored {
  if (!existsSync(backup)) throw new AttuneError('backup-not-found', { backup: basename(backup) })
  const { state } = lookAtBackup(backup, newestVersion, backupKey)
  if (state === 'newer') throw new AttuneError('database-newer')
  if (state === 'locked') throw new AttuneError('backup-locked', { backup: basename(backup) })
  if (state === 'damaged') throw new AttuneError('backup-damaged', { backup: basename(backup) })
  if (state === 'ledger-broken' && !evenBroken) {
    throw new AttuneError('backup-ledger-broken', { backup: basename(backup) })
  }
  const part = partIn(dataDir)
  try {
    copyFileSync(backup, part)
    if (digestOf(part) !== digestOf(backup)) throw new AttuneError('backup-damaged', { backup: basename(backup) })
    const had = isEncrypted(part) ? backupKey : null
    const has = key ?? had
    if (had !== has) changeKey(part, had, has)
    const present = presentOf(join(dataDir, DATABASE_FILE), key)
    const keptAside = nameAside(dataDir, now)
    const restored = adopt(part, has, present, {
      at: now.toISOString(),
      backup: basename(backup),
      keptAside,
      missing: null,
      goneOn: [],
    })
    flush(part, 'r+')
    exchange(dataDir, keptAside, () => {
      renameSync(part, join(dataDir, DATABASE_FILE))
    })
    return restored
  } finally {
    removePart(part)
  }
}

/**
 * Brings back what the last restoring, or the last undoing, set aside, and sets aside what is there. The database that
 * comes back goes on as the device that it was, with what is carried over as above. What was recorded meanwhile is not in
 * it: it lies in `kept-aside`, and comes in by a bundle that was made of it. Throws "nothing-to-undo", and
 * "backup-damaged", "backup-locked" or "database-newer" where the app could not open what it would bring back. For a
 * folder that this process holds, as above; what comes back is encrypted as the folder is.
 */
export function undoRestore(dataDir: string, { key }: Keys, now = new Date()): Restored {
  const present = presentOf(join(dataDir, DATABASE_FILE), key)
  // Where the restored one cannot be read any more, the latest that was set aside is meant.
  const from = present === null ? (keptAsideIn(dataDir)[0] ?? null) : (present.restored?.keptAside ?? null)
  if (from === null || !keptAsideIn(dataDir).includes(from)) throw new AttuneError('nothing-to-undo')
  const folder = join(keptAsideOf(dataDir), from)
  const file = join(folder, DATABASE_FILE)
  if (isEncrypted(file) && (key === null || !opensWith(file, key))) {
    throw new AttuneError('backup-locked', { backup: join('kept-aside', from) })
  }
  const had = isEncrypted(file) ? key : null
  const back = presentOf(file, had)
  if (back === null) throw new AttuneError('backup-damaged', { backup: join('kept-aside', from) })
  if (back.version > newestVersion) throw new AttuneError('database-newer')
  const keptAside = nameAside(dataDir, now)
  const missing = present && eventsBeyond(present.heads, back.heads)
  if (had !== key) changeKey(file, had, key)
  const db = connect(file, 'write', key)
  let restored: Restored
  try {
    const goneOn = present === null ? [] : carryOver(db, present.carried)
    restored = { at: now.toISOString(), backup: null, keptAside, missing, goneOn }
    if (present !== null) addDevices(db, present)
    putSetting(db, RESTORED, JSON.stringify(restored))
    if (goneOn.length > 0) tell(db, restored, now)
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
  exchange(dataDir, keptAside, () => {
    move(folder, dataDir)
  })
  rmdirSync(folder)
  return restored
}

/** What a database was restored from, by its settings; null where it was not. */
export function readRestored(setting: (key: string) => string | null): Restored | null {
  const stored = setting(RESTORED)
  return stored === null ? null : restoredSchema.parse(JSON.parse(stored))
}

/**
 * That the data was exchanged is a part of its history: one event, however often it is told. The database may be of an
 * earlier version until it is opened; so it is told then, and before where an exam has another set-up than it had there.
 */
export function tellRestored(ledger: Pick<Ledger, 'append'>, device: string, restored: Restored): void {
  const { at, backup, missing, goneOn } = restored
  ledger.append({
    id: eventIdSchema.parse(`restored-${Date.parse(at)}-${device}`),
    ...{ examId: null, encounterId: null, raterId: null, role: 'system', offsetMs: null },
    payload: { type: 'backup.restored', backup, missing, ...(goneOn.length > 0 && { goneOn }) },
  })
}

function tell(db: Db, restored: Restored, now: Date): void {
  const device = createInstallation(db).device()
  tellRestored(
    createLedger(db, device, () => now.getTime()),
    device,
    restored,
  )
}

type Present = {
  version: number
  heads: LedgerHead[]
  settings: [string, string][]
  restored: Restored | null
  devices: string[]
  carried: CarriedOver
}

/** Reads a database that nobody has open and folds its log into it; null, and nothing is touched, where it is gone or not sound. */
function presentOf(file: string, key: DataKey | null): Present | null {
  if (sizeOf(file) === 0) return null
  try {
    const db = connect(file, 'read', key)
    try {
      if (faultOf(db) !== null) return null
    } finally {
      db.close()
    }
    return settled(file, key)
  } catch {
    return null
  }
}

function settled(file: string, key: DataKey | null): Present {
  const db = connect(file, 'write', key)
  try {
    const settings = ofInstallation.flatMap((key): [string, string][] => {
      const value = settingOf(db, key)
      return value === null ? [] : [[key, value]]
    })
    const heads = headsOf(db)
    const devices = devicesOf(db)
    const carried = readCarriedOver(db)
    const version = Number(db.pragma('user_version', { simple: true }))
    const restored = readRestored((key) => settingOf(db, key))
    db.pragma('wal_checkpoint(TRUNCATE)')
    return { version, heads, settings, restored, devices, carried }
  } finally {
    db.close()
  }
}

const settingOf = (db: Db, key: string): string | null =>
  db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck().get(key) ?? null

const putSetting = (db: Db, key: string, value: string): void => {
  db.prepare<[string, string]>('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)').run(key, value)
}

/** The names that the installation has written under, which a later version keeps. */
const hasDevices = (db: Db): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'own_device'").get() !== undefined

const devicesOf = (db: Db): string[] =>
  db
    .prepare<[], string>(hasDevices(db) ? 'SELECT device FROM own_device' : 'SELECT device FROM installation')
    .pluck()
    .all()

/**
 * What the other data was written under is this installation's own here too, and comes back with its own bundles. Where
 * that is another installation's, it stays that laptop's, to come by bundles as from any other.
 */
function addDevices(db: Db, { devices, carried }: Present): void {
  if (!isOfSame(db, carried) || !hasDevices(db)) return
  const add = db.prepare<[string]>('INSERT OR IGNORE INTO own_device VALUES (?)')
  for (const device of devices) add.run(device)
}

/** Makes a copy this installation's database from here on. */
function adopt(part: string, key: DataKey | null, present: Present | null, restored: Restored): Restored {
  const now = new Date(restored.at)
  const db = connect(part, 'copy', key)
  try {
    const missing = present && eventsBeyond(present.heads, headsOf(db))
    const known = { ...restored, missing, goneOn: present === null ? [] : carryOver(db, present.carried) }
    const drop = db.prepare<[string]>('DELETE FROM setting WHERE key = ?')
    db.transaction(() => {
      db.prepare('UPDATE installation SET device = ?').run(randomBytes(8).toString('hex'))
      if (present !== null) addDevices(db, present)
      if (present !== null) for (const key of ofInstallation) drop.run(key)
      for (const [key, value] of present?.settings ?? []) putSetting(db, key, value)
      putSetting(db, RESTORED, JSON.stringify(known))
    })()
    if (known.goneOn.length > 0) tell(db, known, now)
    return known
  } finally {
    db.close()
  }
}

/** The folder for what is there now; null where nothing is. */
const nameAside = (dataDir: string, now: Date): string | null =>
  PARTS.some((name) => existsSync(join(dataDir, name))) ? stampOf(now.getTime()) : null

/**
 * Moves the present database to `keptAside` and lets `put` fill its place. A power cut in between leaves no database, at
 * which a start refuses and names what is there; any other failure puts the present one back.
 */
function exchange(dataDir: string, keptAside: string | null, put: () => void): void {
  const aside = keptAside === null ? null : join(keptAsideOf(dataDir), keptAside)
  if (aside !== null) {
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    move(dataDir, aside)
    flushFolder(aside)
    flushFolder(keptAsideOf(dataDir))
  }
  try {
    put()
  } catch (error) {
    if (aside !== null) move(aside, dataDir)
    throw error
  } finally {
    flushFolder(dataDir)
  }
}

/** The file itself comes last to where it is to be, and goes first from where it was: it is never without its log. */
function move(from: string, to: string): void {
  const order = to.includes('kept-aside') ? PARTS : PARTS.toReversed()
  for (const name of order) if (existsSync(join(from, name))) renameSync(join(from, name), join(to, name))
}
