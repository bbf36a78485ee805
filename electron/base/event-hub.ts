import type { EventName } from '#shared/contract/channels.ts'
import type { AnyEvent, EventPayload } from '#shared/contract/events.ts'
import type { Session } from '#shared/domain/session.ts'

type Listener = (event: AnyEvent) => void

/** Carries events from the services to the windows. */
export type EventHub = {
  /** `isFor` leaves out whom it does not concern; without it every window hears it. */
  publish<E extends EventName>(name: E, payload: EventPayload<E>, isFor?: (session: Session | null) => boolean): void
  /** Only this window hears it. */
  publishTo<E extends EventName>(clientId: string, name: E, payload: EventPayload<E>): void
  /** Returns the way to stop listening. */
  subscribe(clientId: string, listener: Listener): () => void
}

export function createEventHub(sessionOf: (clientId: string) => Session | null): EventHub {
  const listeners = new Map<Listener, string>()
  const send = (event: AnyEvent, isFor: (clientId: string) => boolean) => {
    for (const [listener, clientId] of listeners) if (isFor(clientId)) listener(event)
  }
  return {
    publish: (name, payload, isFor) => {
      send({ name, payload } as AnyEvent, (clientId) => !isFor || isFor(sessionOf(clientId)))
    },
    publishTo: (only, name, payload) => {
      send({ name, payload } as AnyEvent, (clientId) => clientId === only)
    },
    subscribe: (clientId, listener) => {
      listeners.set(listener, clientId)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
