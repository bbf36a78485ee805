import { useI18n } from 'vue-i18n'
import type { Score } from '#shared/domain/scores.ts'
import { formatScore } from '../../ui/format.ts'

/** Figures as sentences hold them. */
export function useWords() {
  const { t } = useI18n()
  const reason = ({ reason: why }: Score): string => t(`results.withheld.${why ?? 'not-submitted'}`)
  return {
    /** Why there is no score. */
    reason,
    /** A score with one decimal, or that there is none and why. Never 0 for what is unknown. */
    scoreOrWhy: (score: Score): string =>
      score.value === null ? t('results.noScore', { reason: reason(score) }) : formatScore(score.value),
  }
}
