import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertDurable, connect } from '#electron/store/connection.ts'
import { createLedger, type LedgerEntry } from '#electron/store/ledger.ts'
import { projectionTables } from '#electron/store/projections.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { encounterIdSchema, eventIdSchema, itemIdSchema, momentIdSchema, personIdSchema } from '#shared/domain/ids.ts'
import type { LedgerPayload } from '#shared/domain/ledger-event.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { spStatements } from '#shared/domain/sp-form.ts'
import { empathyRubric, putSmallExam } from '#tests/support/small-exam.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const encounterId = encounterIdSchema.parse('encounter-1-1001')
const raterId = personIdSchema.parse('examiner-1')
const item = itemIdSchema.parse(rubricItems(empathyRubric())[0]?.id)

function openFilled() {
  const dataDir = tempDir()
  const store = openStore({ dataDir })
  putSmallExam(store)
  return { dataDir, store }
}

let made = 0
const entry = (payload: LedgerPayload, id = `event-${(made += 1)}`): LedgerEntry => ({
  id: eventIdSchema.parse(id),
  encounterId,
  raterId,
  role: 'examiner',
  offsetMs: 1234,
  payload,
})
const rating = (value: 1 | 2 | 3 | 4 | 5 | null): LedgerPayload => ({ type: 'rating.recorded', itemId: item, value })

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
    const mark: LedgerPayload = {
      type: 'mark.made',
      markId: momentIdSchema.parse('m1'),
      kind: 'moment',
      markType: 'named',
    }
    expect(() => store.ledger.appendAll([entry(rating(1)), entry(mark), entry(mark)])).toThrow()
    expect(store.ledger.count()).toBe(0)
    expect(store.encounters.record(encounterId).ratings).toEqual([])
    expect(store.ledger.append(entry(rating(1))).seq).toBe(1)
    store.close()
  })

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

const anyPayload: fc.Arbitrary<LedgerPayload> = fc.oneof(
  fc.record({
    type: fc.constant('rating.recorded' as const),
    itemId: fc.constantFrom(...rubricItems(empathyRubric()).map(({ id }) => id)),
    value: fc.constantFrom(1, 2, 3, 4, 5, 'no-opportunity' as const, null),
  }),
  fc.record({
    type: fc.constant('note.recorded' as const),
    itemId: fc.constantFrom(item, null),
    text: fc.string({ maxLength: 40 }),
  }),
  fc.record({
    type: fc.constant('global-rating.recorded' as const),
    value: fc.constantFrom('pass', 'good', null),
  }),
  fc.record({
    type: fc.constant('mark.annotated' as const),
    markId: fc.constantFrom('m1', 'm2').map((id) => momentIdSchema.parse(id)),
    cue: fc.constantFrom(0, 1, null),
    quote: fc.string({ maxLength: 20 }),
  }),
  fc.constantFrom('m1', 'm2').map((id): LedgerPayload => ({ type: 'mark.undone', markId: momentIdSchema.parse(id) })),
  fc.record({
    type: fc.constant('incident.recorded' as const),
    kind: fc.constant('lost-time' as const),
    text: fc.constant('fire alarm'),
  }),
  fc.record({
    type: fc.constant('sp-answer.recorded' as const),
    statement: fc.constantFrom(...spStatements),
    value: fc.constantFrom(1, 5, 'not-applicable' as const, null),
  }),
  fc.record({ type: fc.constant('sp-comment.recorded' as const), text: fc.string({ maxLength: 30 }) }),
  fc.constantFrom<LedgerPayload>(
    { type: 'identity.confirmed' },
    { type: 'absence.declared', reason: 'did not come' },
    { type: 'absence.withdrawn' },
    { type: 'sp-form.submitted' },
    { type: 'encounter.submitted', missing: [{ item: 'global-rating', reason: 'fell ill' }] },
    { type: 'clock.changed', state: { status: 'running' }, reading: { monoMs: 1 } },
  ),
)

describe('the projections', () => {
  it('are what the ledger adds up to: rebuilt from it, they are the same', () => {
    const dataDir = tempDir()
    const store = openStore({ dataDir })
    putSmallExam(store)
    store.close()
    const db = new Database(join(dataDir, DATABASE_FILE))
    db.pragma('foreign_keys = ON')
    const ledger = createLedger(db, 'test-device', Date.now)
    const dump = () => projectionTables.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())
    ledger.appendAll(
      ['m1', 'm2'].map((id) =>
        entry({ type: 'mark.made', markId: momentIdSchema.parse(id), kind: 'moment', markType: 'named' }),
      ),
    )
    fc.assert(
      fc.property(fc.array(anyPayload, { minLength: 1, maxLength: 30 }), (payloads) => {
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
