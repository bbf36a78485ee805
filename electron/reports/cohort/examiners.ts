import { forestWords } from '#shared/charts/chart-words.ts'
import { examinerForest } from '#shared/charts/examiner-forest.ts'
import { phrase } from '#shared/locales/phrase.ts'
import type { ExaminerMeasures } from '#shared/measurement/analysis/examiner-measures.ts'
import type { ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import {
  betterModel,
  stringencySide,
  type StringencyModel,
  type StringencySide,
} from '#shared/measurement/raters/stringency-model.ts'
import { reasonWords } from '#shared/measurement/words.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { dense, smallPrint, soft } from '../kit/theme.ts'
import { askedChart } from '../measures/figure-chart.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'
import { intervalOf, probability, valueOf, whyNot, written } from '../measures/figure-words.ts'
import { count } from '../words.ts'

/** Below every stringency. */
const LAST = -1e9

type Examiner = ExaminerMeasures['examiners'][number]
type Label = (examiner: string) => string

/** Who was harsh and who lenient, the harshest first; `label` is what an examiner is called on this paper. */
export function examinerBlocks(measured: ExaminerMeasures, { marks }: ExamMeasures, label: Label): Block[] {
  const model = betterModel(measured.examiners)
  const examiners = inOrder(measured.examiners, model, label)
  const unnamed = marks.filter(({ examiner, score }) => examiner === null && score !== null).length
  const components: Figure[] = [
    { name: 'Candidates', figure: measured.components.candidate, unit: 'points', of: 'scores' },
    { name: 'Examiners', figure: measured.components.examiner, unit: 'points', of: 'scores' },
    { name: 'Rest', figure: measured.components.residual, unit: 'points', of: 'scores' },
    { name: 'Share of examiners', figure: measured.share, unit: 'share', of: 'scores' },
  ]
  return [
    heading(2, [
      'Examiners',
      { text: ' · by how many points each marks lower than the average', style: 'regular', ...soft },
    ]),
    paragraph(verdict({ ...measured, examiners }, model)),
    ...(examiners.length === 0
      ? []
      : [...forest(examiners, model, label), stringencyTable({ ...measured, examiners }, model, label)]),
    ...reasons(examiners, 'leastSquares', 'by least squares', label),
    ...reasons(examiners, 'mixed', 'by the mixed model', label),
    ...(measured.share.value === null
      ? []
      : [
          heading(3, 'How much of the differences at a station is the examiners’ (mixed model)?'),
          figureTable(components),
        ]),
    ...whatCouldBeWrong(
      [
        ...examiners.flatMap(({ personId, leastSquares, mixed, rawMean }) => [
          { name: label(personId), figure: leastSquares, group: 'Least squares' },
          { name: label(personId), figure: mixed, group: 'Mixed model' },
          { name: label(personId), figure: rawMean, group: 'Mean as given' },
        ]),
        ...components.map((one) => ({ ...one, group: 'Shares of the differences' })),
      ],
      [
        'Stringency takes candidates and stations as equal for all examiners. It does not say that a harsh examiner is wrong: the others may be too mild. It rests on the encounters of one day.',
        ...(unnamed === 0
          ? []
          : [
              `${count(unnamed, 'score names', 'scores name')} no examiner and ${unnamed === 1 ? 'is' : 'are'} left out.`,
            ]),
      ],
    ),
  ]
}

/** The harshest first, those who are withheld last; of equals by what they are called. */
const inOrder = (examiners: readonly Examiner[], model: StringencyModel, label: Label): Examiner[] =>
  examiners.toSorted(
    (a, b) =>
      (b[model].value ?? LAST) - (a[model].value ?? LAST) || label(a.personId).localeCompare(label(b.personId), 'en'),
  )

const modelWord: Readonly<Record<StringencyModel, string>> = {
  leastSquares: 'least squares',
  mixed: 'the mixed model, which gives more of them here and takes for granted that chance decided who met whom',
}

function verdict({ examiners, sets, effect, residualSd }: ExaminerMeasures, model: StringencyModel): string {
  if (examiners.length === 0) return 'Nobody’s stringency can be given: no score names its examiner.'
  const known = examiners.filter((one) => one[model].value !== null)
  if (examiners.every(({ leastSquares: { value } }) => value === null)) {
    const mixed = examiners.filter(({ mixed: { value } }) => value !== null).length
    return `Nobody’s stringency can be given by least squares${mixed > 0 ? ', which does not guess who met whom' : ' or by the mixed model'}; the reason stands below the table. ${mixed > 0 ? `The mixed model gives ${mixed === examiners.length ? 'one of each' : `those of ${mixed}`}, on the assumption that chance decided who met whom. ` : ''}Next time let some candidates be seen by another examiner at a station than the rest, or examiners change places half-way: then examiners and stations can be told apart.`
  }
  const apart = known.filter((one) => ['harsh', 'mild'].includes(stringencySide(one[model]))).length
  const test =
    effect.f.value === null
      ? `Whether examiners differ by more than chance cannot be tested: ${whyNot(effect.f)}.`
      : `Whether they differ at all: F ${written(effect.f.value, 'ratio')}${effect.df === null ? '' : ` on ${effect.df[0]} and ${effect.df[1]} degrees of freedom`}, p ${probability(effect.p.value)}.`
  const several =
    sets.length > 1
      ? ` By least squares they fall into ${sets.length} sets; two of different sets cannot be compared.`
      : ''
  const spread =
    residualSd.value === null
      ? ''
      : ` What candidates, stations and examiners leave over has a standard deviation of ${written(residualSd.value, 'points')} points.`
  return `Of ${count(known.length, 'examiner', 'examiners')} ${apart === 0 ? 'none has' : apart === 1 ? '1 has' : `${apart} have`} an interval that leaves out 0, by ${modelWord[model]}. ${test}${spread}${several}`
}

function forest(examiners: readonly Examiner[], by: StringencyModel, label: Label): Block[] {
  if (examiners.every((one) => one[by].value === null)) return []
  const rows = examiners.map((one) => {
    const { value, n, ci95 = null, reason } = one[by]
    return {
      ...{ examiner: label(one.personId), n, value, ci95 },
      ...(reason && { because: whyNot({ reason }) }),
    }
  })
  return askedChart(
    'Who marked harder or milder than chance would make it look?',
    (theme) =>
      examinerForest(rows, theme, {
        ...forestWords(phrase),
        stringency: 'Points lower than the average examiner: milder left of 0, harsher right of it',
      }),
    `By ${by === 'mixed' ? 'the mixed model' : 'least squares'}, with 95 % intervals; filled where the interval leaves out 0. Of twenty average examiners one would stand out so by chance alone.`,
  )
}

const stringencyTable = (
  { examiners, sets }: Pick<ExaminerMeasures, 'examiners' | 'sets'>,
  model: StringencyModel,
  label: Label,
): Block =>
  table(
    [
      { header: 'Examiner', share: 3, namesRow: true },
      { header: 'Scores', width: 40, align: 'right' },
      { header: 'Mean as given', width: 50, align: 'right' },
      { header: 'Least squares', width: 48, align: 'right' },
      { header: '95 % interval', width: 78, align: 'right' },
      { header: 'Mixed model', width: 44, align: 'right' },
      { header: '95 % interval', width: 78, align: 'right' },
      { header: sets.length > 1 ? 'In words, and set' : 'In words', share: 2 },
    ],
    examiners.map(({ personId, rawMean, leastSquares, mixed, set }) => [
      label(personId),
      String(rawMean.n),
      valueOf(rawMean, 'points'),
      { text: valueOf(leastSquares, 'difference'), look: { style: 'bold' } },
      intervalOf(leastSquares, 'difference'),
      { text: valueOf(mixed, 'difference'), look: { style: 'bold' } },
      intervalOf(mixed, 'difference'),
      {
        text: `${sideWord[stringencySide({ leastSquares, mixed }[model])]}${sets.length > 1 && set !== null ? `; set ${set + 1}` : ''}`,
        look: soft,
      },
    ]),
    dense,
  )

/** Why stringencies are withheld, each reason once with those it is about. */
function reasons(examiners: readonly Examiner[], by: StringencyModel, how: string, label: Label): Block[] {
  const none = examiners.filter((one) => one[by].value === null)
  const groups = Map.groupBy(none, (one) => one[by].reason ?? 'no-data')
  return [...groups].map(([reason, own]) =>
    paragraph(
      `Withheld ${how} for ${own.length === examiners.length ? (own.length === 1 ? 'the one examiner' : 'all of them') : own.map(({ personId }) => label(personId)).join(', ')}. ${reasonWords(reason)}`,
      smallPrint,
    ),
  )
}

const sideWord: Readonly<Record<StringencySide, string>> = {
  harsh: 'harsher than average',
  mild: 'milder than average',
  untold: 'not told from average',
  'no-interval': 'no interval',
  withheld: 'withheld',
}
