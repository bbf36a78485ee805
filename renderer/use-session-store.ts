import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Input } from '#shared/contract/contract.ts'
import type { Result } from '#shared/contract/result.ts'
import type { PersonId } from '#shared/domain/ids.ts'
import type { Session } from '#shared/domain/session.ts'
import { call, onReturn, subscribe } from './api.ts'
import { together } from './ui/together.ts'

type Named = { id: PersonId; name: string }

/** Who sits in front of this window. Every write answers the host's result, so that a screen can say what failed. */
export const useSessionStore = defineStore('session', () => {
  const session = shallowRef<Session | null>(null)
  /** Who that is, by name; null until the name is known. */
  const person = shallowRef<Named | null>(null)
  /** True once the host has answered for the first time. */
  const known = shallowRef(false)

  const role = computed(() => session.value?.role ?? null)
  /** Whose is what is made here: the person's, or the role's where nobody is named. */
  const holder = computed(() => session.value?.personId ?? session.value?.role ?? 'nobody')
  const examId = computed(() => session.value?.examId ?? null)
  const handedOver = computed(() => session.value?.handedOver ?? null)
  const locked = computed(() => session.value?.locked ?? false)

  async function load(): Promise<Result<Session | null>> {
    const result = await call('session.get', {})
    if (result.ok) take(result.data)
    return result
  }

  const signIn = (who: Input<'session.signIn'>) => change(call('session.signIn', who))

  /** Makes the first director, who sits here from now on; answers the recovery key. */
  const begin = (who: Input<'account.begin'>) => changeWithKey(call('account.begin', who))

  /** Gives a director a new PIN; answers the new recovery key. */
  const recover = (who: Input<'account.recover'>) => changeWithKey(call('account.recover', who))

  /** Asks for the PIN before anything else can be done here. */
  const lock = () => change(call('session.lock', {}))

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

  async function changeWithKey(
    answer: Promise<Result<{ session: Session; recoveryKey: string }>>,
  ): Promise<Result<string>> {
    const result = await answer
    if (!result.ok) return result
    take(result.data.session)
    return { ok: true, data: result.data.recoveryKey }
  }

  function take(now: Session | null): void {
    session.value = now
    known.value = true
    if ((now?.personId ?? null) !== (person.value?.id ?? null)) void name(now)
  }

  async function name(now: Session | null): Promise<void> {
    person.value = null
    if (now === null || now.personId === null) return
    const people = await peopleLike(now)
    if (session.value?.personId !== now.personId) return
    person.value = people.find(({ id }) => id === now.personId) ?? null
  }

  async function peopleLike({ examId: exam }: Session): Promise<readonly Named[]> {
    if (exam === null) {
      const list = await call('account.list', {})
      return list.ok ? list.data.directors : []
    }
    const roster = await call('exam.roster', { examId: exam })
    return roster.ok ? roster.data.map((entry) => entry.person) : []
  }

  /** Follows what the host says about this session; the function given back ends it. */
  function follow(): () => void {
    return together(
      subscribe('session.changed', () => void load()),
      onReturn(() => void load()),
    )
  }

  return {
    session,
    person,
    known,
    role,
    holder,
    examId,
    handedOver,
    locked,
    load,
    signIn,
    begin,
    recover,
    lock,
    leave,
    handOver,
    takeBack,
    follow,
  }
})
