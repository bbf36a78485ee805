import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Settings } from '#shared/contract/parts/app.ts'
import type { Result } from '#shared/contract/result.ts'
import { call, onReturn } from './api.ts'
import { together } from './ui/together.ts'

/** The settings of this installation. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = shallowRef<Settings>({ soundVolume: 0.7, paper: 'A4', idleLockMinutes: 10 })

  /** What the host has said last. */
  let kept = settings.value
  /** Which answer is shown: none that was asked for before the latest change. */
  let latest = 0

  async function load(): Promise<void> {
    latest += 1
    const mine = latest
    const result = await call('settings.get', {})
    if (result.ok && mine === latest) settings.value = kept = result.data
  }

  /** Shows the change at once and keeps it; a refused one is shown as it was before. */
  async function save(change: Partial<Settings>): Promise<Result<Settings>> {
    settings.value = { ...settings.value, ...change }
    latest += 1
    const mine = latest
    const result = await call('settings.set', change)
    if (result.ok) kept = result.data
    if (mine === latest) settings.value = kept
    return result
  }

  /** Reads anew what another window may have changed meanwhile; the function given back ends it. */
  function follow(): () => void {
    const again = () => void load()
    addEventListener('focus', again)
    return together(onReturn(again), () => {
      removeEventListener('focus', again)
    })
  }

  return { settings, load, save, follow }
})
