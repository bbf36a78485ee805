import type { Result } from '#shared/contract/result.ts'
import { eventIdSchema, type EventId } from '#shared/domain/ids.ts'
import { withPatience } from './patience.ts'

export type Once = {
  /**
   * Asks the host for something that must happen once, however often its answer gets lost or the disk fails under it:
   * until it is answered, the same words about the same thing have the same id. After a failure of the disk it may be
   * in the ledger or not; what was turned away is not, and its id is free.
   */
  ask<T>(about: string, words: string, ask: (eventId: EventId) => Promise<Result<T>>): Promise<Result<T>>
  /** Forgets what was not answered. */
  forget(): void
}

export function createOnce(): Once {
  const open = new Map<string, { words: string; eventId: EventId }>()
  return {
    ask: async (about, words, ask) => {
      const before = open.get(about)
      const eventId = before?.words === words ? before.eventId : eventIdSchema.parse(crypto.randomUUID())
      open.set(about, { words, eventId })
      const result = await withPatience(ask(eventId))
      if (result.ok) open.delete(about)
      return result
    },
    forget: () => {
      open.clear()
    },
  }
}
