import type { Statistic } from '#shared/measurement/statistic.ts'
import type { Warning } from '#shared/measurement/terms.ts'
import { methodWords, reasonWords, warningWords } from '#shared/measurement/words.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, list, paragraph } from '../kit/text-blocks.ts'
import { colors, type } from '../kit/theme.ts'
import { number } from '../words.ts'
import { errorOf, intervalOf, valueOf, type Unit } from './figure-words.ts'

/** A figure with the name that it has on paper. */
export type Figure = { name: string; figure: Statistic; unit: Unit; of?: CountOf }

/** What `n` counts; candidates unless it is said. */
export type CountOf = 'candidates' | 'stations' | 'scores' | 'encounters' | 'cues'

const soft = { color: colors.soft } as const

/** Figures below each other, each with its error, its interval, from how many it was made and how, or why it is not given. */
export const figureTable = (figures: readonly Figure[]): Block =>
  table(
    [
      { header: 'Figure', share: 3, namesRow: true },
      { header: 'Value', width: 50, align: 'right' },
      { header: 'SE', width: 40, align: 'right' },
      { header: '95 % interval', width: 82, align: 'right' },
      { header: 'n', width: 76, align: 'right' },
      { header: 'How it is made, or why it is withheld', share: 5 },
    ],
    figures.map(({ name, figure, unit, of = 'candidates' }) => [
      name,
      { text: valueOf(figure, unit), look: { style: 'bold' } },
      errorOf(figure, unit),
      intervalOf(figure, unit),
      `${number(figure.n)} ${of}`,
      figure.value === null
        ? { text: `Withheld. ${reasonWords(figure.reason ?? 'no-data')}`, look: soft }
        : { text: sentenceOf(methodWords(figure.method)), look: soft },
    ]),
    { size: type.small, padding: 1.8 },
  )

const sentenceOf = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/**
 * What could be wrong with figures, each sentence once with the figures that it is about. `always` are sentences that hold
 * whatever came out.
 */
export function whatCouldBeWrong(
  figures: readonly Pick<Figure, 'name' | 'figure'>[],
  always: readonly string[] = [],
  title = 'What could be wrong with these numbers',
): Block[] {
  const about = new Map<Warning, Set<string>>()
  for (const { name, figure } of figures)
    for (const warning of figure.warnings) about.set(warning, (about.get(warning) ?? new Set()).add(name))
  const all = new Set(figures.map(({ name }) => name)).size
  const items = [
    ...[...about].map(([warning, names]) => ({
      label: '•',
      text: [{ text: `${named([...names], all)} `, style: 'bold' as const }, warningWords(warning)],
    })),
    ...always.map((text) => ({ label: '•', text })),
  ]
  return [
    heading(3, title),
    items.length === 0
      ? paragraph('Nothing in the data calls for a warning.', { size: type.small, ...soft })
      : list(items, 10, { size: type.small }, { size: type.small }),
  ]
}

/** Names beyond which they are counted. */
const NAMED = 6

function named(names: readonly string[], all: number): string {
  if (names.length === all && all > NAMED) return 'All of these:'
  if (names.length <= NAMED) return `${names.join(', ')}:`
  return `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more:`
}
