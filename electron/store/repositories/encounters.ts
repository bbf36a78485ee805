import { spFormStatusSchema } from '#shared/domain/encounter.ts'
import { encounterRecordSchema, type EncounterRecord, type SpRecord } from '#shared/domain/encounter-record.ts'
import {
  encounterSlotSchema,
  encounterStatusSchema,
  type EncounterSlot,
  type EncounterStatus,
} from '#shared/domain/exam.ts'
import type { CandidateId, EncounterId, EventId, ExamId, MomentId, PersonId } from '#shared/domain/ids.ts'
import { parseStamp } from '#shared/domain/hybrid-clock.ts'
import { isOfSp } from '#shared/domain/amendment.ts'
import { spAnswerSchema } from '#shared/domain/sp-form.ts'
import type { Db } from '../connection.ts'
import { amendmentReader } from './amendments.ts'
import { reviewerName, reviewFrom, type StoredReview } from './judgements.ts'

/** The clock as it was last written, both parts as stored JSON. */
export type StoredClock = { state: unknown; reading: unknown }

type EncounterStanding = Pick<EncounterRecord, 'status' | 'spStatus'>

export type EncounterRepository = {
  /** By round, then by station number. */
  ofExam(examId: ExamId): EncounterSlot[]
  get(id: EncounterId): EncounterSlot | null
  ofCandidate(candidateId: CandidateId): EncounterSlot[]
  /** Replaces an exam's rotation; the caller makes sure that nothing was recorded. */
  replaceAll(examId: ExamId, slots: readonly EncounterSlot[]): void
  /** Adds slots beside those that stand. */
  add(slots: readonly EncounterSlot[]): void
  /** Adds slots, or moves those that are there to another round. */
  put(slots: readonly EncounterSlot[]): void
  /** Takes one out of the rotation; the caller makes sure that nothing was recorded in it. */
  remove(id: EncounterId): void
  hasEvents(id: EncounterId): boolean
  /** Encounters about which laptops contradict each other, each with of how many things. */
  conflicts(examId: ExamId): ReadonlyMap<EncounterId, number>
  /** Takes a candidate out of the rotation; the caller makes sure that nothing was recorded of them. */
  removeOfCandidate(candidateId: CandidateId): void
  /** Where every encounter of an exam stands, in one reading. */
  standings(examId: ExamId): ReadonlyMap<EncounterId, EncounterStanding>
  record(id: EncounterId): EncounterRecord
  status(id: EncounterId): EncounterStatus
  /** The event by which the candidate stands confirmed, and who confirmed; null where nobody is, or nobody is named. */
  confirmation(id: EncounterId): EventId | null
  confirmedBy(id: EncounterId): PersonId | null
  /** Who made a mark; null where the role alone is known. */
  raterOfMark(encounterId: EncounterId, id: MomentId): PersonId | null
  spRecord(id: EncounterId): SpRecord
  clock(id: EncounterId): StoredClock | null
  /** Wall time of the newest event of an exam in milliseconds; null where nothing was recorded. */
  lastWriteMs(examId: ExamId): number | null
  /** Encounters whose clock was last changed on this laptop, and was not finished. */
  withClock(): EncounterId[]
}

type SlotRow = {
  id: string
  exam_id: string
  station_id: string
  candidate_id: string
  round: number
  starts_at_second: number
}

type StateRow = {
  status: string
  confirmation: string | null
  global_rating: string | null
  absence_reason: string | null
  missing: string
  clock: string | null
  clock_reading: string | null
  sp_status: string
  sp_comment: string
}

type MarkRow = StoredReview & {
  id: string
  kind: string
  type: string
  at_ms: number | null
  cue: number | null
  quote: string
}

export function createEncounterRepository(db: Db): EncounterRepository {
  const select = 'SELECT encounter.* FROM encounter JOIN station ON station.id = station_id'
  const all = db.prepare<[string], SlotRow>(`${select} WHERE encounter.exam_id = ? ORDER BY round, station.number`)
  const one = db.prepare<[string], SlotRow>('SELECT * FROM encounter WHERE id = ?')
  const ofCandidate = db.prepare<[string], SlotRow>(`${select} WHERE candidate_id = ? ORDER BY station.number`)
  const drop = db.prepare<[string]>('DELETE FROM encounter WHERE exam_id = ?')
  const dropOfCandidate = db.prepare<[string]>('DELETE FROM encounter WHERE candidate_id = ?')
  const standings = db.prepare<[string], { id: string; status: string; sp_status: string }>(
    `SELECT id, coalesce(status, 'scheduled') AS status, coalesce(sp_status, 'open') AS sp_status
     FROM encounter LEFT JOIN encounter_state ON encounter_id = id WHERE exam_id = ?`,
  )
  const upsert = db.prepare<[string, string, string, string, number, number]>(
    `INSERT INTO encounter (id, exam_id, station_id, candidate_id, round, starts_at_second) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET round = excluded.round, starts_at_second = excluded.starts_at_second`,
  )
  const dropOne = db.prepare<[string]>('DELETE FROM encounter WHERE id = ?')
  const recorded = db.prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM event WHERE encounter_id = ?)').pluck()
  const conflicting = db.prepare<[string], { id: string; subjects: number }>(
    `SELECT encounter_id AS id, count(*) AS subjects FROM conflict JOIN encounter ON encounter.id = encounter_id
     WHERE exam_id = ? GROUP BY encounter_id`,
  )
  const insert = db.prepare<[string, string, string, string, number, number]>(
    'INSERT INTO encounter (id, exam_id, station_id, candidate_id, round, starts_at_second) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const state = db.prepare<[string], StateRow>('SELECT * FROM encounter_state WHERE encounter_id = ?')
  const ratings = db.prepare<
    [string],
    { item_id: string; points: number | null; event_id: string; at_ms: number | null }
  >('SELECT item_id, points, event_id, at_ms FROM rating WHERE encounter_id = ? AND taken_back = 0 ORDER BY item_id')
  const notes = db.prepare<[string], { item_id: string; text: string }>(
    "SELECT item_id, text FROM note WHERE encounter_id = ? AND text <> '' ORDER BY item_id",
  )
  const marks = db.prepare<[string], MarkRow>(
    `SELECT mark.id, kind, type, at_ms, cue, quote, review, event.hlc AS reviewed,
       ${reviewerName} AS reviewer
     FROM mark LEFT JOIN event ON event.id = review_event
     WHERE mark.encounter_id = ? AND undone = 0 ORDER BY at_ms, mark.id`,
  )
  const incidents = db.prepare<[string], { kind: string; text: string; at_ms: number | null }>(
    `SELECT kind, text, at_ms FROM incident JOIN event ON event.id = event_id
     WHERE incident.encounter_id = ? ORDER BY hlc`,
  )
  const answers = db.prepare<[string], { statement: string; points: number | null }>(
    'SELECT statement, points FROM sp_answer WHERE encounter_id = ? AND taken_back = 0 ORDER BY statement',
  )
  const status = db.prepare<[string], string>('SELECT status FROM encounter_state WHERE encounter_id = ?').pluck()
  const confirmation = db
    .prepare<[string], string | null>('SELECT confirmation FROM encounter_state WHERE encounter_id = ?')
    .pluck()
  const confirmedBy = db
    .prepare<[string], string | null>(
      `SELECT rater_id FROM encounter_state JOIN event ON event.id = confirmation
       WHERE encounter_state.encounter_id = ?`,
    )
    .pluck()
  const raterOfMark = db
    .prepare<[string, string], string | null>('SELECT rater_id FROM mark WHERE encounter_id = ? AND id = ?')
    .pluck()
  const lastStamp = db
    .prepare<[string], string | null>(
      'SELECT max(hlc) FROM event JOIN encounter ON encounter.id = encounter_id WHERE encounter.exam_id = ?',
    )
    .pluck()
  const running = db
    .prepare<[], string>(
      `SELECT encounter_state.encounter_id FROM encounter_state JOIN event ON event.id = clock_event
       WHERE json_extract(clock, '$.status') IN ('running', 'paused')
         AND device IN (SELECT device FROM own_device)`,
    )
    .pluck()
  const amended = amendmentReader(db)
  const addOne = (slot: EncounterSlot) => {
    insert.run(slot.id, slot.examId, slot.stationId, slot.candidateId, slot.round, slot.startsAtSecond)
  }

  return {
    ofExam: (examId) => all.all(examId).map(slotFromRow),
    get: (id) => {
      const row = one.get(id)
      return row ? slotFromRow(row) : null
    },
    ofCandidate: (candidateId) => ofCandidate.all(candidateId).map(slotFromRow),
    replaceAll: db.transaction((examId: ExamId, slots: readonly EncounterSlot[]) => {
      drop.run(examId)
      slots.forEach(addOne)
    }),
    add: db.transaction((slots: readonly EncounterSlot[]) => {
      slots.forEach(addOne)
    }),
    put: (slots) => {
      for (const { id, examId, stationId, candidateId, round, startsAtSecond } of slots) {
        upsert.run(id, examId, stationId, candidateId, round, startsAtSecond)
      }
    },
    remove: (id) => {
      dropOne.run(id)
    },
    hasEvents: (id) => recorded.get(id) === 1,
    conflicts: (examId) => new Map(conflicting.all(examId).map(({ id, subjects }) => [id as EncounterId, subjects])),
    removeOfCandidate: (candidateId) => {
      dropOfCandidate.run(candidateId)
    },
    standings: (examId) =>
      new Map(
        standings
          .all(examId)
          .map((row) => [
            row.id as EncounterId,
            { status: encounterStatusSchema.parse(row.status), spStatus: spFormStatusSchema.parse(row.sp_status) },
          ]),
      ),
    status: (id) => encounterStatusSchema.parse(status.get(id) ?? 'scheduled'),
    confirmation: (id) => (confirmation.get(id) ?? null) as EventId | null,
    confirmedBy: (id) => (confirmedBy.get(id) ?? null) as PersonId | null,
    raterOfMark: (encounterId, id) => (raterOfMark.get(encounterId, id) ?? null) as PersonId | null,
    record: (id) => {
      const now = state.get(id)
      const { amendments, conflicts } = amended(id, (says) => !isOfSp(says))
      const rated = ratings.all(id)
      const globalRating = now?.global_rating ?? null
      const given = new Set([...rated.map((row) => row.item_id), ...(globalRating === null ? [] : ['global-rating'])])
      return encounterRecordSchema.parse({
        encounterId: id,
        status: now?.status ?? 'scheduled',
        confirmation: now?.confirmation ?? null,
        ratings: rated.map((row) => ({
          itemId: row.item_id,
          value: row.points ?? 'no-opportunity',
          eventId: row.event_id,
          atMs: row.at_ms,
        })),
        notes: notes.all(id).map((row) => ({ itemId: row.item_id === '' ? null : row.item_id, text: row.text })),
        marks: marks.all(id).map((row) => ({
          id: row.id,
          kind: row.kind,
          type: row.type,
          atMs: row.at_ms,
          cue: row.cue,
          quote: row.quote,
          review: reviewFrom(row),
        })),
        globalRating,
        // What was declared missing and given by a correction is missing no more.
        missing: (JSON.parse(now?.missing ?? '[]') as { item: string }[]).filter(({ item }) => !given.has(item)),
        incidents: incidents.all(id).map((row) => ({ kind: row.kind, text: row.text, atMs: row.at_ms })),
        absenceReason: now?.absence_reason ?? null,
        spStatus: now?.sp_status ?? 'open',
        amendments,
        conflicts,
      })
    },
    spRecord: (id) => ({
      answers: answers
        .all(id)
        .map((row) => spAnswerSchema.parse({ statement: row.statement, value: row.points ?? 'not-applicable' })),
      comment: state.get(id)?.sp_comment ?? '',
      ...amended(id, isOfSp),
    }),
    clock: (id) => {
      const now = state.get(id)
      if (!now?.clock || !now.clock_reading) return null
      return { state: JSON.parse(now.clock) as unknown, reading: JSON.parse(now.clock_reading) as unknown }
    },
    lastWriteMs: (examId) => {
      const stamp = lastStamp.get(examId)
      return stamp ? parseStamp(stamp).wallMs : null
    },
    withClock: () => running.all() as EncounterId[],
  }
}

const slotFromRow = (row: SlotRow): EncounterSlot =>
  encounterSlotSchema.parse({
    id: row.id,
    examId: row.exam_id,
    stationId: row.station_id,
    candidateId: row.candidate_id,
    round: row.round,
    startsAtSecond: row.starts_at_second,
  })
