import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Input } from '#shared/contract/contract.ts'
import type { Result } from '#shared/contract/result.ts'
import type { Person } from '#shared/domain/exam.ts'
import type { Session } from '#shared/domain/session.ts'
import { call, onReturn, subscribe } from './api.ts'
import { together } from './ui/together.ts'

/** Who sits in front of this window. Every write answers the host's result, so that a screen can say what failed. */
export const useSessionStore = defineStore('session', () => {
  const session = shallowRef<Session | null>(null)
  /** Who that is, by name; null for a director, and until the name is known. */
  const person = shallowRef<Person | null>(null)
  /** True once the host has answered for the first time. */
  const known = shallowRef(false)

  const role = computed(() => session.value?.role ?? null)
  const examId = computed(() => session.value?.examId ?? null)
  const handedOver = computed(() => session.value?.handedOver ?? null)

  async function load(): Promise<Result<Session | null>> {
    const result = await call('session.get', {})
    if (result.ok) take(result.data)
    return result
  }

  const choose = (who: Input<'session.choose'>) => change(call('session.choose', who))

  async function leave(): Promise<Result<unknown>> {
    const result = await call('session.leave', {})
    if (result.ok) take(null)
    return result
  }

  /** Gives the device to an SP: from here on every route leads to the form of that encounter. */
  const handOver = (loan: Input<'handover.begin'>) => change(call('handover.begin', loan))

  /** Gives the device back to the examiner. */
  const takeBack = (returnCode: string) => change(call('handover.end', { returnCode }))

  /** A refused change leaves the session as it was. */
  async function change(answer: Promise<Result<Session>>): Promise<Result<Session>> {
    const result = await answer
    if (result.ok) take(result.data)
    return result
  }

  function take(now: Session | null): void {
    session.value = now
    known.value = true
    if (now?.personId !== person.value?.id) void name(now)
  }

  async function name(now: Session | null): Promise<void> {
    person.value = null
    if (now === null || now.examId === null || now.personId === null) return
    const roster = await call('exam.roster', { examId: now.examId })
    if (!roster.ok || session.value?.personId !== now.personId) return
    person.value = roster.data.find((entry) => entry.person.id === now.personId)?.person ?? null
  }

  /** Follows what the host says about this session; the function given back ends it. */
  function follow(): () => void {
    return together(
      subscribe('session.changed', () => void load()),
      onReturn(() => void load()),
    )
  }

  return { session, person, known, role, examId, handedOver, load, choose, leave, handOver, takeBack, follow }
})
