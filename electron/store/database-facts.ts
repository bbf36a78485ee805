import { examStatusSchema } from '#shared/domain/exam.ts'
import { headCode } from '#shared/domain/head-code.ts'
import { APPLICATION_ID, type Db } from './connection.ts'

/** Where one chain of a ledger stands in a file. `hash` is null in files of before there were chains. */
export type LedgerHead = { device: string; examId: string; events: number; hash: string | null }

/** What a database file holds, read in a way that every version since the first allows. */
export type DatabaseFacts = {
  /** The installation that writes it; null in a file that was never opened by one. */
  device: string | null
  version: number
  heads: LedgerHead[]
  /** Wall time of the newest event in milliseconds; null where none is told. */
  newestMs: number | null
  exams: {
    id: string
    title: string
    heldOn: string
    status: 'draft' | 'running' | 'closed'
    encounters: number
    submitted: number
  }[]
}

/** Reads them at one moment if the connection is in a transaction. */
export function factsOf(db: Db): DatabaseFacts {
  const exams = db
    .prepare<[], { id: string; title: string; heldOn: string; status: string; encounters: number; submitted: number }>(
      `SELECT exam.id, exam.title, exam.held_on AS heldOn, exam.status, count(encounter.id) AS encounters,
         count(*) FILTER (WHERE state.status = 'submitted') AS submitted
       FROM exam LEFT JOIN encounter ON encounter.exam_id = exam.id
         LEFT JOIN encounter_state AS state ON state.encounter_id = encounter.id
       GROUP BY exam.id ORDER BY exam.held_on DESC, exam.id`,
    )
    .all()
  return {
    device: db.prepare<[], string>('SELECT device FROM installation').pluck().get() ?? null,
    version: Number(db.pragma('user_version', { simple: true })),
    heads: headsOf(db),
    newestMs: newestMsOf(db),
    exams: exams.map((exam) => ({ ...exam, status: examStatusSchema.parse(exam.status) })),
  }
}

/** How far each chain goes. Two files of one history agree on what they share. */
export function headsOf(db: Db): LedgerHead[] {
  // With max() alone, SQLite takes the other columns from the row that holds it.
  const chained = `SELECT device, exam_id AS examId, count(*) AS events, max(seq), hash FROM event
    GROUP BY device, exam_id ORDER BY device, exam_id`
  const unchained = `SELECT device, exam_id AS examId, count(*) AS events, NULL AS hash
    FROM event JOIN encounter ON encounter.id = encounter_id GROUP BY device, exam_id ORDER BY device, exam_id`
  return db
    .prepare<[], LedgerHead>(hasChains(db) ? chained : unchained)
    .all()
    .map(({ device, examId, events, hash }) => ({ device, examId, events, hash }))
}

export const hasChains = (db: Db): boolean =>
  db.prepare("SELECT 1 FROM pragma_table_info('event') WHERE name = 'hash'").get() !== undefined

/** A stamp that somebody edited is no reason to refuse a copy: what stands there is copied, and `verify` tells of it. */
function newestMsOf(db: Db): number | null {
  const newest = db.prepare<[], string | null>('SELECT max(hlc) FROM event').pluck().get() ?? ''
  const wallMs = /^\d{13}(?=-)/.exec(newest)?.[0]
  return wallMs === undefined ? null : Number(wallMs)
}

export const eventsIn = (heads: readonly LedgerHead[]): number => heads.reduce((sum, { events }) => sum + events, 0)

/**
 * How many events `there` has that `here` has not. A chain only grows, and a restored database goes on under a new device:
 * so what is counted chain by chain is what there is.
 */
export function eventsBeyond(there: readonly LedgerHead[], here: readonly LedgerHead[]): number {
  const chainOf = ({ device, examId }: LedgerHead) => `${device} ${examId}`
  const own = new Map(here.map((head) => [chainOf(head), head.events]))
  return there.reduce((sum, head) => sum + Math.max(0, head.events - (own.get(chainOf(head)) ?? 0)), 0)
}

/** Whether a database goes on where each of these chains stood: the event there is that very one. */
export function continues(db: Db, heads: readonly LedgerHead[]): boolean {
  const own = new Map(headsOf(db).map((head) => [`${head.device} ${head.examId}`, head.events]))
  const at = db.prepare<[string, string], string>('SELECT 1 FROM event WHERE device = ? AND hash = ?').pluck()
  return heads.every(
    ({ device, examId, events, hash }) =>
      (own.get(`${device} ${examId}`) ?? 0) >= events && (hash === null || at.get(device, hash) !== undefined),
  )
}

/** The short code of an exam's chain, as it is printed: of the installation's own chain, else of the longest. */
export function examCode({ heads, device }: Pick<DatabaseFacts, 'heads' | 'device'>, examId: string): string | null {
  const chains = heads.filter((head) => head.examId === examId).toSorted((a, b) => b.events - a.events)
  const hash = (chains.find((head) => head.device === device) ?? chains[0])?.hash ?? null
  return hash === null ? null : headCode(hash)
}

/** What is wrong with the file as a database of Attune; null where nothing is. Goes through all of it. */
export function faultOf(db: Db): string | null {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    return 'the file does not bear the mark of Attune'
  const verdict = String(db.pragma('integrity_check(1)', { simple: true }))
  return verdict === 'ok' ? null : verdict
}
