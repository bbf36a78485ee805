import { NAMELESS, personSchema, type Person } from '#shared/domain/exam.ts'
import type { ExamId, PersonId } from '#shared/domain/ids.ts'
import type { Db } from '../connection.ts'
import { createIdentities, hasSigned } from './identities.ts'

export type PersonRepository = {
  ofExam(examId: ExamId): Person[]
  get(id: PersonId): Person | null
  /** True once the ledger of an exam holds an event of theirs, or one that they signed; that they signed in is none. */
  hasRated(id: PersonId): boolean
  put(person: Person): void
  remove(id: PersonId): void
}

type Row = { id: string; exam_id: string; role: string; name: string | null; stations: string }

const select = `
  SELECT person.id, exam_id, role, name,
    (SELECT coalesce(json_group_array(station_id), '[]') FROM (
      SELECT station_id FROM person_station JOIN station ON station.id = station_id
      WHERE person_id = person.id ORDER BY number)) AS stations
  FROM person LEFT JOIN identity ON identity.id = person.id`

export function createPersonRepository(db: Db): PersonRepository {
  const all = db.prepare<[string], Row>(`${select} WHERE exam_id = ? ORDER BY role, name`)
  const one = db.prepare<[string], Row>(`${select} WHERE person.id = ?`)
  const rated = db
    .prepare<[{ id: string }], number>(
      `SELECT EXISTS (SELECT 1 FROM event WHERE rater_id = @id AND exam_id <> '') OR ${hasSigned}`,
    )
    .pluck()
  const write = db.prepare<[string, string, string]>(
    `INSERT INTO person (id, exam_id, role) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET role = excluded.role`,
  )
  const identities = createIdentities(db)
  const unassign = db.prepare<[string]>('DELETE FROM person_station WHERE person_id = ?')
  const assign = db.prepare<[string, string]>('INSERT INTO person_station (person_id, station_id) VALUES (?, ?)')
  const drop = db.prepare<[string]>('DELETE FROM person WHERE id = ?')
  return {
    ofExam: (examId) => all.all(examId).map(fromRow),
    get: (id) => {
      const row = one.get(id)
      return row ? fromRow(row) : null
    },
    hasRated: (id) => rated.get({ id }) === 1,
    put: db.transaction((person: Person) => {
      write.run(person.id, person.examId, person.role)
      identities.put(person.id, person.name)
      unassign.run(person.id)
      for (const stationId of new Set(person.stationIds)) assign.run(person.id, stationId)
    }),
    remove: db.transaction((id: PersonId) => {
      drop.run(id)
      identities.remove(id)
    }),
  }
}

const fromRow = (row: Row): Person =>
  personSchema.parse({
    id: row.id,
    examId: row.exam_id,
    role: row.role,
    name: row.name ?? NAMELESS,
    stationIds: JSON.parse(row.stations) as unknown,
  })
