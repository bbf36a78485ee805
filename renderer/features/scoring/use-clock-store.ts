import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import {
  encounterLength,
  nextLook,
  placeInEncounter,
  readClock,
  type ClockReading,
} from '#shared/clock/clock-reading.ts'
import type { ClockSnapshot } from '#shared/clock/snapshot.ts'
import type { ClockCommand } from '#shared/clock/state.ts'
import type { Away } from '#shared/contract/parts/encounters.ts'
import type { Result } from '#shared/contract/result.ts'
import { eventIdSchema, type EncounterId, type EventId } from '#shared/domain/ids.ts'
import { call, onReturn, subscribe } from '../../api.ts'
import { together } from '../../ui/together.ts'

/** A sleep shows as time of day that ran ahead of the page's own clock. */
const DRIFT_MS = 1500
const LAST_MINUTE_MS = 60_000

/** The station clock of the open encounter: the host's snapshot, and what has passed on this page since. */
export const useClockStore = defineStore('station clock', () => {
  const encounterId = shallowRef<EncounterId | null>(null)
  const snapshot = shallowRef<ClockSnapshot | null>(null)
  const reading = shallowRef<ClockReading | null>(null)
  /** That the app was away while the clock ran on; null once somebody decided about it. */
  const away = shallowRef<Away | null>(null)
  /** An order whose answer got lost: given again before the host was heard of, it is the same event. */
  let lost: { order: string; eventId: EventId } | null = null
  let takenAt = 0
  let skew = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const lengthMs = computed(() => (snapshot.value === null ? 0 : encounterLength(snapshot.value)))
  const lastMinute = computed(() => {
    const now = reading.value
    return now?.status === 'running' && now.phase === 'encounter' && now.remainingMs <= LAST_MINUTE_MS
  })

  /** Shows the clock of an encounter from here on; the function given back ends it. */
  function follow(id: EncounterId, first: ClockSnapshot, absence: Away | null): () => void {
    encounterId.value = id
    away.value = absence
    take(first)
    const endNews = together(
      subscribe('clock.changed', (change) => {
        if (change.encounterId === id) take(change.clock)
      }),
      onReturn(() => void load()),
    )
    return () => {
      endNews()
      clearTimeout(timer)
      encounterId.value = snapshot.value = reading.value = away.value = lost = null
    }
  }

  async function load(): Promise<void> {
    const id = encounterId.value
    if (id === null) return
    const result = await call('clock.get', { encounterId: id })
    if (result.ok && encounterId.value === id) take(result.data)
  }

  function take(now: ClockSnapshot): void {
    lost = null
    snapshot.value = now
    takenAt = performance.now()
    skew = Date.now() - takenAt
    look()
  }

  /** Reads the clock, and once more when the second on the screen changes. */
  function look(): void {
    if (snapshot.value === null) return
    reading.value = readClock(snapshot.value, performance.now() - takenAt)
    clearTimeout(timer)
    const next = nextLook(reading.value)
    if (next !== null) timer = setTimeout(look, next + 1)
    if (Math.abs(Date.now() - performance.now() - skew) > DRIFT_MS) {
      skew = Date.now() - performance.now()
      void load()
    }
  }

  /** Where in the encounter this very moment is, in ms; null before the encounter began. */
  const placeNow = (): number | null =>
    snapshot.value === null
      ? null
      : placeInEncounter(readClock(snapshot.value, performance.now() - takenAt), snapshot.value)

  async function command(order: ClockCommand): Promise<Result<ClockSnapshot>> {
    const id = encounterId.value
    if (id === null) return { ok: false, code: 'not-found', params: {} }
    const words = JSON.stringify(order)
    const eventId = lost?.order === words ? lost.eventId : eventIdSchema.parse(crypto.randomUUID())
    const result = await call('clock.command', { encounterId: id, eventId, command: order })
    if (!result.ok && result.code === 'host-unreachable') lost = { order: words, eventId }
    if (result.ok && encounterId.value === id) {
      away.value = null
      take(result.data)
    }
    return result
  }

  /** Leaves the lost time as it is, in every window. */
  async function leaveLost(): Promise<Result<unknown>> {
    const id = encounterId.value
    if (id === null) return { ok: false, code: 'not-found', params: {} }
    const result = await call('clock.leaveLost', { encounterId: id })
    if (result.ok && encounterId.value === id) away.value = null
    return result
  }

  return { snapshot, reading, away, lengthMs, lastMinute, follow, load, take, placeNow, command, leaveLost }
})
