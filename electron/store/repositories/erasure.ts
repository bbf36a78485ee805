import type { CandidateId, ExamId, PersonId } from '#shared/domain/ids.ts'
import type { Db } from '../connection.ts'

export type ErasureRepository = {
  /** How many names an exam holds: of candidates, of its people, typed under reviews, and numbers that were on badges. */
  namesOf(examId: ExamId): number
  /**
   * Takes a candidate's name and former numbers away and puts another number in place of the one on the badge, for good:
   * see `isErased`. One who is not here is remembered.
   */
  eraseCandidate(id: CandidateId, number: string): void
  /** Takes a person's name and PIN away, for good. */
  erasePerson(id: PersonId): void
  /** Takes the names and PINs of the exam's people, the names typed under its reviews and every former number away. */
  erasePeople(examId: ExamId): void
  /** Whether the name is gone for good, wherever it may still come from. */
  isErased(id: CandidateId | PersonId): boolean
  /** Whose names of an exam are gone for good. */
  erasedOf(examId: ExamId): { candidates: CandidateId[]; people: PersonId[] }
  /** Of a package that was nobody's to make: whose names it said to be gone may come again. */
  forget(ids: readonly string[]): void
  eraseNamesOn(examId: ExamId): string | null
  setEraseNamesOn(examId: ExamId, date: string | null): void
}

// Reviews from before a PIN was asked for have their reviewer's name under the event's id.
const people = `SELECT id FROM person WHERE exam_id = @exam
  UNION ALL SELECT id FROM event WHERE exam_id = @exam AND payload ->> 'type' = 'red-flag.reviewed'
  UNION ALL SELECT id FROM event WHERE encounter_id IS NULL AND exam_id = @exam AND payload ->> 'type' = 'set-up.candidate'`

export function createErasureRepository(db: Db): ErasureRepository {
  const counted = db
    .prepare<[{ exam: string }], number>(
      `SELECT count(*) FROM identity
       WHERE id IN (SELECT id FROM candidate WHERE exam_id = @exam UNION ALL ${people})`,
    )
    .pluck()
  const renumber = db.prepare<[string, string]>('UPDATE candidate SET number = ? WHERE id = ?')
  const forget = db.prepare<[string]>('DELETE FROM identity WHERE id = ?')
  const forgetBadges = db.prepare<[string]>(
    "DELETE FROM identity WHERE id IN (SELECT id FROM event WHERE encounter_id IS NULL AND payload ->> 'candidateId' = ?)",
  )
  const forgetPeople = db.prepare<[{ exam: string }]>(`DELETE FROM identity WHERE id IN (${people})`)
  const remember = db.prepare<[string]>('INSERT OR IGNORE INTO erased (id) VALUES (?)')
  const remembered = db.prepare<[string], number>('SELECT count(*) FROM erased WHERE id = ?').pluck()
  const forgetErased = db.prepare<[string]>('DELETE FROM erased WHERE id = ?')
  const forgetPin = db.prepare<[string]>('DELETE FROM credential WHERE id = ?')
  const peopleOf = db.prepare<[string], PersonId>('SELECT id FROM person WHERE exam_id = ?').pluck()
  const erasedAmong = <T extends string>(table: 'candidate' | 'person') =>
    db.prepare<[string], T>(`SELECT id FROM ${table} JOIN erased USING (id) WHERE exam_id = ? ORDER BY id`).pluck()
  const erasedCandidates = erasedAmong<CandidateId>('candidate')
  const erasedPeople = erasedAmong<PersonId>('person')
  const erasePerson = (id: PersonId) => {
    forget.run(id)
    forgetPin.run(id)
    remember.run(id)
  }
  const read = db.prepare<[string], string | null>('SELECT erase_names_on FROM exam WHERE id = ?').pluck()
  const write = db.prepare<[string | null, string]>('UPDATE exam SET erase_names_on = ? WHERE id = ?')
  return {
    forget: (ids) => {
      for (const id of ids) forgetErased.run(id)
    },
    namesOf: (examId) => counted.get({ exam: examId }) ?? 0,
    eraseCandidate: (id, number) => {
      forget.run(id)
      forgetBadges.run(id)
      renumber.run(number, id)
      remember.run(id)
    },
    erasePerson,
    erasePeople: (examId) => {
      for (const id of peopleOf.all(examId)) erasePerson(id)
      forgetPeople.run({ exam: examId })
    },
    isErased: (id) => remembered.get(id) === 1,
    erasedOf: (examId) => ({ candidates: erasedCandidates.all(examId), people: erasedPeople.all(examId) }),
    eraseNamesOn: (examId) => read.get(examId) ?? null,
    setEraseNamesOn: (examId, date) => {
      write.run(date, examId)
    },
  }
}
