import type { Exam, Person } from '#shared/domain/exam.ts'
import type { ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import { stringency } from '#shared/measurement/raters/stringency.ts'
import { withheld, type Statistic } from '#shared/measurement/statistic.ts'
import type { DocumentOptions } from '../document-options.ts'
import type { Block } from '../kit/block.ts'
import { callout, rule } from '../kit/frames.ts'
import { openReport } from '../kit/report.ts'
import { heading, list, paragraph } from '../kit/text-blocks.ts'
import { colors, soft, type } from '../kit/theme.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'
import { inline, whyNot, written } from '../measures/figure-words.ts'
import { count, date, foot, lang, sampleLine } from '../words.ts'
import { ownRatings, ownStations } from './own-marks.ts'

export type Examiner = Pick<Person, 'id' | 'name'>

/** What is computed once for the letters of all examiners of an exam. */
export type LetterData = { exam: Exam; measures: ExamMeasures; stringencies: ReadonlyMap<string, Own> }

/** The stringency of one examiner and the plain mean of their scores. */
type Own = { stringency: Statistic; rawMean: Statistic }

/** The examiners of a set sum to 0: below this many, the figure of one tells another's. */
const LEAST_COMPARED = 3

export function letterData(exam: Exam, measures: ExamMeasures): LetterData {
  const { examiners, sets } = stringency(measures.marks)
  const told = examiners.map(({ examiner, rawMean, set, stringency: own }): [string, Own] => {
    const isTold = set === null || (sets[set]?.length ?? 0) >= LEAST_COMPARED
    return [examiner, { rawMean, stringency: isTold ? own : withheld(own.method, own.n, 'too-few-examiners') }]
  })
  return { exam, measures, stringencies: new Map(told) }
}

/** A letter to one examiner about their own marking. No other examiner and no candidate stands in it. */
export function examinerLetter(
  { exam, measures, stringencies }: LetterData,
  examiner: Examiner,
  options: DocumentOptions,
): Uint8Array {
  const report = openReport({
    library: options.library,
    title: `Your marking: ${examiner.name}`,
    lang,
    created: options.recordedAt,
    paper: exam.paper,
    footer: `Examiner letter · ${exam.title} · Attune ${options.version}`,
    pageLabel: foot(options.ledgerCode),
    ...(exam.sample && { sampleLine }),
  })
  const own = stringencies.get(examiner.id)
  report.add(
    heading(1, 'Your marking'),
    paragraph([{ text: examiner.name, style: 'bold' }], { size: type.heading }, 1),
    paragraph([exam.title, ' · ', date(exam.heldOn), exam.site === '' ? '' : ` · ${exam.site}`], soft),
    rule(1.5, colors.ink),
    ...stringencyBlocks(own),
    ...ownStations(measures, examiner.id),
    ...ownRatings(measures, examiner.id),
    ...(own ? figures(own) : []),
  )
  return report.finish()
}

function stringencyBlocks(own: Own | undefined): Block[] {
  return [
    heading(2, 'How strict you were'),
    callout(own && own.stringency.value !== null ? colors.teal : colors.ochre, [paragraph(verdict(own))]),
    ...(own && own.stringency.value !== null ? meaning() : []),
  ]
}

function verdict(own: Own | undefined): string {
  if (!own) return 'No score of yours counts in this exam, so nothing can be said of how strict you were.'
  const { stringency: figure } = own
  if (figure.value === null)
    return `Your stringency cannot be given: ${whyNot(figure)}. That says nothing about you: it is how the exam was laid out.`
  const size = written(Math.abs(figure.value), 'points')
  const side =
    figure.value > 0 ? `${size} points lower than` : figure.value < 0 ? `${size} points higher than` : 'the same as'
  const told =
    figure.ci95 === undefined
      ? 'No interval can be given, so this may be chance.'
      : figure.ci95[0] > 0 || figure.ci95[1] < 0
        ? 'The interval leaves out 0: this is more than chance would often give.'
        : 'The interval holds 0: you are not to be told from the average.'
  return `Over ${count(figure.n, 'encounter', 'encounters')} you gave on average ${side} the average examiner would have given the same candidates at the same stations: stringency ${inline(figure, 'difference')}. ${told}`
}

const meaning = (): Block[] => [
  heading(3, 'What that means'),
  list(
    [
      'The figure holds candidates and stations equal: whether you met strong candidates or a hard station is taken out as far as the exam’s layout allows.',
      'Positive is stricter, negative milder; 100 points are the whole scale. The interval is where the true figure may well lie.',
    ].map((text) => ({ label: '•', text })),
    10,
  ),
  heading(3, 'What it does not mean'),
  list(
    [
      'It does not say that you were wrong. The average is what examiners did, not what is right: all may be too mild or too strict.',
      'It does not say that you are a strict or a mild person. It rests on the encounters of one exam; another day may give another figure.',
      'It says nothing about how well you tell a good encounter from a poor one, and no candidate’s score was changed because of it.',
    ].map((text) => ({ label: '•', text })),
    10,
  ),
]

function figures({ stringency: figure, rawMean }: Own): Block[] {
  const all: Figure[] = [
    { name: 'Your stringency', figure, unit: 'difference', of: 'encounters' },
    { name: 'Mean of your scores', figure: rawMean, unit: 'points', of: 'encounters' },
  ]
  return [heading(2, 'The figures'), figureTable(all), ...whatCouldBeWrong(all)]
}
