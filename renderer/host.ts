import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { StorageStatus } from '#shared/contract/parts/app.ts'
import { call, onConnection, subscribe } from './api.ts'

/** What stands behind the screens: its version, whether it answers, and whether it can write. */
export const useHostStore = defineStore('host', () => {
  const version = shallowRef('')
  const storage = shallowRef<StorageStatus | null>(null)
  const reachable = shallowRef(true)

  /** What keeps marks from being saved; null while all is well. */
  const trouble = computed(() => {
    if (!reachable.value) return 'unreachable'
    const state = storage.value?.state ?? 'ok'
    return state === 'ok' ? null : state
  })

  async function load(): Promise<void> {
    const result = await call('app.info', {})
    reachable.value = result.ok || result.code !== 'host-unreachable'
    if (!result.ok) return
    version.value = result.data.version
    storage.value = result.data.storage
  }

  /** Follows the host's state; the function given back ends it. */
  function follow(): () => void {
    const ends = [
      subscribe('storage.changed', (status) => {
        storage.value = status
      }),
      onConnection((connected) => {
        reachable.value = connected
        if (connected) void load()
      }),
    ]
    return () => {
      for (const end of ends) end()
    }
  }

  return { version, storage, reachable, trouble, load, follow }
})
