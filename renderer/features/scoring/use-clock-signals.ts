import { onScopeDispose } from 'vue'
import { useI18n } from 'vue-i18n'
import type { EventPayload } from '#shared/contract/events.ts'
import type { EncounterId } from '#shared/domain/ids.ts'
import { subscribe } from '../../api.ts'
import { useSettingsStore } from '../../settings.ts'
import { formatClock } from '../../ui/format.ts'
import { readySounds, type Sound } from '../../ui/sounds.ts'
import { useSignals } from '../../ui/use-signals.ts'

type Signal = EventPayload<'clock.signalled'>

/** A signal that came later than this, after a stall or a sleep, says how late it is. */
const LATE_MS = 2000

/** Sounds and flashes what the clock of an encounter announces, until the screen is left. */
export function useClockSignals(encounterId: () => EncounterId): void {
  const { t } = useI18n()
  const settings = useSettingsStore()
  const { give } = useSignals()
  readySounds()

  const end = subscribe('clock.signalled', (signal) => {
    const sound = soundOf(signal)
    if (signal.encounterId !== encounterId() || sound === null) return
    const late = signal.lateByMs > LATE_MS ? ` ${t('scoring.signal.late', { time: formatClock(signal.lateByMs) })}` : ''
    give(sound, wordsOf(signal) + late, settings.settings.soundVolume)
  })
  onScopeDispose(end)

  function wordsOf({ kind, phase, remainingMs }: Signal): string {
    const name = phase === null ? '' : t(`scoring.clock.phases.${phase}`)
    if (kind === 'warning') return t('scoring.signal.warning', { time: formatClock(remainingMs ?? 0) })
    return t(kind === 'phase-started' ? 'scoring.signal.started' : 'scoring.signal.ended', { phase: name })
  }
}

/** One sound for one moment: the end of reading is the start of the encounter, and the last end is the finish. */
function soundOf({ kind, phase }: Signal): Sound | null {
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
