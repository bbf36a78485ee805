import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { SpScheduleRow } from '#shared/contract/parts/encounters.ts'
import type { Failure } from '#shared/contract/result.ts'
import { call } from '../../api.ts'
import { followExam } from '../../follow-exam.ts'
import { useOutboxesStore } from '../../outbox/use-outboxes-store.ts'

/** Changes within this time are read in one go. */
const GATHER_MS = 300

/** The encounters of the SP at this window, in the order of the plan. */
export const useSpDayStore = defineStore('sp day', () => {
  const outboxes = useOutboxesStore()
  const rows = shallowRef<readonly SpScheduleRow[] | null>(null)
  const failure = shallowRef<Failure | null>(null)
  let endNews: () => void = () => undefined
  /** Which reading counts: none that was asked for before the screen was left. */
  let latest = 0

  async function load(): Promise<void> {
    teardown()
    endNews = followExam(() => true, GATHER_MS, read)
    await read()
  }

  function teardown(): void {
    endNews()
    latest += 1
    rows.value = failure.value = null
  }

  async function read(): Promise<void> {
    latest += 1
    const mine = latest
    const result = await call('sp.schedule', {})
    if (mine !== latest) return
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
