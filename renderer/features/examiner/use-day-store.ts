import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ScheduleRow } from '#shared/contract/parts/encounters.ts'
import type { Failure, Result } from '#shared/contract/result.ts'
import type { Incident } from '#shared/domain/encounter.ts'
import { eventIdSchema, type EncounterId, type EventId, type ExamId } from '#shared/domain/ids.ts'
import { call } from '../../api.ts'
import { followExam } from '../../follow-exam.ts'
import { createOnce } from '../../once.ts'
import type { Write } from '../../outbox/outbox.ts'
import { useOutboxesStore } from '../../outbox/use-outboxes-store.ts'
import { dayOf } from './day.ts'

/** Changes within this time are read in one go. */
const GATHER_MS = 300

/** The encounters of the examiner at this window. */
export const useDayStore = defineStore('examiner day', () => {
  const outboxes = useOutboxesStore()
  const schedule = shallowRef<readonly ScheduleRow[] | null>(null)
  const failure = shallowRef<Failure | null>(null)
  /** Marks made here that were not on disk when the day was opened, by encounter id. */
  const unsent = shallowRef<ReadonlyMap<string, number>>(new Map())
  const day = computed(() => dayOf(schedule.value ?? []))
  const deeds = createOnce()
  let examId: ExamId | null = null
  let endNews: () => void = () => undefined

  /** Opens the day of an exam and follows what changes in it. */
  async function load(of: ExamId): Promise<void> {
    teardown()
    examId = of
    endNews = followExam((change) => change.examId === of, GATHER_MS, read)
    await read()
  }

  function teardown(): void {
    endNews()
    deeds.forget()
    examId = schedule.value = failure.value = null
  }

  async function read(): Promise<void> {
    const of = examId
    if (of === null) return
    const result = await call('encounter.schedule', { examId: of })
    if (examId !== of) return
    failure.value = result.ok ? null : result
    if (!result.ok) return
    schedule.value = result.data
    unsent.value = outboxes.resume(
      'scoring',
      result.data.map(({ slot }) => slot.id),
    )
  }

  async function declareAbsent(encounterId: EncounterId, reason: string): Promise<Result<unknown>> {
    return changed(
      await deeds.ask(`attendance ${encounterId}`, `absent ${reason}`, (eventId) =>
        call('encounter.declareAbsent', { encounterId, eventId, reason }),
      ),
    )
  }

  async function withdrawAbsence(encounterId: EncounterId): Promise<Result<unknown>> {
    return changed(
      await deeds.ask(`attendance ${encounterId}`, 'present', (eventId) =>
        call('encounter.withdrawAbsence', { encounterId, eventId }),
      ),
    )
  }

  async function report(
    encounterId: EncounterId,
    kind: Incident['kind'],
    text: string,
  ): Promise<Result<'saved' | 'waits'>> {
    const eventId = eventIdSchema.parse(crypto.randomUUID())
    return outboxes
      .of('scoring', encounterId)
      .deliver({ channel: 'incident.record', input: { encounterId, eventId, kind, text } })
  }

  /** The incidents that were reported at this window and are not on disk; `failure`: why those that wait do. */
  const incidents = computed(() => {
    const own = outboxes.own('scoring')
    const stuck = own.filter(({ failure, waiting }) => failure.value !== null && waiting.value.some(isIncident))
    return {
      waiting: stuck.flatMap(({ waiting }) => waiting.value.filter(isIncident).map(({ input }) => input)),
      failure: stuck[0]?.failure.value ?? null,
      refused: own.flatMap(({ refused }) =>
        refused.value.flatMap(({ write, ...rest }) => (isIncident(write) ? [{ input: write.input, ...rest }] : [])),
      ),
      unkept: own.some(({ unkept }) => unkept.value),
    }
  })

  const retry = () => {
    for (const outbox of outboxes.own('scoring')) outbox.retry()
  }
  const dismiss = (seen: readonly EventId[]) => {
    for (const outbox of outboxes.own('scoring')) outbox.dismiss(seen)
  }

  async function changed(result: Result<unknown>): Promise<Result<unknown>> {
    if (result.ok) await read()
    return result
  }

  return {
    schedule,
    failure,
    unsent,
    incidents,
    day,
    load,
    read,
    teardown,
    declareAbsent,
    withdrawAbsence,
    report,
    retry,
    dismiss,
  }
})

type IncidentWrite = Extract<Write, { channel: 'incident.record' }>
const isIncident = (write: Write): write is IncidentWrite => write.channel === 'incident.record'
