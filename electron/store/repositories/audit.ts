import { z } from 'zod'
import { candidateIdSchema, personIdSchema, stationIdSchema } from '#shared/domain/ids.ts'
import type { CandidateId, EventId, ExamId, MomentId, PersonId, StationId } from '#shared/domain/ids.ts'
import type { LedgerEvent } from '#shared/domain/ledger-event.ts'
import type { PayloadType } from '#shared/domain/audit.ts'
import type { Db } from '../connection.ts'
import { eventFromRow, type EventRow } from '../event-row.ts'
import { BETWEEN_BADGES } from './identities.ts'

/** Which events to tell; null: whatever it is. Times in wall milliseconds, `fromMs` included, `toMs` not. */
export type AuditWhich = {
  /** null: what is about the installation. */
  examId: ExamId | null
  /** Who did it, or whose PIN it is about. */
  personId: PersonId | null
  candidateId: CandidateId | null
  stationId: StationId | null
  device: string | null
  types: readonly PayloadType[] | null
  fromMs: number | null
  toMs: number | null
}

/** An event with what its ids stand for. */
export type AuditRow = {
  event: LedgerEvent
  hash: string
  candidateId: CandidateId | null
  stationId: StationId | null
}

export type AuditRepository = {
  /** Newest first, those before the stamp where one is given. Nothing may be written while they are being told. */
  newestFirst(which: AuditWhich, before: string | null): IterableIterator<AuditRow>
  count(which: AuditWhich): number
  event(id: EventId): AuditRow | null
  /** Of a person, or of whoever signed an event; null where it was erased or never given. */
  nameOf(id: PersonId | EventId): string | null
  /** The number on a badge before an event and after it; empty where it tells of none, or they were erased. */
  badges(id: EventId): string[]
  mark(id: MomentId): { kind: string; type: string } | null
  /** Who wrote, and on which installations. */
  writers(examId: ExamId | null): { people: { id: PersonId; role: string }[]; devices: Writer[] }
}

/** An installation that wrote; `name`: what the director calls it, null where nobody named it. */
type Writer = { device: string; name: string | null }

type Row = EventRow & { hash: string; candidate_id: string | null; station_id: string | null }

const FROM = 'FROM event LEFT JOIN encounter ON encounter.id = event.encounter_id'
/** Of the encounter, or of what is said about its set-up. */
const CANDIDATE = "coalesce(candidate_id, payload ->> 'candidateId')"
const STATION = "coalesce(station_id, payload ->> 'stationId')"
const WHERE = `WHERE event.exam_id = @exam
  AND (@person IS NULL OR rater_id = @person OR payload ->> 'personId' = @person)
  AND (@candidate IS NULL OR ${CANDIDATE} = @candidate)
  AND (@station IS NULL OR ${STATION} = @station)
  AND (@device IS NULL OR device = @device)
  AND (@types IS NULL OR payload ->> 'type' IN (SELECT value FROM json_each(@types)))
  AND (@from IS NULL OR hlc >= @from) AND (@to IS NULL OR hlc < @to)`
const COLUMNS = `event.*, ${CANDIDATE} AS candidate_id, ${STATION} AS station_id`

export function createAuditRepository(db: Db): AuditRepository {
  const rows = db.prepare<[Record<string, string | null>], Row>(
    `SELECT ${COLUMNS} ${FROM} ${WHERE} AND (@before IS NULL OR hlc < @before) ORDER BY hlc DESC`,
  )
  const counted = db.prepare<[Record<string, string | null>], number>(`SELECT count(*) ${FROM} ${WHERE}`).pluck()
  const one = db.prepare<[string], Row>(`SELECT ${COLUMNS} ${FROM} WHERE event.id = ?`)
  const name = db.prepare<[string], string>('SELECT name FROM identity WHERE id = ?').pluck()
  const mark = db.prepare<[string], { kind: string; type: string }>('SELECT kind, type FROM mark WHERE id = ?')
  const people = db.prepare<[string]>(
    'SELECT DISTINCT rater_id AS id, role FROM event WHERE exam_id = ? AND rater_id IS NOT NULL',
  )
  const devices = db.prepare<[string], Writer>(
    `SELECT device,
       (SELECT nullif(name, '') FROM device_of_key JOIN trusted_key USING (public_key)
        WHERE device_of_key.device = written.device) AS name
     FROM (SELECT DISTINCT device FROM event WHERE exam_id = ?) AS written ORDER BY device`,
  )
  return {
    newestFirst: function* (which, before) {
      for (const row of rows.iterate({ ...paramsOf(which), before })) yield fromRow(row)
    },
    count: (which) => counted.get(paramsOf(which)) ?? 0,
    event: (id) => {
      const row = one.get(id)
      return row ? fromRow(row) : null
    },
    nameOf: (id) => name.get(id) ?? null,
    badges: (id) => name.get(id)?.split(BETWEEN_BADGES) ?? [],
    mark: (id) => mark.get(id) ?? null,
    writers: (examId) => ({
      people: z.array(z.strictObject({ id: personIdSchema, role: z.string() })).parse(people.all(examId ?? '')),
      devices: devices.all(examId ?? ''),
    }),
  }
}

const paramsOf = ({ examId, personId, candidateId, stationId, device, types, fromMs, toMs }: AuditWhich) => ({
  exam: examId ?? '',
  person: personId,
  candidate: candidateId,
  station: stationId,
  device,
  types: types === null ? null : JSON.stringify(types),
  from: fromMs === null ? null : stampOf(fromMs),
  to: toMs === null ? null : stampOf(toMs),
})

/** Stamps sort as text, and begin with thirteen digits of wall time. */
const stampOf = (wallMs: number): string => String(wallMs).padStart(13, '0')

const fromRow = (row: Row): AuditRow => ({
  event: eventFromRow(row),
  hash: row.hash,
  candidateId: row.candidate_id === null ? null : candidateIdSchema.parse(row.candidate_id),
  stationId: row.station_id === null ? null : stationIdSchema.parse(row.station_id),
})
