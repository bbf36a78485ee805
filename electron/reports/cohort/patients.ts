import { agreementWords } from '#shared/charts/chart-words.ts'
import { agreementLine, blandAltmanPlot } from '#shared/charts/bland-altman-plot.ts'
import { phrase } from '#shared/locales/phrase.ts'
import type { CohortResult } from '#shared/domain/results.ts'
import type { PatientMeasures } from '#shared/measurement/analysis/patient-measures.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { dense, smallPrint, soft } from '../kit/theme.ts'
import { askedChart } from '../measures/figure-chart.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'
import { inline, intervalOf, probability, valueOf, whyNot, written } from '../measures/figure-words.ts'
import { twoRaterBlocks } from './two-raters.ts'
import { count, score, spStatementName } from '../words.ts'

/** Whether patients see what examiners see, and what goes with what the patient lived through. */
export function patientBlocks(
  patients: PatientMeasures,
  cohort: CohortResult,
  nameOf: (stationId: string) => string,
): Block[] {
  const { overall, stations, domains, points, relations } = patients
  const agreement: Figure[] = overall ? agreementFigures(overall) : []
  const related = relationFigures(relations)
  return [
    heading(2, 'The patients’ view'),
    paragraph(verdict(overall)),
    ...(overall === null ? [] : differences(overall, points)),
    ...(agreement.length === 0 ? [] : [figureTable(agreement)]),
    ...whatCouldBeWrong(agreement),
    ...(overall === null ? [] : twoRaterBlocks(patients)),
    ...byDomain(domains),
    ...sideBySide(cohort, stations, nameOf),
    heading(3, 'What goes with the examiner’s empathy score: the patient’s answers'),
    figureTable(related.encounters),
    ...(new Set(related.encounters.map(({ figure }) => figure.n)).size > 1
      ? [paragraph('n differs because patients left some statements unanswered.', smallPrint)]
      : []),
    ...overCandidates(relations),
    ...whatCouldBeWrong(related.all),
  ]
}

type Overall = NonNullable<PatientMeasures['overall']>

const agreementFigures = ({ bias, lower, upper, ccc, pearson, spearman, proportional }: Overall): Figure[] => {
  const common = { of: 'encounters', group: 'Agreement' } as const
  return [
    { name: 'Mean difference', figure: bias, unit: 'difference', how: 'Examiner less patient', ...common },
    { name: 'Lower limit', figure: lower, unit: 'difference', how: 'Mean difference − 1.96 SD', ...common },
    { name: 'Upper limit', figure: upper, unit: 'difference', how: 'Mean difference + 1.96 SD', ...common },
    { name: 'Concordance', figure: ccc, unit: 'coefficient', how: 'Lin: order and level', ...common },
    { name: 'Pearson’s r', figure: pearson, unit: 'coefficient', how: 'Order, not level', ...common },
    { name: 'Spearman’s r', figure: spearman, unit: 'coefficient', how: 'The same, of ranks', ...common },
    {
      ...{ name: 'Slope of the difference', figure: proportional, unit: 'coefficient', ...common },
      how: `Along the mean of both; p ${probability(proportional.p)}`,
    },
  ]
}

/** `encounters` for the table, `all` for what could be wrong with them. */
function relationFigures({ alliance, statements }: PatientMeasures['relations']) {
  const named = [
    { name: 'Alliance (mean)', relation: alliance },
    ...statements.map(({ statement, relation }) => ({ name: sentenceOf(spStatementName[statement]), relation })),
  ]
  const encounters = named.map(({ name, relation }): Figure => ({
    name,
    figure: relation.encounters,
    unit: 'coefficient',
    of: 'encounters',
    group: 'Over encounters',
  }))
  const candidates = named.map(({ name, relation: { candidates } }): Figure => ({
    name,
    figure: candidates.pearson,
    unit: 'coefficient',
    group: 'Over means of candidates',
  }))
  return { encounters, all: [...encounters, ...candidates] }
}

/** Every candidate once, by the means of their encounters. */
const overCandidates = ({ alliance, statements }: PatientMeasures['relations']): Block[] => [
  heading(3, 'The same over the means of each candidate, who counts once'),
  table(
    [
      { header: 'Answer', share: 1, namesRow: true },
      { header: 'Candidates', width: 60, align: 'right' },
      { header: 'Pearson’s r', width: 60, align: 'right' },
      { header: '95 % interval', width: 90, align: 'right' },
      { header: 'Spearman’s r', width: 66, align: 'right' },
      { header: '95 % interval', width: 90, align: 'right' },
    ],
    [
      ['Alliance (mean)', alliance] as const,
      ...statements.map(({ statement, relation }) => [sentenceOf(spStatementName[statement]), relation] as const),
    ].map(([name, { candidates }]) => [
      name,
      String(candidates.pearson.n),
      valueOf(candidates.pearson, 'coefficient'),
      intervalOf(candidates.pearson, 'coefficient'),
      valueOf(candidates.spearman, 'coefficient'),
      intervalOf(candidates.spearman, 'coefficient'),
    ]),
    dense,
  ),
]

function differences({ bias, lower, upper }: Overall, points: PatientMeasures['points']): Block[] {
  const pairs = points.map(({ examiner, patient, count: many }) => ({ first: examiner, second: patient, count: many }))
  return askedChart(
    'Is the difference between examiner and patient the same all along the scale?',
    (theme) =>
      blandAltmanPlot(
        { pairs, bias: agreementLine(bias), lower: agreementLine(lower), upper: agreementLine(upper) },
        theme,
        { ...agreementWords(phrase), bias: (value) => `Mean difference ${value}` },
        2,
      ),
    'A circle is an encounter, larger where several lie together. Solid: the mean difference; dashed: within these limits 95 % of encounters lie; grey: how far each of the three lines may be off.',
  )
}

const sentenceOf = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function verdict(overall: PatientMeasures['overall']): string {
  if (overall === null) return 'There is no encounter that both the examiner and the patient could score.'
  const { bias, lower, upper, ccc } = overall
  if (bias.value === null) return `Examiner and patient cannot be compared: ${whyNot(bias)}.`
  const side = bias.value < 0 ? 'lower than' : bias.value > 0 ? 'higher than' : 'the same as'
  const limits =
    lower.value === null || upper.value === null
      ? ''
      : ` In 95 % of encounters the examiner’s score less the patient’s is expected between ${written(lower.value, 'difference')} and ${written(upper.value, 'difference')}.`
  return `Over ${count(bias.n, 'encounter', 'encounters')} examiners score ${bias.value === 0 ? '' : `${written(Math.abs(bias.value), 'points')} points `}${side} patients on average.${limits} Concordance, which asks for the same level too, is ${inline(ccc, 'coefficient')}. The patient’s view is no part of the mark.`
}

function byDomain(domains: PatientMeasures['domains']): Block[] {
  if (domains.length === 0) return []
  return [
    heading(3, 'By domain: the examiner’s score beside the patient’s one answer on it'),
    paragraph(
      'One answer of five levels stands beside a mean of several behaviours: differences of some points are to be expected. Pairs: encounters in which both were given.',
      smallPrint,
    ),
    table(
      [
        { header: 'Domain', share: 1, namesRow: true },
        { header: 'Pairs', width: 34, align: 'right' },
        { header: 'Difference', width: 52, align: 'right' },
        { header: '95 % interval', width: 76, align: 'right' },
        { header: 'Limits of agreement', width: 84, align: 'right' },
        { header: 'Concordance', width: 62, align: 'right' },
        { header: 'Spearman’s r', width: 66, align: 'right' },
      ],
      domains.map(({ title, bias, lower, upper, ccc, spearman }) => [
        title,
        String(bias.n),
        valueOf(bias, 'difference'),
        intervalOf(bias, 'difference'),
        lower.value === null || upper.value === null
          ? '–'
          : `${valueOf(lower, 'difference')} to ${valueOf(upper, 'difference')}`,
        valueOf(ccc, 'coefficient'),
        valueOf(spearman, 'coefficient'),
      ]),
      dense,
    ),
  ]
}

/** The same pairs as above, station by station. */
function sideBySide(
  { perStation }: CohortResult,
  stations: PatientMeasures['stations'],
  nameOf: (stationId: string) => string,
): Block[] {
  return [
    heading(3, [
      'Examiner and patient side by side',
      {
        text: ' · over the encounters that have both; no part of the mark',
        style: 'regular',
        ...soft,
      },
    ]),
    table(
      [
        { header: 'Station', share: 1, namesRow: true },
        { header: 'Pairs', width: 34, align: 'right' },
        { header: 'Examiner', width: 48, align: 'right' },
        { header: 'Patient', width: 40, align: 'right' },
        { header: 'Difference', width: 52, align: 'right' },
        { header: '95 % interval', width: 76, align: 'right' },
        { header: 'Concordance', width: 62, align: 'right' },
        { header: 'Pearson’s r', width: 54, align: 'right' },
      ],
      perStation.map(({ stationId, pairs, pairedMeans }) => {
        const own = stations.find((one) => one.stationId === stationId)
        return [
          nameOf(stationId),
          String(pairs),
          score(pairedMeans?.examiner ?? null),
          score(pairedMeans?.sp ?? null),
          ...(own
            ? [
                valueOf(own.bias, 'difference'),
                intervalOf(own.bias, 'difference'),
                valueOf(own.ccc, 'coefficient'),
                valueOf(own.pearson, 'coefficient'),
              ]
            : ['–', '–', '–', '–']),
        ]
      }),
      dense,
    ),
  ]
}
