import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { StorageStatus } from '#shared/contract/parts/app.ts'
import { call, onConnection, subscribe } from './api.ts'
import { together } from './ui/together.ts'

/** What stands behind the screens: its version, whether it answers, and whether it can write. */
export const useHostStore = defineStore('host', () => {
  const version = shallowRef('')
  const storage = shallowRef<StorageStatus | null>(null)
  /** Why this window gets no answer; null while it does. */
  const silence = shallowRef<'unreachable' | 'no-token' | null>(null)

  /** Whether events come; in Electron they always do. */
  let connected = true

  /** What keeps marks from being saved; null while all is well. */
  const trouble = computed(() => {
    if (silence.value !== null) return silence.value
    const state = storage.value?.state ?? 'ok'
    return state === 'ok' ? null : state
  })

  /** Marks are saved, but only the room that was kept back for this is left. */
  const onReserve = computed(() => trouble.value === null && storage.value?.reserve === 'used')

  /** The first event of the ledger that does not hold, while marks are saved; null where none is known. */
  const broken = computed(() => (trouble.value === null ? (storage.value?.broken ?? null) : null))

  async function load(): Promise<void> {
    const result = await call('app.info', {})
    if (!result.ok) {
      if (result.code === 'no-token') silence.value = result.code
      if (result.code === 'host-unreachable') silence.value = 'unreachable'
      return
    }
    if (connected) silence.value = null
    version.value = result.data.version
    storage.value = result.data.storage
  }

  /** Follows the host's state; the function given back ends it. */
  function follow(): () => void {
    return together(
      subscribe('storage.changed', (status) => {
        storage.value = status
      }),
      onConnection((now) => {
        connected = now
        silence.value = connected ? null : 'unreachable'
        // What breaks off may say why when it is asked.
        void load()
      }),
    )
  }

  return { version, storage, trouble, onReserve, broken, load, follow }
})
