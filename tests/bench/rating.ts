import { randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import type { EncounterSlot } from '#shared/domain/exam.ts'
import { eventIdSchema, type ItemId, type PersonId } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { fillExam } from './filled-exam.ts'
import { atMost, byTurns, median, rounded, timeOf, type Measure } from './measure.ts'
import { callerOf, openWholeApp } from '#tests/support/whole-app.ts'
import { sitAs, sitAsDirector } from '#tests/support/sign-in.ts'

const LIMIT = 1.5
const rounds = { warmUp: 400, counted: 2500 }

/**
 * A rating through the whole service (router, validation, event, projection, commit) beside a bare transaction that
 * writes the same two rows into a copy of the same database at the same durability.
 */
export async function measureRating(scratch: string): Promise<Measure[]> {
  const dataDir = join(scratch, 'service')
  const copyDir = join(scratch, 'bare')
  const { untouched, examId } = await fillExam(dataDir, { candidates: 24, stations: 8, exceptLastRound: true })
  cpSync(dataDir, copyDir, { recursive: true })
  const [slot] = untouched
  if (!slot) throw new Error('no encounter is left to rate')

  const services = await openWholeApp(dataDir)
  const director = callerOf(services, 'bench-director')
  await sitAsDirector(director)
  const { people } = await director('exam.get', { examId })
  const person = people.find(({ role, stationIds }) => role === 'examiner' && stationIds.includes(slot.stationId))
  if (!person) throw new Error('nobody examines at the station')
  const examiner = callerOf(services, 'bench-examiner')
  await sitAs(examiner, person)
  await examiner('encounter.confirmIdentity', { encounterId: slot.id, eventId: newEvent() })
  await examiner('clock.command', { encounterId: slot.id, eventId: newEvent(), command: { kind: 'start' } })
  const { rubric } = await examiner('encounter.open', { encounterId: slot.id })
  const items = rubricItems(rubric).map(({ id }) => id)

  const bare = bareWriter(join(copyDir, DATABASE_FILE), slot, person.id)
  const markOf = (round: number) => {
    const itemId = items[round % items.length]
    if (itemId === undefined) throw new Error('the rubric is empty')
    return { itemId, value: (round % 5) + 1 }
  }
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

const newEvent = () => eventIdSchema.parse(randomUUID())

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
