import { encounterChannels } from '#shared/contract/parts/encounters.ts'
import type { Input } from '#shared/contract/contract.ts'
import type { EncounterId } from '#shared/domain/ids.ts'

/** The calls that leave a mark, and so must never be lost. */
const writeChannels = [
  'rating.record',
  'globalRating.record',
  'note.record',
  'mark.make',
  'mark.annotate',
  'mark.undo',
  'incident.record',
  'sp.answer',
  'sp.comment',
] as const
export type WriteChannel = (typeof writeChannels)[number]

/** One mark on its way to the disk. Its event id is made here, so that sending it again is the same event. */
export type Write = { [C in WriteChannel]: { channel: C; input: Input<C> } }[WriteChannel]

/** Which form the marks belong to. */
export type OutboxScope = 'scoring' | 'sp'

/** Whose marks: each waits for the person who made it, whoever else sits down meanwhile. */
export type OutboxOwner = { scope: OutboxScope; holder: string }

export type StoredWrite = { order: number; write: Write }

const PREFIX = 'attune.outbox'
const ownPrefix = ({ scope, holder }: OutboxOwner) => `${PREFIX}/${scope}/${holder}/`
const prefixOf = (owner: OutboxOwner, encounterId: EncounterId) => `${ownPrefix(owner)}${encounterId}/`
const keyOf = (owner: OutboxOwner, { input }: Write) => prefixOf(owner, input.encounterId) + input.eventId

/**
 * Keeps a write over a reload until it is on disk. One entry a write, so that two windows on one encounter do not
 * write over each other. A browser that has no room, or stores nothing, keeps it in memory only; answers whether it is
 * kept.
 */
export function keepWrite(owner: OutboxOwner, { order, write }: StoredWrite): boolean {
  try {
    localStorage.setItem(keyOf(owner, write), JSON.stringify({ order, ...write }))
    localStorage.setItem(PREFIX, '')
    return true
  } catch {
    return false
  }
}

/**
 * Whether another window of this person has saved or replaced a write that was kept. A storage that was emptied as a
 * whole, with the sign that marks are kept in it, says nothing.
 */
export const isGone = (owner: OutboxOwner, write: Write): boolean =>
  stored(keyOf(owner, write)) === null && stored(PREFIX) !== null

export function dropWrite(owner: OutboxOwner, write: Write): void {
  try {
    localStorage.removeItem(keyOf(owner, write))
  } catch {
    // What cannot be stored was not.
  }
}

/** The writes of an encounter that an earlier page left behind, in their order. What cannot be read is passed over. */
export function keptWrites(owner: OutboxOwner, encounterId: EncounterId): StoredWrite[] {
  const prefix = prefixOf(owner, encounterId)
  return storedKeys()
    .filter((key) => key.startsWith(prefix))
    .map((key) => parse(stored(key) ?? ''))
    .filter((stored) => stored !== null)
    .sort((a, b) => a.order - b.order)
}

/** How many writes of a person wait, by the id of their encounter. */
export function keptCounts(owner: OutboxOwner): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of storedKeys()) {
    const prefix = ownPrefix(owner)
    const id = key.startsWith(prefix) ? key.slice(prefix.length).split('/')[0] : undefined
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

/** What stands under a key; null where nothing does, or the browser lets nobody look. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function storedKeys(): string[] {
  try {
    return Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i)).filter((key) => key !== null)
  } catch {
    return []
  }
}

function parse(text: string): StoredWrite | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('order' in value) || typeof value.order !== 'number') {
      return null
    }
    const write = parseWrite(value)
    return write === null ? null : { order: value.order, write }
  } catch {
    return null
  }
}

function parseWrite(value: object): Write | null {
  const channel = writeChannels.find((name) => 'channel' in value && value.channel === name)
  if (channel === undefined || !('input' in value)) return null
  const input = encounterChannels[channel].input.safeParse(value.input)
  // The schema of this very channel has accepted the input.
  return input.success ? ({ channel, input: input.data } as Write) : null
}
