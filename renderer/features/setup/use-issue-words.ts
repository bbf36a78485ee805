import { useI18n } from 'vue-i18n'
import { formatNumber } from '../../ui/format.ts'
import type { Issue } from './use-draft.ts'

/** What is wrong with a field, in words of the locale; nothing for no issue. */
export function useIssueWords(): (issue: Issue | undefined) => string | undefined {
  const { t } = useI18n({ useScope: 'global' })
  return (issue) => {
    if (issue === undefined) return undefined
    switch (issue.code) {
      case 'too_small':
        if (issue.origin === 'string') return t('setup.invalid.empty')
        return t('setup.invalid.tooSmall', { min: formatNumber(Number(issue.minimum), 2) })
      case 'too_big':
        return t(issue.origin === 'string' ? 'setup.invalid.tooLong' : 'setup.invalid.tooBig', {
          max: formatNumber(Number(issue.maximum), 2),
        })
      case 'custom':
        return t('setup.invalid.warningTooEarly')
      case 'invalid_format':
        if (issue.format === 'date') return t('setup.invalid.date')
        return t(issue.path.at(-1) === 'startsAt' ? 'setup.invalid.time' : 'setup.invalid.number')
      default:
        return t('setup.invalid.number')
    }
  }
}
