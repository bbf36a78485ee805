import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { EncounterScores, EncounterView } from '#shared/contract/parts/encounters.ts'
import type { Failure, Result } from '#shared/contract/result.ts'
import type { Incident, Missing } from '#shared/domain/encounter.ts'
import type { EncounterRecord } from '#shared/domain/encounter-record.ts'
import type { EncounterId, EventId } from '#shared/domain/ids.ts'
import { call, onReturn, subscribe } from '../../api.ts'
import { createOnce } from '../../once.ts'
import { saveTyped } from '../../ui/use-quiet-text.ts'
import { useClockStore } from './use-clock-store.ts'
import { useMarksStore } from './use-marks-store.ts'
import { together } from '../../ui/together.ts'

/** After the host's last word about an encounter, so that one's own marks do not each fetch it anew. */
const QUIET_MS = 2000
/** However busy an encounter is, what another window does to it is shown after so long. */
const LONGEST_MS = 10_000

/** The encounter on the screen, from the station's door to its submission. */
export const useEncounterStore = defineStore('encounter', () => {
  const clock = useClockStore()
  const marks = useMarksStore()
  const view = shallowRef<EncounterView | null>(null)
  const record = shallowRef<EncounterRecord | null>(null)
  const scores = shallowRef<EncounterScores | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const deeds = createOnce()
  let current: EncounterId | null = null
  let endNews = together()

  const status = computed(() => record.value?.status ?? null)

  /** Opens an encounter in place of the one that was open. */
  async function load(encounterId: EncounterId): Promise<void> {
    teardown()
    current = encounterId
    const result = await call('encounter.open', { encounterId })
    if (current !== encounterId) return
    failure.value = result.ok ? null : result
    if (!result.ok) return
    view.value = result.data
    marks.load(result.data)
    endNews = together(
      clock.follow(encounterId, result.data.clock, result.data.away),
      subscribe('encounter.changed', (change) => {
        if (change.encounterId === encounterId) refreshSoon()
      }),
      subscribe('exam.changed', ({ examId }) => {
        if (examId === view.value?.slot.examId) refreshSoon()
      }),
      onReturn(refreshSoon),
    )
    await take(result.data.record)
  }

  /** Lets go of everything; what is not on disk yet goes on by itself. */
  function teardown(): void {
    saveTyped()
    endNews()
    marks.teardown()
    deeds.forget()
    current = view.value = record.value = scores.value = failure.value = null
  }

  async function refresh(): Promise<void> {
    const encounterId = current
    if (encounterId === null || marks.waiting > 0) return
    const before = clock.snapshot
    const result = await call('encounter.open', { encounterId })
    if (current !== encounterId || !result.ok || marks.waiting > 0) return
    const opened = result.data
    // What the clock told meanwhile is newer.
    if (clock.snapshot === before) clock.take(opened.clock)
    clock.away = opened.away
    if (view.value !== null && setUpOf(opened) !== setUpOf(view.value)) {
      view.value = opened
      marks.renew(opened)
    }
    await take(opened.record)
  }

  const gathered = useDebounceFn(refresh, QUIET_MS, { maxWait: LONGEST_MS })
  const refreshSoon = () => void gathered()
  // What is not on disk does not stay on the sheet as if it were, and news that came while marks waited are taken then.
  watch([() => marks.refused.length, () => marks.waiting === 0], refreshSoon)

  async function take(now: EncounterRecord): Promise<void> {
    record.value = now
    marks.show(now)
    if (now.status !== 'submitted' || scores.value !== null) return
    const result = await call('encounter.scores', { encounterId: now.encounterId })
    if (result.ok && current === now.encounterId) scores.value = result.data
  }

  /** Does something to the open encounter, once. */
  async function once<T>(
    about: string,
    words: string,
    ask: (event: { encounterId: EncounterId; eventId: EventId }) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const encounterId = current
    if (encounterId === null) return { ok: false, code: 'not-found', params: {} }
    return deeds.ask(about, words, (eventId) => ask({ encounterId, eventId }))
  }

  async function change(
    ...[about, words, ask]: Parameters<typeof once<EncounterRecord>>
  ): Promise<Result<EncounterRecord>> {
    const result = await once(about, words, ask)
    if (result.ok && current === result.data.encounterId) await take(result.data)
    return result
  }

  const confirmIdentity = () => change('identity', 'confirmed', (event) => call('encounter.confirmIdentity', event))
  /** Somebody else is here: the encounter begins anew, with nothing of this sheet left to take back. */
  async function withdrawIdentity(): Promise<Result<EncounterRecord>> {
    const result = await once('identity', 'withdrawn', (event) => call('encounter.withdrawIdentity', event))
    if (result.ok && current === result.data.encounterId) await load(current)
    return result
  }
  const declareAbsent = (reason: string) =>
    change('attendance', `absent ${reason}`, (event) => call('encounter.declareAbsent', { ...event, reason }))
  const withdrawAbsence = () => change('attendance', 'present', (event) => call('encounter.withdrawAbsence', event))
  const report = (kind: Incident['kind'], text: string) => marks.report(kind, text)

  /** Finishes the encounter: what has no mark is declared missing, each with a reason. */
  async function submit(missing: Missing[]): Promise<Result<EncounterScores>> {
    const encounterId = current
    const result = await once('submission', JSON.stringify(missing), (event) =>
      call('encounter.submit', { ...event, missing }),
    )
    if (result.ok && record.value !== null && current === encounterId) {
      scores.value = result.data
      record.value = { ...record.value, status: 'submitted', globalRating: marks.sheet.globalRating, missing }
    }
    return result
  }

  return {
    view,
    record,
    scores,
    failure,
    status,
    load,
    teardown,
    confirmIdentity,
    withdrawIdentity,
    declareAbsent,
    withdrawAbsence,
    report,
    submit,
  }
})

/** What was set up around an encounter, to be compared: most news are of marks, and leave it alone. */
const setUpOf = ({ slot, station, candidate, rubric, sps }: EncounterView): string =>
  JSON.stringify([slot, station, candidate, rubric, sps])
