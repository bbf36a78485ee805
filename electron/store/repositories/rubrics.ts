import type { RubricRef } from '#shared/domain/rubric.ts'
import { rubricSchema, type Rubric } from '#shared/domain/rubric.ts'
import type { Db } from '../connection.ts'

/** `inUse`: somebody was rated with it, or may be on other laptops, to which a package of an exam took it. */
export type StoredRubric = { rubric: Rubric; shipped: boolean; inUse: boolean }

export type RubricRepository = {
  list(): StoredRubric[]
  get(ref: RubricRef): StoredRubric | null
  put(rubric: Rubric, shipped: boolean): void
  remove(ref: RubricRef): void
  /** How many stations of any exam are rated with it. */
  stationsUsing(ref: RubricRef): number
}

type Row = { body: string; shipped: number; in_use: number }

const select = `
  SELECT body, shipped, EXISTS (
    SELECT 1 FROM station s JOIN encounter e ON e.station_id = s.id JOIN event ev ON ev.encounter_id = e.id
    WHERE s.rubric_id = rubric.id AND s.rubric_version = rubric.version
  ) OR EXISTS (
    SELECT 1 FROM station s JOIN exam_key k ON k.exam_id = s.exam_id
    WHERE s.rubric_id = rubric.id AND s.rubric_version = rubric.version AND k.identity IS NOT NULL
  ) AS in_use FROM rubric`

export function createRubricRepository(db: Db): RubricRepository {
  const all = db.prepare<[], Row>(`${select} ORDER BY shipped DESC, id, version`)
  const one = db.prepare<[string, number], Row>(`${select} WHERE id = ? AND version = ?`)
  const write = db.prepare<[string, number, number, string]>(
    `INSERT INTO rubric (id, version, shipped, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (id, version) DO UPDATE SET body = excluded.body, shipped = excluded.shipped`,
  )
  const drop = db.prepare<[string, number]>('DELETE FROM rubric WHERE id = ? AND version = ?')
  const users = db
    .prepare<[string, number], number>('SELECT count(*) FROM station WHERE rubric_id = ? AND rubric_version = ?')
    .pluck()

  const fromRow = (row: Row): StoredRubric => ({
    rubric: rubricSchema.parse(JSON.parse(row.body)),
    shipped: row.shipped === 1,
    inUse: row.in_use === 1,
  })

  return {
    list: () => all.all().map(fromRow),
    get: (ref) => {
      const row = one.get(ref.id, ref.version)
      return row ? fromRow(row) : null
    },
    put: (rubric, shipped) => {
      write.run(rubric.id, rubric.version, shipped ? 1 : 0, JSON.stringify(rubric))
    },
    remove: (ref) => {
      drop.run(ref.id, ref.version)
    },
    stationsUsing: (ref) => users.get(ref.id, ref.version) ?? 0,
  }
}
