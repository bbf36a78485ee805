import Database from 'better-sqlite3-multiple-ciphers'
import type { EncounterId, EventId, ExamId } from '#shared/domain/ids.ts'
import type { EncounterEvent } from '#shared/domain/ledger-event.ts'
import { CHAIN_START, hashOf } from './chain.ts'
import type { Db } from './connection.ts'
import { hasChains } from './database-facts.ts'
import type { ChainedRow } from './event-row.ts'
import { chainKey, importedChains, type ImportedChain } from './imported-chains.ts'
import { createProjections, projectionTables } from './projections.ts'
import type { ChainHead } from './repositories/chains.ts'
import { checkStatements, type CheckedStatement } from './verify-statements.ts'

/**
 * Where a chain does not hold. "altered": the event is not the one that was hashed; "unlinked": it does not follow the
 * one before it; "gap": one of this installation's own events before it is not here; "removed": an event that came from
 * another laptop is gone; "replaced": another stands in the place of one that came.
 */
export type BrokenEvent = {
  /** null for one that is gone. */
  id: EventId | null
  device: string
  examId: ExamId | null
  seq: number
  problem: 'altered' | 'unlinked' | 'gap' | 'removed' | 'replaced'
}

/** How many events of a device and exam are here; `missing` of those before the last have not come. */
export type VerifiedChain = ChainHead & { examId: ExamId | null; events: number; missing: number }

/** A row that is not what the ledger says, by the event that it names, or would name; null where it names none. */
export type Difference = { table: string; encounterId: EncounterId; eventId: EventId | null }

export type Verification = {
  events: number
  chains: VerifiedChain[]
  /** The first event that does not hold, chain by chain; null where all do. */
  broken: BrokenEvent | null
  /** What the screens read and the ledger does not add up to. Not looked at where the ledger itself is broken. */
  differing: Difference[]
  /** The closing statements, in the order in which they were made. Not looked at where the ledger itself is broken. */
  statements: CheckedStatement[]
}

/**
 * Walks every chain of the ledger, exam by exam, and makes the projections anew beside those that stand to compare them.
 * Reads alone. Of another device's chain a part may still be on its way, but what came must be here; of this
 * installation's own nothing may be missing.
 */
export function verifyLedger(db: Db): Verification {
  const beside = projectionsBeside(db)
  try {
    const { chains, broken } = walkChains(db, beside.replay)
    return {
      events: chains.reduce((sum, { events }) => sum + events, 0),
      chains,
      broken,
      differing: broken ? [] : beside.differences(),
      statements: broken ? [] : checkStatements(db),
    }
  } finally {
    beside.close()
  }
}

export const isSound = ({ broken, differing, statements }: Verification): boolean =>
  broken === null && differing.length === 0 && statements.every(({ problem }) => problem === null)

/** The columns that a chain does not have in common. An array a row: objects would take half as long again. */
const columns = 'id, seq, hlc, encounter_id, rater_id, role, offset_ms, supersedes, payload, prev, hash'
type Columns = [
  ...[id: string, seq: number, hlc: string, encounter: string | null, rater: string | null],
  ...[role: string, offsetMs: number | null, supersedes: string, payload: string, prev: string, hash: string],
]

/** Hashes every event again. `ofExam` gets the events of each exam by their encounter, as long as all hold. */
export function walkChains(
  db: Db,
  ofExam?: (marked: ReadonlyMap<EncounterId, EncounterEvent[]>) => void,
): Pick<Verification, 'chains' | 'broken'> {
  const own = db.prepare<[], string>('SELECT device FROM installation').pluck().get()
  const imported = importedChains(db)
  const begun = db.prepare<[], [examId: string, device: string]>('SELECT DISTINCT exam_id, device FROM event').raw()
  // One that came and of which nothing is left is among them.
  const known = new Map([
    ...begun.all().map(([examId, device]) => [chainKey(device, examId), { examId, device }] as const),
    ...imported,
  ])
  const inOrder = [...known].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, chain]) => chain)
  const rows = db
    .prepare<[string, string], Columns>(`SELECT ${columns} FROM event WHERE device = ? AND exam_id = ? ORDER BY seq`)
    .raw()
  const chains: VerifiedChain[] = []
  let broken: BrokenEvent | null = null
  for (const [exam, ofOne] of Map.groupBy(inOrder, ({ examId }) => examId)) {
    const examId = exam === '' ? null : (exam as ExamId)
    const marked = new Map<EncounterId, EncounterEvent[]>()
    for (const { device } of ofOne) {
      const came = imported.get(chainKey(device, exam))
      const wholeTo = came?.wholeTo ?? 0
      const removedAt = (seq: number): BrokenEvent | null =>
        seq <= wholeTo ? { id: null, device, examId, seq, problem: 'removed' } : null
      let chain: VerifiedChain | null = null
      let next = 1
      for (const values of rows.iterate(device, exam)) {
        const row = rowOf(values, device, exam)
        if (row.seq !== next) broken ??= removedAt(next)
        const problem = problemOf(row, chain, came) ?? (device === own && row.seq !== next ? 'gap' : null)
        if (problem) broken ??= { id: row.id as EventId, device, examId, seq: row.seq, problem }
        if (ofExam && !broken && row.encounter_id !== null) collect(marked, row, row.encounter_id as EncounterId)
        chain ??= { device, examId, seq: 0, hash: '', events: 0, missing: 0 }
        chain.missing += Math.max(0, row.seq - Math.max(next, wholeTo + 1))
        chain.events += 1
        chain.seq = row.seq
        chain.hash = row.hash
        next = row.seq + 1
      }
      broken ??= removedAt(next)
      if (chain) chains.push(chain)
    }
    if (!broken) ofExam?.(marked)
  }
  return { chains, broken }
}

/** The first event of a file that does not hold; null where all do, and for one of before there were chains. */
export const firstBroken = (db: Db): BrokenEvent | null => (hasChains(db) ? walkChains(db).broken : null)

function rowOf(values: Columns, device: string, exam_id: string): ChainedRow {
  const [id, seq, hlc, encounter_id, rater_id, role, offset_ms, supersedes, payload, prev, hash] = values
  return { id, device, seq, hlc, exam_id, encounter_id, rater_id, role, offset_ms, supersedes, payload, prev, hash }
}

/** What came from elsewhere may be here in part: an event whose predecessor is not here follows what it says. */
function problemOf(
  row: ChainedRow,
  before: ChainHead | null,
  came: ImportedChain | undefined,
): BrokenEvent['problem'] | null {
  if (hashOf(row, row.prev) !== row.hash) return 'altered'
  const follows = before?.seq === row.seq - 1 ? before.hash : row.seq === 1 ? CHAIN_START : row.prev
  if (row.prev !== follows) return 'unlinked'
  return (came?.hashes.get(row.seq) ?? row.hash) === row.hash ? null : 'replaced'
}

/** The event of a row whose hash holds: it was parsed before it was written, so it is not parsed again. */
function collect(marked: Map<EncounterId, EncounterEvent[]>, row: ChainedRow, encounterId: EncounterId): void {
  const event = {
    id: row.id,
    device: row.device,
    seq: row.seq,
    hlc: row.hlc,
    examId: row.exam_id,
    encounterId,
    raterId: row.rater_id,
    role: row.role,
    offsetMs: row.offset_ms,
    supersedes: row.supersedes === '[]' ? [] : (JSON.parse(row.supersedes) as unknown),
    payload: JSON.parse(row.payload) as unknown,
  } as EncounterEvent
  const others = marked.get(encounterId)
  if (others) others.push(event)
  else marked.set(encounterId, [event])
}

/** The projections made anew in a database in memory, and where those that stand are others. */
function projectionsBeside(db: Db) {
  const beside = new Database(':memory:')
  beside.pragma('foreign_keys = OFF')
  beside.pragma('journal_mode = OFF')
  const definition = db.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck()
  for (const table of projectionTables) beside.exec(String(definition.get(table)))
  const projections = createProjections(beside)
  const replayed = beside.transaction((marked: ReadonlyMap<EncounterId, EncounterEvent[]>) => {
    for (const [id, events] of marked) {
      projections.replay(
        id,
        events.toSorted((a, b) => (a.hlc < b.hlc ? -1 : 1)),
      )
    }
  })
  return {
    replay: (marked: ReadonlyMap<EncounterId, EncounterEvent[]>): void => {
      replayed(marked)
    },
    differences: () =>
      projectionTables.flatMap((table) => differingRows(table, rowsOf(db, table), rowsOf(beside, table))),
    close: () => beside.close(),
  }
}

/** The rows of a table by their text; an array a row, in the order of the columns. */
type Rows = { columns: string[]; byText: ReadonlyMap<string, unknown[]> }

function rowsOf(db: Db, table: string): Rows {
  const all = db.prepare<[], unknown[]>(`SELECT * FROM ${table}`).raw()
  const columns = all.columns().map(({ name }) => name)
  return { columns, byText: new Map(all.all().map((row) => [JSON.stringify(row), row])) }
}

function differingRows(table: string, stored: Rows, due: Rows): Difference[] {
  const missing = (from: Rows, to: Rows) =>
    [...from.byText].flatMap(([text, row]) => (to.byText.has(text) ? [] : [{ columns: from.columns, row }]))
  const named = [...missing(due, stored), ...missing(stored, due)].map(({ columns, row }): Difference => {
    const value = (column: string) => row[columns.indexOf(column)] ?? null
    return {
      table,
      encounterId: value('encounter_id') as EncounterId,
      eventId: (value('event_id') ?? value('global_rating_event')) as EventId | null,
    }
  })
  // One that was changed differs twice, as it is and as it should be.
  return [...new Map(named.map((entry) => [`${entry.encounterId} ${entry.eventId ?? ''}`, entry])).values()]
}
