import type { CandidateId, ExamId } from '#shared/domain/ids.ts'
import type { Db } from '../connection.ts'

export type ErasureRepository = {
  /** How many names an exam holds: of candidates, of its people, and under reviews. */
  namesOf(examId: ExamId): number
  /** Takes a candidate's name away and puts another number in place of the one on the badge. */
  eraseCandidate(id: CandidateId, number: string): void
  /** Takes the names of the exam's people and the signatures of its reviews away. */
  erasePeople(examId: ExamId): void
  eraseNamesOn(examId: ExamId): string | null
  setEraseNamesOn(examId: ExamId, date: string | null): void
}

const people = `SELECT id FROM person WHERE exam_id = @exam
  UNION ALL SELECT id FROM event WHERE exam_id = @exam AND payload ->> 'type' = 'red-flag.reviewed'`

export function createErasureRepository(db: Db): ErasureRepository {
  const counted = db
    .prepare<[{ exam: string }], number>(
      `SELECT count(*) FROM identity
       WHERE id IN (SELECT id FROM candidate WHERE exam_id = @exam UNION ALL ${people})`,
    )
    .pluck()
  const renumber = db.prepare<[string, string]>('UPDATE candidate SET number = ? WHERE id = ?')
  const forget = db.prepare<[string]>('DELETE FROM identity WHERE id = ?')
  const forgetPeople = db.prepare<[{ exam: string }]>(`DELETE FROM identity WHERE id IN (${people})`)
  const read = db.prepare<[string], string | null>('SELECT erase_names_on FROM exam WHERE id = ?').pluck()
  const write = db.prepare<[string | null, string]>('UPDATE exam SET erase_names_on = ? WHERE id = ?')
  return {
    namesOf: (examId) => counted.get({ exam: examId }) ?? 0,
    eraseCandidate: (id, number) => {
      forget.run(id)
      renumber.run(number, id)
    },
    erasePeople: (examId) => {
      forgetPeople.run({ exam: examId })
    },
    eraseNamesOn: (examId) => read.get(examId) ?? null,
    setEraseNamesOn: (examId, date) => {
      write.run(date, examId)
    },
  }
}
