import { spFormStatusSchema } from '#shared/domain/encounter.ts'
import { encounterRecordSchema, type EncounterRecord, type SpRecord } from '#shared/domain/encounter-record.ts'
import { encounterStatusSchema, type EncounterStatus } from '#shared/domain/exam.ts'
import type { EncounterId, EventId, ExamId, MomentId, PersonId } from '#shared/domain/ids.ts'
import { parseStamp } from '#shared/domain/hybrid-clock.ts'
import { formOf } from '#shared/domain/sayings.ts'
import { spAnswerSchema } from '#shared/domain/sp-form.ts'
import type { Db } from '../connection.ts'
import { amendmentReader } from './amendments.ts'
import { reviewerName, reviewFrom, type StoredReview } from './judgements.ts'
import type { Heard } from '#shared/domain/ledger-event.ts'
import { createChainRepository } from './chains.ts'
import { createSlotRepository, type SlotRepository } from './slots.ts'

/** The clock as it was last written, both parts as stored JSON. */
export type StoredClock = { state: unknown; reading: unknown }

type EncounterStanding = Pick<EncounterRecord, 'status' | 'spStatus'>

/** Where encounters stand, and what was recorded in them. */
export type EncounterRepository = SlotRepository & {
  /** Encounters about which laptops contradict each other, each with of how many things. */
  conflicts(examId: ExamId): ReadonlyMap<EncounterId, number>
  /** The events of an exam that stand against each other, undecided. */
  conflictingEvents(examId: ExamId): ReadonlySet<string>
  /** Where every encounter of an exam stands, in one reading. */
  standings(examId: ExamId): ReadonlyMap<EncounterId, EncounterStanding>
  record(id: EncounterId): EncounterRecord
  status(id: EncounterId): EncounterStatus
  /** What is here of an encounter. */
  heard(id: EncounterId): Heard
  /** The event by which the candidate stands confirmed, and who confirmed; null where nobody is, or nobody is named. */
  confirmation(id: EncounterId): EventId | null
  confirmedBy(id: EncounterId): PersonId | null
  /** Whether a mark of this id was ever made there, one that was taken back too. */
  hasMark(encounterId: EncounterId, id: MomentId): boolean
  /** Who made a mark, and who signed for one that was added afterwards; nobody where the role alone is known. */
  ratersOfMark(encounterId: EncounterId, id: MomentId): PersonId[]
  /** Who gave most of the ratings that stand, of equals the first by id; null where nobody is named. */
  examinerOf(id: EncounterId): PersonId | null
  /** The SP who was the first to fill in anything of the form; null where nobody did, or nobody is named. */
  spOf(id: EncounterId): PersonId | null
  spRecord(id: EncounterId): SpRecord
  clock(id: EncounterId): StoredClock | null
  /** Wall time of the newest event of an exam in milliseconds; null where nothing was recorded. */
  lastWriteMs(examId: ExamId): number | null
  /** Encounters whose clock was last changed on this laptop, and was not finished. */
  withClock(): EncounterId[]
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
  const standings = db.prepare<[string], { id: string; status: string; sp_status: string }>(
    `SELECT id, coalesce(status, 'scheduled') AS status, coalesce(sp_status, 'open') AS sp_status
     FROM encounter LEFT JOIN encounter_state ON encounter_id = id WHERE exam_id = ?`,
  )
  const conflicting = db.prepare<[string], { id: string; subjects: number }>(
    `SELECT encounter_id AS id, count(*) AS subjects FROM conflict JOIN encounter ON encounter.id = encounter_id
     WHERE exam_id = ? GROUP BY encounter_id`,
  )
  const heads = db
    .prepare<[string], string>(
      `SELECT value FROM conflict JOIN encounter ON encounter.id = encounter_id, json_each(heads) WHERE exam_id = ?`,
    )
    .pluck()
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
  const stamps = db.prepare<[string], { device: string; exam_id: string; seq: number; hlc: string; own: number }>(
    // Of its own chains the present one alone has no gaps: one of before a restoring may have come back in part.
    `SELECT device, exam_id, seq, hlc, device IN (SELECT device FROM installation) AS own
     FROM event WHERE encounter_id = ? ORDER BY device, seq`,
  )
  const { wholeTo } = createChainRepository(db)
  const confirmation = db
    .prepare<[string], string | null>('SELECT confirmation FROM encounter_state WHERE encounter_id = ?')
    .pluck()
  const confirmedBy = db
    .prepare<[string], string | null>(
      `SELECT rater_id FROM encounter_state JOIN event ON event.id = confirmation
       WHERE encounter_state.encounter_id = ?`,
    )
    .pluck()
  const hasMark = db.prepare('SELECT 1 FROM mark WHERE encounter_id = ? AND id = ?').pluck()
  const ratersOfMark = db
    .prepare<{ encounterId: string; id: string }, PersonId | null>(
      `SELECT rater_id FROM mark WHERE encounter_id = @encounterId AND id = @id
       UNION SELECT payload ->> 'secondId' FROM event
         WHERE encounter_id = @encounterId AND payload ->> '$.says.type' = 'mark.added'
           AND payload ->> '$.says.markId' = @id`,
    )
    .pluck()
  const examinerOf = db
    .prepare<[string], string>(
      `SELECT rater_id FROM rating WHERE encounter_id = ? AND taken_back = 0 AND rater_id IS NOT NULL
       GROUP BY rater_id ORDER BY count(*) DESC, rater_id LIMIT 1`,
    )
    .pluck()
  const spOf = db
    .prepare<[string], string>(
      `SELECT rater_id FROM event WHERE encounter_id = ? AND rater_id IS NOT NULL AND role = 'sp'
         AND payload ->> 'type' IN ('sp-answer.recorded', 'sp-comment.recorded', 'sp-form.submitted')
       ORDER BY hlc LIMIT 1`,
    )
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

  return {
    ...createSlotRepository(db),
    conflicts: (examId) => new Map(conflicting.all(examId).map(({ id, subjects }) => [id as EncounterId, subjects])),
    conflictingEvents: (examId) => new Set(heads.all(examId)),
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
    heard: (id) => {
      const heard: Heard = { upTo: [], beyond: [] }
      for (const [device, rows] of Map.groupBy(stamps.all(id), (row) => row.device)) {
        const [first] = rows
        const [whole] = first && first.own === 0 ? wholeTo(first.exam_id as ExamId, [device]) : []
        const end = first?.own === 1 ? Infinity : (whole?.seq ?? 0)
        const newest = rows.findLast(({ seq }) => seq <= end)
        if (newest) heard.upTo.push(newest.hlc)
        heard.beyond.push(...rows.flatMap(({ seq, hlc }) => (seq > end ? [hlc] : [])))
      }
      return heard
    },
    confirmation: (id) => (confirmation.get(id) ?? null) as EventId | null,
    confirmedBy: (id) => (confirmedBy.get(id) ?? null) as PersonId | null,
    hasMark: (encounterId, id) => hasMark.get(encounterId, id) !== undefined,
    ratersOfMark: (encounterId, id) => ratersOfMark.all({ encounterId, id }).flatMap((rater) => rater ?? []),
    examinerOf: (id) => (examinerOf.get(id) ?? null) as PersonId | null,
    spOf: (id) => (spOf.get(id) ?? null) as PersonId | null,
    record: (id) => {
      const now = state.get(id)
      const { amendments, conflicts } = amended(id, (says) => formOf(says) !== 'sp')
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
      ...amended(id, (says) => formOf(says) === 'sp'),
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
