import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
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
    const whole = performance.now()
    await migrate(base.replace(/base$/, 'first'), base, null)
    const took = performance.now() - whole
    const versions = new Set([...migrations.map(({ version }) => version)])
    const [oldest] = versions
    let bad = 0
    let half = 0
    for (let kill = 0; kill < cuts; kill += 1) {
      const dataDir = join(scratch, `kill-${kill}`)
      await migrate(dataDir, base, random() * took)
      const file = join(dataDir, DATABASE_FILE)
      const version = versionOf(file)
      if (version !== oldest && version !== Math.max(...versions)) half += 1
      const backups = readdirSync(dataDir).includes('backups') ? readdirSync(join(dataDir, 'backups')) : []
      const hasSnapshot = backups.some((name) => isWhole(join(dataDir, 'backups', name), oldest))
      if (!versions.has(version) || (version !== oldest && !hasSnapshot)) bad += 1
      const db = openMigrated({ file, exists: true, backupDir: join(dataDir, 'backups'), migrations })
      if (db.prepare('SELECT count(*) FROM event').pluck().get() !== EVENTS) bad += 1
      db.close()
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

/** Migrates a copy in a process of its own, killed after a time where one is given. */
async function migrate(dataDir: string, base: string, killAfterMs: number | null): Promise<void> {
  cpSync(base, dataDir, { recursive: true })
  const child = fork(join(import.meta.dirname, 'migrate-child.ts'), [dataDir], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await once(child, 'message')
  if (killAfterMs !== null) {
    await Promise.race([wait(killAfterMs), ended])
    child.kill('SIGKILL')
  }
  await ended
}

function versionOf(file: string): number {
  const db = new Database(file, { readonly: true })
  try {
    return Number(db.pragma('user_version', { simple: true }))
  } finally {
    db.close()
  }
}

/** One that was being written when the process was killed is no snapshot, and the old version is still there. */
function isWhole(snapshot: string, version: number | undefined): boolean {
  try {
    return snapshot.endsWith('.db') && versionOf(snapshot) === version
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
