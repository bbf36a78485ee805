import type { ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import { stringency, type Stringency } from '#shared/measurement/raters/stringency.ts'
import { reasonWords } from '#shared/measurement/words.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { colors, type } from '../kit/theme.ts'
import { whatCouldBeWrong } from '../measures/figure-table.ts'
import { errorOf, intervalOf, probability, valueOf, whyNot, written } from '../measures/figure-words.ts'
import { count } from '../words.ts'

const soft = { color: colors.soft } as const
/** Below every stringency. */
const LAST = -1e9

/** Who was harsh and who lenient, the harshest first; `label` is what an examiner is called on this paper. */
export function examinerBlocks({ marks }: ExamMeasures, label: (examiner: string) => string): Block[] {
  const measured = stringency(marks)
  const found = { ...measured, examiners: inOrder(measured.examiners, label) }
  const unnamed = marks.filter(({ examiner, score }) => examiner === null && score !== null).length
  return [
    heading(2, [
      'Examiners',
      { text: ' · by how many points each marks lower than the average', style: 'regular', ...soft },
    ]),
    paragraph(verdict(found)),
    ...(found.examiners.length === 0 ? [] : [stringencyTable(found, label)]),
    ...reasons(found, label),
    ...whatCouldBeWrong(
      [
        ...found.examiners.map(({ examiner, stringency: figure }) => ({ name: label(examiner), figure })),
        ...found.examiners.slice(0, 1).map(({ rawMean: figure }) => ({ name: 'Mean as given', figure })),
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
const inOrder = (examiners: Stringency['examiners'], label: (examiner: string) => string): Stringency['examiners'] =>
  examiners.toSorted(
    (a, b) =>
      (b.stringency.value ?? LAST) - (a.stringency.value ?? LAST) ||
      label(a.examiner).localeCompare(label(b.examiner), 'en'),
  )

function verdict({ examiners, sets, effect, residualSd }: Stringency): string {
  const known = examiners.filter(({ stringency: { value } }) => value !== null)
  if (known.length === 0) {
    return examiners.length === 0
      ? 'Nobody’s stringency can be given: no score names its examiner.'
      : 'Nobody’s stringency can be given; the reason stands below the table. Next time let some candidates be seen by another examiner at a station than the rest, or examiners change places half-way: then examiners and stations can be told apart.'
  }
  const apart = known.filter(({ stringency: { ci95 } }) => ci95 && (ci95[0] > 0 || ci95[1] < 0)).length
  const test =
    effect.f.value === null
      ? `Whether examiners differ by more than chance cannot be tested: ${whyNot(effect.f)}.`
      : `Whether they differ at all: F ${written(effect.f.value, 'ratio')}${effect.df === null ? '' : ` on ${effect.df[0]} and ${effect.df[1]} degrees of freedom`}, p ${probability(effect.p.value)}.`
  const several =
    sets.length > 1 ? ` They fall into ${sets.length} sets; two of different sets cannot be compared.` : ''
  const spread =
    residualSd.value === null
      ? ''
      : ` What candidates, stations and examiners leave over has a standard deviation of ${written(residualSd.value, 'points')} points.`
  return `Of ${count(known.length, 'examiner', 'examiners')} ${apart} ${apart === 1 ? 'has' : 'have'} an interval that leaves out 0. ${test}${spread}${several}`
}

const stringencyTable = ({ examiners, sets }: Stringency, label: (examiner: string) => string): Block =>
  table(
    [
      { header: 'Examiner', share: 3, namesRow: true },
      { header: 'Scores', width: 40, align: 'right' },
      { header: 'Mean as given', width: 70, align: 'right' },
      { header: 'Stringency', width: 56, align: 'right' },
      { header: 'SE', width: 40, align: 'right' },
      { header: '95 % interval', width: 86, align: 'right' },
      { header: sets.length > 1 ? 'In words, and set' : 'In words', share: 3 },
    ],
    examiners.map(({ examiner, rawMean, stringency: own, set }) => [
      label(examiner),
      String(own.n),
      valueOf(rawMean, 'points'),
      { text: valueOf(own, 'difference'), look: { style: 'bold' } },
      errorOf(own, 'difference'),
      intervalOf(own, 'difference'),
      {
        text:
          own.value === null
            ? 'withheld'
            : `${inWords(own)}${sets.length > 1 && set !== null ? `; set ${set + 1}` : ''}`,
        look: soft,
      },
    ]),
    { size: type.small, padding: 1.8 },
  )

/** Why stringencies are withheld, each reason once with those it is about. */
function reasons({ examiners }: Stringency, label: (examiner: string) => string): Block[] {
  const none = examiners.filter(({ stringency: { value } }) => value === null)
  const groups = Map.groupBy(none, ({ stringency: { reason } }) => reason ?? 'no-data')
  return [...groups].map(([reason, own]) =>
    paragraph(
      `Withheld for ${own.length === examiners.length ? 'all of them' : own.map(({ examiner }) => label(examiner)).join(', ')}. ${reasonWords(reason)}`,
      { size: type.small, ...soft },
    ),
  )
}

function inWords({ ci95 }: { ci95?: [low: number, high: number] }): string {
  if (!ci95) return 'no interval'
  if (ci95[0] > 0) return 'harsher than average'
  if (ci95[1] < 0) return 'milder than average'
  return 'not told from average'
}
