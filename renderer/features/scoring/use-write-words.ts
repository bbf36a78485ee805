import { useI18n } from 'vue-i18n'
import { markLabel } from '#shared/domain/mark-entry.ts'
import { rubricItems, type Rubric } from '#shared/domain/rubric.ts'
import type { Write } from '../../outbox/outbox.ts'
import { useIncidentWords } from '../../ui/use-incident-words.ts'
import { pointName } from './rubric-words.ts'

/** Says of a mark on its way what it is about and what it says, so that it can be written down where it is not saved. */
export function useWriteWords(rubric: () => Rubric): (write: Write) => { name: string; value: string } {
  const { t } = useI18n()
  const itemTitle = (itemId: string) => rubricItems(rubric()).find(({ id }) => id === itemId)?.title ?? ''
  const incident = useIncidentWords()
  const quoted = (text: string) => (text === '' ? t('scoring.save.takenBack') : text)

  return ({ channel, input }) => {
    switch (channel) {
      case 'rating.record': {
        const value = input.value === null ? t('scoring.save.takenBack') : pointName(rubric(), input.value)
        return { name: itemTitle(input.itemId), value }
      }
      case 'globalRating.record': {
        const judgement = rubric().globalRating.find(({ id }) => id === input.value)?.label
        return { name: t('scoring.global.title'), value: judgement ?? t('scoring.save.takenBack') }
      }
      case 'note.record': {
        const title = input.itemId === null ? null : itemTitle(input.itemId)
        const name = title === null ? t('scoring.note.onWhole') : t('scoring.note.on', { title })
        return { name, value: quoted(input.text) }
      }
      case 'mark.make':
        return { name: t('scoring.save.mark'), value: markLabel(rubric(), input) }
      case 'mark.annotate': {
        const cue = input.cue === null ? '' : t('scoring.line.cue', { n: input.cue + 1 })
        return { name: t('scoring.mark.quote'), value: quoted(`${input.quote} ${cue}`.trim()) }
      }
      case 'mark.undo':
        return { name: t('scoring.save.mark'), value: t('scoring.save.takenBack') }
      case 'incident.record':
        return incident(input)
      case 'sp.answer':
      case 'sp.comment':
        return { name: '', value: '' }
    }
  }
}
