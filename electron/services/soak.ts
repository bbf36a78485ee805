import { setTimeout as wait } from 'node:timers/promises'
import { AttuneError, type ErrorCode, type Result } from '#shared/contract/result.ts'
import { ratingValueSchema } from '#shared/domain/encounter.ts'
import {
  eventIdSchema,
  type EncounterId,
  type EventId,
  type ExamId,
  type ItemId,
  type StationId,
} from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { createRandom, type Random } from './demo/random.ts'
import type { Seat, Services } from './services.ts'

export type SoakOptions = {
  examId: ExamId
  /** Marks a second; null: each as soon as the one before it is on disk. */
  rate: number | null
  seconds: number
  /** The same seed gives the same marks in the same order. */
  seed: number
  /** A mark is on disk. */
  onSaved: (id: EventId) => void
  /** The disk did not take a mark; it is sent again, as the screens do. */
  onRefused: (id: EventId, code: ErrorCode) => void
}

/** `unsaved`: why the last mark had not gone through when the time was over; null where it had. */
export type Soaked = { saved: number; unsaved: ErrorCode | null }

/** An open encounter and who examines there. */
type Sheet = { encounterId: EncounterId; examiner: Seat; items: ItemId[]; points: number }

const PAUSE_AFTER_REFUSAL_MS = 200

const waitsForDisk: ReadonlySet<ErrorCode> = new Set([
  'storage-full',
  'storage-read-only',
  'storage-locked',
  'storage-failed',
])

/**
 * Marks an exam as its examiners would in one round, an encounter at each station, and goes on changing those marks
 * until the time is over. Throws AttuneError where the exam takes no marks.
 */
export async function soak(services: Services, options: SoakOptions): Promise<Soaked> {
  const { rate, seconds, onSaved, onRefused } = options
  const random = createRandom(options.seed)
  const sheets = await openSheets(services, options.examId, random)
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1000
  let saved = 0
  // At a pace the number of marks is known: what the machine was late with is made up for.
  const goesOn = (tap: number) => (rate === null ? performance.now() < endsAt : tap < rate * seconds)
  for (let tap = 0; goesOn(tap); tap += 1) {
    if (rate !== null) await wait(Math.max(0, startedAt + (tap * 1000) / rate - performance.now()))
    const { encounterId, examiner, items, points } = random.pick(sheets)
    const eventId = eventIdSchema.parse(random.id())
    const value = ratingValueSchema.parse(1 + Math.floor(random.uniform() * points))
    const mark = { encounterId, eventId, itemId: random.pick(items), value }
    for (;;) {
      const result = await examiner('rating.record', mark)
      if (result.ok) break
      if (!waitsForDisk.has(result.code)) throw new AttuneError(result.code, result.params)
      onRefused(eventId, result.code)
      if (performance.now() >= endsAt) return { saved, unsaved: result.code }
      await wait(PAUSE_AFTER_REFUSAL_MS)
    }
    saved += 1
    onSaved(eventId)
  }
  return { saved, unsaved: null }
}

/** A station and the seat of who examines there. */
type Post = { stationId: StationId; examiner: Seat }

/**
 * The next unfinished encounter of every station that has an examiner, each with its candidate confirmed. Asked by the
 * examiners themselves: on a station's laptop a director gets no schedule.
 */
async function openSheets(services: Services, examId: ExamId, random: Random): Promise<Sheet[]> {
  const director = services.seat({ role: 'director', examId: null, personId: null })
  const { exam, people, stations } = accepted(await director('exam.get', { examId }))
  if (exam.status === 'draft') accepted(await director('exam.setStatus', { examId, status: 'running' }))
  const posts = stations.flatMap(({ id: stationId }): Post[] => {
    const person = people.find(({ role, stationIds }) => role === 'examiner' && stationIds.includes(stationId))
    return person ? [{ stationId, examiner: services.seat({ role: 'examiner', examId, personId: person.id }) }] : []
  })
  const sheets = await sheetsAt(posts, examId, random)
  if (sheets.length > 0) return sheets
  if (posts.length > 0) await addLatecomer(director, examId, random)
  const late = await sheetsAt(posts, examId, random)
  if (late.length === 0) throw new AttuneError('exam-not-ready', { count: 1 })
  return late
}

async function sheetsAt(posts: readonly Post[], examId: ExamId, random: Random): Promise<Sheet[]> {
  const sheets: Sheet[] = []
  for (const { stationId, examiner } of posts) {
    const rows = accepted(await examiner('encounter.schedule', { examId }))
    const next = rows.find(
      ({ slot, status }) => slot.stationId === stationId && (status === 'open' || status === 'scheduled'),
    )
    if (next) sheets.push(await openSheet(examiner, next.slot.id, random))
  }
  return sheets
}

async function openSheet(examiner: Seat, encounterId: EncounterId, random: Random): Promise<Sheet> {
  const { record, rubric } = accepted(await examiner('encounter.open', { encounterId }))
  if (record.confirmation === null) {
    const eventId = eventIdSchema.parse(random.id())
    accepted(await examiner('encounter.confirmIdentity', { encounterId, eventId }))
  }
  return { encounterId, examiner, items: rubricItems(rubric).map(({ id }) => id), points: rubric.points.length }
}

/** Where every encounter is finished, somebody comes late: what was submitted is not touched. */
async function addLatecomer(director: Seat, examId: ExamId, random: Random): Promise<void> {
  const number = `soak-${random.id().slice(0, 8)}`
  const fields = { number, name: 'Soak test', group: '', extraTimePercent: 0 }
  accepted(await director('candidate.add', { examId, fields }))
  accepted(await director('rotation.generate', { examId }))
}

function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new AttuneError(result.code, result.params)
  return result.data
}
