import { examSchema, type Exam } from '#shared/domain/exam.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { Db } from '../connection.ts'

export type ExamCounts = { stations: number; candidates: number; encounters: number; submitted: number; absent: number }

export type ExamRepository = {
  list(): Exam[]
  get(id: ExamId): Exam | null
  /** Adds it or replaces its fields. */
  put(exam: Exam): void
  remove(id: ExamId): void
  counts(id: ExamId): ExamCounts
  /** True once the ledger holds an event of one of its encounters. */
  hasMarks(id: ExamId): boolean
  /** Whether it stands apart from the exams in use. */
  isPutAway(id: ExamId): boolean
  setPutAway(id: ExamId, away: boolean): void
  /** What the rotation was made from, as text to compare; null where there is none. */
  rotationBasis(id: ExamId): string | null
  setRotationBasis(id: ExamId, basis: string | null): void
}

type Row = {
  id: string
  title: string
  held_on: string
  site: string
  paper: string
  status: string
  sample: number
  timing: string
  pass_rule: string
}

export function createExamRepository(db: Db): ExamRepository {
  const all = db.prepare<[], Row>('SELECT * FROM exam ORDER BY held_on DESC, created_at DESC, id')
  const one = db.prepare<[string], Row>('SELECT * FROM exam WHERE id = ?')
  const write = db.prepare<[string, string, string, string, string, string, number, string, string, string]>(
    `INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, held_on = excluded.held_on, site = excluded.site,
       paper = excluded.paper, status = excluded.status, sample = excluded.sample, timing = excluded.timing,
       pass_rule = excluded.pass_rule`,
  )
  const dropIdentities = db.prepare<[{ exam: string }]>(
    `DELETE FROM identity WHERE id IN (
       SELECT id FROM candidate WHERE exam_id = @exam UNION SELECT id FROM person WHERE exam_id = @exam
       UNION SELECT id FROM event WHERE exam_id = @exam)`,
  )
  const dropEncounters = db.prepare<[string]>('DELETE FROM encounter WHERE exam_id = ?')
  const drop = db.prepare<[string]>('DELETE FROM exam WHERE id = ?')
  const counted = db.prepare<[string, string, string, string, string], ExamCounts>(
    `SELECT (SELECT count(*) FROM station WHERE exam_id = ?) AS stations,
            (SELECT count(*) FROM candidate WHERE exam_id = ?) AS candidates,
            (SELECT count(*) FROM encounter WHERE exam_id = ?) AS encounters,
            (SELECT count(*) FROM encounter JOIN encounter_state ON encounter_id = id
              WHERE exam_id = ? AND status = 'submitted') AS submitted,
            (SELECT count(*) FROM encounter JOIN encounter_state ON encounter_id = id
              WHERE exam_id = ? AND status = 'absent') AS absent`,
  )
  const marked = db
    .prepare<[string], number>(
      `SELECT EXISTS (SELECT 1 FROM encounter JOIN event ON event.encounter_id = encounter.id WHERE encounter.exam_id = ?)`,
    )
    .pluck()
  const readAway = db.prepare<[string], number>('SELECT put_away FROM exam WHERE id = ?').pluck()
  const writeAway = db.prepare<[number, string]>('UPDATE exam SET put_away = ? WHERE id = ?')
  const readBasis = db.prepare<[string], string | null>('SELECT rotation_basis FROM exam WHERE id = ?').pluck()
  const writeBasis = db.prepare<[string | null, string]>('UPDATE exam SET rotation_basis = ? WHERE id = ?')

  return {
    list: () => all.all().map(fromRow),
    get: (id) => {
      const row = one.get(id)
      return row ? fromRow(row) : null
    },
    put: (exam) => {
      write.run(
        exam.id,
        exam.title,
        exam.heldOn,
        exam.site,
        exam.paper,
        exam.status,
        exam.sample ? 1 : 0,
        JSON.stringify(exam.timing),
        JSON.stringify(exam.passRule),
        new Date().toISOString(),
      )
    },
    remove: db.transaction((id: ExamId) => {
      dropIdentities.run({ exam: id })
      dropEncounters.run(id)
      drop.run(id)
    }),
    counts: (id) =>
      counted.get(id, id, id, id, id) ?? { stations: 0, candidates: 0, encounters: 0, submitted: 0, absent: 0 },
    hasMarks: (id) => marked.get(id) === 1,
    isPutAway: (id) => readAway.get(id) === 1,
    setPutAway: (id, away) => {
      writeAway.run(away ? 1 : 0, id)
    },
    rotationBasis: (id) => readBasis.get(id) ?? null,
    setRotationBasis: (id, basis) => {
      writeBasis.run(basis, id)
    },
  }
}

const fromRow = (row: Row): Exam =>
  examSchema.parse({
    id: row.id,
    title: row.title,
    heldOn: row.held_on,
    site: row.site,
    paper: row.paper,
    status: row.status,
    sample: row.sample === 1,
    timing: JSON.parse(row.timing) as unknown,
    passRule: JSON.parse(row.pass_rule) as unknown,
  })
