import { useI18n } from 'vue-i18n'
import type { Say } from '#shared/charts/chart-words.ts'

/** The locale's sentences, for charts. */
export function useSay(): Say {
  const { t } = useI18n()
  return (key, named = {}, plural) => (plural === undefined ? t(key, named) : t(key, named, plural))
}
