import { gradeWords } from '#shared/charts/chart-words.ts'
import { scoreAgainstGrade } from '#shared/charts/score-against-grade.ts'
import { phrase } from '#shared/locales/phrase.ts'
import type { ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import { stationMeasures, type StationMeasures } from '#shared/measurement/analysis/station-measures.ts'
import type { Block } from '../kit/block.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { askedChart } from '../measures/figure-chart.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'
import { inline, valueOf, whyNot, writtenBeside, written } from '../measures/figure-words.ts'
import { count } from '../words.ts'

/** The pages of standard setting, the blocks of one station each; a new page is to be begun before each. */
export const stationPages = (measures: ExamMeasures): Block[][] =>
  stationMeasures(measures).map((own) => [
    heading(2, `Standard setting · Station ${own.number}: ${own.title}`),
    ...verdict(own, measures.analysis.exam),
    ...plot(own),
    figureTable(figuresOf(own), 1.2),
    ...whatCouldBeWrong(figuresOf(own), [
      ...(own.borderline.named
        ? []
        : [
            `No level of this rubric is called borderline; the second lowest, “${own.borderline.label}”, is taken for it.`,
          ]),
      ...(own.missing === 0
        ? []
        : [
            `${count(own.missing, 'candidate has', 'candidates have')} no score here and ${own.missing === 1 ? 'is' : 'are'} in none of these figures.`,
          ]),
    ]),
  ])

/** So that a station has room on one page of either paper. */
const SMALLER = 0.875

/** A candidate without a grade is in no line, and so not in the chart. */
function plot({ grades, points, line, borderline, cut }: StationMeasures): Block[] {
  const graded = points.flatMap(({ grade, ...point }) => (grade === null ? [] : [{ grade, ...point }]))
  const ungraded = points.reduce((sum, { grade, count: many }) => sum + (grade === null ? many : 0), 0)
  return askedChart(
    'Where does the line of scores on grades cross the borderline grade?',
    (theme) =>
      scoreAgainstGrade(
        {
          grades: grades.map((label, at) => ({ value: at + 1, label })),
          ...{ points: graded, line, borderline: borderline.grade, cut: cut.value },
        },
        { ...theme, size: theme.size * SMALLER },
        gradeWords(phrase),
        2,
      ),
    `A point is a candidate, larger where several have both alike; hollow below the cut. The band is where the line could well lie (95 %).${ungraded === 0 ? '' : ` ${count(ungraded, 'score without a global rating is', 'scores without a global rating are')} not in it.`}`,
  )
}

/** All on one page: so each is told in a line; the methods have a page of their own. */
function figuresOf(own: StationMeasures): Figure[] {
  const group = 'Figures of examiners'
  return [
    { name: 'Cut', figure: own.cut, unit: 'points', how: 'The line’s score at borderline' },
    { name: 'Borderline group mean', figure: own.borderlineGroup, unit: 'points', how: 'Mean score of that grade' },
    { name: 'Borderline group median', figure: own.borderlineGroupMedian, unit: 'points', how: 'Median of that grade' },
    { name: 'Scores below the cut', figure: own.fails, unit: 'count', how: 'Counted; missing is no fail' },
    { name: 'R²', figure: own.r2, unit: 'coefficient', how: 'Variance that grades explain' },
    { name: 'Slope', figure: own.slope, unit: 'points', how: 'Points from grade to grade' },
    { name: 'Slope, % of the maximum', figure: own.slopePercent, unit: 'per-cent', how: 'Of the highest score, 100' },
    { name: 'Intercept', figure: own.intercept, unit: 'points', how: 'The line’s score at grade 0' },
    { name: 'η² of examiners', figure: own.examinerEta2, unit: 'share', group, how: 'Variance between examiners' },
    { name: 'ω² of examiners', figure: own.examinerOmega2, unit: 'share', group, how: 'The same, chance taken off' },
    { name: 'F of examiners', figure: own.examinerF, unit: 'ratio', group, how: 'One-way analysis of variance' },
    { name: 'p of that F', figure: own.examinerP, unit: 'probability', group, how: 'If examiners did not differ' },
    { name: 'α without it', figure: own.alphaIfDeleted, unit: 'coefficient', how: 'Cronbach, Feldt’s interval' },
    { name: 'r with the rest', figure: own.stationTotal, unit: 'coefficient', how: 'Pearson, with the others’ sum' },
  ]
}

const GOOD_R2 = 0.5
/** Nearly every station moves α a little. */
const WORTH_A_WORD = 0.01

/** The rules of thumb that a station is held against, said of its own figures. */
function verdict(analysis: StationMeasures, { alpha }: ExamMeasures['analysis']['exam']): Block[] {
  const { n, cut, fails, r2, slope, slopePercent, examinerOmega2, examinerEta2, alphaIfDeleted } = analysis
  const sentences = [
    cut.value === null
      ? `No cut can be given: ${whyNot(cut)}.`
      : `The proposed cut is ${inline(cut, 'points')}; ${fails.value === null ? 'how many lie below it is withheld' : `${written(fails.value, 'count')} of ${count(n, 'score', 'scores')} ${fails.value === 1 ? 'lies' : 'lie'} below it`}.`,
    ...(slope.value !== null && slope.value <= 0 ? ['Scores do not rise with grades: the cut must not be used.'] : []),
    ...(r2.value === null
      ? []
      : [
          r2.value >= GOOD_R2
            ? `Score and judgement go together (R² ${writtenBeside(r2.value, GOOD_R2)}; from 0.50 on is taken as good).`
            : `Score and judgement differ (R² ${writtenBeside(r2.value, GOOD_R2)}; below 0.50): look at what the rubric rewards and what examiners saw.`,
        ]),
    ...(slopePercent.value === null || slopePercent.value <= 0
      ? []
      : [
          `From one grade to the next the score rises by ${valueOf(slopePercent, 'per-cent')} of the maximum; about 10 % is usual.`,
        ]),
    ...examinersIn(examinerEta2, examinerOmega2),
    ...(alphaIfDeleted.value !== null && alpha.value !== null && alphaIfDeleted.value > alpha.value + WORTH_A_WORD
      ? [
          `Without this station α would be ${valueOf(alphaIfDeleted, 'coefficient')} instead of ${valueOf(alpha, 'coefficient')}: it measures something else than the others, or measures it less well.`,
        ]
      : []),
  ]
  return [paragraph(sentences.join(' '))]
}

function examinersIn(eta: StationMeasures['examinerEta2'], omega: StationMeasures['examinerOmega2']): string[] {
  if (eta.value === null) return []
  const share = valueOf(eta, 'share')
  const off = omega.value === null ? '' : `, ${written(Math.max(0, omega.value), 'share')} with chance taken off`
  if (eta.value >= 0.4)
    return [`Who examined accounts for ${share} of the variance of scores${off}: a concern (over 40 %).`]
  if (eta.value >= 0.3)
    return [`Who examined accounts for ${share} of the variance of scores${off}: more than the 30 % that is accepted.`]
  return [`Who examined accounts for ${share} of the variance of scores${off}: under the 30 % that is accepted.`]
}
