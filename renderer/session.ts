import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Input } from '#shared/contract/contract.ts'
import type { Failure, Result } from '#shared/contract/result.ts'
import type { EncounterId } from '#shared/domain/ids.ts'
import type { Session } from '#shared/domain/session.ts'
import { call, onReturn, subscribe } from './api.ts'

/** Who sits in front of this window. Every write answers the host's result, so that a screen can say what failed. */
export const useSessionStore = defineStore('session', () => {
  const session = shallowRef<Session | null>(null)
  /** True once the host has answered for the first time. */
  const known = shallowRef(false)
  const failure = shallowRef<Failure | null>(null)

  const role = computed(() => session.value?.role ?? null)
  const examId = computed(() => session.value?.examId ?? null)
  const handedOver = computed(() => session.value?.handedOver ?? null)

  function take<T extends Session | null>(result: Result<T>): Result<T> {
    failure.value = result.ok ? null : result
    if (result.ok) {
      session.value = result.data
      known.value = true
    }
    return result
  }

  const load = async () => take(await call('session.get', {}))
  const choose = async (who: Input<'session.choose'>) => keep(await call('session.choose', who))

  async function leave(): Promise<Result<unknown>> {
    const result = await call('session.leave', {})
    if (result.ok) session.value = null
    return result
  }

  /** Gives the device to the SP: from here on every route leads to the form of that encounter. */
  const handOver = async (encounterId: EncounterId, returnCode: string) =>
    keep(await call('handover.begin', { encounterId, returnCode }))

  /** Gives the device back to the examiner. */
  const takeBack = async (returnCode: string) => keep(await call('handover.end', { returnCode }))

  /** A refused change leaves the session as it was. */
  function keep(result: Result<Session>): Result<Session> {
    return result.ok ? take(result) : result
  }

  /** Follows what the host says about this session; the function given back ends it. */
  function follow(): () => void {
    const ends = [subscribe('session.changed', () => void load()), onReturn(() => void load())]
    return () => {
      for (const end of ends) end()
    }
  }

  return { session, known, failure, role, examId, handedOver, load, choose, leave, handOver, takeBack, follow }
})
