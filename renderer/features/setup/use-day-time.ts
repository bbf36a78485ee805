import { useI18n } from 'vue-i18n'
import { formatTimeOfDay } from '../../ui/format.ts'

const DAY_SECONDS = 86_400

/** Writes a time of the exam's day from seconds after its midnight; beyond it, with the number of days. */
export function useDayTime(): (second: number) => string {
  const { t } = useI18n({ useScope: 'global' })
  return (second) => {
    const days = Math.floor(second / DAY_SECONDS)
    const time = formatTimeOfDay(second)
    return days === 0 ? time : t('setup.daysLater', { time, days })
  }
}
