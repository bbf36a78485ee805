import { scryptSync } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { APPLICATION_ID, connect } from '#electron/store/connection.ts'
import { migrations } from '#electron/store/migrations/index.ts'
import type { Migration } from '#electron/store/migrations/migration.ts'
import { openForReading, openMigrated } from '#electron/store/migrator.ts'
import { DATABASE_FILE, openReader, openStore } from '#electron/store/store.ts'
import { createLoans } from '#electron/services/session/loans.ts'
import { isSecret } from '#electron/services/session/secret-hash.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { personIdSchema } from '#shared/domain/ids.ts'
import { SAMPLE_PIN } from '#shared/domain/pin.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const newest = migrations.at(-1)?.version ?? 0

function withExam() {
  const dataDir = tempDir()
  const store = openStore({ dataDir })
  putSmallExam(store)
  store.close()
  return { dataDir, file: join(dataDir, DATABASE_FILE), backupDir: join(dataDir, 'backups') }
}

function refusalOf(open: () => unknown): string {
  try {
    open()
  } catch (error) {
    return error instanceof AttuneError ? error.code : String(error)
  }
  return 'opened'
}

describe('the list of migrations', () => {
  it('is in rising order, numbered in tens', () => {
    const versions = migrations.map(({ version }) => version)
    expect(versions).toEqual(versions.toSorted((a, b) => a - b))
    expect(new Set(versions).size).toBe(versions.length)
    expect(versions.every((version) => version % 10 === 0)).toBe(true)
  })

  it('0010 makes strict tables with the version and our mark in the file', () => {
    const dataDir = tempDir()
    openStore({ dataDir }).close()
    const db = new Database(join(dataDir, DATABASE_FILE), { readonly: true })
    expect(db.pragma('user_version', { simple: true })).toBe(newest)
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID)
    const tables = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all() as { sql: string }[]
    expect(tables.length).toBeGreaterThan(10)
    expect(tables.filter(({ sql }) => !sql.includes('STRICT'))).toEqual([])
    db.close()
  })
})

describe('0070, retention', () => {
  it('leaves every exam as it was, with no day on which its names go', () => {
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    const backupDir = join(dataDir, 'backups')
    const older = migrations.filter(({ version }) => version < 70)
    const before = openMigrated({ file, exists: false, backupDir, migrations: older })
    before.exec(`INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
      VALUES ('exam-1', 'Spring', '2026-04-01', '', 'A4', 'closed', 0, '{}', '{}', '2026-04-01')`)
    before.close()
    const after = openMigrated({ file, exists: true, backupDir, migrations })
    expect(after.prepare('SELECT title, erase_names_on FROM exam').all()).toEqual([
      { title: 'Spring', erase_names_on: null },
    ])
    after.close()
  })
})

describe('0020, marks before the start', () => {
  it('gives a mark the moment and the person of the event that made it; one made before the encounter has no moment', () => {
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    const backupDir = join(dataDir, 'backups')
    const before = openMigrated({ file, exists: false, backupDir, migrations: migrations.slice(0, 1) })
    before.exec(`
      INSERT INTO exam VALUES ('x', 't', 'd', '', 'A4', 'running', 0, '{}', '{}', NULL, '');
      INSERT INTO station VALUES ('s', 'x', 1, 1, 'scored', '', '', '', '', '', '[]', '[]', NULL, NULL, 0);
      INSERT INTO candidate VALUES ('c', 'x', '1', '', 0);
      INSERT INTO encounter VALUES ('enc', 'x', 's', 'c', 1, 0);
      INSERT INTO event (id, device, seq, hlc, encounter_id, rater_id, role, offset_ms, supersedes, payload) VALUES
        ('e1', 'd', 1, '1', 'enc', 'examiner-1', 'examiner', NULL, '[]',
          '{"type":"mark.made","markId":"early","kind":"moment","markType":"named"}'),
        ('e2', 'd', 2, '2', 'enc', 'examiner-1', 'examiner', 9000, '[]',
          '{"type":"mark.made","markId":"later","kind":"moment","markType":"named"}'),
        ('e3', 'd', 3, '3', 'enc', 'examiner-1', 'examiner', 9500, '[]',
          '{"type":"mark.annotated","markId":"later","cue":0,"quote":"Go on"}');
      INSERT INTO mark (id, encounter_id, kind, type, at_ms, cue, quote, event_id) VALUES
        ('early', 'enc', 'moment', 'named', 0, NULL, '', 'e1'),
        ('later', 'enc', 'moment', 'named', 9000, 0, 'Go on', 'e3');
    `)
    before.close()
    const db = openMigrated({ file, exists: true, backupDir, migrations })
    const marks = db.prepare('SELECT id, rater_id, at_ms, cue, quote, event_id FROM mark ORDER BY id').all()
    expect(marks).toEqual([
      { id: 'early', rater_id: 'examiner-1', at_ms: null, cue: null, quote: '', event_id: 'e1' },
      { id: 'later', rater_id: 'examiner-1', at_ms: 9000, cue: 0, quote: 'Go on', event_id: 'e3' },
    ])
    db.close()
  })
})

describe('0030, exams put away', () => {
  it('leaves every exam among those in use', () => {
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    const before = openMigrated({ file, exists: false, backupDir: dataDir, migrations: migrations.slice(0, 2) })
    before.exec("INSERT INTO exam VALUES ('x', 't', 'd', '', 'A4', 'closed', 1, '{}', '{}', NULL, '')")
    before.close()
    const db = openMigrated({ file, exists: true, backupDir: join(dataDir, 'backups'), migrations })
    expect(db.prepare('SELECT id, title, put_away FROM exam').all()).toEqual([{ id: 'x', title: 't', put_away: 0 }])
    db.close()
  })
})

describe('0060, accounts', () => {
  it('gives a sample’s people the sample’s PIN and others none, and loans keep their codes', async () => {
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    const earlier = migrations.filter(({ version }) => version < 60)
    const before = openMigrated({ file, exists: false, backupDir: dataDir, migrations: earlier })
    const back = { role: 'examiner', examId: 'real', personId: 'r1', handedOver: null }
    const salt = Buffer.from('salt')
    const loan = {
      clientId: 'tab-1',
      encounterId: 'e1',
      spId: null,
      back,
      salt: salt.toString('base64'),
      codeHash: scryptSync('4711', salt, 32).toString('base64'),
      failures: 2,
    }
    const exam = (id: string, sample: number) =>
      `INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
         VALUES ('${id}', 't', 'd', '', 'A4', 'running', ${sample}, '{}', '{}', '');`
    before.exec(`
      ${exam('real', 0)} ${exam('played', 1)}
      INSERT INTO person VALUES ('r1', 'real', 'examiner'), ('s1', 'played', 'examiner'), ('s2', 'played', 'sp');
    `)
    before.prepare("INSERT INTO setting VALUES ('loans', ?)").run(JSON.stringify([loan]))
    before.close()

    const store = openStore({ dataDir })
    expect(store.accounts.directors()).toEqual([])
    expect(store.accounts.credential(personIdSchema.parse('r1'))).toBeNull()
    for (const id of ['s1', 's2']) {
      const { hash = '', sample } = store.accounts.credential(personIdSchema.parse(id)) ?? {}
      expect(sample).toBe(true)
      expect(await isSecret(SAMPLE_PIN, hash)).toBe(true)
    }
    const loans = createLoans(store.settings, () => 0)
    const kept = loans.of('tab-1')
    expect(kept).toMatchObject({ failures: 2, back: { personId: 'r1' } })
    if (kept) expect(await loans.end(kept, '4711')).toMatchObject({ role: 'examiner', personId: 'r1' })
    store.close()
  })

  it('lets a PIN go with its person', () => {
    const dataDir = tempDir()
    const store = openStore({ dataDir })
    const { exam, examiner } = putSmallExam(store)
    expect(store.accounts.credential(examiner.id)).not.toBeNull()
    store.exams.remove(exam.id)
    expect(store.accounts.credential(examiner.id)).toBeNull()
    store.close()
  })
})

describe('0040, confirmations', () => {
  it('names the confirmation that stands: the first since the last withdrawal, and none where it was withdrawn', () => {
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    const backupDir = join(dataDir, 'backups')
    const earlier = migrations.filter(({ version }) => version < 40)
    const before = openMigrated({ file, exists: false, backupDir, migrations: earlier })
    const columns = 'id, device, seq, hlc, encounter_id, rater_id, role, offset_ms, supersedes, payload'
    const event = (n: number, encounter: string, type: string) =>
      `INSERT INTO event (${columns}) VALUES
        ('e${n}', 'd', ${n}, '${n}', '${encounter}', 'examiner-1', 'examiner', NULL, '[]', '{"type":"${type}"}');`
    before.exec(`
      INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
        VALUES ('x', 't', 'd', '', 'A4', 'running', 0, '{}', '{}', '');
      INSERT INTO station VALUES ('s', 'x', 1, 1, 'scored', '', '', '', '', '', '[]', '[]', NULL, NULL, 0);
      INSERT INTO candidate VALUES ('c', 'x', '1', '', 0), ('d', 'x', '2', '', 0), ('e', 'x', '3', '', 0);
      INSERT INTO encounter VALUES ('once', 'x', 's', 'c', 1, 0), ('anew', 'x', 's', 'd', 2, 0),
        ('withdrawn', 'x', 's', 'e', 3, 0);
      ${event(1, 'once', 'identity.confirmed')} ${event(2, 'once', 'identity.confirmed')}
      ${event(3, 'anew', 'identity.confirmed')} ${event(4, 'anew', 'identity.withdrawn')}
      ${event(5, 'anew', 'identity.confirmed')}
      ${event(6, 'withdrawn', 'identity.confirmed')} ${event(7, 'withdrawn', 'identity.withdrawn')}
      INSERT INTO encounter_state (encounter_id, identity_confirmed, status)
        VALUES ('once', 1, 'submitted'), ('anew', 1, 'open'), ('withdrawn', 0, 'scheduled');
    `)
    before.close()
    const db = openMigrated({ file, exists: true, backupDir, migrations })
    expect(
      db.prepare('SELECT encounter_id, confirmation FROM encounter_state ORDER BY encounter_id').raw().all(),
    ).toEqual([
      ['anew', 'e5'],
      ['once', 'e1'],
      ['withdrawn', null],
    ])
    db.close()
  })
})

describe('0050, the chain', () => {
  it('chains what was recorded before, each exam by itself, and verifies', () => {
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    const earlier = migrations.filter(({ version }) => version < 50)
    const before = openMigrated({ file, exists: false, backupDir: join(dataDir, 'backups'), migrations: earlier })
    const exams = ['x', 'y'].map(
      (id) => `
        INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
          VALUES ('${id}', 't', 'd', '', 'A4', 'running', 0, '{}', '{}', '');
        INSERT INTO station VALUES ('s${id}', '${id}', 1, 1, 'scored', '', '', '', '', '', '[]', '[]', NULL, NULL, 0);
        INSERT INTO candidate VALUES ('c${id}', '${id}', '1', '', 0);
        INSERT INTO encounter VALUES ('enc-${id}', '${id}', 's${id}', 'c${id}', 1, 0);`,
    )
    const event = (seq: number, exam: string, payload: object) => `
      INSERT INTO event (id, device, seq, hlc, encounter_id, rater_id, role, offset_ms, supersedes, payload) VALUES
        ('e${seq}', 'd', ${seq}, '1700000000000-000${seq}-d', 'enc-${exam}', NULL, 'examiner', NULL, '[]',
          '${JSON.stringify(payload)}');`
    const clock = { type: 'clock.changed', state: { status: 'running', at: 1 }, reading: { wallMs: 2, monoMs: 1 } }
    before.exec(`
      INSERT INTO installation VALUES (1, 'd', '');
      ${exams.join('')}
      ${event(1, 'x', { type: 'identity.confirmed' })} ${event(2, 'y', { type: 'identity.confirmed' })}
      ${event(3, 'x', clock)} ${event(4, 'x', { type: 'encounter.submitted', missing: [{ reason: 'ill', item: 'global-rating' }] })}
      INSERT INTO encounter_state (encounter_id, identity_confirmed, status, confirmation, missing, clock, clock_reading)
        VALUES ('enc-x', 1, 'submitted', 'e1', '[{"reason":"ill","item":"global-rating"}]', '{"status":"running","at":1}',
          '{"wallMs":2,"monoMs":1}'), ('enc-y', 1, 'open', 'e2', '[]', NULL, NULL);
    `)
    before.close()
    openMigrated({ file, exists: true, backupDir: join(dataDir, 'backups'), migrations }).close()
    const reader = openReader(dataDir)
    expect(reader.verify()).toMatchObject({
      events: 4,
      broken: null,
      differing: [],
      chains: [
        { examId: 'x', seq: 3, events: 3, missing: 0 },
        { examId: 'y', seq: 1, events: 1, missing: 0 },
      ],
    })
    reader.close()
  })
})

const addsColumn: Migration = {
  version: newest + 10,
  name: 'adds-column',
  sql: "ALTER TABLE exam ADD COLUMN remark TEXT NOT NULL DEFAULT 'none'",
}
const failsHalfway: Migration = {
  version: newest + 20,
  name: 'fails-halfway',
  sql: 'ALTER TABLE exam ADD COLUMN never TEXT; INSERT INTO nowhere VALUES (1);',
}

describe('0090, erased', () => {
  it('remembers whose names were erased before, and takes the PINs of people whose exam has no name any more', () => {
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    const older = migrations.filter(({ version }) => version < 90)
    const before = openMigrated({ file, exists: false, backupDir: dataDir, migrations: older })
    for (const exam of ['x', 'y']) {
      before.exec(`
        INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
          VALUES ('${exam}', 't', 'd', '', 'A4', 'closed', 0, '{}', '{}', '');
        INSERT INTO candidate VALUES ('c1-${exam}', '${exam}', '1', '', 0), ('c2-${exam}', '${exam}', '2', '', 0);
        INSERT INTO person VALUES ('p-${exam}', '${exam}', 'examiner');
        INSERT INTO credential (id, hash) VALUES ('p-${exam}', 'h');
      `)
    }
    before.exec(`
      INSERT INTO identity VALUES ('c2-x', 'Somebody'), ('p-x', 'A Person');
      INSERT INTO event VALUES
        ('e1', 'd', 1, '1', 'x', NULL, NULL, 'director', NULL, '[]',
          '{"candidateId":"c1-x","type":"candidate.erased"}', 'p', 'h'),
        ('e2', 'd', 1, '2', 'y', NULL, NULL, 'director', NULL, '[]', '{"type":"exam.names-erased"}', 'p', 'h');
    `)
    before.close()
    const db = openMigrated({ file, exists: true, backupDir: join(dataDir, 'backups'), migrations })
    expect(db.prepare('SELECT id FROM erased ORDER BY id').pluck().all()).toEqual(['c1-x', 'c1-y', 'c2-y', 'p-y'])
    expect(db.prepare('SELECT id FROM credential').pluck().all()).toEqual(['p-x'])
    db.close()
  })
})

describe('migrating a database with data in it', () => {
  it('keeps the data, moves the version, and leaves a verified snapshot of before', () => {
    const { file, backupDir } = withExam()
    const db = openMigrated({ file, exists: true, backupDir, migrations: [...migrations, addsColumn] })
    expect(db.prepare('SELECT title, remark FROM exam').get()).toEqual({ title: 'Small exam', remark: 'none' })
    expect(db.pragma('user_version', { simple: true })).toBe(addsColumn.version)
    db.close()
    const [snapshot] = readdirSync(backupDir)
    const before = new Database(join(backupDir, String(snapshot)), { readonly: true })
    expect(before.pragma('user_version', { simple: true })).toBe(newest)
    expect(before.prepare('SELECT count(*) FROM candidate').pluck().get()).toBe(3)
    before.close()
  })

  it('rolls a failing migration back and keeps those before it; the old version still opens its snapshot', () => {
    const { file, backupDir, dataDir } = withExam()
    expect(() =>
      openMigrated({ file, exists: true, backupDir, migrations: [...migrations, addsColumn, failsHalfway] }),
    ).toThrow('nowhere')
    const db = new Database(file, { readonly: true })
    expect(db.pragma('user_version', { simple: true })).toBe(addsColumn.version)
    expect(db.prepare('SELECT * FROM exam').get()).not.toHaveProperty('never')
    db.close()
    const [snapshot] = readdirSync(backupDir)
    writeFileSync(file, readFileSync(join(backupDir, String(snapshot))))
    const store = openStore({ dataDir })
    expect(store.exams.list()).toHaveLength(1)
    store.close()
  })

  it('refuses a migration that breaks references', () => {
    const { file, backupDir } = withExam()
    const orphan: Migration = {
      version: newest + 10,
      name: 'orphans',
      sql: 'PRAGMA defer_foreign_keys = ON; DELETE FROM rubric',
    }
    expect(() => openMigrated({ file, exists: true, backupDir, migrations: [...migrations, orphan] })).toThrow()
    const db = new Database(file, { readonly: true })
    expect(db.prepare('SELECT count(*) FROM rubric').pluck().get()).toBe(1)
    db.close()
  })
})

describe('a first start that was interrupted', () => {
  /** What is on disk after a kill: the file is made, then its first page, then the mark that says whose it is. */
  const interrupted: [string, (file: string) => void][] = [
    ['an empty file', (file) => writeFileSync(file, '')],
    ['a database without tables', (file) => connect(file, 'create').close()],
    [
      'a database that bears our mark and nothing else',
      (file) => {
        const db = connect(file, 'create')
        db.pragma(`application_id = ${APPLICATION_ID}`)
        db.close()
      },
    ],
  ]

  it.each(interrupted)('and left %s is begun again', (_what, leave) => {
    const dataDir = tempDir()
    leave(join(dataDir, DATABASE_FILE))
    openStore({ dataDir }).close()
    const store = openStore({ dataDir })
    expect(store.exams.list()).toEqual([])
    store.close()
    expect(existsSync(join(dataDir, 'backups'))).toBe(false)
  })

  it.each(interrupted.slice(0, 2))('is not believed of %s beside backups of what it held', (_what, leave) => {
    const { file, backupDir, dataDir } = withExam()
    openMigrated({ file, exists: true, backupDir, migrations: [...migrations, addsColumn] }).close()
    rmSync(file)
    leave(file)
    const before = readFileSync(file)
    expect(refusalOf(() => openStore({ dataDir }))).toMatch(/^database-(missing|not-attune)$/)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('is not believed of an empty file beside the log of the last marks', () => {
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    writeFileSync(file, '')
    writeFileSync(`${file}-wal`, 'the last marks')
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-missing')
    expect(readFileSync(`${file}-wal`, 'utf8')).toBe('the last marks')
  })
})

describe('a file that must not be opened', () => {
  it('from an older version, for reading alone: is refused, since bringing it up to date would be writing', () => {
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    openMigrated({ file, exists: false, backupDir: dataDir, migrations: migrations.slice(0, 1) }).close()
    expect(refusalOf(() => openForReading(file, migrations))).toBe('database-older')
  })

  it('from a newer version: is refused and left as it was', () => {
    const { file, dataDir } = withExam()
    const db = new Database(file)
    db.pragma(`user_version = ${newest + 10}`)
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
    const before = readFileSync(file)
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-newer')
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('that holds text: is refused and kept', () => {
    const content = 'not a database at all, but long enough to be looked at as one'
    const dataDir = tempDir()
    const file = join(dataDir, DATABASE_FILE)
    writeFileSync(file, content)
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-not-attune')
    expect(readFileSync(file, 'utf8')).toBe(content)
    expect(existsSync(join(dataDir, 'backups'))).toBe(false)
  })

  it('that is gone while its backups are there: is not begun anew', () => {
    const { file, backupDir, dataDir } = withExam()
    openMigrated({ file, exists: true, backupDir, migrations: [...migrations, addsColumn] }).close()
    rmSync(file)
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-missing')
    expect(existsSync(file)).toBe(false)
  })

  it('that is gone while the log of its last marks is there: is not begun anew, which would swallow the log', () => {
    const dataDir = tempDir()
    const log = join(dataDir, `${DATABASE_FILE}-wal`)
    writeFileSync(log, 'the last marks')
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-missing')
    expect(readFileSync(log, 'utf8')).toBe('the last marks')
  })

  it('that is somebody else’s SQLite database: is refused', () => {
    const dataDir = tempDir()
    const other = new Database(join(dataDir, DATABASE_FILE))
    other.exec('CREATE TABLE recipe (name TEXT)')
    other.close()
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-not-attune')
  })

  it('that is damaged: is refused and kept', () => {
    const { file, dataDir } = withExam()
    const bytes = readFileSync(file)
    bytes.fill(0xff, 4096, 4096 * 6)
    writeFileSync(file, bytes)
    expect(refusalOf(() => openStore({ dataDir }))).toBe('database-corrupt')
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })
})
