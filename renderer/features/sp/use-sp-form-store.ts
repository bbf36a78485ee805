import { until } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import type { SpForm } from '#shared/contract/parts/encounters.ts'
import type { Failure, Result } from '#shared/contract/result.ts'
import { eventIdSchema, type EncounterId, type EventId } from '#shared/domain/ids.ts'
import { SP_MIN_ANSWERS, spStatements, type SpAnswerValue, type SpStatement } from '#shared/domain/sp-form.ts'
import { call } from '../../api.ts'
import { followExam } from '../../follow-exam.ts'
import type { Outbox, SaveState, Write } from '../../outbox/outbox.ts'
import { useOutboxesStore } from '../../outbox/use-outboxes-store.ts'
import { withPatience } from '../../patience.ts'
import { saveTyped } from '../../ui/use-quiet-text.ts'

/** Changes within this time are read in one go. */
const GATHER_MS = 300

/** The SP's form of one encounter: every answer is shown at once and kept at once. */
export const useSpFormStore = defineStore('sp form', () => {
  const outboxes = useOutboxesStore()
  const form = shallowRef<SpForm | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const answers = shallowReactive(new Map<SpStatement, SpAnswerValue>())
  const comment = shallowRef('')
  const outbox = shallowRef<Outbox | null>(null)
  /** Until the form is known to be handed in, handing it in is the same event. */
  let submission: EventId | null = null
  let current: EncounterId | null = null
  let endNews: () => void = () => undefined

  const given = computed(() => spStatements.filter((statement) => answers.has(statement)).length)
  /** How many answers from 1 to 5 are still needed; "not applicable" is none. */
  const needed = computed(() => {
    const counted = [...answers.values()].filter((value) => value !== 'not-applicable').length
    return Math.max(0, SP_MIN_ANSWERS - counted)
  })
  const waiting = computed(() => outbox.value?.waiting.value.length ?? 0)
  /** Why the answers that wait do not go through; null while all is well. */
  const unsaved = computed(() => outbox.value?.failure.value ?? null)
  const refused = computed(() => outbox.value?.refused.value ?? [])
  const unkept = computed(() => outbox.value?.unkept.value ?? false)
  /** What keeps the form from being handed in; an answer that the host itself fails at does not. */
  const blocked = computed(() => unsaved.value ?? refused.value.find((entry) => !entry.setAside)?.failure ?? null)
  const submitted = computed(() => form.value?.status === 'submitted')

  async function load(encounterId: EncounterId): Promise<void> {
    teardown()
    current = encounterId
    endNews = followExam(
      (change) => change.encounterId === null || change.encounterId === encounterId,
      GATHER_MS,
      () => lookAgain(encounterId),
    )
    const result = await call('sp.open', { encounterId })
    if (current !== encounterId) return
    failure.value = result.ok ? null : result
    if (!result.ok) return
    form.value = result.data
    comment.value = result.data.comment
    for (const { statement, value } of result.data.answers) answers.set(statement, value)
    outbox.value = outboxes.of('sp', encounterId)
    // What an earlier page could not save stands on top.
    for (const write of outbox.value.waiting.value) show(write)
  }

  /**
   * While the form is on the screen the exam may be closed, and open again, the identity taken back and confirmed anew,
   * or the form handed in elsewhere. The answers on the screen stay.
   */
  async function lookAgain(encounterId: EncounterId): Promise<void> {
    const before = form.value
    const result = await call('sp.open', { encounterId })
    // What was put in its place meanwhile is newer.
    if (!result.ok || before === null || form.value !== before) return
    const { confirmation, status, closed } = result.data
    form.value = { ...before, confirmation, status, closed }
  }

  function teardown(): void {
    saveTyped()
    endNews()
    current = form.value = failure.value = outbox.value = submission = null
    comment.value = ''
    answers.clear()
  }

  function show({ channel, input }: Write): void {
    if (channel === 'sp.comment') comment.value = input.text
    if (channel !== 'sp.answer') return
    if (input.value === null) answers.delete(input.statement)
    else answers.set(input.statement, input.value)
  }

  /** What every write names: where it belongs, of whom it is said, and which event it is. */
  function address(encounterId: EncounterId) {
    const confirmation = form.value?.confirmation ?? null
    return { encounterId, eventId: newEventId(), ...(confirmation !== null && { confirmation }) }
  }

  function send(write: Write): void {
    show(write)
    outbox.value?.push(write)
  }

  function answer(statement: SpStatement, value: SpAnswerValue): void {
    if (current === null || answers.get(statement) === value) return
    send({ channel: 'sp.answer', input: { ...address(current), statement, value } })
  }

  function say(text: string): void {
    if (current === null || comment.value === text) return
    send({ channel: 'sp.comment', input: { ...address(current), text } })
  }

  /** How one answer stands ("answer:listened", "comment"); undefined: on disk, or never given. */
  const stateOf = (about: string): SaveState | undefined => outbox.value?.states.get(about)

  /** Forgets what was turned away for good and has been seen, and shows what is on disk in its place. */
  function dismiss(seen: readonly EventId[]): void {
    outbox.value?.dismiss(seen)
    if (current !== null) void load(current)
  }

  async function submit(): Promise<Result<SpForm>> {
    const encounterId = current
    const notFound: Failure = { ok: false, code: 'not-found', params: {} }
    if (encounterId === null) return notFound
    // The comment is sent as one leaves it, which pressing the button does.
    await until(() => waiting.value === 0 || blocked.value !== null).toBe(true)
    if (current !== encounterId) return notFound
    if (blocked.value !== null) return blocked.value
    submission ??= newEventId()
    const result = await withPatience(call('sp.submit', { encounterId, eventId: submission }))
    if (current !== encounterId) return result
    if (result.ok) {
      submission = null
      form.value = result.data
    }
    return result
  }

  return {
    form,
    failure,
    answers,
    comment,
    given,
    needed,
    waiting,
    unsaved,
    refused,
    unkept,
    submitted,
    load,
    teardown,
    answer,
    say,
    stateOf,
    submit,
    retry: () => outbox.value?.retry(),
    dismiss,
  }
})

const newEventId = () => eventIdSchema.parse(crypto.randomUUID())
