import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import type { EncounterId } from '#shared/domain/ids.ts'
import { onReturn, subscribe } from '../api.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { keptCounts, type OutboxOwner, type OutboxScope } from './kept-writes.ts'
import { useSessionStore } from '../use-session-store.ts'

/** The outboxes of all encounters. They belong to no screen: a mark goes on to the disk when its screen is left. */
export const useOutboxesStore = defineStore('outboxes', () => {
  const session = useSessionStore()
  const open = shallowReactive(new Map<string, Outbox>())

  const ownerOf = (scope: OutboxScope): OutboxOwner => ({ scope, holder: session.holder })

  const retryAll = () => {
    for (const outbox of open.values()) outbox.retry()
  }
  onReturn(retryAll)
  subscribe('storage.changed', ({ state }) => {
    if (state === 'ok') retryAll()
  })
  // A closed exam may be open again.
  subscribe('exam.changed', retryAll)
  // The host forgets who sat here when it starts anew; the marks wait until somebody sits down again.
  watch(() => session.session, retryAll)

  function of(scope: OutboxScope, encounterId: EncounterId): Outbox {
    const owner = ownerOf(scope)
    const key = `${scope}/${owner.holder}/${encounterId}`
    const outbox = open.get(key) ?? createOutbox(owner, encounterId, () => session.holder === owner.holder)
    open.set(key, outbox)
    return outbox
  }

  /** Sends what earlier pages left behind for these encounters; answers how many writes wait, by encounter id. */
  function resume(scope: OutboxScope, encounterIds: readonly EncounterId[]): ReadonlyMap<string, number> {
    const kept = keptCounts(ownerOf(scope))
    for (const id of encounterIds) if (kept.has(id)) of(scope, id)
    return kept
  }

  /** The outboxes of who sits here that this page has opened. */
  const own = (scope: OutboxScope): Outbox[] =>
    [...open].filter(([key]) => key.startsWith(`${scope}/${session.holder}/`)).map(([, outbox]) => outbox)

  return { of, own, resume }
})
