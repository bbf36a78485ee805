import type { Result } from '#shared/contract/result.ts'
import { eventIdSchema, type EventId } from '#shared/domain/ids.ts'

export type Once = {
  /**
   * Asks the host for something that must happen once, however often its answer gets lost: asked again in the same
   * words about the same thing, it has the same id. What was answered, or said in other words, is a new deed.
   */
  ask<T>(about: string, words: string, ask: (eventId: EventId) => Promise<Result<T>>): Promise<Result<T>>
  /** Forgets what was lost. */
  forget(): void
}

export function createOnce(): Once {
  const lost = new Map<string, { words: string; eventId: EventId }>()
  return {
    ask: async (about, words, ask) => {
      const before = lost.get(about)
      const eventId = before?.words === words ? before.eventId : eventIdSchema.parse(crypto.randomUUID())
      lost.set(about, { words, eventId })
      const result = await ask(eventId)
      if (result.ok || result.code !== 'host-unreachable') lost.delete(about)
      return result
    },
    forget: () => {
      lost.clear()
    },
  }
}
