import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Settings } from '#shared/contract/parts/app.ts'
import type { Result } from '#shared/contract/result.ts'
import { call } from './api.ts'

/** The settings of this installation. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = shallowRef<Settings>({ soundVolume: 0.7, paper: 'A4' })

  async function load(): Promise<void> {
    const result = await call('settings.get', {})
    if (result.ok) settings.value = result.data
  }

  /** Shows the change at once and keeps it; a refused one is shown as it was before. */
  async function save(change: Partial<Settings>): Promise<Result<Settings>> {
    const before = settings.value
    settings.value = { ...before, ...change }
    const result = await call('settings.set', change)
    settings.value = result.ok ? result.data : before
    return result
  }

  return { settings, load, save }
})
