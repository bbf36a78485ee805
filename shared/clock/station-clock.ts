import type { Phase } from '../domain/timing.ts'
import type { ClockCommand, ClockIn, ClockRefusal, ClockSignal, ClockState } from './state.ts'

/*
 * The rules of the station clock. Every function is pure; `now` is a reading of a clock that never goes backwards, in
 * whole milliseconds. Nothing counts ticks: what is due follows from deadlines, so it does not matter how often, how
 * seldom or how late one looks.
 */

export type ClockStep = { state: ClockState; signals: ClockSignal[] }
export type CommandOutcome = ({ ok: true } & ClockStep) | { ok: false; code: ClockRefusal }

/** Station time at `now` in ms: time since the start without the pauses. Stands still once the clock has finished. */
export function stationTime(state: ClockState, now: number): number {
  switch (state.status) {
    case 'ready':
      return 0
    case 'running':
      return now - state.startedAt - state.pausedMs
    case 'paused':
      return state.pause.since - state.startedAt - state.pausedMs
    case 'finished':
      return state.finishedAt - state.startedAt - state.pausedMs
  }
}

/** What is left of the current phase at `now` in ms; negative when its end is overdue, 0 once finished. */
export function remainingInPhase(state: ClockState, now: number): number {
  const phase = state.phases[state.phaseIndex]
  return phase === undefined ? 0 : state.phaseStartedMs + phase.durationMs - stationTime(state, now)
}

/** The next instant at which something happens by itself; null while the clock does not run. */
export const nextDue = (state: ClockState): number | null => nextEvent(state)?.dueAt ?? null

/**
 * Brings the clock to `now`: every warning, end and start of a phase that lies between the last look and `now` is
 * given, once and in order, with how late it is. A phase begins where the one before it ended, not where one looked.
 */
export function advance(before: ClockState, now: number): ClockStep {
  const signals: ClockSignal[] = []
  let state = before
  for (let event = nextEvent(state); event !== null && event.dueAt <= now; event = nextEvent(state)) {
    const step = event.happen(now)
    state = step.state
    signals.push(...step.signals)
  }
  return { state, signals }
}

/**
 * Brings the clock to `now`, then does what was asked. The signals are those that fell due meanwhile and those of the
 * command itself. A command that does not fit the clock's state is refused with a code and changes nothing.
 */
export function applyCommand(before: ClockState, command: ClockCommand, now: number): CommandOutcome {
  const { state, signals } = advance(before, now)
  const step = obey(state, command, now)
  if (typeof step === 'string') return { ok: false, code: step }
  return { ok: true, state: step.state, signals: [...signals, ...step.signals] }
}

/**
 * Offset of a mark made at `now` from the start of the encounter phase, in ms, pauses excluded. Null before the
 * encounter; runs on through the phases after it; stands still while the clock is paused and once it has finished.
 */
export function encounterOffset(state: ClockState, now: number): number | null {
  const current = advance(state, now).state
  return current.encounterStartedMs === null ? null : stationTime(current, now) - current.encounterStartedMs
}

type ClockEvent = { dueAt: number; happen: (now: number) => ClockStep }

/** The first thing that will happen by itself: a warning not yet given, or the end of the phase. */
function nextEvent(state: ClockState): ClockEvent | null {
  if (state.status !== 'running') return null
  const phase = state.phases[state.phaseIndex]
  if (phase === undefined) return null
  const endsAt = state.startedAt + state.pausedMs + state.phaseStartedMs + phase.durationMs
  const warning = state.warnings.find((w) => w.phase === phase.phase && !w.given)
  if (warning === undefined) return { dueAt: endsAt, happen: (now) => endPhase(state, phase.phase, endsAt, now) }

  const dueAt = endsAt - warning.remainingMs
  return {
    dueAt,
    happen: (now) => ({
      state: { ...state, warnings: state.warnings.map((w) => (w === warning ? { ...w, given: true } : w)) },
      signals: [
        { kind: 'warning', phase: phase.phase, remainingMs: warning.remainingMs, dueAt, lateByMs: now - dueAt },
      ],
    }),
  }
}

/** Ends the current phase and enters the one at `nextIndex`; past the last one the clock has finished. */
function endPhase(
  state: ClockIn<'running'>,
  phase: Phase,
  dueAt: number,
  now: number,
  nextIndex = state.phaseIndex + 1,
): ClockStep {
  const lateByMs = now - dueAt
  const ended: ClockSignal = { kind: 'phase-ended', phase, dueAt, lateByMs }
  const next = state.phases[nextIndex]?.phase
  if (next === undefined) {
    return {
      state: { ...state, status: 'finished', phaseIndex: nextIndex, finishedAt: dueAt },
      signals: [ended, { kind: 'finished', phase, dueAt, lateByMs }],
    }
  }
  const entered = enterPhase(state, nextIndex, next, dueAt, now)
  return { state: entered.state, signals: [ended, ...entered.signals] }
}

function enterPhase(
  state: ClockIn<'running'>,
  phaseIndex: number,
  phase: Phase,
  dueAt: number,
  now: number,
): ClockStep {
  const phaseStartedMs = stationTime(state, dueAt)
  const encounterStartedMs = phase === 'encounter' ? phaseStartedMs : state.encounterStartedMs
  return {
    state: { ...state, phaseIndex, phaseStartedMs, encounterStartedMs },
    signals: [{ kind: 'phase-started', phase, dueAt, lateByMs: now - dueAt }],
  }
}

/** Does what was asked to a clock that has been brought to `now`. */
function obey(state: ClockState, command: ClockCommand, now: number): ClockStep | ClockRefusal {
  const phase = state.phases[state.phaseIndex]?.phase
  if (command.kind === 'give-back') return givenBack(state, command.phase, command.ms, now)
  if (state.status === 'finished' || phase === undefined) return 'clock-finished'
  if (state.status === 'ready') {
    if (command.kind !== 'start') return 'clock-not-started'
    return enterPhase({ ...state, status: 'running', startedAt: now }, 0, phase, now, now)
  }
  switch (command.kind) {
    case 'start':
      return 'clock-already-started'
    case 'pause':
      if (state.status === 'paused') return 'clock-paused'
      return {
        state: { ...state, status: 'paused', pause: { since: now, reason: command.reason ?? null } },
        signals: [],
      }
    case 'resume':
      return state.status === 'running' ? 'clock-not-paused' : { state: resumed(state, now), signals: [] }
    case 'extend':
      return command.phase === phase ? { state: extended(state, command.ms, now), signals: [] } : 'clock-phase-over'
    case 'next-phase':
      if (state.status === 'paused') return 'clock-paused'
      return command.phase === phase ? endPhase(state, phase, now, now) : 'clock-phase-over'
    case 'finish':
      return endPhase(state.status === 'paused' ? resumed(state, now) : state, phase, now, now, state.phases.length)
  }
}

function resumed({ pause, ...state }: ClockIn<'paused'>, now: number): ClockIn<'running'> {
  return { ...state, status: 'running', pausedMs: state.pausedMs + now - pause.since }
}

/** Lengthens the current phase; a warning whose moment lies ahead again will be given again. */
function extended(state: ClockIn<'running' | 'paused'>, ms: number, now: number): ClockState {
  const remainingMs = remainingInPhase(state, now) + ms
  const current = state.phases[state.phaseIndex]
  return {
    ...state,
    extraMs: state.extraMs + ms,
    phases: state.phases.map((p) => (p === current ? { ...p, durationMs: p.durationMs + ms } : p)),
    warnings: state.warnings.map((w) =>
      w.phase === current?.phase && remainingMs > w.remainingMs ? { ...w, given: false } : w,
    ),
  }
}

/**
 * Gives back time that a phase lost while nobody could see the clock: a phase that is on gets it on top, and to one that
 * is over the clock returns with so much of it left. What follows that phase runs anew, in full.
 */
function givenBack(state: ClockState, phase: Phase, ms: number, now: number): ClockStep | ClockRefusal {
  const phaseIndex = state.phases.findIndex((p) => p.phase === phase)
  const entry = state.phases[phaseIndex]
  if (state.status === 'ready') return 'clock-not-started'
  // Once the encounter has begun nothing leads back before it: its marks stand in its own time.
  const encounterIndex = state.phases.findIndex((p) => p.phase === 'encounter')
  if (phaseIndex < encounterIndex && state.phaseIndex >= encounterIndex) return 'clock-phase-over'
  if (entry === undefined || phaseIndex > state.phaseIndex) return 'clock-phase-over'
  if (state.status !== 'finished' && phaseIndex === state.phaseIndex)
    return { state: extended(state, ms, now), signals: [] }

  const running = state.status === 'finished' ? goingOn(state, now) : state
  const nowMs = stationTime(running, now)
  // The encounter goes on from its own start, so that what was marked keeps its place in it.
  const started = phase === 'encounter' ? running.encounterStartedMs : null
  const phaseStartedMs = started ?? Math.max(0, nowMs + ms - entry.durationMs)
  const later = new Set(state.phases.slice(phaseIndex + 1).map((p) => p.phase))
  return {
    state: {
      ...running,
      phaseIndex,
      phaseStartedMs,
      extraMs: running.extraMs + ms,
      phases: running.phases.map((p) => (p === entry ? { ...p, durationMs: nowMs + ms - phaseStartedMs } : p)),
      warnings: running.warnings.map((w) =>
        later.has(w.phase) || (w.phase === phase && ms > w.remainingMs) ? { ...w, given: false } : w,
      ),
    },
    signals: [{ kind: 'phase-started', phase, dueAt: now, lateByMs: 0 }],
  }
}

/** A finished clock that runs on: the time since its end is no time of the station. */
function goingOn({ finishedAt, ...state }: ClockIn<'finished'>, now: number): ClockIn<'running'> {
  return { ...state, status: 'running', pausedMs: state.pausedMs + now - finishedAt }
}
