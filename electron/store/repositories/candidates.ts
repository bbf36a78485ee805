import { byCandidateNumber } from '#shared/domain/candidate-number.ts'
import { candidateSchema, NAMELESS, type Candidate } from '#shared/domain/exam.ts'
import type { CandidateId, EventId, ExamId } from '#shared/domain/ids.ts'
import type { Db } from '../connection.ts'
import { BETWEEN_BADGES, createIdentities } from './identities.ts'

export type CandidateRepository = {
  /** In the order of their numbers. */
  ofExam(examId: ExamId): Candidate[]
  get(id: CandidateId): Candidate | null
  byNumber(examId: ExamId, number: string): Candidate | null
  /** True once the ledger holds an event of one of their encounters. */
  hasMarks(id: CandidateId): boolean
  put(candidate: Candidate): void
  remove(id: CandidateId): void
  /** Keeps, until the candidate is erased, the numbers on badges that an event tells of: what it was, and is since. */
  putBadges(eventId: EventId, badges: readonly string[]): void
}

type Row = {
  id: string
  exam_id: string
  number: string
  name: string | null
  cohort_group: string
  extra_time_percent: number
}

const select = 'SELECT candidate.*, identity.name FROM candidate LEFT JOIN identity ON identity.id = candidate.id'

export function createCandidateRepository(db: Db): CandidateRepository {
  const all = db.prepare<[string], Row>(`${select} WHERE exam_id = ?`)
  const one = db.prepare<[string], Row>(`${select} WHERE candidate.id = ?`)
  const numbered = db.prepare<[string, string], Row>(`${select} WHERE exam_id = ? AND number = ?`)
  const marked = db
    .prepare<[string], number>(
      `SELECT EXISTS (SELECT 1 FROM encounter JOIN event ON event.encounter_id = encounter.id WHERE candidate_id = ?)`,
    )
    .pluck()
  const write = db.prepare<[string, string, string, string, number]>(
    `INSERT INTO candidate (id, exam_id, number, cohort_group, extra_time_percent) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET number = excluded.number, cohort_group = excluded.cohort_group,
       extra_time_percent = excluded.extra_time_percent`,
  )
  const drop = db.prepare<[string]>('DELETE FROM candidate WHERE id = ?')
  const identities = createIdentities(db)
  const optional = (row: Row | undefined) => (row ? fromRow(row) : null)
  return {
    ofExam: (examId) =>
      all
        .all(examId)
        .map(fromRow)
        .toSorted((a, b) => byCandidateNumber(a.number, b.number)),
    get: (id) => optional(one.get(id)),
    byNumber: (examId, number) => optional(numbered.get(examId, number)),
    hasMarks: (id) => marked.get(id) === 1,
    put: db.transaction((candidate: Candidate) => {
      write.run(candidate.id, candidate.examId, candidate.number, candidate.group, candidate.extraTimePercent)
      identities.put(candidate.id, candidate.name)
    }),
    remove: db.transaction((id: CandidateId) => {
      drop.run(id)
      identities.remove(id)
    }),
    putBadges: (eventId, badges) => {
      identities.put(eventId, badges.join(BETWEEN_BADGES))
    },
  }
}

const fromRow = (row: Row): Candidate =>
  candidateSchema.parse({
    id: row.id,
    examId: row.exam_id,
    number: row.number,
    name: row.name ?? NAMELESS,
    group: row.cohort_group,
    extraTimePercent: row.extra_time_percent,
  })
