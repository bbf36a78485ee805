import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertDurable, connect } from '#electron/store/connection.ts'
import { createLedger, type LedgerEntry } from '#electron/store/ledger.ts'
import { projectionTables } from '#electron/store/projection-tables.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { markKindSchema } from '#shared/domain/encounter.ts'
import {
  encounterIdSchema,
  eventIdSchema,
  examIdSchema,
  itemIdSchema,
  momentIdSchema,
  personIdSchema,
} from '#shared/domain/ids.ts'
import type { EncounterPayload } from '#shared/domain/ledger-event.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { anyEncounterPayload } from '#tests/support/encounter-payloads.ts'
import { empathyRubric, putSmallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const examId = examIdSchema.parse('exam-1')
const encounterId = encounterIdSchema.parse('encounter-1-1001')
const raterId = personIdSchema.parse('examiner-1')
const item = itemIdSchema.parse(rubricItems(empathyRubric())[0]?.id)

function openFilled() {
  const dataDir = dataFolder()
  const store = openStore({ dataDir })
  putSmallExam(store)
  return { dataDir, store }
}

let made = 0
const entry = (payload: EncounterPayload, id = `event-${(made += 1)}`): LedgerEntry => ({
  id: eventIdSchema.parse(id),
  examId,
  encounterId,
  raterId,
  role: 'examiner',
  offsetMs: 1234,
  payload,
})
const rating = (value: 1 | 2 | 3 | 4 | 5 | null): EncounterPayload => ({ type: 'rating.recorded', itemId: item, value })

describe('the ledger', () => {
  it('keeps a mark with who, when and what it replaces', () => {
    const { store } = openFilled()
    const first = store.ledger.append(entry(rating(3)))
    const second = store.ledger.append(entry(rating(4)))
    expect(second).toMatchObject({ seq: first.seq + 1, supersedes: [first.id], offsetMs: 1234, raterId })
    expect(second.hlc > first.hlc).toBe(true)
    expect(store.encounters.record(encounterId).ratings).toEqual([
      { itemId: item, value: 4, eventId: second.id, atMs: 1234 },
    ])
    store.close()
  })

  it('says what a mark follows even where the one before was taken back', () => {
    const { store } = openFilled()
    store.ledger.append(entry(rating(3)))
    const back = store.ledger.append(entry(rating(null)))
    expect(store.encounters.record(encounterId).ratings).toEqual([])
    expect(store.ledger.append(entry(rating(4))).supersedes).toEqual([back.id])
    store.close()
  })

  it('takes the same event twice as one', () => {
    const { store } = openFilled()
    const once = store.ledger.append(entry(rating(2), 'same'))
    expect(store.ledger.append(entry(rating(5), 'same'))).toEqual(once)
    expect(store.ledger.count()).toBe(1)
    expect(store.encounters.record(encounterId).ratings[0]?.value).toBe(2)
    store.close()
  })

  it('cannot be changed or shortened, not even with SQL', () => {
    const { dataDir, store } = openFilled()
    store.ledger.append(entry(rating(2)))
    store.close()
    const db = new Database(join(dataDir, DATABASE_FILE))
    expect(() => db.prepare("UPDATE event SET payload = '{}'").run()).toThrow('append-only')
    expect(() => db.prepare('DELETE FROM event').run()).toThrow('append-only')
    db.close()
  })

  it('writes several events all together or not at all, and goes on counting where it was', () => {
    const { store } = openFilled()
    const nowhere = { ...entry(rating(1)), encounterId: encounterIdSchema.parse('nowhere') } as LedgerEntry
    expect(() => store.ledger.appendAll([entry(rating(1)), nowhere])).toThrow()
    expect(store.ledger.count()).toBe(0)
    expect(store.encounters.record(encounterId).ratings).toEqual([])
    expect(store.ledger.append(entry(rating(1))).seq).toBe(1)
    store.close()
  })

  it.each(['no JSON', 'null', '{"type":"mark.amended"}', '{"type":"clock.changed"}'])(
    'takes the next mark of an encounter of which one was edited into %s',
    (text) => {
      const { dataDir, store } = openFilled()
      store.ledger.append(entry(rating(3)))
      store.close()
      const db = new Database(join(dataDir, DATABASE_FILE))
      const triggers = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'event'")
        .pluck()
      for (const name of triggers.all()) db.exec(`DROP TRIGGER ${String(name)}`)
      db.prepare('UPDATE event SET payload = ?').run(text)
      db.close()
      const again = openStore({ dataDir })
      again.ledger.append(entry(rating(4)))
      expect(again.encounters.record(encounterId).ratings).toMatchObject([{ value: 4 }])
      again.close()
    },
  )

  it('goes on after a reopening, later than everything before it, even when the wall clock was set back', () => {
    const { dataDir, store } = openFilled()
    const before = store.ledger.append(entry(rating(2)))
    store.close()
    const again = openStore({ dataDir, wallClock: () => Date.now() - 86_400_000 })
    const after = again.ledger.append(entry(rating(3)))
    expect(after.seq).toBe(before.seq + 1)
    expect(after.hlc > before.hlc).toBe(true)
    again.close()
  })

  it('refuses a connection that would acknowledge a mark before it is on disk', () => {
    const file = join(tempDir(), 'any.db')
    const db = connect(file, 'create')
    db.exec('CREATE TABLE t (x)')
    expect(() => {
      assertDurable(db)
    }).not.toThrow()
    db.pragma('synchronous = NORMAL')
    expect(() => {
      assertDurable(db)
    }).toThrow('storage-failed')
    db.close()
  })
})

describe('the projections', () => {
  it('are what the ledger adds up to: rebuilt from it, they are the same', () => {
    const dataDir = dataFolder()
    const store = openStore({ dataDir })
    putSmallExam(store)
    store.close()
    const db = new Database(join(dataDir, DATABASE_FILE))
    db.pragma('foreign_keys = ON')
    const ledger = createLedger(db, 'test-device', Date.now)
    const dump = () => projectionTables.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())
    ledger.appendAll(
      markKindSchema.options.map((kind, index) =>
        entry({ type: 'mark.made', markId: momentIdSchema.parse(`m${index + 1}`), kind, markType: 'any' }),
      ),
    )
    fc.assert(
      fc.property(fc.array(anyEncounterPayload, { minLength: 1, maxLength: 30 }), (payloads) => {
        ledger.appendAll(payloads.map((payload) => entry(payload)))
        const lived = dump()
        ledger.rebuildProjections()
        expect(dump()).toEqual(lived)
      }),
      { numRuns: 60 },
    )
    expect(ledger.count()).toBeGreaterThan(60)
    db.close()
  })
})
