import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chained, CHAIN_START, eventText, foldedFromText } from '#electron/store/chain.ts'
import type { ChainedRow } from '#electron/store/event-row.ts'
import { DATABASE_FILE, openReader, openStore, type Store } from '#electron/store/store.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import { canonicalJson } from '#shared/domain/canonical-json.ts'
import { eventIdSchema, examIdSchema, itemIdSchema, momentIdSchema, personIdSchema } from '#shared/domain/ids.ts'
import { ledgerEventSchema, type EncounterPayload } from '#shared/domain/ledger-event.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { empathyRubric, putSmallExam, smallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'

const items = rubricItems(empathyRubric()).map(({ id }) => id)

/** Two encounters rated, and the exam closed: twenty-five events in one chain. */
function withMarks(): { dataDir: string; ids: string[] } {
  const dataDir = dataFolder()
  const store = openStore({ dataDir })
  const small = putSmallExam(store)
  const ids: string[] = []
  const id = () => {
    ids.push(`event-${ids.length + 1}`)
    return eventIdSchema.parse(ids.at(-1))
  }
  const by = { examId: small.exam.id, raterId: small.examiner.id, role: 'examiner' as const }
  for (const slot of small.slots.slice(0, 2)) {
    for (const itemId of items) {
      store.ledger.append({
        id: id(),
        ...by,
        encounterId: slot.id,
        offsetMs: ids.length,
        payload: { type: 'rating.recorded', itemId, value: 3 },
      })
    }
  }
  const closed = { type: 'exam.status-changed' as const, status: 'closed' as const }
  store.ledger.append({ id: id(), ...by, encounterId: null, offsetMs: null, payload: closed }, () => {
    store.exams.put({ ...small.exam, status: 'closed' })
  })
  store.close()
  return { dataDir, ids }
}

const verified = (dataDir: string) => {
  const reader = openReader(dataDir)
  try {
    return reader.verify()
  } finally {
    reader.close()
  }
}

/** What somebody does who has the file and a tool for SQL. */
function edit(dataDir: string, ...statements: string[]): void {
  const db = new Database(join(dataDir, DATABASE_FILE))
  db.exec('DROP TRIGGER event_never_changes; DROP TRIGGER event_never_goes')
  for (const sql of statements) db.exec(sql)
  db.close()
}

describe('the chain of a device and exam', () => {
  it('holds with half a character in its words, which the tables that screens read keep as U+FFFD', () => {
    const { dataDir } = withMarks()
    const store = openStore({ dataDir })
    const [half, markId] = ['good \ud83d', momentIdSchema.parse('mark-1')]
    const [itemId] = items
    const review = { decision: 'dismissed', reason: half, reviewer: half } as const
    const said: EncounterPayload[] = [
      { type: 'note.recorded', itemId: null, text: half },
      { type: 'mark.made', markId, kind: 'moment', markType: half },
      { type: 'mark.annotated', markId, cue: null, quote: half },
      { type: 'red-flag.reviewed', markId, review },
      { type: 'incident.recorded', kind: 'other', text: half },
      { type: 'sp-comment.recorded', text: half },
      { type: 'global-rating.recorded', value: half },
      { type: 'encounter.submitted', missing: itemId ? [{ item: itemId, reason: 'interrupted' }] : [] },
      {
        ...{ type: 'mark.amended', cause: 'correction', saidBy: null, saidAtMs: null, reason: half, secondId: null },
        says: { type: 'note.recorded', itemId: null, text: `better ${half}` },
      },
    ]
    const { exam, examiner, slots } = smallExam()
    const [first] = slots
    if (!first) throw new Error('the small exam has encounters')
    for (const [index, payload] of said.entries()) {
      store.ledger.append({
        ...{ id: eventIdSchema.parse(`half-${index}`), examId: exam.id, encounterId: first.id },
        ...{ raterId: examiner.id, role: 'examiner', offsetMs: 1, payload },
      })
    }
    store.close()
    expect(verified(dataDir)).toMatchObject({ broken: null, differing: [] })
    edit(dataDir, "UPDATE note SET text = 'other' WHERE text LIKE 'better%'")
    expect(verified(dataDir).differing).toMatchObject([{ table: 'note', encounterId: first.id }])
  })

  it('holds as it was written, closing included, and says where it ends', () => {
    const { dataDir, ids } = withMarks()
    const verification = verified(dataDir)
    expect(isSound(verification)).toBe(true)
    expect(verification).toMatchObject({ events: ids.length, broken: null, differing: [] })
    expect(verification.chains).toMatchObject([{ examId: 'exam-1', seq: ids.length, events: ids.length, missing: 0 }])
    const reader = openReader(dataDir)
    const { device, seq, hash } = verification.chains[0] ?? {}
    expect(reader.chains.heads(examIdSchema.parse('exam-1'))).toEqual([{ device, seq, hash }])
    reader.close()
  })

  it.each([
    ['the mark', `UPDATE event SET payload = replace(payload, '"value":3', '"value":5') WHERE id = 'event-7'`],
    ['who gave it', `UPDATE event SET rater_id = 'examiner-2' WHERE id = 'event-7'`],
    ['when it was given', `UPDATE event SET hlc = '9' || substr(hlc, 2) WHERE id = 'event-7'`],
    ['its moment in the encounter', `UPDATE event SET offset_ms = NULL WHERE id = 'event-7'`],
    ['its hash', `UPDATE event SET hash = prev WHERE id = 'event-7'`],
    ['a space in its text', `UPDATE event SET payload = replace(payload, ',', ', ') WHERE id = 'event-7'`],
  ])('names the event of which %s was changed in the file', (_what, sql) => {
    const { dataDir } = withMarks()
    edit(dataDir, sql)
    const verification = verified(dataDir)
    expect(isSound(verification)).toBe(false)
    expect(verification.broken).toMatchObject({ id: 'event-7', examId: 'exam-1', seq: 7, problem: 'altered' })
  })

  it('names the event after one that was taken out', () => {
    const { dataDir } = withMarks()
    edit(dataDir, `DELETE FROM event WHERE id = 'event-7'`)
    expect(verified(dataDir).broken).toMatchObject({ id: 'event-8', problem: 'gap' })
  })

  it('names the event after one that was taken out where those behind it were counted anew', () => {
    const { dataDir } = withMarks()
    edit(dataDir, `DELETE FROM event WHERE id = 'event-7'`, 'UPDATE event SET seq = seq - 1 WHERE seq > 7')
    expect(verified(dataDir).broken).toMatchObject({ id: 'event-8', problem: 'altered' })
  })

  it('names the event after one whose hash was made to fit', () => {
    const { dataDir } = withMarks()
    const db = new Database(join(dataDir, DATABASE_FILE), { readonly: true })
    const row = db.prepare<[], ChainedRow>("SELECT * FROM event WHERE id = 'event-7'").get()
    db.close()
    if (!row) throw new Error('no event')
    const event = ledgerEventSchema.parse({
      ...{ id: row.id, device: row.device, seq: row.seq, hlc: row.hlc, examId: row.exam_id },
      ...{ encounterId: row.encounter_id, raterId: row.rater_id, role: row.role, offsetMs: row.offset_ms },
      supersedes: [],
      payload: { type: 'rating.recorded', itemId: items[6], value: 5 },
    })
    const forged = chained(event, row.prev)
    edit(dataDir, `UPDATE event SET payload = '${forged.payload}', hash = '${forged.hash}' WHERE id = 'event-7'`)
    expect(verified(dataDir).broken).toMatchObject({ id: 'event-8', problem: 'unlinked' })
  })

  it('names the mark that stands otherwise than the ledger says', () => {
    const { dataDir } = withMarks()
    edit(dataDir, `UPDATE rating SET points = 5 WHERE event_id = 'event-7'`)
    const verification = verified(dataDir)
    expect(verification).toMatchObject({
      broken: null,
      differing: [{ table: 'rating', encounterId: 'encounter-1-1001', eventId: 'event-7' }],
    })
    expect(isSound(verification)).toBe(false)
  })

  it('goes on where it ended after the app was closed', () => {
    const { dataDir } = withMarks()
    const store = openStore({ dataDir })
    rate(store, 'later')
    store.close()
    expect(isSound(verified(dataDir))).toBe(true)
  })

  it('goes on where it ended after a write that failed', () => {
    const { dataDir } = withMarks()
    const store = openStore({ dataDir })
    expect(() =>
      rate(store, 'refused', () => {
        throw new Error('not now')
      }),
    ).toThrow('not now')
    rate(store, 'later')
    store.close()
    expect(isSound(verified(dataDir))).toBe(true)
  })
})

function rate(store: Store, id: string, mayBeWritten?: () => void): void {
  const [slot] = store.encounters.ofExam(examIdSchema.parse('exam-1'))
  if (!slot) throw new Error('no encounter')
  store.ledger.append(
    {
      id: eventIdSchema.parse(id),
      examId: slot.examId,
      encounterId: slot.id,
      raterId: personIdSchema.parse('examiner-1'),
      role: 'examiner',
      offsetMs: null,
      payload: { type: 'rating.recorded', itemId: itemIdSchema.parse(items[0]), value: 2 },
    },
    mayBeWritten,
  )
}

it('the text of a row is the canonical JSON of its event, whatever it holds, and is read back', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }))
  fc.assert(
    fc.property(text, fc.nat(), fc.option(fc.nat()), fc.boolean(), (words, seq, offsetMs, installation) => {
      const event = ledgerEventSchema.parse({
        id: 'e-1',
        device: 'd1',
        seq: seq + 1,
        hlc: '1700000000000-0000-d1',
        examId: installation ? null : 'exam-1',
        encounterId: installation ? null : 'encounter-1',
        raterId: seq % 2 === 0 ? null : 'p-1',
        role: 'system',
        offsetMs,
        supersedes: ['e-0', 'e-00'].slice(0, seq % 3),
        payload: installation
          ? { type: 'exam.status-changed', status: 'running' }
          : { type: 'note.recorded', itemId: null, text: words },
      })
      const row = chained(event, CHAIN_START)
      expect(eventText(row)).toBe(canonicalJson(event))
      const { id, device, hlc, encounterId, raterId, supersedes, payload } = event
      expect(foldedFromText(`${row.prev}\n${eventText(row)}`, JSON.parse)).toEqual(
        installation ? null : { id, device, hlc, encounterId, raterId, offsetMs, supersedes, payload },
      )
    }),
  )
})
