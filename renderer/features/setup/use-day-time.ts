import { useI18n } from 'vue-i18n'
import { formatTimeOfDay } from '../../ui/format.ts'

const DAY_SECONDS = 86_400

/** Writes a time of the exam's day from seconds after its midnight; beyond it, with the number of days. */
export function useDayTime(): (second: number) => string {
  const { t } = useI18n({ useScope: 'global' })
  // A timetable writes the same few hundred times thousands of times over.
  const written = new Map<number, string>()
  return (second) => {
    const known = written.get(second)
    if (known !== undefined) return known
    const days = Math.floor(second / DAY_SECONDS)
    const time = formatTimeOfDay(second)
    const text = days === 0 ? time : t('setup.daysLater', { time, days })
    written.set(second, text)
    return text
  }
}
