import { createHybridClock, parseStamp } from '#shared/domain/hybrid-clock.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterId, EventId } from '#shared/domain/ids.ts'
import type { EncounterEvent, LedgerEvent } from '#shared/domain/ledger-event.ts'
import { chained, CHAIN_START, hashOf } from './chain.ts'
import type { Db } from './connection.ts'
import { foldEncounter, type EncounterFold, type EncounterRows } from './encounter-fold.ts'
import { eventFromRow, readableEvent, type ChainedRow, type EventRow } from './event-row.ts'
import { createProjections } from './projections.ts'
import { storageErrorCode } from './storage-error.ts'

type Entry<E> = E extends LedgerEvent ? Omit<E, 'device' | 'seq' | 'hlc' | 'supersedes'> : never

/** What a service wants written; the ledger adds device, sequence, time and what it replaces. */
export type LedgerEntry = Entry<LedgerEvent>

export type Ledger = {
  /**
   * Writes an event and its projection in one transaction and returns once both are on disk. The same id written
   * again is the same event: nothing is added and the first one is returned. `mayBeWritten` throws where a new event
   * must not be written; it is asked in the same transaction, and may write there what belongs to the event.
   */
  append(entry: LedgerEntry, mayBeWritten?: () => void): LedgerEvent
  /**
   * Several events, all or none. One that is a function is made once those before it are written, of what then stands.
   * `mayBeWritten` as for `append`, asked with the first.
   */
  appendAll(entries: readonly (LedgerEntry | (() => LedgerEntry))[], mayBeWritten?: () => void): LedgerEvent[]
  /**
   * Does `change` and writes the events that it hands to `append`, all or nothing: for what tells only once it is done
   * which events belong to it. `change` is done again where a full disk was given room.
   */
  appendWith<T>(change: (append: (entry: LedgerEntry) => LedgerEvent) => T): T
  /** The event with this id; null where none was written. */
  find(id: EventId): LedgerEvent | null
  count(): number
  /** Rows that events have changed since this ledger was last read, those of their projections included. */
  changedRows(): number
  /** Wall time of the newest event in milliseconds; null for an empty ledger. */
  lastWallMs(): number | null
  /**
   * Refuses what `merge` would refuse, with nothing written; for what is then merged piece by piece. Returns those that
   * are not here yet.
   */
  check(rows: readonly ChainedRow[]): ChainedRow[]
  /**
   * Takes in events of other laptops, all or none: a union, whatever is known already and in whatever order they come.
   * Throws AttuneError: "bundle-altered" where a hash is not the event's or does not fit its neighbours, "bundle-forked"
   * where another event stands in its place, "bundle-elsewhere" for an encounter that is not of this exam. `beside` gets
   * those that were new, in the same transaction: for what they mean outside the ledger.
   */
  merge(rows: readonly ChainedRow[], beside?: (added: readonly ChainedRow[]) => void): MergeCounts
  /** Makes the projections again from the events. */
  rebuildProjections(): void
  /** Reads again where it stands; for a connection that was opened anew. */
  readAnew(): void
}

/** How many events were new, and how many were here already. */
export type MergeCounts = { added: number; known: number }

/** Where this device's chain of an exam ends. */
type End = { seq: number; hash: string }
type Ends = ReadonlyMap<string, End>

const KEPT_ENCOUNTERS = 60

/** `makeRoom` is asked once where the disk is full: true where the same may be tried again. */
export function createLedger(
  db: Db,
  device: string,
  wallClock: () => number,
  makeRoom: () => boolean = () => false,
): Ledger {
  const projections = createProjections(db)
  const insert = db.prepare<[ChainedRow]>(
    `INSERT INTO event VALUES (@id, @device, @seq, @hlc, @exam_id, @encounter_id, @rater_id, @role, @offset_ms,
       @supersedes, @payload, @prev, @hash) ON CONFLICT (id) DO NOTHING`,
  )
  const byId = db.prepare<[string], ChainedRow>('SELECT * FROM event WHERE id = ?')
  const ofEncounter = db.prepare<[string], EventRow>('SELECT * FROM event WHERE encounter_id = ? ORDER BY hlc')
  const inChain = db.prepare<[string, string, number], ChainedRow>(
    'SELECT * FROM event WHERE device = ? AND exam_id = ? AND seq = ?',
  )
  const examOf = db.prepare<[string], string>('SELECT exam_id FROM encounter WHERE id = ?').pluck()
  const marked = db
    .prepare<[], string>('SELECT DISTINCT encounter_id FROM event WHERE encounter_id IS NOT NULL')
    .pluck()
  const newest = db.prepare<[], string | null>('SELECT max(hlc) FROM event').pluck()
  const ownEnds = db.prepare<[string], End & { exam_id: string }>(
    'SELECT exam_id, max(seq) AS seq, hash FROM event WHERE device = ? GROUP BY exam_id',
  )
  const counted = db.prepare<[], number>('SELECT count(*) FROM event').pluck()

  const readEnds = () => {
    const ends: Ends = new Map(ownEnds.all(device).map(({ exam_id, seq, hash }) => [exam_id, { seq, hash }]))
    return { count: counted.get() ?? 0, ends, last: newest.get() ?? null }
  }
  let { count, ends, last } = readEnds()
  let changedRows = 0
  let clock = createHybridClock(device, last)

  /** One that somebody edited beyond reading takes nobody the next mark: `verify` names it. */
  const eventsOf = (id: EncounterId) =>
    ofEncounter.all(id).flatMap((row) => (readableEvent(row) as EncounterEvent | null) ?? [])
  const replay = (id: EncounterId) => {
    projections.replace(id, foldEncounter(id, eventsOf(id)).rows())
  }

  /** What the encounters that were marked last add up to. Forgotten wherever the ledger is not simply appended to. */
  const folds = new Map<EncounterId, { fold: EncounterFold; rows: EncounterRows }>()
  const foldOf = (id: EncounterId) => {
    const found = folds.get(id)
    if (found) return found
    const fold = foldEncounter(id, eventsOf(id))
    const read = { fold, rows: fold.rows() }
    const [oldest] = folds.keys()
    if (oldest !== undefined && folds.size >= KEPT_ENCOUNTERS) folds.delete(oldest)
    folds.set(id, read)
    return read
  }

  /** Refuses an event from elsewhere that does not fit what is here; false where it is here already. */
  const isNew = (row: ChainedRow): boolean => {
    const known = byId.get(row.id)
    if (known?.hash === row.hash) return false
    if (known || inChain.get(row.device, row.exam_id, row.seq)) throw new AttuneError('bundle-forked')
    const before = inChain.get(row.device, row.exam_id, row.seq - 1)
    const after = inChain.get(row.device, row.exam_id, row.seq + 1)
    const follows = row.seq === 1 ? CHAIN_START : (before?.hash ?? row.prev)
    if (hashOf(row, row.prev) !== row.hash || row.prev !== follows || (after?.prev ?? row.hash) !== row.hash) {
      throw new AttuneError('bundle-altered')
    }
    if (row.encounter_id !== null && examOf.get(row.encounter_id) !== row.exam_id) {
      throw new AttuneError('bundle-elsewhere')
    }
    return true
  }
  const take = (row: ChainedRow): boolean => isNew(row) && insert.run(row).changes > 0

  const write = (entry: LedgerEntry, mayBeWritten?: () => void): LedgerEvent => {
    const chain = entry.examId ?? ''
    const end = ends.get(chain) ?? { seq: 0, hash: CHAIN_START }
    const folded = entry.encounterId === null ? null : foldOf(entry.encounterId)
    const event: LedgerEvent = {
      ...entry,
      device,
      seq: end.seq + 1,
      hlc: clock.next(wallClock()),
      supersedes: entry.encounterId === null ? [] : (folded?.fold.currentOf(entry.payload) ?? []),
    }
    const row = chained(event, end.hash)
    const { changes } = insert.run(row)
    const known = changes === 0 ? byId.get(entry.id) : undefined
    if (known) return eventFromRow(known)
    // Asked once it is clear that the event is new; a refusal undoes the transaction.
    mayBeWritten?.()
    changedRows += changes
    if (folded && event.encounterId !== null) {
      folded.fold.add(event)
      const rows = folded.fold.rows()
      changedRows += projections.change(folded.rows, rows)
      folded.rows = rows
    }
    ends = new Map(ends).set(chain, { seq: event.seq, hash: row.hash })
    last = event.hlc
    count += 1
    return event
  }

  const inTransaction = db.transaction((work: () => unknown) => work())
  /** Runs `work` in a transaction; if it fails, the ledger stands as before in memory too. */
  const writing = <T>(work: () => T): T => {
    // What an outer transaction undoes later would still be counted here, and the chain would break.
    if (db.inTransaction) throw new Error('the ledger is written in transactions of its own')
    const before = { ends, last, count }
    try {
      return inTransaction.immediate(work) as T
    } catch (error) {
      ;({ ends, last, count } = before)
      folds.clear()
      if (storageErrorCode(error) === 'storage-full' && makeRoom()) return writing(work)
      throw error
    }
  }

  return {
    appendAll: (entries, mayBeWritten) =>
      writing(() =>
        entries.map((entry, index) =>
          write(typeof entry === 'function' ? entry() : entry, index === 0 ? mayBeWritten : undefined),
        ),
      ),
    append: (entry, mayBeWritten) => writing(() => write(entry, mayBeWritten)),
    appendWith: (change) => writing(() => change((entry) => write(entry))),
    find: (id) => {
      const row = byId.get(id)
      return row ? eventFromRow(row) : null
    },
    count: () => count,
    changedRows: () => changedRows,
    lastWallMs: () => (last === null ? null : parseStamp(last).wallMs),
    check: (rows) => rows.filter(isNew),
    merge: (rows, beside) =>
      writing(() => {
        const added = rows.filter(take)
        folds.clear()
        for (const id of new Set(added.map(({ encounter_id }) => encounter_id))) {
          if (id !== null) replay(id as EncounterId)
        }
        for (const { hlc } of added) {
          clock.see(hlc)
          if (last === null || hlc > last) last = hlc
        }
        count += added.length
        beside?.(added)
        return { added: added.length, known: rows.length - added.length }
      }),
    rebuildProjections: () => {
      writing(() => {
        folds.clear()
        for (const id of marked.all()) replay(id as EncounterId)
      })
    },
    readAnew: () => {
      ;({ count, ends, last } = readEnds())
      changedRows = 0
      folds.clear()
      clock = createHybridClock(device, last)
    },
  }
}
