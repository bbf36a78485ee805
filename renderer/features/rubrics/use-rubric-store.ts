import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { z } from 'zod'
import type { RubricEntry } from '#shared/contract/parts/exams.ts'
import type { Failure, Result } from '#shared/contract/result.ts'
import { rubricSchema, type Rubric, type RubricRef } from '#shared/domain/rubric.ts'
import { call } from '../../api.ts'
import { useAutosave } from '../../ui/use-autosave.ts'
import { useUndo } from '../../ui/use-undo.ts'
import { dropDraft, keepDraft, keptDraft } from './rubric-draft.ts'
import { shapeOf } from './rubric-edits.ts'

export type Issue = z.core.$ZodIssue

/**
 * The rubric on the screen. What is changed is saved by itself as soon as the whole rubric holds together; until then it
 * is kept on this device, and brought back when the rubric is opened again.
 */
export const useRubricStore = defineStore('rubric', () => {
  const rubric = shallowRef<Rubric | null>(null)
  const entry = shallowRef<RubricEntry | null>(null)
  const failure = shallowRef<Failure | null>(null)
  /** A refusal of the last save that trying again does not mend. */
  const refusal = shallowRef<Failure | null>(null)
  const stored = shallowRef('')
  /** Whether what is not saved would come back after a reload. */
  const kept = shallowRef(true)
  /** What is shown was brought back from an earlier visit and is not saved yet. */
  const broughtBack = shallowRef(false)
  const undo = useUndo<null>()
  /** Which reading counts: an answer about a rubric that was left is dropped. */
  let latest = 0

  const readOnly = computed(() => entry.value === null || entry.value.shipped || entry.value.inUse)
  const check = computed(() => rubricSchema.safeParse(rubric.value))
  const changed = computed(() => rubric.value !== null && JSON.stringify(rubric.value) !== stored.value)
  /** What is wrong, by path: "domains.0.items.1.anchors.2". The first issue of each. */
  const issues = computed(() => {
    const found = new Map<string, Issue>()
    for (const issue of check.value.error?.issues ?? []) {
      const path = issue.path.join('.')
      if (!found.has(path)) found.set(path, issue)
    }
    return found
  })

  const autosave = useAutosave(async () => {
    const whole = check.value
    if (!whole.success || !changed.value || rubric.value === null) return null
    const sent = JSON.stringify(rubric.value)
    const mine = latest
    const result = await call('rubric.save', { rubric: whole.data })
    // Of another rubric that was left; what was not saved of it is kept as a draft.
    if (mine !== latest) return null
    if (result.ok) {
      stored.value = sent
      keep()
    } else if (result.code === 'rubric-in-use') await becomeReadOnly(whole.data, result)
    return result.ok || result.code !== 'rubric-in-use' ? result : null
  })

  const saved = computed(() => {
    if (autosave.state.value === 'failed') return 'failed'
    if (changed.value && !check.value.success) return 'invalid'
    return autosave.state.value === 'saved' ? 'saved' : 'saving'
  })

  /** Somebody was rated with it in the meantime: what is stored stands. */
  async function becomeReadOnly(ref: RubricRef, why: Failure): Promise<void> {
    await load({ id: ref.id, version: ref.version })
    refusal.value = why
  }

  /** Opens a version of a rubric; nothing is shown of another one that was open. */
  async function load(ref: RubricRef): Promise<void> {
    if (entry.value?.ref.id !== ref.id || entry.value.ref.version !== ref.version) teardown()
    latest += 1
    const mine = latest
    const result = await call('rubric.get', ref)
    if (mine !== latest) return
    failure.value = result.ok ? null : result
    refusal.value = null
    undo.forget()
    if (!result.ok) return
    rubric.value = result.data.rubric
    entry.value = result.data.entry
    stored.value = JSON.stringify(result.data.rubric)
    const draft = readOnly.value ? null : keptDraft(ref)
    broughtBack.value = draft !== null
    if (draft === null) dropDraft(ref)
    else show(draft)
  }

  function show(next: Rubric): void {
    rubric.value = next
    keep()
    if (check.value.success) autosave.touch()
  }

  /** Keeps what is not saved; forgets it once it is. */
  function keep(): void {
    if (rubric.value === null) return
    if (changed.value) kept.value = keepDraft(rubric.value)
    else {
      dropDraft(rubric.value)
      kept.value = true
      broughtBack.value = false
    }
  }

  /** Goes back to what is saved; undo brings the rest back. */
  function discard(): void {
    change(JSON.parse(stored.value) as Rubric)
  }

  /** Changes the rubric; text that is typed without a pause is one change. */
  function change(next: Rubric): void {
    const before = rubric.value
    if (before === null || readOnly.value) return
    undo.did({
      what: null,
      takeBack: (): Promise<Result<unknown>> => {
        show(before)
        return Promise.resolve({ ok: true, data: {} })
      },
      ...(shapeOf(before) === shapeOf(next) ? { thing: 'text' } : {}),
    })
    show(next)
  }

  function teardown(): void {
    latest += 1
    autosave.forget()
    rubric.value = entry.value = failure.value = refusal.value = null
    stored.value = ''
    broughtBack.value = false
    undo.forget()
  }

  return {
    rubric,
    entry,
    failure,
    refusal,
    readOnly,
    kept,
    broughtBack,
    issues,
    saved,
    saveFailure: autosave.failure,
    flush: autosave.flush,
    undo,
    load,
    change,
    discard,
    teardown,
  }
})
