import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { SpScheduleRow } from '#shared/contract/parts/encounters.ts'
import type { Failure } from '#shared/contract/result.ts'
import { call, onReturn, subscribe } from '../../api.ts'
import { useOutboxes } from '../../outboxes.ts'

/** While an encounter is scored elsewhere it changes many times a minute. */
const QUIET_MS = 300

/** The encounters of the SP at this window, in the order of the plan. */
export const useSpDayStore = defineStore('sp day', () => {
  const outboxes = useOutboxes()
  const rows = shallowRef<readonly SpScheduleRow[] | null>(null)
  const failure = shallowRef<Failure | null>(null)
  let ends: (() => void)[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    teardown()
    ends = [subscribe('encounter.changed', readSoon), onReturn(readSoon)]
    await read()
  }

  function teardown(): void {
    for (const end of ends) end()
    ends = []
    clearTimeout(timer)
    rows.value = failure.value = null
  }

  function readSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void read(), QUIET_MS)
  }

  async function read(): Promise<void> {
    const result = await call('sp.schedule', {})
    failure.value = result.ok ? null : result
    if (!result.ok) return
    rows.value = result.data.toSorted((a, b) => a.slot.startsAtSecond - b.slot.startsAtSecond)
    outboxes.resume(
      'sp',
      result.data.map(({ slot }) => slot.id),
    )
  }

  return { rows, failure, load, read, teardown }
})
