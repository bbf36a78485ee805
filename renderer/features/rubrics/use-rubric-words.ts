import { useI18n } from 'vue-i18n'
import { formatNumber } from '../../ui/format.ts'
import { isKeptKey } from '#shared/domain/rubric-keys.ts'
import { useRubricStore, type Issue } from './use-rubric-store.ts'

/** What is wrong at a place of the rubric, in words; nothing where it is right. */
export type Wrong = (path: string) => string | undefined

export function useRubricWords(): Wrong {
  const { t } = useI18n({ useScope: 'global' })
  const store = useRubricStore()

  function words(issue: Issue): string {
    const field = issue.path.at(-1)
    switch (issue.code) {
      case 'too_small':
        if (issue.origin !== 'string')
          return t('rubrics.invalid.moreThan', { min: formatNumber(Number(issue.minimum)) })
        return t(issue.path.at(-2) === 'anchors' ? 'rubrics.invalid.anchor' : 'rubrics.invalid.empty')
      case 'too_big':
        return t(issue.origin === 'string' ? 'rubrics.invalid.tooLong' : 'rubrics.invalid.tooBig', {
          max: formatNumber(Number(issue.maximum)),
        })
      case 'custom': {
        const place = Number(issue.path[1])
        const key = store.rubric?.moments[place]?.key ?? ''
        return t(isKeptKey(key) ? 'rubrics.invalid.keyKept' : 'rubrics.invalid.keyTwice', { key })
      }
      default:
        return t(field === 'key' ? 'rubrics.invalid.key' : 'rubrics.invalid.number')
    }
  }
  return (path) => {
    const issue = store.issues.get(path)
    return issue === undefined ? undefined : words(issue)
  }
}

/** The same for what lies below a place. */
export const below =
  (wrong: Wrong, place: string): Wrong =>
  (path) =>
    wrong(`${place}.${path}`)
