import { until } from '@vueuse/core'
import { shallowReactive, shallowRef, type ShallowRef } from 'vue'
import type { ErrorCode, Failure, Result } from '#shared/contract/result.ts'
import type { EncounterId, EventId } from '#shared/domain/ids.ts'
import { call } from '../api.ts'
import { withPatience } from '../patience.ts'
import { dropWrite, isGone, keepWrite, keptWrites, type OutboxOwner, type Write } from './kept-writes.ts'

export type { Write } from './kept-writes.ts'

/** How a mark stands: on its way, not on disk, or turned away for good. One that is on disk has no state. */
export type SaveState = 'saving' | 'failed' | 'refused'

/** `setAside`: still kept, and can be tried again; else the host has turned it away for good. */
export type Refused = { write: Write; failure: Failure; setAside: boolean }

/** The writes of one encounter on their way to the disk, one at a time and in order. */
export type Outbox = {
  /** By what a write is about (`about`), so that a mark on the screen watches its own entry only. */
  readonly states: ReadonlyMap<string, SaveState>
  readonly waiting: ShallowRef<readonly Write[]>
  /** Why the first of them does not go through; null while all is well. */
  readonly failure: ShallowRef<Failure | null>
  /**
   * What the host turned away, for good or while the exam is closed, and what it failed at again and again; stays until
   * somebody has seen or mended it.
   */
  readonly refused: ShallowRef<readonly Refused[]>
  /** Something of it is in this window alone, for the browser stores nothing more: a reload loses it. */
  readonly unkept: ShallowRef<boolean>
  push(write: Write): void
  /**
   * Sends a write on and tells how it went at first. One that waits is sent again by itself; one that is turned away is
   * given back: the outbox knows it no longer.
   */
  deliver(write: Write): Promise<Result<'saved' | 'waits'>>
  /** Tries again now, without waiting for the next turn, what was set aside too. */
  retry(): void
  /** Forgets those of these events that were turned away for good. */
  dismiss(seen: readonly EventId[]): void
  /** Hears of every write that reached the disk, with its place in the encounter. The function given back ends it. */
  onSaved(listener: (write: Write, atMs: number | null) => void): () => void
}

/** These say that the mark itself cannot be taken; anything else may pass, and the mark waits. */
const FINAL: readonly ErrorCode[] = [
  'bad-input',
  'not-found',
  'encounter-closed',
  'encounter-not-open',
  // Sent again after the next confirmation it would come to stand at another candidate.
  'identity-not-confirmed',
  'confirmation-withdrawn',
  'unknown-item',
  'value-outside-scale',
]
/** These say that no mark is taken for now, however often it is sent: a person has to change that first. */
const FOR_NOW: readonly ErrorCode[] = ['exam-closed', 'not-assigned', 'form-of-other-sp', 'forbidden']
/** These say that the host itself fails at this mark; others may still go through. */
const FAULTS: readonly ErrorCode[] = ['internal', 'bad-output']
const TRIES = 3
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 8000

/** What a write is about; a later one about the same thing replaces it on the screen. */
export function about({ channel, input }: Write): string {
  switch (channel) {
    case 'rating.record':
      return `rating:${input.itemId}`
    case 'globalRating.record':
      return 'global-rating'
    case 'note.record':
      return `note:${input.itemId ?? ''}`
    case 'mark.make':
    case 'mark.annotate':
    case 'mark.undo':
      return `mark:${input.markId}`
    case 'incident.record':
      return `incident:${input.eventId}`
    case 'sp.answer':
      return `answer:${input.statement}`
    case 'sp.comment':
      return 'comment'
  }
}

/**
 * The outbox of one person for an encounter, with what an earlier page left in it; that is sent at once. Nothing is
 * sent while somebody else sits here (`mayGo`): the ledger would name the wrong person.
 */
export function createOutbox(owner: OutboxOwner, encounterId: EncounterId, mayGo: () => boolean): Outbox {
  const kept = keptWrites(owner, encounterId)
  const states = shallowReactive(new Map<string, SaveState>())
  const waiting = shallowRef<readonly Write[]>(kept.map(({ write }) => write))
  const failure = shallowRef<Failure | null>(null)
  const refused = shallowRef<readonly Refused[]>([])
  /** Writes that other windows find on this device too, and may send or replace. */
  const shared = new WeakSet<Write>(waiting.value)
  /** Those that the browser did not store, with their order. */
  const inMemory = new Map<Write, number>()
  const unkept = shallowRef(false)
  const listeners = new Set<(write: Write, atMs: number | null) => void>()
  let order = kept.at(-1)?.order ?? 0
  let sending: Write | null = null
  let failures = 0
  /** How often the host itself failed at the first write. */
  let faults = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Says anew how everything about one thing stands. */
  function judge(key: string): void {
    const waits = waiting.value.some((write) => about(write) === key)
    if (waits) states.set(key, failure.value === null ? 'saving' : 'failed')
    else if (refused.value.some(({ write }) => about(write) === key)) states.set(key, 'refused')
    else states.delete(key)
  }

  function judgeAll(): void {
    for (const key of new Set([...states.keys(), ...waiting.value.map(about)])) judge(key)
  }

  async function send(): Promise<void> {
    const [write] = waiting.value
    if (write === undefined || sending !== null || !mayGo()) return
    if (shared.has(write) && isGone(owner, write)) {
      // Sent now, it would stand above what was made of it since.
      leave([write])
      void send()
      return
    }
    sending = write
    clearTimeout(timer)
    const result = await withPatience(call(write.channel, write.input))
    sending = null
    if (result.ok) {
      settle(write)
      for (const listener of listeners) listener(write, result.data.atMs)
    } else if (FINAL.includes(result.code)) {
      refused.value = [...refused.value, { write, failure: result, setAside: false }]
      settle(write)
    } else if (FOR_NOW.includes(result.code) || (FAULTS.includes(result.code) && faults + 1 === TRIES)) {
      setAside(write, result)
    } else {
      if (FAULTS.includes(result.code)) faults += 1
      failure.value = result
      judgeAll()
      for (const [entry, place] of inMemory) keep(entry, place)
      timer = setTimeout(() => void send(), Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS))
      failures += 1
      return
    }
    void send()
  }

  function keep(write: Write, place: number): void {
    if (keepWrite(owner, { order: place, write })) {
      shared.add(write)
      inMemory.delete(write)
    } else {
      inMemory.set(write, place)
    }
    unkept.value = inMemory.size > 0
  }

  function drop(write: Write): void {
    dropWrite(owner, write)
    inMemory.delete(write)
    unkept.value = inMemory.size > 0
  }

  /** The host has decided about a write: it leaves the queue. */
  function settle(write: Write): void {
    drop(write)
    leave([write])
  }

  /** So that the others can go on: a write that the host does not take now, with what was made of the same thing after it. */
  function setAside(write: Write, why: Failure): void {
    const after = waiting.value.filter((entry) => entry !== write && about(entry) === about(write))
    // A later value replaces this one, and is tried in its place.
    if (after.some(({ channel }) => channel === write.channel)) {
      settle(write)
      return
    }
    const group = [write, ...after]
    refused.value = [...refused.value, ...group.map((entry) => ({ write: entry, failure: why, setAside: true }))]
    leave(group)
  }

  function leave(writes: readonly Write[]): void {
    waiting.value = waiting.value.filter((entry) => !writes.includes(entry))
    failures = faults = 0
    const worked = failure.value === null
    failure.value = null
    if (worked) for (const write of writes) judge(about(write))
    else judgeAll()
  }

  function push(write: Write): void {
    // While nothing gets through, several changes of one thing are one.
    const replaced = waiting.value.find(
      (entry) => entry !== sending && entry.channel === write.channel && about(entry) === about(write),
    )
    if (replaced !== undefined) drop(replaced)
    order += 1
    keep(write, order)
    if (waitsAside(write)) {
      judge(about(write))
      return
    }
    waiting.value = [...waiting.value.filter((entry) => entry !== replaced), write]
    judge(about(write))
    if (failure.value === null) void send()
  }

  /** What follows from a mark that was set aside waits with it; a new value of the same thing takes its place. */
  function waitsAside(write: Write): boolean {
    const same = refused.value.filter((entry) => entry.setAside && about(entry.write) === about(write))
    const replaced = same.filter((entry) => entry.write.channel === write.channel)
    for (const entry of replaced) drop(entry.write)
    refused.value = refused.value.filter((entry) => !replaced.includes(entry))
    const [first] = same
    if (first === undefined || replaced.includes(first)) return false
    refused.value = [...refused.value, { write, failure: first.failure, setAside: true }]
    return true
  }

  function retry(): void {
    const aside = refused.value.filter((entry) => entry.setAside).map(({ write }) => write)
    if (aside.length > 0) {
      refused.value = refused.value.filter((entry) => !entry.setAside)
      waiting.value = [...waiting.value, ...aside]
      judgeAll()
    }
    void send()
  }

  async function deliver(write: Write): Promise<Result<'saved' | 'waits'>> {
    const turnedAway = () => refused.value.find((entry) => entry.write === write)
    const isKnown = () => turnedAway() !== undefined || failure.value !== null || !waiting.value.includes(write)
    push(write)
    await until(isKnown).toBe(true, { flush: 'sync' })
    const back = turnedAway()
    if (back === undefined) return { ok: true, data: waiting.value.includes(write) ? 'waits' : 'saved' }
    refused.value = refused.value.filter((entry) => entry !== back)
    settle(write)
    return back.failure
  }

  judgeAll()
  void send()

  return {
    states,
    waiting,
    failure,
    refused,
    unkept,
    push,
    deliver,
    retry,
    dismiss(seen) {
      refused.value = refused.value.filter((entry) => entry.setAside || !seen.includes(entry.write.input.eventId))
      judgeAll()
    },
    onSaved(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
