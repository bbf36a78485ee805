import { useI18n } from 'vue-i18n'
import { formatOffset } from './format.ts'

/** Says where in an encounter something was marked: "3:22"; null is before the encounter began. */
export function useMomentWords(): (atMs: number | null) => string {
  const { t } = useI18n({ useScope: 'global' })
  return (atMs) => (atMs === null ? t('app.beforeStart') : formatOffset(atMs))
}
