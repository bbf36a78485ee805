import { computed, ref, shallowReactive, watch, type ComputedRef, type Ref } from 'vue'
import type { z } from 'zod'
import type { ErrorCode, Failure, Result } from '#shared/contract/result.ts'
import { useAutosave } from '../../ui/use-autosave.ts'

export type DraftState = 'saved' | 'saving' | 'invalid' | 'failed'
export type Issue = z.core.$ZodIssue

export type Draft<F> = {
  /** What is on the screen. */
  fields: Ref<F>
  /** What is wrong with it, by the path of the field: "title", "timing.warnings.0". The first issue of each. */
  issues: ComputedRef<ReadonlyMap<string, Issue>>
  state: ComputedRef<DraftState>
  failure: Ref<Failure | null>
  flush: () => Promise<void>
}

/** Refusals that are not about what was entered: it stays on the screen, and is tried again. */
const keepsEntry: ReadonlySet<ErrorCode> = new Set([
  'host-unreachable',
  'no-token',
  'bad-output',
  'internal',
  'storage-full',
  'storage-read-only',
  'storage-locked',
  'storage-failed',
])

/**
 * Fields that save themselves as they are changed. Each field is held against its schema; those that fit are saved, the
 * others wait until they do. A refused field shows again what is stored, and `onRefused` says why; one that the host
 * could not store stays as it was entered. What others change shows, unless it is being changed here as well.
 */
export function useDraft<F extends object>(parts: {
  stored: () => F
  shape: { [K in keyof F]: z.ZodType<F[K]> }
  save: (fields: Partial<F>) => Promise<Result<F>>
  onRefused: (failure: Failure) => void
}): Draft<F> {
  const names = Object.keys(parts.shape) as (keyof F & string)[]
  const fields = ref(copied(Object.fromEntries(names.map((name) => [name, parts.stored()[name]])))) as Ref<F>
  /** What each field held when it last was as the host has it. */
  const base = shallowReactive(new Map(names.map((name) => [name, JSON.stringify(fields.value[name])])))
  /** What the host said last of each. */
  const heard = new Map(names.map((name) => [name, JSON.stringify(parts.stored()[name])]))

  const checks = computed(() =>
    names.map((name) => ({ name, result: parts.shape[name].safeParse(fields.value[name]) })),
  )
  const issues = computed(() => {
    const found = new Map<string, Issue>()
    for (const { name, result } of checks.value) {
      for (const issue of result.error?.issues ?? []) {
        const path = [name, ...issue.path].join('.')
        if (!found.has(path)) found.set(path, issue)
      }
    }
    return found
  })
  const changed = (name: keyof F & string) => JSON.stringify(fields.value[name]) !== base.get(name)
  const ready = () => checks.value.filter(({ name, result }) => result.success && changed(name)).map(({ name }) => name)

  const autosave = useAutosave(async () => {
    const sent = ready()
    if (sent.length === 0) return null
    const values = copied(Object.fromEntries(sent.map((name) => [name, fields.value[name]]))) as Partial<F>
    const result = await parts.save(values)
    for (const name of sent) {
      if (result.ok) {
        base.set(name, JSON.stringify(values[name]))
        heard.set(name, JSON.stringify(result.data[name]))
      } else if (!keepsEntry.has(result.code)) {
        base.set(name, JSON.stringify(values[name]))
        showStored(name)
      }
    }
    if (result.ok || keepsEntry.has(result.code)) return result
    parts.onRefused(result)
    return null
  })

  /** Shows what the host has, unless the field was changed here. */
  function showStored(name: keyof F & string): void {
    if (changed(name)) return
    const stored = JSON.stringify(parts.stored()[name])
    base.set(name, stored)
    heard.set(name, stored)
    fields.value[name] = copied(parts.stored()[name])
  }

  watch(parts.stored, (stored) => {
    for (const name of names) if (JSON.stringify(stored[name]) !== heard.get(name)) showStored(name)
  })
  watch(
    fields,
    () => {
      if (ready().length > 0) autosave.touch()
    },
    { deep: true, flush: 'sync' },
  )

  const state = computed((): DraftState => {
    if (autosave.state.value === 'failed') return 'failed'
    if (autosave.state.value !== 'saved') return 'saving'
    return checks.value.some(({ name, result }) => !result.success && changed(name)) ? 'invalid' : 'saved'
  })
  return { fields, issues, state, failure: autosave.failure, flush: autosave.flush }
}

const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
