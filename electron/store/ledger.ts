import { createHybridClock, parseStamp } from '#shared/domain/hybrid-clock.ts'
import type { LedgerEvent } from '#shared/domain/ledger-event.ts'
import { ledgerEventSchema } from '#shared/domain/ledger-event.ts'
import type { EventId } from '#shared/domain/ids.ts'
import type { Db } from './connection.ts'
import { createProjections } from './projections.ts'

/** What a service wants written; the ledger adds device, sequence and time. */
export type LedgerEntry = Pick<LedgerEvent, 'id' | 'encounterId' | 'raterId' | 'role' | 'offsetMs' | 'payload'>

export type Ledger = {
  /**
   * Writes an event and its projection in one transaction and returns once both are on disk. The same id written
   * again is the same event: nothing is added and the first one is returned. `mayBeWritten` throws where a new event
   * must not be written; it is asked in the same transaction, and may write there what belongs to the event.
   */
  append(entry: LedgerEntry, mayBeWritten?: () => void): LedgerEvent
  /** Several events, all or none. */
  appendAll(entries: readonly LedgerEntry[]): LedgerEvent[]
  /** The event with this id; null where none was written. */
  find(id: EventId): LedgerEvent | null
  count(): number
  /** Rows that events have changed since this ledger was opened, those of their projections included. */
  changedRows(): number
  /** Wall time of the newest event in milliseconds; null for an empty ledger. */
  lastWallMs(): number | null
  /** Empties the projections and makes them again from the events. */
  rebuildProjections(): void
}

type Row = {
  id: string
  device: string
  seq: number
  hlc: string
  encounter_id: string
  rater_id: string | null
  role: string
  offset_ms: number | null
  supersedes: string
  payload: string
}

export function createLedger(db: Db, device: string, wallClock: () => number): Ledger {
  const projections = createProjections(db)
  const insert = db.prepare<
    [string, string, number, string, string, string | null, string, number | null, string, string]
  >(
    `INSERT INTO event (id, device, seq, hlc, encounter_id, rater_id, role, offset_ms, supersedes, payload)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  )
  const byId = db.prepare<[string], Row>('SELECT * FROM event WHERE id = ?')
  const inOrder = db.prepare<[], Row>('SELECT * FROM event ORDER BY hlc')
  const newest = db.prepare<[], string | null>('SELECT max(hlc) FROM event').pluck()
  const highest = db.prepare<[string], number | null>('SELECT max(seq) FROM event WHERE device = ?').pluck()
  const counted = db.prepare<[], number>('SELECT count(*) FROM event').pluck()

  let count = counted.get() ?? 0
  let seq = highest.get(device) ?? 0
  let last = newest.get() ?? null
  let changedRows = 0
  const clock = createHybridClock(device, last)

  const write = (entry: LedgerEntry, mayBeWritten?: () => void): LedgerEvent => {
    const event: LedgerEvent = {
      ...entry,
      device,
      seq: seq + 1,
      hlc: clock.next(wallClock()),
      supersedes: projections.currentOf(entry),
    }
    const { changes } = insert.run(
      event.id,
      event.device,
      event.seq,
      event.hlc,
      event.encounterId,
      event.raterId,
      event.role,
      event.offsetMs,
      JSON.stringify(event.supersedes),
      JSON.stringify(event.payload),
    )
    const known = changes === 0 ? byId.get(entry.id) : undefined
    if (known) return fromRow(known)
    // Asked once it is clear that the event is new; a refusal undoes the transaction.
    mayBeWritten?.()
    changedRows += changes + projections.apply(event)
    seq = event.seq
    last = event.hlc
    count += 1
    return event
  }

  const inTransaction = db.transaction((work: () => LedgerEvent[]) => work())
  /** Runs `work` in a transaction; if it fails, the ledger stands as before in memory too. */
  const writing = (work: () => LedgerEvent[]): LedgerEvent[] => {
    const before = { seq, last, count }
    try {
      return inTransaction.immediate(work)
    } catch (error) {
      ;({ seq, last, count } = before)
      throw error
    }
  }

  return {
    appendAll: (entries) => writing(() => entries.map((entry) => write(entry))),
    append: (entry, mayBeWritten) => {
      const [event] = writing(() => [write(entry, mayBeWritten)])
      if (!event) throw new Error('the ledger wrote nothing')
      return event
    },
    find: (id) => {
      const row = byId.get(id)
      return row ? fromRow(row) : null
    },
    count: () => count,
    changedRows: () => changedRows,
    lastWallMs: () => (last === null ? null : parseStamp(last).wallMs),
    rebuildProjections: db.transaction(() => {
      projections.clear()
      for (const row of inOrder.all()) projections.apply(fromRow(row))
    }),
  }
}

function fromRow(row: Row): LedgerEvent {
  return ledgerEventSchema.parse({
    id: row.id,
    device: row.device,
    seq: row.seq,
    hlc: row.hlc,
    encounterId: row.encounter_id,
    raterId: row.rater_id,
    role: row.role,
    offsetMs: row.offset_ms,
    supersedes: JSON.parse(row.supersedes) as EventId[],
    payload: JSON.parse(row.payload) as unknown,
  })
}
