import { stationSchema, type Station } from '#shared/domain/exam.ts'
import type { ExamId, StationId } from '#shared/domain/ids.ts'
import type { Db } from '../connection.ts'

export type StationRepository = {
  ofExam(examId: ExamId): Station[]
  get(id: StationId): Station | null
  put(station: Station): void
  remove(id: StationId): void
}

type Row = {
  id: string
  exam_id: string
  number: number
  circuit: number
  kind: string
  title: string
  candidate_task: string
  examiner_brief: string
  script: string
  sp_brief: string
  cues: string
  structural_barriers: string
  rubric_id: string | null
  rubric_version: number | null
  heavy: number
}

export function createStationRepository(db: Db): StationRepository {
  const all = db.prepare<[string], Row>('SELECT * FROM station WHERE exam_id = ? ORDER BY number')
  const one = db.prepare<[string], Row>('SELECT * FROM station WHERE id = ?')
  const write = db.prepare<Row>(
    `INSERT INTO station (id, exam_id, number, circuit, kind, title, candidate_task, examiner_brief, script, sp_brief,
       cues, structural_barriers, rubric_id, rubric_version, heavy)
     VALUES (@id, @exam_id, @number, @circuit, @kind, @title, @candidate_task, @examiner_brief, @script, @sp_brief,
       @cues, @structural_barriers, @rubric_id, @rubric_version, @heavy)
     ON CONFLICT (id) DO UPDATE SET number = excluded.number, circuit = excluded.circuit, kind = excluded.kind,
       title = excluded.title, candidate_task = excluded.candidate_task, examiner_brief = excluded.examiner_brief,
       script = excluded.script, sp_brief = excluded.sp_brief, cues = excluded.cues,
       structural_barriers = excluded.structural_barriers, rubric_id = excluded.rubric_id,
       rubric_version = excluded.rubric_version, heavy = excluded.heavy`,
  )
  const drop = db.prepare<[string]>('DELETE FROM station WHERE id = ?')
  return {
    ofExam: (examId) => all.all(examId).map(fromRow),
    get: (id) => {
      const row = one.get(id)
      return row ? fromRow(row) : null
    },
    put: (station) => {
      write.run({
        id: station.id,
        exam_id: station.examId,
        number: station.number,
        circuit: station.circuit,
        kind: station.kind,
        title: station.title,
        candidate_task: station.candidateTask,
        examiner_brief: station.examinerBrief,
        script: station.script,
        sp_brief: station.spBrief,
        cues: JSON.stringify(station.cues),
        structural_barriers: JSON.stringify(station.structuralBarriers),
        rubric_id: station.rubric?.id ?? null,
        rubric_version: station.rubric?.version ?? null,
        heavy: station.heavy ? 1 : 0,
      })
    },
    remove: (id) => {
      drop.run(id)
    },
  }
}

const fromRow = (row: Row): Station =>
  stationSchema.parse({
    id: row.id,
    examId: row.exam_id,
    number: row.number,
    circuit: row.circuit,
    kind: row.kind,
    title: row.title,
    candidateTask: row.candidate_task,
    examinerBrief: row.examiner_brief,
    script: row.script,
    spBrief: row.sp_brief,
    cues: JSON.parse(row.cues) as unknown,
    structuralBarriers: JSON.parse(row.structural_barriers) as unknown,
    rubric: row.rubric_id === null ? null : { id: row.rubric_id, version: row.rubric_version },
    heavy: row.heavy === 1,
  })
