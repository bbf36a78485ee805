import type { RoundStart } from '#shared/domain/clock-skew.ts'
import { parseStamp } from '#shared/domain/hybrid-clock.ts'
import type { EncounterId, ExamId } from '#shared/domain/ids.ts'
import type { Db } from '../connection.ts'
import type { ChainedRow } from '../event-row.ts'

/** The last event of a chain: how many the device has written of the exam, and the hash that stands for all of them. */
export type ChainHead = { device: string; seq: number; hash: string }

export type ChainRepository = {
  /** The heads of an exam, or of what is about the installation (null), in the order of their devices. */
  heads(examId: ExamId | null): ChainHead[]
  /** For each of these devices the last event before which none of the exam is missing; none where the first is. */
  wholeTo(examId: ExamId, devices: readonly string[]): ChainHead[]
  /** The events of a chain behind its event number `after`, in their order. */
  rows(examId: ExamId, device: string, after: number): ChainedRow[]
  /** Of the chains of an exam that have gaps: how many events are not here before the last one that is. */
  missing(examId: ExamId): ReadonlyMap<string, number>
  /** Encounters of which something may be missing: a device wrote in them whose chain has a gap. */
  partial(examId: ExamId): ReadonlySet<EncounterId>
  /** When each device began its first encounter of each round of an exam, by its own clock. */
  roundStarts(examId: ExamId): RoundStart[]
  /** Wall time of a chain's last event in milliseconds; null where there is none. */
  lastWallMs(examId: ExamId, device: string): number | null
}

export function createChainRepository(db: Db): ChainRepository {
  // With max() alone, SQLite takes the other columns from the row that holds it.
  const heads = db.prepare<[string], ChainHead>(
    'SELECT device, max(seq) AS seq, hash FROM event WHERE exam_id = ? GROUP BY device ORDER BY device',
  )
  const wholeTo = db.prepare<[string, string], ChainHead>(
    `SELECT device, seq, hash
     FROM (SELECT device, seq, hash, row_number() OVER (ORDER BY seq) AS place FROM event WHERE device = ? AND exam_id = ?)
     WHERE seq = place ORDER BY seq DESC LIMIT 1`,
  )
  const rows = db.prepare<[string, string, number], ChainedRow>(
    'SELECT * FROM event WHERE device = ? AND exam_id = ? AND seq > ? ORDER BY seq',
  )
  const last = db
    .prepare<[string, string], string>(
      'SELECT hlc FROM event WHERE device = ? AND exam_id = ? ORDER BY seq DESC LIMIT 1',
    )
    .pluck()
  const gaps = db.prepare<[string], { device: string; missing: number }>(
    'SELECT device, max(seq) - count(*) AS missing FROM event WHERE exam_id = ? GROUP BY device HAVING missing > 0',
  )
  const touched = db
    .prepare<[string, string], string>(
      'SELECT DISTINCT encounter_id FROM event WHERE exam_id = ? AND device = ? AND encounter_id IS NOT NULL',
    )
    .pluck()
  const starts = db.prepare<[string], RoundStart>(
    `SELECT device, round, min(event.payload ->> '$.reading.wallMs') AS wallMs
     FROM event JOIN encounter ON encounter.id = event.encounter_id
     WHERE event.exam_id = ? AND event.payload ->> 'type' = 'clock.changed'
     GROUP BY device, round`,
  )
  return {
    heads: (examId) => heads.all(examId ?? ''),
    wholeTo: (examId, devices) => devices.flatMap((device) => wholeTo.get(device, examId) ?? []),
    rows: (examId, device, after) => rows.all(device, examId, after),
    missing: (examId) => new Map(gaps.all(examId).map(({ device, missing }) => [device, missing])),
    partial: (examId) =>
      new Set(gaps.all(examId).flatMap(({ device }) => touched.all(examId, device) as EncounterId[])),
    roundStarts: (examId) => starts.all(examId),
    lastWallMs: (examId, device) => {
      const stamp = last.get(device, examId)
      return stamp === undefined ? null : parseStamp(stamp).wallMs
    },
  }
}
