import type { Person } from '#shared/domain/exam.ts'
import { measureExam, type ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import { mixedStringency } from '#shared/measurement/raters/stringency-mixed.ts'
import { betterModel } from '#shared/measurement/raters/stringency-model.ts'
import { stringency } from '#shared/measurement/raters/stringency.ts'
import { withheld } from '#shared/measurement/statistic.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import type { DocumentOptions } from '../document-options.ts'
import type { Block } from '../kit/block.ts'
import { callout, rule } from '../kit/frames.ts'
import { openReport } from '../kit/report.ts'
import { heading, list, paragraph } from '../kit/text-blocks.ts'
import { colors, soft, type } from '../kit/theme.ts'
import { figureTable } from '../measures/figure-table.ts'
import { date, foot, lang, sampleLine } from '../words.ts'
import { meaning, verdict, type Own } from './letter-words.ts'
import { ownRatings, ownStations } from './own-marks.ts'

export type Examiner = Pick<Person, 'id' | 'name'>

/** What is computed once for the letters of all examiners of an exam. */
export type LetterData = { data: ExamData; measures: ExamMeasures; owns: ReadonlyMap<string, Own> }

/** The examiners who are compared sum to 0: below this many, the figure of one tells another's. */
const LEAST_COMPARED = 3

/** Stringency by the model that the screens and the cohort report take for this exam. */
export function letterData(data: ExamData): LetterData {
  const measures = measureExam(data)
  const { examiners, sets } = stringency(measures.marks)
  const mixed = new Map(mixedStringency(measures.marks).examiners.map((one) => [one.examiner, one.stringency]))
  const both = examiners.map(({ stringency: leastSquares, ...one }) => ({
    ...one,
    leastSquares,
    mixed: mixed.get(one.examiner) ?? withheld('blup', 0, 'no-data'),
  }))
  const model = betterModel(both)
  const known = both.filter((one) => one[model].value !== null).length
  const owns = both.map(({ examiner, set, ...one }): [string, Own] => {
    const figure = one[model]
    const compared = model === 'mixed' ? known : set === null ? 0 : (sets[set]?.length ?? 0)
    const isTold = figure.value === null || compared >= LEAST_COMPARED
    const scored = measures.marks.filter((mark) => mark.examiner === examiner && mark.score !== null)
    return [
      examiner,
      {
        stringency: isTold ? figure : withheld(figure.method, figure.n, 'too-few-examiners'),
        compared,
        scores: scored.length,
        candidates: new Set(scored.map(({ candidate }) => candidate)).size,
        stations: new Set(scored.map(({ station }) => station)).size,
      },
    ]
  })
  return { data, measures, owns: new Map(owns) }
}

/** A letter to one examiner about their own marking. No other examiner and no candidate stands in it. */
export function examinerLetter(
  { data, measures, owns }: LetterData,
  examiner: Examiner,
  options: DocumentOptions,
): Uint8Array {
  const { exam } = data
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
  const first = [
    heading(1, 'Your marking'),
    paragraph([{ text: examiner.name, style: 'bold' }], { size: type.heading }, 1),
    paragraph([exam.title, ' · ', date(exam.heldOn), exam.site === '' ? '' : ` · ${exam.site}`], soft),
    rule(1.5, colors.ink),
    ...stringencyBlocks(owns.get(examiner.id), leftOut(data, examiner)),
  ]
  const marks = [...ownStations(measures, examiner.id), ...ownRatings(measures, examiner.id)]
  const trial = report.trial()
  trial.add(...first, ...marks)
  report.add(...first)
  // What does not fit on one page is two that each begin with something of their own.
  if (trial.pages() > 1) report.newPage()
  report.add(...marks)
  return report.finish()
}

/** The numbers of the stations at which they examined and that count for nobody. */
const leftOut = ({ stations, standard, encounters }: ExamData, { id }: Examiner): number[] =>
  stations
    .filter((station) => standard.excluded.includes(station.id))
    .filter((station) => encounters.some(({ examinerId, slot }) => examinerId === id && slot.stationId === station.id))
    .map(({ number }) => number)

function stringencyBlocks(own: Own | undefined, without: readonly number[]): Block[] {
  const figure = own?.stringency
  const isGiven = figure !== undefined && figure.value !== null
  return [
    heading(2, 'How strict you were'),
    callout(
      isGiven ? colors.teal : colors.ochre,
      verdict(own, without).map((text, at) => paragraph([{ text, style: at === 0 ? 'bold' : 'regular' }])),
    ),
    ...(isGiven ? [figureTable([{ name: 'Your stringency', figure, unit: 'difference', of: 'scores' }])] : []),
    ...meaning(figure).flatMap(({ title, points }) => [
      heading(3, title),
      list(
        points.map((text) => ({ label: '•', text })),
        10,
      ),
    ]),
  ]
}
