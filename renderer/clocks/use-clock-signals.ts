import { computed, onScopeDispose, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ClockSnapshot } from '#shared/clock/snapshot.ts'
import type { EncounterId } from '#shared/domain/ids.ts'
import { call, onReturn, subscribe } from '../api.ts'
import { createKnownClocks } from './known-clocks.ts'
import { missedSignal, type Announcement } from './missed-signal.ts'
import { useSessionStore } from '../use-session-store.ts'
import { useSettingsStore } from '../use-settings-store.ts'
import { formatClock } from '../ui/format.ts'
import { readySounds, type Sound } from '../ui/sounds.ts'
import { useSignals } from '../ui/use-signals.ts'
import { together } from '../ui/together.ts'

/** A signal that came later than this, after a stall or a sleep, says how late it is. */
const LATE_MS = 2000
/** What was missed longer ago than this helps nobody any more. */
const STALE_MS = 900_000

/**
 * Sounds and flashes what the clocks of one's own station announce, on every screen: the host sends them to whoever works
 * there. What fell due while this window heard nothing is made up for when somebody sits down, and when events flow again.
 */
export function useClockSignals(): void {
  const { t } = useI18n()
  const session = useSessionStore()
  const settings = useSettingsStore()
  const { give } = useSignals()
  const person = computed(() => session.session?.personId ?? session.role)
  const clocks = computed(() => (person.value === null ? null : createKnownClocks(person.value)))
  /** Every clock as it was last told; a signal comes after the change that it announces. */
  const latest = new Map<EncounterId, ClockSnapshot>()

  const end = together(
    subscribe('clock.changed', ({ encounterId, clock }) => {
      latest.set(encounterId, clock)
      if (clocks.value?.read().has(encounterId)) clocks.value.keep(encounterId, clock)
    }),
    subscribe('clock.signalled', ({ encounterId, ...signal }) => {
      const clock = latest.get(encounterId)
      if (clock !== undefined) clocks.value?.keep(encounterId, clock)
      announce(signal)
    }),
    onReturn(() => void makeUp()),
    watch(
      person,
      (now) => {
        if (now === null || session.role === 'director') return
        readySounds()
        void makeUp()
      },
      { immediate: true },
    ),
  )
  onScopeDispose(end)

  async function makeUp(): Promise<void> {
    const own = clocks.value
    for (const encounterId of own?.read().keys() ?? []) {
      const result = await call('clock.get', { encounterId })
      // Whoever sits here now is somebody else, or has heard of it meanwhile.
      const known = own?.read().get(encounterId)
      if (own !== clocks.value || known === undefined) continue
      if (!result.ok) {
        if (result.code === 'not-found' || result.code === 'not-assigned') own?.drop(encounterId)
        continue
      }
      own?.keep(encounterId, result.data)
      const missed = missedSignal(known, result.data)
      if (missed !== null && missed.lateByMs < STALE_MS) announce(missed)
    }
  }

  function announce(signal: Announcement): void {
    const sound = soundOf(signal)
    if (sound === null) return
    const late = signal.lateByMs > LATE_MS ? ` ${t('scoring.signal.late', { time: formatClock(signal.lateByMs) })}` : ''
    give(sound, wordsOf(signal) + late, settings.settings.soundVolume)
  }

  function wordsOf({ kind, phase, remainingMs }: Announcement): string {
    const name = phase === null ? '' : t(`scoring.clock.phases.${phase}`)
    if (kind === 'warning') return t('scoring.signal.warning', { time: formatClock(remainingMs ?? 0) })
    return t(kind === 'phase-started' ? 'scoring.signal.started' : 'scoring.signal.ended', { phase: name })
  }
}

/** One sound for one moment: the end of reading is the start of the encounter, and the last end is the finish. */
function soundOf({ kind, phase }: Announcement): Sound | null {
  switch (kind) {
    case 'warning':
      return 'warning'
    case 'phase-started':
      return phase === 'reading' || phase === 'encounter' ? 'start' : null
    case 'phase-ended':
      return phase === 'reading' ? null : 'end'
    case 'finished':
      return null
  }
}
