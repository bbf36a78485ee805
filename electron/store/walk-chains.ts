import type { EncounterId, EventId, ExamId } from '#shared/domain/ids.ts'
import type { FoldedEvent } from '#shared/domain/ledger-event.ts'
import { CHAIN_START, foldedFromText, hashedText, hashOfText } from './chain.ts'
import type { Db } from './connection.ts'
import { hasChains } from './database-facts.ts'
import { chainKey, importedChains, type ImportedChain } from './imported-chains.ts'
import { ownChains } from './own-chains.ts'
import type { ChainHead } from './repositories/chains.ts'

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
type VerifiedChain = ChainHead & { examId: ExamId | null; events: number; missing: number }

export type WalkedChains = {
  chains: VerifiedChain[]
  /** The first event that does not hold, chain by chain; null where all do. */
  broken: BrokenEvent | null
}

/** The events of an exam by their encounter. */
export type MarkedEncounters = ReadonlyMap<EncounterId, FoldedEvent[]>

/**
 * A row as a chain is walked: its place, its hash, and what that is over. An array a row: objects would take half as
 * long again, and so would the columns one by one.
 */
type Link = [seq: number, hash: string, text: string]
const PAGE = 2000

/** What notes and clocks say is said once. */
const LONGEST_KEPT = 200
const KEPT = 10_000

/** Hashes every event again. `ofExam` gets the events of each exam by their encounter, as long as all hold. */
export function walkChains(db: Db, ofExam?: (marked: MarkedEncounters) => void): WalkedChains {
  const imported = importedChains(db)
  const isOwn = ownChains(db, imported)
  const begun = db.prepare<[], [examId: string, device: string]>('SELECT DISTINCT exam_id, device FROM event').raw()
  // One that came and of which nothing is left is among them.
  const known = new Map([
    ...begun.all().map(([examId, device]) => [chainKey(device, examId), { examId, device }] as const),
    ...imported,
  ])
  const inOrder = [...known].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, chain]) => chain)
  const links = createLinks(db)
  const read = readingOnce()
  const chains: VerifiedChain[] = []
  let broken: BrokenEvent | null = null
  for (const [exam, ofOne] of Map.groupBy(inOrder, ({ examId }) => examId)) {
    const examId = exam === '' ? null : (exam as ExamId)
    const collected = collecting()
    for (const { device } of ofOne) {
      const came = imported.get(chainKey(device, exam))
      const wholeTo = came?.wholeTo ?? 0
      const removedAt = (seq: number): BrokenEvent | null =>
        seq <= wholeTo ? { id: null, device, examId, seq, problem: 'removed' } : null
      const mayMiss = !isOwn(device, exam)
      let chain: VerifiedChain | null = null
      let next = 1
      for (const link of links.of(device, exam)) {
        const [seq, hash, text] = link
        if (seq !== next) broken ??= removedAt(next)
        const problem = problemOf(link, chain, came) ?? (seq === next || mayMiss ? null : 'gap')
        if (problem) broken ??= { id: links.idAt(device, exam, seq), device, examId, seq, problem }
        if (ofExam && !broken) collected.add(foldedFromText(text, read))
        chain ??= { device, examId, seq: 0, hash: '', events: 0, missing: 0 }
        chain.missing += Math.max(0, seq - Math.max(next, wholeTo + 1))
        chain.events += 1
        chain.seq = seq
        chain.hash = hash
        next = seq + 1
      }
      broken ??= removedAt(next)
      if (chain) chains.push(chain)
    }
    if (!broken) ofExam?.(collected.marked)
  }
  return { chains, broken }
}

/** The first event of a file that does not hold; null where all do, and for one of before there were chains. */
export const firstBroken = (db: Db): BrokenEvent | null => (hasChains(db) ? walkChains(db).broken : null)

function createLinks(db: Db) {
  const page = db
    .prepare<[string, string, number], Link>(
      `SELECT seq, hash, ${hashedText} FROM event
       WHERE device = ? AND exam_id = ? AND seq > ? ORDER BY seq LIMIT ${PAGE}`,
    )
    .raw()
  const id = db
    .prepare<[string, string, number], EventId>('SELECT id FROM event WHERE device = ? AND exam_id = ? AND seq = ?')
    .pluck()
  return {
    /** The events of a chain in their order. Read by pages, which is faster than row by row. */
    *of(device: string, exam: string): Generator<Link, void> {
      let last: number | undefined = Number.MIN_SAFE_INTEGER
      while (last !== undefined) {
        const rows = page.all(device, exam, last)
        yield* rows
        last = rows.length < PAGE ? undefined : rows.at(-1)?.[0]
      }
    },
    idAt: (device: string, exam: string, seq: number): EventId | null => id.get(device, exam, seq) ?? null,
  }
}

/** What came from elsewhere may be here in part: an event whose predecessor is not here follows what it says. */
function problemOf(
  [seq, hash, text]: Link,
  before: ChainHead | null,
  came: ImportedChain | undefined,
): BrokenEvent['problem'] | null {
  if (hashOfText(text) !== hash) return 'altered'
  const prev = text.slice(0, CHAIN_START.length)
  const follows = before?.seq === seq - 1 ? before.hash : seq === 1 ? CHAIN_START : prev
  if (prev !== follows) return 'unlinked'
  return (came?.hashes.get(seq) ?? hash) === hash ? null : 'replaced'
}

/** The event of a text whose hash holds was checked before it was written, so it is not checked again. */
function collecting() {
  const marked = new Map<EncounterId, FoldedEvent[]>()
  // Most events are about the same encounter as the one before.
  let id: EncounterId | null = null
  let of: FoldedEvent[] = []
  return {
    marked,
    add: (event: FoldedEvent | null): void => {
      if (event === null) return
      if (event.encounterId !== id) {
        id = event.encounterId
        of = marked.get(id) ?? []
        marked.set(id, of)
      }
      of.push(event)
    },
  }
}

/** Marks mostly say what others said, of another encounter: the same words are read once. None may be changed. */
function readingOnce(): (json: string) => unknown {
  const known = new Map<string, unknown>()
  return (json) => {
    const found = known.get(json)
    if (found !== undefined) return found
    const value: unknown = JSON.parse(json)
    if (json.length < LONGEST_KEPT && known.size < KEPT) known.set(json, value)
    return value
  }
}
