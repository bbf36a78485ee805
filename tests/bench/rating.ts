import { randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import type { EncounterSlot } from '#shared/domain/exam.ts'
import type { ItemId, PersonId } from '#shared/domain/ids.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { newEvent, openAtWork } from './examiner.ts'
import { fillExam } from './filled-exam.ts'
import { atMost, byTurns, median, rounded, timeOf, type Measure } from './measure.ts'

const LIMIT = 1.5
const rounds = { warmUp: 400, counted: 2500 }

/**
 * A rating through the whole service (router, validation, event, projection, commit) beside a bare transaction that
 * writes the same two rows into a copy of the same database at the same durability.
 */
export async function measureRating(scratch: string): Promise<Measure[]> {
  const dataDir = join(scratch, 'service')
  const copyDir = join(scratch, 'bare')
  const filled = await fillExam(dataDir, { candidates: 24, stations: 8, exceptLastRound: true })
  cpSync(dataDir, copyDir, { recursive: true })
  const { services, person, examiner, slot, markOf } = await openAtWork(dataDir, filled)

  const bare = bareWriter(join(copyDir, DATABASE_FILE), slot, person.id)
  const times = await byTurns(rounds, {
    service: (round) =>
      timeOf(() => examiner('rating.record', { encounterId: slot.id, eventId: newEvent(), ...markOf(round) })),
    bare: (round) => timeOf(() => bare.write(markOf(round))),
  })
  bare.close()
  await services.shutdown()
  const [service, transaction] = [median(times.service), median(times.bare)]
  return [
    atMost('rating', service / transaction, LIMIT, {
      serviceMs: rounded(service),
      bareMs: rounded(transaction),
      ratings: rounds.counted,
    }),
  ]
}

function bareWriter(file: string, { id: encounterId, examId }: EncounterSlot, personId: PersonId) {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  const event = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const rating = db.prepare(
    `INSERT INTO rating (encounter_id, item_id, points, rater_id, event_id, at_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (encounter_id, item_id) DO UPDATE SET points = excluded.points, rater_id = excluded.rater_id,
       event_id = excluded.event_id, at_ms = excluded.at_ms`,
  )
  const device = 'bench'
  const hash = '0'.repeat(64)
  let seq = 0
  const write = db.transaction(({ itemId, value }: { itemId: ItemId; value: number }) => {
    const id = randomUUID()
    const atMs = (seq += 1)
    const payload = JSON.stringify({ type: 'rating.recorded', itemId, value })
    const hlc = `${Date.now()}-0000-${device}`
    event.run(id, device, seq, hlc, examId, encounterId, personId, 'examiner', atMs, '[]', payload, hash, hash)
    rating.run(encounterId, itemId, value, personId, id, atMs)
  })
  return { write: write.immediate, close: () => db.close() }
}
