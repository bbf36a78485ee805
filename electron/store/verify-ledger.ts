import Database from 'better-sqlite3-multiple-ciphers'
import type { EncounterId, EventId, ExamId } from '#shared/domain/ids.ts'
import type { EncounterEvent } from '#shared/domain/ledger-event.ts'
import { CHAIN_START, hashOf } from './chain.ts'
import type { Db } from './connection.ts'
import { eventFromRow, type ChainedRow, type EventRow } from './event-row.ts'
import { createProjections, projectionTables } from './projections.ts'
import type { ChainHead } from './repositories/chains.ts'
import { checkStatements, type CheckedStatement } from './verify-statements.ts'

/**
 * Where a chain does not hold. "altered": the event is not the one that was hashed; "unlinked": it does not follow the
 * one before it; "gap": one of this installation's own events before it is not here.
 */
export type BrokenEvent = {
  id: EventId
  device: string
  examId: ExamId | null
  seq: number
  problem: 'altered' | 'unlinked' | 'gap'
}

/** How many events of a device and exam are here; `missing` of those before the last are not. */
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
 * Walks every chain of the ledger, and makes the projections anew beside those that stand to compare them. Reads alone.
 * Of another device's chain a part may still be on its way, of this installation's own nothing may be missing.
 */
export function verifyLedger(db: Db): Verification {
  const { events, chains, broken } = walkChains(db)
  return {
    events,
    chains,
    broken,
    differing: broken ? [] : differences(db),
    statements: broken ? [] : checkStatements(db),
  }
}

export const isSound = ({ broken, differing, statements }: Verification): boolean =>
  broken === null && differing.length === 0 && statements.every(({ problem }) => problem === null)

function walkChains(db: Db): Pick<Verification, 'events' | 'chains' | 'broken'> {
  const chains: VerifiedChain[] = []
  const own = db.prepare<[], string>('SELECT device FROM installation').pluck().get()
  const rows = db.prepare<[], ChainedRow>('SELECT * FROM event ORDER BY device, exam_id, seq')
  let events = 0
  let broken: BrokenEvent | null = null
  for (const row of rows.iterate()) {
    events += 1
    const examId = row.exam_id === '' ? null : (row.exam_id as ExamId)
    const last = chains.at(-1)
    const chain = last?.device === row.device && last.examId === examId ? last : null
    const problem = problemOf(row, chain) ?? (row.device === own && row.seq !== (chain?.seq ?? 0) + 1 ? 'gap' : null)
    if (problem) broken ??= { id: row.id as EventId, device: row.device, examId, seq: row.seq, problem }
    if (chain) {
      chain.missing += row.seq - chain.seq - 1
      chain.events += 1
      chain.seq = row.seq
      chain.hash = row.hash
    } else {
      chains.push({ device: row.device, examId, seq: row.seq, hash: row.hash, events: 1, missing: row.seq - 1 })
    }
  }
  return { events, chains, broken }
}

/** What comes from elsewhere may be here in part: an event whose predecessor is not here follows what it says. */
function problemOf(row: ChainedRow, before: ChainHead | null): BrokenEvent['problem'] | null {
  if (hashOf(row, row.prev) !== row.hash) return 'altered'
  if (before?.seq === row.seq - 1) return row.prev === before.hash ? null : 'unlinked'
  return row.seq === 1 && row.prev !== CHAIN_START ? 'unlinked' : null
}

function differences(db: Db): Difference[] {
  const beside = new Database(':memory:')
  try {
    beside.pragma('foreign_keys = OFF')
    const definition = db.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck()
    for (const table of projectionTables) beside.exec(String(definition.get(table)))
    const projections = createProjections(beside)
    const marked = db
      .prepare<[], string>('SELECT DISTINCT encounter_id FROM event WHERE encounter_id IS NOT NULL')
      .pluck()
    const rows = db.prepare<[string], EventRow>('SELECT * FROM event WHERE encounter_id = ? ORDER BY hlc')
    beside.transaction(() => {
      for (const id of marked.all()) {
        projections.replay(
          id as EncounterId,
          rows.all(id).map((row) => eventFromRow(row) as EncounterEvent),
        )
      }
    })()
    return projectionTables.flatMap((table) => differingRows(table, rowsOf(db, table), rowsOf(beside, table)))
  } finally {
    beside.close()
  }
}

type ProjectedRow = { encounter_id: string; event_id?: string; global_rating_event?: string | null }

const rowsOf = (db: Db, table: string): Map<string, ProjectedRow> =>
  new Map(
    db
      .prepare<[], ProjectedRow>(`SELECT * FROM ${table}`)
      .all()
      .map((row) => [JSON.stringify(row), row]),
  )

function differingRows(
  table: string,
  stored: ReadonlyMap<string, ProjectedRow>,
  due: ReadonlyMap<string, ProjectedRow>,
): Difference[] {
  const differing = [
    ...[...due].filter(([text]) => !stored.has(text)),
    ...[...stored].filter(([text]) => !due.has(text)),
  ]
  const named = differing.map(([, row]): Difference => {
    const eventId = (row.event_id ?? row.global_rating_event ?? null) as EventId | null
    return { table, encounterId: row.encounter_id as EncounterId, eventId }
  })
  // One that was changed differs twice, as it is and as it should be.
  return [...new Map(named.map((entry) => [`${entry.encounterId} ${entry.eventId ?? ''}`, entry])).values()]
}
