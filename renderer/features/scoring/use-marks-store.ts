import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import type { Input } from '#shared/contract/contract.ts'
import type { EncounterView } from '#shared/contract/parts/encounters.ts'
import type { Result } from '#shared/contract/result.ts'
import type { Incident, Mark, MarkKind, RatingValue } from '#shared/domain/encounter.ts'
import type { EncounterRecord } from '#shared/domain/encounter-record.ts'
import { eventIdSchema, momentIdSchema, type EventId, type ItemId, type MomentId } from '#shared/domain/ids.ts'
import { markLabel } from '#shared/domain/mark-entry.ts'
import { rubricItems, type RubricItem } from '#shared/domain/rubric.ts'
import type { Outbox, SaveState, Write } from '../../outbox/outbox.ts'
import { useOutboxesStore } from '../../outbox/use-outboxes-store.ts'
import { createSheet, type NotePlace } from './sheet.ts'
import { useClockStore } from './use-clock-store.ts'

/** One thing that can be taken back. */
export type Step = {
  kind: 'rating' | 'mark' | 'annotation' | 'note' | 'global-rating'
  /** The words of the rubric that name it; empty where the kind says it all. */
  title: string
  about: string
  undo: () => void
}

/** What every write names: where it belongs, of whom it is said, and which event it is. */
type Address = Pick<Input<'note.record'>, 'encounterId' | 'eventId' | 'confirmation'>

/** The sheet of the open encounter: every mark is shown at once, sent on, and can be taken back. */
export const useMarksStore = defineStore('marks', () => {
  const outboxes = useOutboxesStore()
  const clock = useClockStore()
  const sheet = createSheet()
  const view = shallowRef<Pick<EncounterView, 'slot' | 'rubric' | 'station'> | null>(null)
  const outbox = shallowRef<Outbox | null>(null)
  const steps = shallowReactive<Step[]>([])
  /** What was taken back last, to say so. */
  const undone = shallowRef<Step | null>(null)
  /** The behaviour that keys rate and whose points are shown. */
  const inHand = shallowRef<ItemId | null>(null)
  /** The behaviour whose points are looked at in passing, with the mouse over it. */
  const preview = shallowRef<ItemId | null>(null)
  /** The mark on the line whose card is open. */
  const markInHand = shallowRef<MomentId | null>(null)
  /** Under which confirmation of the candidate the sheet is filled in. */
  let confirmation: EventId | null = null
  let endSaved: () => void = () => undefined

  const items = computed(() => (view.value === null ? [] : rubricItems(view.value.rubric)))
  const itemInHand = computed(() => items.value.find(({ id }) => id === inHand.value) ?? items.value[0] ?? null)
  /** The behaviours without a mark, in reading order. */
  const open = computed<RubricItem[]>(() => items.value.filter(({ id }) => !sheet.ratings.has(id)))
  /** As `openItems` of the schedule counts: behaviours without a mark, and the global rating. */
  const openCount = computed(() => open.value.length + (sheet.globalRating.value === null ? 1 : 0))
  const onDisk = computed(() => sheet.onDisk.size)
  const waiting = computed(() => outbox.value?.waiting.value.length ?? 0)
  /** They stand nowhere on the sheet. */
  const waitingIncidents = computed(
    () => outbox.value?.waiting.value.filter(({ channel }) => channel === 'incident.record') ?? [],
  )
  const failure = computed(() => outbox.value?.failure.value ?? null)
  const refused = computed(() => outbox.value?.refused.value ?? [])
  const unkept = computed(() => outbox.value?.unkept.value ?? false)
  /** Not on disk, and left out where nobody tries them again. */
  const setAside = computed(() => refused.value.filter((entry) => entry.setAside).length)
  const marks = computed(() => [...sheet.marks.values()].sort((a, b) => (a.atMs ?? -1) - (b.atMs ?? -1)))
  const markOpen = computed(() => (markInHand.value === null ? null : (sheet.marks.get(markInHand.value) ?? null)))

  /** Takes up the sheet of an encounter, with what an earlier page left unsaved. */
  function load(opened: EncounterView): void {
    teardown()
    view.value = opened
    const box = outboxes.of('scoring', opened.slot.id)
    outbox.value = box
    endSaved = box.onSaved(sheet.saved)
    inHand.value = rubricItems(opened.rubric)[0]?.id ?? null
    show(opened.record)
  }

  /** What was set up around the sheet has changed: the station's papers, or the rubric before it is used. */
  function renew(opened: EncounterView): void {
    view.value = opened
  }

  /** Shows what the host has recorded meanwhile, by this screen or another. */
  function show(record: EncounterRecord): void {
    confirmation = record.confirmation
    sheet.show(record, outbox.value?.waiting.value ?? [])
  }

  function teardown(): void {
    endSaved()
    sheet.clear()
    steps.splice(0)
    view.value = outbox.value = undone.value = inHand.value = preview.value = markInHand.value = null
  }

  /** How a mark stands; undefined: on disk, or never made. */
  const stateOf = (about: string): SaveState | undefined => outbox.value?.states.get(about)

  /** Makes a write, shows it and sends it on. */
  function send(make: (address: Address) => Write): void {
    const encounterId = view.value?.slot.id
    if (encounterId === undefined) return
    const write = make({ encounterId, eventId: newEventId(), ...(confirmation !== null && { confirmation }) })
    const atMs = clock.placeNow()
    sheet.apply(write, atMs)
    outbox.value?.push(madeAt(write, atMs))
  }

  function remember(step: Step): void {
    undone.value = null
    // One stretch of typing is one step.
    if (step.kind === 'note' && steps.at(-1)?.about === step.about) return
    steps.push(step)
  }

  /** Takes a behaviour in hand. */
  function hold(itemId: ItemId): void {
    inHand.value = itemId
    preview.value = null
  }

  /** Rates a behaviour; null takes the mark back. */
  function rate(itemId: ItemId, value: RatingValue | null): void {
    const before = sheet.ratings.get(itemId) ?? null
    hold(itemId)
    if (before === value) return
    const title = items.value.find(({ id }) => id === itemId)?.title ?? ''
    const put = (to: RatingValue | null) =>
      send((address) => ({ channel: 'rating.record', input: { ...address, itemId, value: to } }))
    remember({ kind: 'rating', title, about: `rating:${itemId}`, undo: () => put(before) })
    put(value)
  }

  /** The overall judgement; null takes it back. */
  function judge(value: string | null): void {
    const before = sheet.globalRating.value
    if (before === value) return
    const put = (to: string | null) =>
      send((address) => ({ channel: 'globalRating.record', input: { ...address, value: to } }))
    remember({ kind: 'global-rating', title: '', about: 'global-rating', undo: () => put(before) })
    put(value)
  }

  function write(place: NotePlace, text: string): void {
    const before = sheet.note(place)
    if (before === text) return
    const title = items.value.find(({ id }) => id === place)?.title ?? ''
    const put = (to: string) =>
      send((address) => ({ channel: 'note.record', input: { ...address, itemId: place, text: to } }))
    remember({ kind: 'note', title, about: `note:${place ?? ''}`, undo: () => put(before) })
    put(text)
  }

  /** Marks what just happened; answers the mark's id. */
  function mark(kind: MarkKind, type: string): MomentId {
    const markId = momentIdSchema.parse(crypto.randomUUID())
    send((address) => ({ channel: 'mark.make', input: { ...address, markId, kind, type } }))
    remember({ kind: 'mark', title: titleOf({ kind, type }), about: `mark:${markId}`, undo: () => unmark(markId) })
    return markId
  }

  const unmark = (markId: MomentId) => {
    if (markInHand.value === markId) markInHand.value = null
    send((address) => ({ channel: 'mark.undo', input: { ...address, markId } }))
  }

  /** Takes back a mark that is not the latest step; it is gone from the steps too. */
  function takeBackMark(markId: MomentId): void {
    const own = steps.filter(({ about }) => about === `mark:${markId}`)
    for (const step of own) steps.splice(steps.indexOf(step), 1)
    unmark(markId)
  }

  /** Says which of the station's cues a mark answers, and what was said. */
  function annotate(markId: MomentId, change: Partial<Pick<Mark, 'cue' | 'quote'>>): void {
    const now = sheet.marks.get(markId)
    if (now === undefined) return
    const before = { cue: now.cue, quote: now.quote }
    const after = { ...before, ...change }
    if (before.cue === after.cue && before.quote === after.quote) return
    const put = (to: typeof before) =>
      send((address) => ({ channel: 'mark.annotate', input: { ...address, markId, ...to } }))
    remember({ kind: 'annotation', title: titleOf(now), about: `mark:${markId}`, undo: () => put(before) })
    put(after)
  }

  /** Reports what went wrong around the encounter; tells how it went, for nothing on the sheet does. */
  async function report(kind: Incident['kind'], text: string): Promise<Result<'saved' | 'waits'>> {
    const encounterId = view.value?.slot.id
    if (encounterId === undefined || outbox.value === null) return { ok: false, code: 'not-found', params: {} }
    const input = { encounterId, eventId: newEventId(), kind, text, madeAtMs: clock.placeNow() }
    return outbox.value.deliver({ channel: 'incident.record', input })
  }

  /** Takes back the latest step. */
  function undo(): void {
    const step = steps.pop()
    if (step === undefined) return
    step.undo()
    undone.value = step
  }

  const titleOf = (of: Pick<Mark, 'kind' | 'type'>): string =>
    view.value === null ? '' : markLabel(view.value.rubric, of)

  return {
    sheet,
    steps,
    undone,
    inHand,
    preview,
    markInHand,
    items,
    itemInHand,
    open,
    openCount,
    onDisk,
    waiting,
    waitingIncidents,
    failure,
    refused,
    unkept,
    setAside,
    marks,
    markOpen,
    load,
    renew,
    show,
    teardown,
    stateOf,
    hold,
    rate,
    judge,
    write,
    mark,
    takeBackMark,
    annotate,
    report,
    undo,
    retry: () => {
      outbox.value?.retry()
      sheet.showWaiting(outbox.value?.waiting.value ?? [])
    },
    dismiss: (seen: readonly EventId[]) => outbox.value?.dismiss(seen),
  }
})

const newEventId = () => eventIdSchema.parse(crypto.randomUUID())

/** With its moment, so that a mark that has to wait for the disk keeps its place in the encounter. */
function madeAt(write: Write, madeAtMs: number | null): Write {
  if (write.channel === 'rating.record') return { ...write, input: { ...write.input, madeAtMs } }
  if (write.channel === 'mark.make') return { ...write, input: { ...write.input, madeAtMs } }
  return write
}
