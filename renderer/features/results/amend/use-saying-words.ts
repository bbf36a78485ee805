import { useI18n } from 'vue-i18n'
import { headOf, thingOf, valueOf, valuesBefore, type Say } from '#shared/domain/saying-words.ts'
import type { Amendment, Conflict, Said, Speaker } from '#shared/domain/amendment.ts'
import type { Saying } from '#shared/domain/ledger-event.ts'
import type { Rubric } from '#shared/domain/rubric.ts'

/** Marks and what became of them, in the words of their rubric. */
export function useSayingWords() {
  const { t } = useI18n()
  const say: Say = (key, params = {}) => t(key, params)
  return {
    thing: (says: Saying, rubric: Rubric, about: Conflict['about']): string => thingOf(says, { rubric, about }, say),
    value: (says: Saying, rubric: Rubric): string => valueOf(says, { rubric }, say),
    head: (said: Said, rubric: Rubric): string => headOf(said, { rubric }, say),
    before: (amendment: Amendment, rubric: Rubric): string => valuesBefore(amendment, { rubric }, say).join(' / '),
    /** By name; by the role where nobody is known. */
    who: ({ id, name, role }: Speaker): string => (id === null ? t(`audit.role.${role}`) : name),
  }
}
