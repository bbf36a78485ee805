import { studyWords } from '#shared/charts/chart-words.ts'
import { decisionStudy } from '#shared/charts/decision-study.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { triedExams, type ReliabilityMeasures } from '#shared/measurement/analysis/reliability-measures.ts'
import { designWords } from '#shared/measurement/generalizability/design-words.ts'
import type { GStudy } from '#shared/measurement/generalizability/g-study.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { dense, smallPrint, soft, type } from '../kit/theme.ts'
import { askedChart } from '../measures/figure-chart.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'
import { inline, valueOf, whyNot, written } from '../measures/figure-words.ts'
import { count } from '../words.ts'

/** How far the result would be the same with other stations, and what more stations would do for it. */
export function reliabilityBlocks(reliability: ReliabilityMeasures): Block[] {
  const { gStudy: study, stations, ...exam } = reliability
  const figures: Figure[] = [
    { name: 'α', figure: exam.alpha, unit: 'coefficient', how: 'Cronbach, Feldt’s interval' },
    { name: 'α, standardized', figure: exam.alphaStandardized, unit: 'coefficient', how: 'As if all varied alike' },
    { name: 'ω', figure: exam.omega, unit: 'coefficient', how: 'One factor, by likelihood' },
    { name: 'SEM of the mean', figure: exam.sem, unit: 'points', how: 'SD of the means × √(1 − α)' },
    { name: 'SEM of the sum', figure: exam.semTotal, unit: 'points', how: 'SD of the sums × √(1 − α)' },
    { name: 'Eρ²', figure: study.erho2, unit: 'coefficient', of: 'scores', how: 'In comparing candidates' },
    { name: 'Φ', figure: study.phi, unit: 'coefficient', of: 'scores', how: 'At a fixed cut' },
  ]
  const leftOut =
    exam.alphaLeftOut === 0
      ? []
      : [
          `${count(exam.alphaLeftOut, 'candidate', 'candidates')} without a score at every station ${exam.alphaLeftOut === 1 ? 'is' : 'are'} left out of α, ω and the SEM; if ${exam.alphaLeftOut === 1 ? 'that one was' : 'they were'} among the weaker, the figures are not those of the whole year.`,
        ]
  return [
    heading(2, 'Reliability'),
    paragraph(verdict(exam.alpha, exam.alphaN, stations)),
    figureTable(figures),
    ...whatCouldBeWrong(figures, leftOut),
    ...components(study),
    ...studyBlocks(reliability),
  ]
}

/** From where on α is taken as enough for a decision on one person, and from where as good. */
const ENOUGH = 0.7
const GOOD = 0.8

function verdict(alpha: Figure['figure'], n: number, stations: number): string {
  if (alpha.value === null) return `How reliable the result is cannot be said by α: ${whyNot(alpha)}.`
  const from = `Over ${count(stations, 'station', 'stations')} and ${count(n, 'complete candidate', 'complete candidates')} α is ${inline(alpha, 'coefficient', alpha.value < ENOUGH ? ENOUGH : GOOD)}`
  if (alpha.value >= ENOUGH && alpha.ci95 && alpha.ci95[0] < ENOUGH)
    return `${from}. The interval reaches below 0.70: these are too few candidates or stations to count on it.`
  if (alpha.value >= GOOD) return `${from}: enough for decisions about single candidates (from 0.80 on).`
  if (alpha.value >= ENOUGH)
    return `${from}: usual for an exam of stations (from 0.70 on), less than the 0.80 that is asked for where much hangs on a single candidate’s result.`
  return `${from}: below 0.70. Decisions near the cut are uncertain; give the candidates there a second look, and more stations next time.`
}

const componentName: Readonly<Record<string, string>> = {
  p: 'Candidates: what the exam is to measure',
  s: 'Stations: some are harder than others',
  r: 'Examiners: some are stricter than others',
  'r:s': 'Examiners within stations',
  ps: 'Candidate and station together',
  pr: 'Candidate and examiner together',
  sr: 'Station and examiner together',
  psr: 'All three together, and the rest',
  'pr:s': 'Candidate and examiner within a station, and the rest',
}

function components({ design, name, components: found }: GStudy): Block[] {
  const parts = Object.entries(found)
  const all = parts.reduce((sum, [, { value }]) => sum + Math.max(0, value ?? 0), 0)
  const nameOf = (effect: string) =>
    name === 'p×s' && effect === 'ps'
      ? 'Candidate and station together, the examiner and the rest'
      : (componentName[effect] ?? effect)
  const first = parts[0]?.[1]
  return [
    heading(3, 'Where the differences between scores come from (G study)'),
    paragraph(design === null ? 'The scores are in no design that can be read.' : designWords(design)),
    first?.value === null
      ? paragraph(`The components are withheld: ${whyNot(first)}.`, soft)
      : table(
          [
            { header: 'Component', share: 1, namesRow: true },
            { header: 'Effect', width: 44 },
            { header: 'Variance', width: 60, align: 'right' },
            { header: 'SE', width: 54, align: 'right' },
            { header: 'Share', width: 50, align: 'right' },
          ],
          parts.map(([effect, figure]) => [
            nameOf(effect),
            effect,
            valueOf(figure, 'points'),
            figure.se === undefined ? '–' : written(figure.se, 'points'),
            figure.value === null || all === 0 ? '–' : written(Math.max(0, figure.value) / all, 'share'),
          ]),
          dense,
        ),
    paragraph(
      `Variances are in squared points and stand as they came out, a negative one too; in shares it counts as 0. ${first && first.value !== null ? `${method(first.method)}; n ${first.n} scores.` : ''}`,
      smallPrint,
    ),
  ]
}

const method = (of: Figure['figure']['method']): string =>
  of === 'henderson-1' ? 'The data are unbalanced: Henderson’s Method I' : 'The data are balanced: analysis of variance'

/** Where raters are no facet, a station has its one examiner or their mean: one line. */
const ONE = 1

function curve({ gStudy: study, dStudy: rows }: ReliabilityMeasures): Block[] {
  const { held } = study
  const data = {
    lines: [...Map.groupBy(rows, ({ raters }) => raters ?? ONE)].map(([raters, points]) => ({
      raters,
      points: points.map(({ stations, erho2, phi }) => ({ stations, erho2: erho2.value, phi: phi.value })),
    })),
    held: held && { stations: Math.round(held.stations), raters: Math.round(held.raters ?? ONE) },
  }
  return askedChart(
    'How many stations would make the result dependable enough?',
    (theme) => decisionStudy(data, theme, studyWords(phrase)),
    'Dashed: 0.70 and 0.80. It takes for granted that further stations, and their examiners, would be like these. Negative components count as 0.',
  )
}

function studyBlocks(reliability: ReliabilityMeasures): Block[] {
  const study = reliability.gStudy
  if (study.phi.value === null) return []
  return [
    ...curve(reliability),
    heading(3, 'What more or fewer stations would do (D study)'),
    table(
      [
        { header: 'Stations', share: 1, align: 'right', namesRow: true },
        ...(study.name === 'p×s' ? [] : [{ header: 'Examiners at each', share: 1, align: 'right' as const }]),
        { header: 'Eρ²', share: 1, align: 'right' },
        { header: 'Φ', share: 1, align: 'right' },
        { header: 'SEM in comparing', share: 1, align: 'right' },
        { header: 'SEM at a cut', share: 1, align: 'right' },
        { header: '', share: 2 },
      ],
      triedExams(reliability).map((row) => [
        String(row.stations),
        ...(study.name === 'p×s' ? [] : [String(row.raters ?? ONE)]),
        valueOf(row.erho2, 'coefficient'),
        valueOf(row.phi, 'coefficient'),
        valueOf(row.relativeSem, 'points'),
        valueOf(row.absoluteSem, 'points'),
        { text: row.asHeld ? 'as held' : '', look: soft },
      ]),
      { size: type.small, padding: 1.4 },
    ),
    ...(reliability.alphaLeftOut === 0 || reliability.sem.value === null
      ? []
      : [
          paragraph(
            'These come from all scores. The SEM that stands beside α comes from the complete candidates alone, so the two can differ a little.',
            smallPrint,
          ),
        ]),
  ]
}
