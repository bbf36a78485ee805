import type { Amendment, Conflict, Said } from './amendment.ts'
import type { Saying } from './ledger-event.ts'
import { markLabel } from './mark-entry.ts'
import { rubricItems, type Rubric } from './rubric.ts'

/** A sentence of the locale: vue-i18n's on a screen, `phrase` where there is none. */
export type Say = (key: string, params?: Record<string, string | number>) => string

type Subject = { rubric: Rubric; about: Conflict['about'] }

/** What a saying is about: a behaviour by its title, a moment by its label, a statement of the SP. */
export function thingOf(says: Saying, { rubric, about }: Subject, say: Say): string {
  const title = (id: string) => rubricItems(rubric).find((item) => item.id === id)?.title ?? id
  const mark = about ? markLabel(rubric, about) : say('audit.gone')
  switch (says.type) {
    case 'rating.recorded':
      return title(says.itemId)
    case 'note.recorded':
      return say('audit.amend.note', { thing: says.itemId === null ? say('audit.wholeEncounter') : title(says.itemId) })
    case 'global-rating.recorded':
      return say('audit.amend.globalRating')
    case 'mark.added':
      return markLabel(rubric, { kind: says.kind, type: says.markType })
    case 'mark.annotated':
    case 'mark.undone':
      return mark
    case 'red-flag.reviewed':
      return say('audit.amend.review', { mark })
    case 'sp-answer.recorded':
      return say('audit.amend.answer', { statement: say(`sp.statements.${says.statement}`) })
    case 'sp-comment.recorded':
      return say('audit.amend.comment')
    default:
      return say('audit.amend.standing')
  }
}

/** What is said, so that two of them can be read side by side. */
export function valueOf(says: Saying, { rubric }: Pick<Subject, 'rubric'>, say: Say): string {
  const words = (text: string) => (text === '' ? say('audit.amend.noWords') : `“${text}”`)
  switch (says.type) {
    case 'rating.recorded':
      return typeof says.value === 'number'
        ? `${says.value} ${rubric.points[says.value - 1] ?? ''}`.trim()
        : say(says.value === null ? 'audit.amend.noMark' : 'audit.value.no-opportunity')
    case 'note.recorded':
    case 'sp-comment.recorded':
      return words(says.text)
    case 'global-rating.recorded':
      return says.value === null
        ? say('audit.amend.noMark')
        : (rubric.globalRating.find(({ id }) => id === says.value)?.label ?? says.value)
    case 'mark.added':
    case 'mark.annotated':
      if (says.cue === null) return says.quote === '' ? say('audit.amend.marked') : words(says.quote)
      return `${say('audit.amend.cue', { number: says.cue + 1 })}: ${words(says.quote)}`
    case 'mark.undone':
      return say('audit.amend.undone')
    case 'red-flag.reviewed':
      return say(`audit.amend.decided.${says.review.decision}`, { reason: says.review.reason })
    case 'sp-answer.recorded':
      return typeof says.value === 'number'
        ? String(says.value)
        : say(says.value === null ? 'audit.amend.noMark' : 'audit.value.not-applicable')
    case 'absence.declared':
      return say('audit.amend.absent', { reason: says.reason })
    case 'absence.withdrawn':
    case 'identity.withdrawn':
      return say('audit.amend.notSeen')
    case 'identity.confirmed':
      return say('audit.amend.begun')
    case 'encounter.submitted':
      return say('audit.amend.submitted')
  }
}

/** What one laptop says, where it stands against another. */
export const headOf = ({ says, isSilence }: Said, subject: Pick<Subject, 'rubric'>, say: Say): string =>
  isSilence ? say('audit.amend.submittedWithout') : valueOf(says, subject, say)

/** The values that stood before, each as it was said; one word where nothing had been said. */
export function valuesBefore({ was }: Pick<Amendment, 'was'>, subject: Pick<Subject, 'rubric'>, say: Say): string[] {
  if (was.length === 0) return [say('audit.amend.noMark')]
  return [...new Set(was.map((said) => headOf(said, subject, say)))]
}
