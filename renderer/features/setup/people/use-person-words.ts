import { useI18n } from 'vue-i18n'
import { candidateFieldsSchema, personFieldsSchema, type CandidateFields } from '#shared/domain/exam.ts'

/** What is wrong with what was entered about a person, in words; nothing where it can be saved. */
export function usePersonWords() {
  const { t } = useI18n({ useScope: 'global' })
  const { number, group, extraTimePercent } = candidateFieldsSchema.shape
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
    extraTime: (text: string) =>
      extraTimePercent.safeParse(percentOf(text)).success ? undefined : t('setup.people.extraTimeInvalid'),
  }
  return words
}

/** "25" and "25 %" are 25; nothing is 0; what is no number is NaN. */
export function percentOf(text: string): CandidateFields['extraTimePercent'] {
  const plain = text.replace(/\s*%$/, '').trim()
  return plain === '' ? 0 : Number(plain)
}
