import type { Mark } from './encounter.ts'
import type { Rubric } from './rubric.ts'

type Named = Pick<Mark, 'kind' | 'type'>
type MarkEntry = Rubric['lookAlikes'][number]

/** The rubric's entry that a mark names: its label and description. */
export const markEntry = (rubric: Rubric, { kind, type }: Named): MarkEntry | undefined =>
  ({ moment: rubric.moments, 'look-alike': rubric.lookAlikes, 'red-flag': rubric.redFlags })[kind].find(
    ({ id }) => id === type,
  )

/** What a mark is called. */
export const markLabel = (rubric: Rubric, mark: Named): string => markEntry(rubric, mark)?.label ?? mark.type

/** The moment that a mark names; undefined for a look-alike and a red flag. */
export const momentOf = (rubric: Rubric, { kind, type }: Named): Rubric['moments'][number] | undefined =>
  kind === 'moment' ? rubric.moments.find(({ id }) => id === type) : undefined

export type MarkSign = { letter: string; label: string; kind: 'met' | 'unmet' | 'look-alike' }

/** A moment or a look-alike on the line that a candidate is shown, on the screen and on paper. */
export function markSign(rubric: Rubric, mark: Named): MarkSign {
  const label = markLabel(rubric, mark)
  if (mark.kind !== 'moment')
    return { letter: label.charAt(0).toUpperCase(), label: label.toLowerCase(), kind: 'look-alike' }
  const moment = momentOf(rubric, mark)
  return moment?.response === 'met' ? { letter: moment.key, label, kind: 'met' } : { letter: '×', label, kind: 'unmet' }
}
