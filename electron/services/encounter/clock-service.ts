import { randomUUID } from 'node:crypto'
import { lostTime } from '#shared/clock/lost-time.ts'
import { clockPlan } from '#shared/clock/plan.ts'
import { restore } from '#shared/clock/restore.ts'
import { snapshot, type ClockSnapshot } from '#shared/clock/snapshot.ts'
import { clockStateSchema, readyClock, type ClockCommand, type ClockState } from '#shared/clock/state.ts'
import { encounterOffset } from '#shared/clock/station-clock.ts'
import { elapsedBetween, timeReadingSchema, type TimeReading } from '#shared/clock/time-reading.ts'
import type { Input } from '#shared/contract/contract.ts'
import type { Away } from '#shared/contract/parts/encounters.ts'
import { AttuneError, type ErrorCode } from '#shared/contract/result.ts'
import { eventIdSchema, type EncounterId, type ExamId } from '#shared/domain/ids.ts'
import type { LedgerEvent } from '#shared/domain/ledger-event.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import type { CallContext, HandlersOf } from '#electron/base/handlers.ts'
import { stackOf, type Log } from '#electron/base/log.ts'
import type { Store } from '#electron/store/store.ts'
import { raterOf, type Access } from './access.ts'
import { createClockDriver } from './clock-driver.ts'
import type { Heartbeat } from './heartbeat.ts'
import type { MonotonicClock } from './monotonic-clock.ts'
import { mustBeOpen } from './rules.ts'
import type { StorageMonitor } from './storage-monitor.ts'

/** The clocks of all encounters that are under way, driven here and shown by the screens. */
export type ClockService = {
  handlers: HandlersOf<'clock'>
  snapshot(id: EncounterId): ClockSnapshot
  /** Milliseconds since the encounter phase began; null before it did. */
  offset(id: EncounterId): number | null
  /** That the app was away while this clock ran on, until somebody decides about it or touches the clock; else null. */
  away(id: EncounterId): Away | null
  /** The encounter is submitted: a clock that is held ends, since nobody may touch it any more; one that runs goes on. */
  endIfHeld(id: EncounterId, session: CallContext['session']): void
  /** The wrong candidate was confirmed: a clock that was started for them is as if it never was. */
  forget(id: EncounterId): void
  /** True while an encounter's clock runs or is held. */
  anyUnderWay(): boolean
  /** The system says that it woke up. */
  wake(): void
  stop(): void
}

type Parts = {
  store: Store
  access: Access
  events: EventHub
  clock: MonotonicClock
  heartbeat: Heartbeat
  monitor: StorageMonitor
  /** What an error of the disk means; null for any other. */
  storageCodeOf: (error: unknown) => ErrorCode | null
  log: Log
}

/** Which event of whom a new state is; what a clock does by itself, because time passed, is the system's. */
type Order = Pick<LedgerEvent, 'id' | 'raterId' | 'role'>

export function createClockService({
  store,
  access,
  events,
  clock,
  heartbeat,
  monitor,
  storageCodeOf,
  log,
}: Parts): ClockService {
  const away = new Map<EncounterId, Away>()

  const tell = (encounterId: EncounterId, state: ClockState) => {
    events.publish(
      'clock.changed',
      { encounterId, clock: snapshot(state, clock.now()) },
      (session) => session?.role === 'director' || access.worksAt(session, encounterId),
    )
  }

  const keep = (encounterId: EncounterId, state: ClockState, { id, raterId, role }: Order) => {
    store.ledger.append({
      id,
      examId: examOf(encounterId),
      encounterId,
      raterId,
      role,
      offsetMs: null,
      payload: { type: 'clock.changed', state, reading: clock.reading() },
    })
    monitor.wrote()
    heartbeat.beatWhile(anyRunning)
    tell(encounterId, state)
  }

  const examOf = (encounterId: EncounterId): ExamId => {
    const slot = store.encounters.get(encounterId)
    if (!slot) throw new AttuneError('not-found')
    return slot.examId
  }

  const driver = createClockDriver<ReturnType<typeof setTimeout>>({
    now: clock.now,
    setTimer: (look, ms) => setTimeout(look, ms),
    clearTimer: clearTimeout,
    onChange: (encounterId, state) => {
      keep(encounterId, state, { id: eventIdSchema.parse(randomUUID()), raterId: null, role: 'system' })
    },
    onSignal: (encounterId, signal) => {
      const { kind, phase, lateByMs } = signal
      const remainingMs = kind === 'warning' ? signal.remainingMs : null
      events.publish('clock.signalled', { encounterId, kind, phase, remainingMs, lateByMs }, (session) =>
        access.worksAt(session, encounterId),
      )
    },
    onError: (_id, error) => {
      monitor.refused(storageCodeOf(error))
      log.error('a clock could not be stored', { error: stackOf(error) })
    },
  })

  const anyRunning = (): boolean => driver.any('running')

  const stored = (id: EncounterId): { state: ClockState; at: TimeReading } | null => {
    const row = store.encounters.clock(id)
    if (!row) return null
    return { state: clockStateSchema.parse(row.state), at: timeReadingSchema.parse(row.reading) }
  }

  const current = (id: EncounterId): ClockState => {
    const known = driver.get(id)
    if (known) return known
    const saved = stored(id)
    if (saved) return restore(saved, clock.reading()).state
    const slot = store.encounters.get(id)
    if (!slot) throw new AttuneError('not-found')
    const { exam, candidate } = access.encounterOf(slot)
    return readyClock(clockPlan(exam.timing, candidate.extraTimePercent))
  }

  const comeBack = () => {
    const now = clock.reading()
    const lastBeat = heartbeat.last()
    for (const id of store.encounters.withClock()) {
      const saved = stored(id)
      if (!saved) continue
      const { state, elapsed } = restore(saved, now)
      if (lastBeat) noteAbsence(id, state, Math.min(elapsedBetween(lastBeat, now).elapsedMs, elapsed.elapsedMs), now)
      log.info('a clock came back', { elapsedMs: elapsed.elapsedMs, by: elapsed.source, skewMs: elapsed.wallSkewMs })
      driver.add(id, state)
    }
    heartbeat.beatWhile(anyRunning)
  }

  const noteAbsence = (id: EncounterId, state: ClockState, ms: number, { monoMs }: TimeReading) => {
    const lost = lostTime(state, monoMs - ms, monoMs)
    if (lost) away.set(id, { ms, lost })
  }

  const give = (id: EncounterId, input: ClockCommand, order: Order) => {
    if (!driver.get(id)) driver.add(id, current(id))
    try {
      return driver.command(id, input, (state) => {
        keep(id, state, order)
      })
    } finally {
      // One that was not started keeps no plan: extra time that is granted until then is in it.
      if (driver.get(id)?.status === 'ready') driver.remove(id)
    }
  }

  /** Somebody has decided about the lost time: no window asks about it any more. */
  const decided = (examId: ExamId, encounterId: EncounterId) => {
    if (away.delete(encounterId)) events.publish('encounter.changed', { examId, encounterId })
  }

  const command = (context: CallContext, { encounterId: id, eventId, command: input }: Input<'clock.command'>) => {
    const encounter = access.encounter(context, id)
    const known = store.ledger.find(eventId)
    if (known) {
      if (known.encounterId !== id || known.payload.type !== 'clock.changed') throw new AttuneError('bad-input')
      return snapshot(current(id), clock.now())
    }
    mustBeOpen(store, encounter)
    if (input.kind === 'give-back' && !away.has(id)) throw new AttuneError('clock-refused', { why: 'nothing-lost' })
    const outcome = give(id, input, { id: eventId, ...raterOf(context.session) })
    if (!outcome?.ok) throw new AttuneError('clock-refused', { why: outcome?.code ?? 'clock-finished' })
    decided(encounter.exam.id, id)
    return snapshot(outcome.state, clock.now())
  }

  comeBack()
  return {
    handlers: {
      'clock.get': ({ encounterId }, context) => {
        access.encounter(context, encounterId)
        return snapshot(current(encounterId), clock.now())
      },
      'clock.ofCandidate': ({ candidateId }) =>
        store.encounters.ofCandidate(candidateId).flatMap(({ id, stationId }) => {
          const state = driver.get(id)
          const phase = state && state.status !== 'ready' ? snapshot(state, clock.now()).phase : null
          const number = store.stations.get(stationId)?.number
          return number !== undefined && (phase === 'reading' || phase === 'encounter') ? [number] : []
        }),
      'clock.command': (input, context) => command(context, input),
      'clock.leaveLost': ({ encounterId }, context) => {
        decided(access.encounter(context, encounterId).exam.id, encounterId)
        return {}
      },
    },
    snapshot: (id) => snapshot(current(id), clock.now()),
    offset: (id) => encounterOffset(current(id), clock.now()),
    away: (id) => away.get(id) ?? null,
    endIfHeld: (id, session) => {
      if (current(id).status !== 'paused') return
      give(id, { kind: 'finish' }, { id: eventIdSchema.parse(randomUUID()), ...raterOf(session) })
    },
    forget: (id) => {
      // Confirmed anew meanwhile, and started: this is a lost answer asked for again.
      if (store.encounters.clock(id) !== null) return
      driver.remove(id)
      away.delete(id)
      heartbeat.beatWhile(anyRunning)
      tell(id, current(id))
    },
    anyUnderWay: () => driver.any('running', 'paused'),
    wake: () => {
      driver.advance()
    },
    stop: () => {
      driver.dispose()
      heartbeat.stop()
    },
  }
}
