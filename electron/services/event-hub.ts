import type { EventName } from '#shared/contract/channels.ts'
import type { AnyEvent, EventPayload } from '#shared/contract/events.ts'
import type { Session } from '#shared/domain/session.ts'

type Listener = (event: AnyEvent) => void

/** Carries events from the services to every window, each hearing only what its session may. */
export type EventHub = {
  /** `isFor` leaves out whom it does not concern. */
  publish<E extends EventName>(name: E, payload: EventPayload<E>, isFor?: (session: Session | null) => boolean): void
  /** Only this window hears it. */
  publishTo<E extends EventName>(clientId: string, name: E, payload: EventPayload<E>): void
  /** Returns the way to stop listening. */
  subscribe(clientId: string, listener: Listener): () => void
}

export function createEventHub(sessionOf: (clientId: string) => Session | null): EventHub {
  const listeners = new Map<Listener, string>()
  const send = (event: AnyEvent, isFor: (clientId: string) => boolean) => {
    for (const [listener, clientId] of listeners) {
      if (isFor(clientId) && mayHear(sessionOf(clientId), event.name)) listener(event)
    }
  }
  return {
    publish: (name, payload, isFor = () => true) => {
      send({ name, payload } as AnyEvent, (clientId) => isFor(sessionOf(clientId)))
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

/** Jobs carry files of results; everything else names only what changed. */
function mayHear(session: Session | null, event: EventName): boolean {
  if (event === 'job.progressed') return session?.role === 'director'
  return true
}
