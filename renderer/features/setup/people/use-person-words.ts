import { useI18n } from 'vue-i18n'
import { percentOf } from '#shared/domain/candidate-list.ts'
import { candidateFieldsSchema, personFieldsSchema } from '#shared/domain/exam.ts'

/** What is wrong with what was entered about a person, in words; nothing where it can be saved. */
export function usePersonWords() {
  const { t } = useI18n({ useScope: 'global' })
  const { number, group } = candidateFieldsSchema.shape
  const words = {
    number: (text: string) => {
      if (text === '') return t('setup.people.numberMissing')
      return number.safeParse(text).success ? undefined : t('setup.people.numberInvalid')
    },
    name: (text: string) => {
      if (text === '') return t('setup.people.nameMissing')
      return personFieldsSchema.shape.name.safeParse(text).success ? undefined : t('setup.people.nameTooLong')
    },
    group: (text: string) => (group.safeParse(text).success ? undefined : t('setup.people.groupTooLong')),
    extraTime: (text: string) => (percentOf(text) === null ? t('setup.people.extraTimeInvalid') : undefined),
  }
  return words
}
