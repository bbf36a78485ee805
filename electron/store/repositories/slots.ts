import { encounterSlotSchema, type EncounterSlot } from '#shared/domain/exam.ts'
import type { CandidateId, EncounterId, ExamId } from '#shared/domain/ids.ts'
import type { Db } from '../connection.ts'

/** Of whom, and as one text which encounter, where and when: to see whether the rotation is another. */
export type PlannedSlot = { candidateId: CandidateId; place: string }

/** The rotation: who is where in which round. */
export type SlotRepository = {
  /** By round, then by station number. */
  ofExam(examId: ExamId): EncounterSlot[]
  /** As `ofExam`, for comparing: large exams have thousands. */
  plan(examId: ExamId): PlannedSlot[]
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
  /** Takes a candidate out of the rotation; the caller makes sure that nothing was recorded of them. */
  removeOfCandidate(candidateId: CandidateId): void
}

type SlotRow = {
  id: string
  exam_id: string
  station_id: string
  candidate_id: string
  round: number
  starts_at_second: number
}

export function createSlotRepository(db: Db): SlotRepository {
  const select = 'SELECT encounter.* FROM encounter JOIN station ON station.id = station_id'
  const all = db.prepare<[string], SlotRow>(`${select} WHERE encounter.exam_id = ? ORDER BY round, station.number`)
  const plan = db.prepare<[string], PlannedSlot>(
    `SELECT candidate_id AS candidateId, concat_ws(' ', id, station_id, candidate_id, round, starts_at_second) AS place
     FROM encounter WHERE exam_id = ?`,
  )
  const one = db.prepare<[string], SlotRow>('SELECT * FROM encounter WHERE id = ?')
  const ofCandidate = db.prepare<[string], SlotRow>(`${select} WHERE candidate_id = ? ORDER BY station.number`)
  const drop = db.prepare<[string]>('DELETE FROM encounter WHERE exam_id = ?')
  const dropOfCandidate = db.prepare<[string]>('DELETE FROM encounter WHERE candidate_id = ?')
  const upsert = db.prepare<[string, string, string, string, number, number]>(
    `INSERT INTO encounter (id, exam_id, station_id, candidate_id, round, starts_at_second) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET round = excluded.round, starts_at_second = excluded.starts_at_second`,
  )
  const dropOne = db.prepare<[string]>('DELETE FROM encounter WHERE id = ?')
  const recorded = db.prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM event WHERE encounter_id = ?)').pluck()
  const insert = db.prepare<[string, string, string, string, number, number]>(
    'INSERT INTO encounter (id, exam_id, station_id, candidate_id, round, starts_at_second) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const addOne = (slot: EncounterSlot) => {
    insert.run(slot.id, slot.examId, slot.stationId, slot.candidateId, slot.round, slot.startsAtSecond)
  }

  return {
    ofExam: (examId) => all.all(examId).map(slotFromRow),
    plan: (examId) => plan.all(examId),
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
    removeOfCandidate: (candidateId) => {
      dropOfCandidate.run(candidateId)
    },
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
