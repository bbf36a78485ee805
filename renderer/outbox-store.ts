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
  'sp.answer',
  'sp.comment',
] as const
export type WriteChannel = (typeof writeChannels)[number]

/** One mark on its way to the disk. Its event id is made here, so that sending it again is the same event. */
export type Write = { [C in WriteChannel]: { channel: C; input: Input<C> } }[WriteChannel]

/** Whose marks: while the device is handed over, the SP's answers go and the examiner's wait. */
export type OutboxScope = 'scoring' | 'sp'

export type StoredWrite = { order: number; write: Write }

const PREFIX = 'attune.outbox'
const prefixOf = (scope: OutboxScope, encounterId: EncounterId) => `${PREFIX}.${scope}.${encounterId}/`
const keyOf = (scope: OutboxScope, { input }: Write) => prefixOf(scope, input.encounterId) + input.eventId

/**
 * Keeps a write over a reload until it is on disk. One entry a write, so that two windows on one encounter do not
 * write over each other. A browser that has no room keeps it in memory only.
 */
export function keepWrite(scope: OutboxScope, { order, write }: StoredWrite): void {
  try {
    localStorage.setItem(keyOf(scope, write), JSON.stringify({ order, ...write }))
  } catch {
    // The mark stands on the screen as not saved, which is the truth.
  }
}

export function dropWrite(scope: OutboxScope, write: Write): void {
  localStorage.removeItem(keyOf(scope, write))
}

/** The writes of an encounter that an earlier page left behind, in their order. What cannot be read is passed over. */
export function keptWrites(scope: OutboxScope, encounterId: EncounterId): StoredWrite[] {
  const prefix = prefixOf(scope, encounterId)
  return storedKeys()
    .filter((key) => key.startsWith(prefix))
    .map((key) => parse(localStorage.getItem(key) ?? ''))
    .filter((stored) => stored !== null)
    .sort((a, b) => a.order - b.order)
}

/** How many writes wait, by the id of their encounter. */
export function keptCounts(scope: OutboxScope): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of storedKeys()) {
    const id = new RegExp(`^${PREFIX.replace('.', '\\.')}\\.${scope}\\.([^/]+)/`).exec(key)?.[1]
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

const storedKeys = (): string[] =>
  Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i)).filter((key) => key !== null)

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
