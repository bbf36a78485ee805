import type { ClockCommand, ClockSignal, ClockState } from '#shared/clock/state.ts'
import { advance, applyCommand, nextDue, type CommandOutcome } from '#shared/clock/station-clock.ts'
import type { EncounterId } from '#shared/domain/ids.ts'

/** A sleep or a stall is noticed after this long at the latest. */
const LONGEST_WAIT_MS = 1000

export type ClockDriverDeps<Timer> = {
  /** A `MonotonicClock`'s `now`. */
  now: () => number
  setTimer: (look: () => void, ms: number) => Timer
  clearTimer: (timer: Timer) => void
  /** Something to sound and flash. Given after `onChange`; must not command a clock, or signals come out of order. */
  onSignal: (id: EncounterId, signal: ClockSignal) => void
  /** A new state to store, after every warning and phase; `get` already answers with it. */
  onChange: (id: EncounterId, state: ClockState) => void
  /** A callback failed where nobody had asked for anything; the clocks run on. */
  onError: (id: EncounterId, error: unknown) => void
}

export type ClockDriver = {
  /**
   * Takes a clock in: a ready one, or one that `restore` brought back. Throws when the encounter has one already. A clock
   * that has finished is let go of: nothing happens to it any more.
   */
  add: (id: EncounterId, state: ClockState) => void
  /**
   * Does what was asked and hands the state to `keep`; if that throws, the command did not happen. Null when the
   * encounter has no clock here.
   */
  command: (id: EncounterId, command: ClockCommand, keep: (state: ClockState) => void) => CommandOutcome | null
  /** Looks at every clock now; for when the system says that it woke up. */
  advance: () => void
  /** Lets go of an encounter's clock, whatever it does; nothing where it has none. */
  remove: (id: EncounterId) => void
  get: (id: EncounterId) => ClockState | null
  /** Whether any clock here stands in one of these ways. */
  any: (...ways: ClockState['status'][]) => boolean
  /** Lets go of all clocks and of the timer. */
  dispose: () => void
}

/** Drives the station clocks of all encounters that are open here, with one timer set to what happens next. */
export function createClockDriver<Timer>(deps: ClockDriverDeps<Timer>): ClockDriver {
  const clocks = new Map<EncounterId, ClockState>()
  let timer: { handle: Timer } | null = null

  const guarded = (id: EncounterId, callback: () => void): void => {
    try {
      callback()
    } catch (error) {
      deps.onError(id, error)
    }
  }

  const announce = (id: EncounterId, signals: ClockSignal[]): void => {
    for (const signal of signals) guarded(id, () => deps.onSignal(id, signal))
  }

  // Time passes whether or not it can be stored: what was stored last still leads to the same state.
  const look = (id: EncounterId, now: number): ClockState | null => {
    const before = clocks.get(id)
    if (before === undefined) return null
    const { state, signals } = advance(before, now)
    if (signals.length > 0) {
      clocks.set(id, state)
      guarded(id, () => deps.onChange(id, state))
      announce(id, signals)
      letGoIfFinished(id)
    }
    return state
  }

  const letGoIfFinished = (id: EncounterId): void => {
    if (clocks.get(id)?.status === 'finished') clocks.delete(id)
  }

  const lookAtAll = (): void => {
    const now = deps.now()
    for (const id of [...clocks.keys()]) look(id, now)
    setTimer()
  }

  const setTimer = (): void => {
    if (timer !== null) deps.clearTimer(timer.handle)
    timer = null
    const dues = [...clocks.values()].map(nextDue).filter((due) => due !== null)
    if (dues.length === 0) return
    const waitMs = Math.max(0, Math.min(LONGEST_WAIT_MS, Math.min(...dues) - deps.now()))
    timer = { handle: deps.setTimer(lookAtAll, waitMs) }
  }

  return {
    add(id, state) {
      if (clocks.has(id)) throw new Error(`encounter ${id} already has a clock`)
      clocks.set(id, state)
      look(id, deps.now())
      setTimer()
    },
    command(id, command, keep) {
      const now = deps.now()
      const state = look(id, now)
      if (state === null) return null
      const outcome = applyCommand(state, command, now)
      if (outcome.ok) {
        clocks.set(id, outcome.state)
        try {
          keep(outcome.state)
        } catch (error) {
          clocks.set(id, state)
          throw error
        }
        announce(id, outcome.signals)
      }
      letGoIfFinished(id)
      setTimer()
      return outcome
    },
    advance: lookAtAll,
    remove(id) {
      clocks.delete(id)
      setTimer()
    },
    get: (id) => clocks.get(id) ?? null,
    any: (...ways) => [...clocks.values()].some(({ status }) => ways.includes(status)),
    dispose() {
      clocks.clear()
      setTimer()
    },
  }
}
