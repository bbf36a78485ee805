import type { ExamPackage } from '#shared/domain/exam-package.ts'
import type { Db } from '../connection.ts'

export type PackageRepository = {
  /**
   * Whether a package holds an id that stands for something else here: something of another exam, a director, somebody
   * whose name or PIN is kept for another reason, or one of the exam's own people where it has a candidate.
   */
  clashes(given: ExamPackage): boolean
}

/** Names and PINs are kept by id alone, whoever has it: an id that is not this exam's would exchange somebody else's. */
export function createPackageRepository(db: Db): PackageRepository {
  const any = (condition: string) => {
    const found = db
      .prepare<[{ ids: string; exam: string }], number>(
        `SELECT EXISTS (SELECT 1 FROM json_each(@ids) AS given WHERE ${condition})`,
      )
      .pluck()
    return (given: ExamPackage, list: readonly { id: string }[]): boolean =>
      found.get({ ids: JSON.stringify(list.map(({ id }) => id)), exam: given.exam.id }) === 1
  }
  const isIn = (table: string, more = '') => `EXISTS (SELECT 1 FROM ${table} WHERE id = given.value${more})`
  const elsewhere = (table: string) => isIn(table, ' AND exam_id <> @exam')
  const named = (table: string, other: string) =>
    `${elsewhere(table)} OR ${isIn(other)} OR ${isIn('director')}
     OR (NOT ${isIn(table)} AND (${isIn('identity')} OR ${isIn('credential')}))`
  const candidate = any(named('candidate', 'person'))
  const person = any(named('person', 'candidate'))
  const station = any(elsewhere('station'))
  const encounter = any(elsewhere('encounter'))
  return {
    clashes: (given) =>
      candidate(given, given.candidates) ||
      person(given, given.people) ||
      station(given, given.stations) ||
      encounter(given, given.slots),
  }
}
