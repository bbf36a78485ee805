import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { examStatusSchema } from '#shared/domain/exam.ts'
import type { GoneOn } from '#shared/domain/gone-on.ts'
import { examIdSchema, type CandidateId, type EncounterId, type PersonId, type StationId } from '#shared/domain/ids.ts'
import type { Db } from './connection.ts'
import { newestVersion } from './migrations/index.ts'
import { createCandidateRepository } from './repositories/candidates.ts'
import { createErasureRepository } from './repositories/erasure.ts'
import { createPersonRepository } from './repositories/people.ts'
import { createSlotRepository } from './repositories/slots.ts'
import { createStationRepository } from './repositories/stations.ts'
import { setUpHash } from './stated-set-up.ts'

type Row = Record<string, string | number | null>
type OfId = Row & { id: string }
type RubricRow = { id: string; version: number; shipped: number; body: string }
type StationRow = OfId & { kind: string; cues: string; rubric_id: string | null; rubric_version: number | null }
type SlotRow = OfId & { station_id: string; candidate_id: string }

/** The rows of an exam whose package is out: what stations may have marked, and those who did. */
export type CarriedSetUp = {
  exam: OfId
  rubrics: RubricRow[]
  stations: StationRow[]
  candidates: (OfId & { number: string })[]
  people: OfId[]
  posts: { person_id: string; station_id: string }[]
  slots: SlotRow[]
  names: { id: string; name: string }[]
  pins: OfId[]
}

/** Those of the exams that belong here and of which a package is out; none from the tables of a later version. */
export function readSetUpsOut(db: Db): CarriedSetUp[] {
  if (Number(db.pragma('user_version', { simple: true })) > newestVersion) return []
  return db
    .prepare<[], string>('SELECT exam_id FROM exam_key WHERE identity IS NOT NULL ORDER BY exam_id')
    .pluck()
    .all()
    .flatMap((examId) => readSetUp(db, examId) ?? [])
}

function readSetUp(db: Db, examId: string): CarriedSetUp | null {
  const rows = <R>(sql: string): R[] => db.prepare<[{ exam: string }], R>(sql).all({ exam: examId })
  const [exam] = rows<OfId>('SELECT * FROM exam WHERE id = @exam')
  if (!exam) return null
  const of = (table: string) => `SELECT * FROM ${table} WHERE exam_id = @exam ORDER BY id`
  const isPerson = 'id IN (SELECT id FROM person WHERE exam_id = @exam)'
  return {
    exam,
    rubrics: rows(
      `SELECT * FROM rubric WHERE (id, version) IN
         (SELECT rubric_id, rubric_version FROM station WHERE exam_id = @exam) ORDER BY id, version`,
    ),
    stations: rows(of('station')),
    candidates: rows(of('candidate')),
    people: rows(of('person')),
    posts: rows(
      `SELECT person_station.* FROM person_station JOIN person ON person.id = person_id
       WHERE exam_id = @exam ORDER BY person_id, station_id`,
    ),
    slots: rows(of('encounter')),
    names: rows(
      `SELECT * FROM identity WHERE ${isPerson} OR id IN (SELECT id FROM candidate WHERE exam_id = @exam) ORDER BY id`,
    ),
    pins: rows(`SELECT * FROM credential WHERE ${isPerson} ORDER BY id`),
  }
}

/**
 * Puts the set-ups into the database that comes in the place of the one that they were read from, of this version and
 * inside the caller's transaction, where it could not take in what the stations still bring: where it does not have the
 * exam, knows of no package of it, or lacks an encounter, a person, or the rubric or cues that a station has now. As a
 * package does on a station: what was marked stays, with its station, candidate and rubric; the rest is as it was set up
 * last. Returns the exams that are others now.
 */
export function carrySetUps(db: Db, setUps: readonly CarriedSetUp[]): GoneOn[] {
  const isOut = db.prepare('SELECT 1 FROM exam_key WHERE exam_id = ? AND identity IS NOT NULL').pluck()
  const statusOf = db.prepare<[string], string>('SELECT status FROM exam WHERE id = ?').pluck()
  return setUps.flatMap((setUp): GoneOn[] => {
    const { id } = setUp.exam
    const before = readSetUp(db, id)
    if (isOut.get(id) !== undefined && before !== null && !lacksPlace(before, setUp)) return []
    put(db, setUp)
    if (isDeepStrictEqual({ ...before, pins: [] }, { ...readSetUp(db, id), pins: [] })) return []
    const status = examStatusSchema.parse(statusOf.get(id))
    const examId = examIdSchema.parse(id)
    const hash = status === 'draft' ? null : setUpHash(db, examId)
    return [{ examId, ...(hash !== null && { setUp: hash }), ...(before === null && { status }) }]
  })
}

/** Whether what a station recorded by the later set-up may have no place in the earlier one. */
function lacksPlace(earlier: CarriedSetUp, later: CarriedSetUp): boolean {
  const isMissing = (have: readonly OfId[], need: readonly OfId[]): boolean => {
    const ids = new Set(have.map(({ id }) => id))
    return need.some(({ id }) => !ids.has(id))
  }
  const stations = new Map(earlier.stations.map((station) => [station.id, whatMarksName(station)]))
  return (
    isMissing(earlier.slots, later.slots) ||
    isMissing(earlier.people, later.people) ||
    later.stations.some((station) => stations.get(station.id) !== whatMarksName(station))
  )
}

/** A moment names its cue by the number: in another order it would say something else. */
const whatMarksName = ({ kind, rubric_id, rubric_version, cues }: StationRow): string =>
  JSON.stringify([kind, rubric_id, rubric_version, cues])

/** Status and whether an exam is put away go with its marks. */
const ofPlan = ['title', 'held_on', 'site', 'paper', 'timing', 'pass_rule', 'rotation_basis', 'erase_names_on']

function put(db: Db, setUp: CarriedSetUp): void {
  const { exam, candidates, people, posts, slots } = setUp
  const upsert = upserter(db)
  const erasure = createErasureRepository(db)
  upsert('exam', exam, ['id'], ofPlan)
  putStations(db, setUp)
  removeUnmarked(db, setUp)

  // Two may have exchanged their numbers since.
  const numbers = db.prepare<[string], OfId>('SELECT id, number FROM candidate WHERE exam_id = ?').all(exam.id)
  const renumber = db.prepare<[string | null, string]>('UPDATE OR IGNORE candidate SET number = ? WHERE id = ?')
  for (const { id } of numbers) renumber.run(`X-${randomBytes(6).toString('hex')}`, id)
  for (const candidate of candidates) upsert('candidate', candidate, ['id'])
  const planned = new Set(candidates.map(({ id }) => id))
  for (const { id, number } of numbers) if (!planned.has(id)) renumber.run(String(number), id)

  const unassign = db.prepare<[string]>('DELETE FROM person_station WHERE person_id = ?')
  for (const person of people) {
    upsert('person', person, ['id'])
    unassign.run(person.id)
  }
  for (const post of posts) upsert('person_station', post, ['person_id', 'station_id'])

  const meeting = db
    .prepare<[string, string], string>('SELECT id FROM encounter WHERE station_id = ? AND candidate_id = ?')
    .pluck()
  for (const slot of slots) {
    // Where they met in another encounter, that one was marked: it stays, and there is no room for a second one.
    const met = meeting.get(slot.station_id, slot.candidate_id) ?? slot.id
    if (met === slot.id) upsert('encounter', slot, ['id'], ['round', 'starts_at_second'])
  }

  for (const { id, name } of setUp.names)
    if (!erasure.isErased(id as CandidateId | PersonId)) upsert('identity', { id, name }, ['id'])
  for (const pin of setUp.pins) if (!erasure.isErased(pin.id as PersonId)) upsert('credential', pin, ['id'])
}

/** A station at which somebody was rated keeps what that was rated by. */
function putStations(db: Db, { rubrics, stations }: CarriedSetUp): void {
  const upsert = upserter(db)
  const rated = 'FROM station JOIN encounter ON station_id = station.id JOIN event ON encounter_id = encounter.id'
  const kept = db.prepare<[string], StationRow>(
    `SELECT station.id, kind, cues, rubric_id, rubric_version ${rated} WHERE station.id = ? LIMIT 1`,
  )
  const isRatedBy = db
    .prepare<[string, number]>(`SELECT 1 ${rated} WHERE rubric_id = ? AND rubric_version = ? LIMIT 1`)
    .pluck()
  for (const rubric of rubrics) {
    const words = isRatedBy.get(rubric.id, rubric.version) === undefined ? ['body'] : []
    upsert('rubric', rubric, ['id', 'version'], words)
  }
  for (const station of stations) upsert('station', { ...station, ...kept.get(station.id) }, ['id'])
}

/** Takes out what is no longer in the set-up and of which nothing was recorded. */
function removeUnmarked(db: Db, { exam: { id: exam }, stations, candidates, people, slots }: CarriedSetUp): void {
  const plan = createSlotRepository(db)
  const isMet = db.prepare('SELECT 1 FROM encounter WHERE ? IN (station_id, candidate_id) LIMIT 1').pluck()
  const repositories = {
    people: createPersonRepository(db),
    candidates: createCandidateRepository(db),
    stations: createStationRepository(db),
  }
  const others = (table: string, planned: readonly OfId[]): string[] => {
    const ids = new Set(planned.map(({ id }) => id))
    const all = db.prepare<[string], string>(`SELECT id FROM ${table} WHERE exam_id = ?`).pluck()
    return all.all(exam).filter((id) => !ids.has(id))
  }
  for (const id of others('encounter', slots)) if (!plan.hasEvents(id as EncounterId)) plan.remove(id as EncounterId)
  for (const id of others('candidate', candidates)) {
    if (isMet.get(id) === undefined) repositories.candidates.remove(id as CandidateId)
  }
  for (const id of others('station', stations)) {
    if (isMet.get(id) === undefined) repositories.stations.remove(id as StationId)
  }
  for (const id of others('person', people)) {
    if (!repositories.people.hasRated(id as PersonId)) repositories.people.remove(id as PersonId)
  }
}

/** Adds a row; of one that is there the columns `changed` become these, or all. Nothing that names it goes with it. */
const upserter =
  (db: Db) =>
  (
    table: string,
    row: Row,
    key: readonly string[],
    changed = Object.keys(row).filter((name) => !key.includes(name)),
  ) => {
    const columns = Object.keys(row)
    const change = changed.filter((name) => columns.includes(name)).map((name) => `${name} = excluded.${name}`)
    db.prepare<[Row]>(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})
       ON CONFLICT (${key.join(', ')}) DO ${change.length === 0 ? 'NOTHING' : `UPDATE SET ${change.join(', ')}`}`,
    ).run(row)
  }
