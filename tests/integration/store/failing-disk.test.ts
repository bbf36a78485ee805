import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { createBallast } from '#electron/store/ballast.ts'
import { connect } from '#electron/store/connection.ts'
import { createLedger, type LedgerEntry } from '#electron/store/ledger.ts'
import { reopening } from '#electron/store/reopening.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { encounterIdSchema, eventIdSchema, examIdSchema, personIdSchema } from '#shared/domain/ids.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

/** A database whose function `failing()` reports what a disk does, as long as it is broken. */
function onDisk() {
  const file = join(tempDir(), 'any.db')
  const disk = { broken: true, works: true, opened: 0 }
  const open = () => {
    if (!disk.works) throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_READ')
    disk.opened += 1
    const db = connect(file, 'create')
    db.function('failing', () => {
      if (disk.broken) throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR_FSYNC')
      return 1
    })
    return db
  }
  const { db, onReopen } = reopening(open(), open)
  db.exec('CREATE TABLE t (x)')
  return { disk, db, onReopen }
}

describe('after an error of the disk', () => {
  it('nothing is believed before the database was opened anew; what was prepared goes on', () => {
    const { disk, db, onReopen } = onDisk()
    let told = 0
    onReopen(() => {
      told += 1
    })
    const add = db.prepare<[number]>('INSERT INTO t VALUES (?)')
    const all = db.prepare<[], number>('SELECT x FROM t').pluck()
    const addTwo = db.transaction((x: number) => {
      add.run(x)
      add.run(x)
    })
    add.run(1)
    expect(() => db.prepare('SELECT failing()').get()).toThrow('disk I/O error')
    disk.broken = false
    addTwo.immediate(2)
    expect([all.all(), disk.opened, told]).toEqual([[1, 2, 2], 2, 1])
    addTwo(3)
    expect(disk.opened).toBe(2)
    db.close()
  })

  it('everything is refused until the database can be opened, and then goes on', () => {
    const { disk, db } = onDisk()
    const count = db.prepare<[], number>('SELECT count(*) FROM t').pluck()
    expect(() => db.prepare('SELECT failing()').get()).toThrow()
    disk.works = false
    expect(() => count.get()).toThrow('disk I/O error')
    expect(() => db.pragma('user_version')).toThrow('disk I/O error')
    disk.works = true
    expect(count.get()).toBe(0)
    db.close()
  })

  it('a transaction in which it came is undone as a whole, on the connection on which it began', () => {
    const { disk, db } = onDisk()
    const fails = db.prepare('SELECT failing()')
    const work = db.transaction(() => {
      db.prepare('INSERT INTO t VALUES (1)').run()
      try {
        fails.get()
      } catch {
        // Somebody who goes on as if nothing had been.
      }
      expect(disk.opened).toBe(1)
      fails.get()
    })
    expect(() => work.immediate()).toThrow('disk I/O error')
    expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBe(0)
    expect(disk.opened).toBe(2)
    db.close()
  })

  it('a refusal that says nothing about the disk changes nothing', () => {
    const { disk, db } = onDisk()
    expect(() => db.prepare('INSERT INTO nowhere VALUES (1)').run()).toThrow('no such table')
    db.prepare('SELECT 1').get()
    expect(disk.opened).toBe(1)
    db.close()
  })
})

const entry = (id: string): LedgerEntry => ({
  id: eventIdSchema.parse(id),
  examId: examIdSchema.parse('exam-1'),
  encounterId: encounterIdSchema.parse('encounter-1-1001'),
  raterId: personIdSchema.parse('examiner-1'),
  role: 'examiner',
  offsetMs: null,
  payload: { type: 'note.recorded', itemId: null, text: id.padEnd(1900, '.') },
})

describe('a full disk', () => {
  it('gets the room that was kept for it, once: marks go on being written, then they are refused, none half', () => {
    const dataDir = tempDir()
    const store = openStore({ dataDir })
    putSmallExam(store)
    store.close()
    const db = new Database(join(dataDir, DATABASE_FILE))
    const pages = Number(db.pragma('page_count', { simple: true }))
    const limit = (more: number) => db.pragma(`max_page_count = ${pages + more}`)
    limit(20)
    let freed = 0
    const ledger = createLedger(db, 'this-device', Date.now, () => {
      freed += 1
      limit(40)
      return freed === 1
    })
    let written = 0
    const fill = () => {
      for (;;) {
        ledger.append(entry(`note-${written}`))
        written += 1
      }
    }
    expect(fill).toThrow('full')
    expect(freed).toBe(2)
    expect(ledger.count()).toBe(written)
    expect(db.prepare('SELECT count(*) FROM event').pluck().get()).toBe(written)
    limit(100)
    expect(ledger.append(entry('later')).seq).toBe(written + 1)
    db.close()
  })

  it('gives a single write outside of a transaction the room, too; a transaction is undone as a whole', () => {
    const file = join(tempDir(), 'any.db')
    const first = connect(file, 'create')
    first.exec('CREATE TABLE t (x)')
    const limit = (more: number) =>
      first.pragma(`max_page_count = ${Number(first.pragma('page_count', { simple: true })) + more}`)
    let room = 1
    const { db } = reopening(
      first,
      () => first,
      () => {
        room -= 1
        if (room >= 0) limit(40)
        return room >= 0
      },
    )
    const add = db.prepare<[string]>('INSERT INTO t VALUES (?)')
    const count = db.prepare<[], number>('SELECT count(*) FROM t').pluck()
    const long = 'x'.repeat(60_000)
    limit(2)
    add.run(long)
    expect([count.get(), room]).toEqual([1, 0])
    room = 1
    limit(2)
    const twice = db.transaction(() => {
      add.run('short')
      add.run(long)
    })
    expect(() => twice.immediate()).toThrow('full')
    // Whoever began it tries it again: none of it is there.
    expect([count.get(), room]).toEqual([1, 1])
    room = 0
    expect(() => add.run(long)).toThrow('full')
    db.close()
  })

  it('finds a file to delete in the data folder, which comes back when there is room', () => {
    const dataDir = tempDir()
    const ballast = createBallast(dataDir)
    const file = join(dataDir, 'ballast')
    expect([ballast.reserve(), statSync(file).size]).toEqual(['kept', 16 * 1024 * 1024])
    expect(ballast.free()).toBe(true)
    expect([ballast.reserve(), existsSync(file), ballast.free()]).toEqual(['used', false, false])
    ballast.keep()
    expect([ballast.reserve(), statSync(file).size]).toEqual(['kept', 16 * 1024 * 1024])
    rmSync(file)
  })
})
