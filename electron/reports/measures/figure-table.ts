import type { Statistic } from '#shared/measurement/statistic.ts'
import type { Warning } from '#shared/measurement/terms.ts'
import { methodWords, reasonWords, warningWords } from '#shared/measurement/words.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, list, paragraph } from '../kit/text-blocks.ts'
import { smallPrint, soft, type } from '../kit/theme.ts'
import { count } from '../words.ts'
import { errorOf, intervalOf, valueOf, type Unit } from './figure-words.ts'

/**
 * A figure with the name that it has on paper; `group` is what several figures of one kind are called together, `how` how it is made in
 * fewer words than the method’s.
 */
export type Figure = { name: string; figure: Statistic; unit: Unit; of?: CountOf; group?: string; how?: string }

/** What `n` counts; candidates unless it is said. */
export type CountOf = 'candidates' | 'stations' | 'scores' | 'encounters' | 'cues'

/** Figures below each other, each with its error, its interval, from how many it was made and how, or why it is not given. */
export const figureTable = (figures: readonly Figure[], padding = 1.8): Block =>
  table(
    [
      { header: 'Figure', share: 3, namesRow: true },
      { header: 'Value', width: 46, align: 'right' },
      { header: 'SE', width: 38, align: 'right' },
      { header: '95 % interval', width: 82, align: 'right' },
      { header: 'n', width: 72, align: 'right' },
      { header: 'How made, or why withheld', share: 4 },
    ],
    figures.map(({ name, figure, unit, of = 'candidates', how }, at) => [
      name,
      { text: valueOf(figure, unit), look: { style: 'bold' } },
      errorOf(figure, unit),
      intervalOf(figure, unit),
      count(figure.n, of.slice(0, -1), of),
      { text: isMadeAs({ figure, how }, figures[at - 1]) ? 'As above' : howMade(figure, how), look: soft },
    ]),
    { size: type.small, padding },
  )

type Made = { figure: Statistic; how?: string | undefined }

const isMadeAs = ({ figure, how }: Made, above: Made | undefined): boolean =>
  above !== undefined && howMade(figure, how) === howMade(above.figure, above.how)

function howMade(figure: Statistic, how = sentenceOf(methodWords(figure.method))): string {
  return figure.value === null ? `Withheld. ${reasonWords(figure.reason ?? 'no-data')}` : how
}

const sentenceOf = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/**
 * What could be wrong with figures, each sentence once with the figures that it is about. `always` are sentences that hold
 * whatever came out.
 */
export function whatCouldBeWrong(
  figures: readonly Pick<Figure, 'name' | 'figure' | 'group'>[],
  always: readonly string[] = [],
  title = 'What could be wrong with these numbers',
): Block[] {
  const warnings = new Set(figures.flatMap(({ figure }) => figure.warnings))
  const items = [
    ...[...warnings].map((warning) => ({
      label: '•',
      text: [{ text: `${named(warning, figures)} `, style: 'bold' as const }, warningWords(warning)],
    })),
    ...always.map((text) => ({ label: '•', text })),
  ]
  return [
    heading(3, title),
    items.length === 0
      ? paragraph('Nothing in the data calls for a warning.', smallPrint)
      : list(items, 10, { size: type.small }, { size: type.small }),
  ]
}

/** Names beyond which they are counted. */
const NAMED = 6

/** What a warning is about: a group by its name where it is about all of it that are given. */
function named(warning: Warning, figures: readonly Pick<Figure, 'name' | 'figure' | 'group'>[]): string {
  const warned = ({ figure }: Pick<Figure, 'figure'>) => figure.value === null || figure.warnings.includes(warning)
  const whole = (group: string) => figures.filter((one) => one.group === group).every(warned)
  const about = figures.filter(({ figure }) => figure.warnings.includes(warning))
  const names = [...new Set(about.map(({ name, group }) => (group !== undefined && whole(group) ? group : name)))]
  if (names.length <= NAMED) return `${names.join('; ')}:`
  return `${names.slice(0, NAMED).join('; ')} and ${names.length - NAMED} more:`
}
