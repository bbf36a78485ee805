import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import Database from 'better-sqlite3-multiple-ciphers'
import { migrations } from '#electron/store/migrations/index.ts'
import { openMigrated } from '#electron/store/migrator.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import type { Experiment } from './experiment.ts'

const EVENTS = 20_000

/** A new version is started on old data, and killed while it migrates. */
export const killedMigration: Experiment = {
  name: 'killed-migration',
  needs: [],
  run: async ({ scratch, cuts, random }) => {
    const base = join(scratch, 'base')
    mkdirSync(base)
    makeOldest(base)
    const sound = join(scratch, 'sound')
    const { took } = await migrate(sound, base, null)
    const wanted = look(join(sound, DATABASE_FILE))
    const [oldest, newest] = [migrations[0]?.version, migrations.at(-1)?.version]
    const versions = new Set(migrations.map(({ version }) => version))
    if (wanted.version !== newest || wanted.events !== EVENTS) throw new Error('nothing migrates even undisturbed')
    let bad = 0
    let half = 0
    for (let kill = 0; kill < cuts; kill += 1) {
      const dataDir = join(scratch, `kill-${kill}`)
      await killedWhile(dataDir, base, random() * took)
      const file = join(dataDir, DATABASE_FILE)
      const { version, events } = look(file)
      if (version !== oldest && version !== newest) half += 1
      const backups = readdirSync(dataDir).includes('backups') ? readdirSync(join(dataDir, 'backups')) : []
      const hasSnapshot = backups.some((name) => isWhole(join(dataDir, 'backups', name), oldest))
      if (!versions.has(version) || events !== EVENTS || (version !== oldest && !hasSnapshot)) bad += 1
      openMigrated({ file, exists: true, backupDir: join(dataDir, 'backups'), migrations }).close()
      if (!isDeepStrictEqual(look(file), wanted)) bad += 1
    }
    return [
      {
        what: 'a migration is killed',
        ok: bad === 0,
        times: `${cuts} kills`,
        lost: bad,
        note: `each at a whole version (${half} between the first and the last), with its snapshot, and migrated when opened again`,
      },
    ]
  },
}

/** Migrates a copy in a process of its own, killed after a time where one is given. `took`: from its first step on. */
async function migrate(
  dataDir: string,
  base: string,
  killAfterMs: number | null,
): Promise<{ took: number; isKilled: boolean }> {
  cpSync(base, dataDir, { recursive: true })
  const child = fork(join(import.meta.dirname, 'migrate-child.ts'), [dataDir], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await Promise.race([once(child, 'message'), ended])
  const began = performance.now()
  if (killAfterMs !== null) {
    await Promise.race([wait(killAfterMs), ended])
    child.kill('SIGKILL')
  }
  const [code] = (await ended) as [number | null]
  if (code !== null && code !== 0) throw new Error(`the migration failed by itself (${code})`)
  return { took: performance.now() - began, isKilled: code === null }
}

/** A kill that came too late made no fault: it is made again, earlier. */
async function killedWhile(dataDir: string, base: string, afterMs: number): Promise<void> {
  const { isKilled } = await migrate(dataDir, base, afterMs)
  if (isKilled) return
  rmSync(dataDir, { recursive: true })
  await killedWhile(dataDir, base, afterMs / 2)
}

type Look = { version: number; events: number; sound: unknown; schema: unknown }

/** What is in a database, without a change to it: as much as tells a whole one from half a migration. */
function look(file: string): Look {
  const db = new Database(file, { readonly: true })
  try {
    return {
      version: Number(db.pragma('user_version', { simple: true })),
      events: db.prepare<[], number>('SELECT count(*) FROM event').pluck().get() ?? 0,
      sound: db.pragma('integrity_check(1)', { simple: true }),
      schema: db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all(),
    }
  } finally {
    db.close()
  }
}

/** One that was being written when the process was killed is no snapshot, and the old version is still there. */
function isWhole(snapshot: string, version: number | undefined): boolean {
  try {
    if (!snapshot.endsWith('.db')) return false
    const found = look(snapshot)
    return found.version === version && found.events === EVENTS && found.sound === 'ok'
  } catch {
    return false
  }
}

/** A database of the first version with an exam day in it. */
function makeOldest(dataDir: string): void {
  const first = { file: join(dataDir, DATABASE_FILE), exists: false, backupDir: join(dataDir, 'backups') }
  const db = openMigrated({ ...first, migrations: migrations.slice(0, 1) })
  db.exec(`
    INSERT INTO exam VALUES ('x', 't', 'd', '', 'A4', 'running', 0, '{}', '{}', NULL, '');
    INSERT INTO station VALUES ('s', 'x', 1, 1, 'scored', '', '', '', '', '', '[]', '[]', NULL, NULL, 0);
    INSERT INTO candidate VALUES ('c', 'x', '1', '', 0);
    INSERT INTO encounter VALUES ('enc', 'x', 's', 'c', 1, 0);
    INSERT OR IGNORE INTO installation VALUES (1, 'device', '');
  `)
  const event = db.prepare(
    `INSERT INTO event VALUES (?, 'device', ?, ?, 'enc', 'e', 'examiner', ?, '[]',
       '{"type":"rating.recorded","itemId":"item","value":3}')`,
  )
  db.transaction(() => {
    for (let seq = 1; seq <= EVENTS; seq += 1) {
      event.run(`event-${seq}`, seq, `${String(1_700_000_000_000 + seq)}-0000-device`, seq)
    }
  })()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}
