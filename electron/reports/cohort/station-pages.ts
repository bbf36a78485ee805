import type { ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import type { MarkedStation } from '#shared/measurement/analysis/exam-marks.ts'
import type { StationAnalysis } from '#shared/measurement/analysis/station-analysis.ts'
import type { Block } from '../kit/block.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { colors, type } from '../kit/theme.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'
import { inline, valueOf, whyNot, written } from '../measures/figure-words.ts'
import { count } from '../words.ts'
import { gradePlot } from './grade-plot.ts'

const soft = { color: colors.soft } as const

/** What a station's page is made of: its place in the exam, and what measurement says of it. */
type StationPage = { marked: MarkedStation; analysis: StationAnalysis; exam: ExamMeasures['analysis']['exam'] }

/** The pages of standard setting, the blocks of one station each; a new page is to be begun before each. */
export const stationPages = ({ stations, marks, analysis }: ExamMeasures): Block[][] =>
  stations.flatMap((marked) => {
    const own = analysis.stations.find(({ station }) => station === marked.station.id)
    if (!own) return []
    const page = { marked, analysis: own, exam: analysis.exam }
    const { station, rubric, borderline } = marked
    const points = marks.flatMap(({ station: at, grade, score }) =>
      at === station.id && grade !== null && score !== null ? [{ grade, score }] : [],
    )
    return [
      [
        heading(2, `Standard setting · Station ${station.number}: ${station.title}`),
        ...verdict(page),
        gradePlot({
          grades: rubric.globalRating.map(({ label }) => label),
          points,
          line: own.line,
          borderline: borderline.grade,
          cut: own.cut.value,
        }),
        figureTable(figuresOf(page)),
        spread(own),
        ...whatCouldBeWrong(figuresOf(page), [
          ...(borderline.named
            ? []
            : [
                `No level of this rubric is called borderline; the second lowest, “${borderline.label}”, is taken for it.`,
              ]),
          ...(own.missing === 0
            ? []
            : [
                `${count(own.missing, 'candidate has', 'candidates have')} no score here and ${own.missing === 1 ? 'is' : 'are'} in none of these figures.`,
              ]),
        ]),
      ],
    ]
  })

function figuresOf({ analysis }: StationPage): Figure[] {
  return [
    { name: 'Cut', figure: analysis.cut, unit: 'points' },
    { name: 'Borderline group mean', figure: analysis.borderlineGroup, unit: 'points' },
    { name: 'Scores below the cut', figure: analysis.fails, unit: 'count' },
    { name: 'R²', figure: analysis.r2, unit: 'share' },
    { name: 'Slope', figure: analysis.slope, unit: 'points' },
    { name: 'Slope, % of the maximum', figure: analysis.slopePercent, unit: 'per-cent' },
    { name: 'Intercept', figure: analysis.intercept, unit: 'points' },
    { name: 'η² of examiners', figure: analysis.examinerEta2, unit: 'share' },
    { name: 'ω² of examiners', figure: analysis.examinerOmega2, unit: 'share' },
    {
      name: 'α without it',
      figure: analysis.alphaIfDeleted,
      unit: 'coefficient',
    },
    { name: 'r with the rest', figure: analysis.stationTotal, unit: 'coefficient' },
  ]
}

/** Nearly every station moves α a little. */
const WORTH_A_WORD = 0.01

/** The rules of thumb that a station is held against, said of its own figures. */
function verdict({ analysis, exam }: StationPage): Block[] {
  const { cut, fails, r2, slope, slopePercent, examinerOmega2, examinerEta2, alphaIfDeleted } = analysis
  const sentences = [
    cut.value === null
      ? `No cut can be given: ${whyNot(cut)}.`
      : `The proposed cut is ${inline(cut, 'points')}; ${fails.value === null ? 'how many lie below it is withheld' : `${written(fails.value, 'count')} of ${count(analysis.n, 'score lies', 'scores lie')} below it`}.`,
    ...(slope.value !== null && slope.value <= 0 ? ['Scores do not rise with grades: the cut must not be used.'] : []),
    ...(r2.value === null
      ? []
      : [
          r2.value >= 0.5
            ? `Score and judgement go together (R² ${valueOf(r2, 'share')}; from 50 % on is taken as good).`
            : `Score and judgement differ (R² ${valueOf(r2, 'share')}; below 50 %): look at what the rubric rewards and what examiners saw.`,
        ]),
    ...(slopePercent.value === null
      ? []
      : [
          `From one grade to the next the score rises by ${valueOf(slopePercent, 'per-cent')} of the maximum; about 10 % is usual.`,
        ]),
    ...examinersIn(examinerEta2, examinerOmega2),
    ...(alphaIfDeleted.value !== null &&
    exam.alpha.value !== null &&
    alphaIfDeleted.value > exam.alpha.value + WORTH_A_WORD
      ? [
          `Without this station α would be ${valueOf(alphaIfDeleted, 'coefficient')} rather than ${valueOf(exam.alpha, 'coefficient')}: it measures something else than the others, or measures it less well.`,
        ]
      : []),
  ]
  return [paragraph(sentences.join(' '))]
}

function examinersIn(eta: StationAnalysis['examinerEta2'], omega: StationAnalysis['examinerOmega2']): string[] {
  if (eta.value === null) return []
  const share = valueOf(eta, 'share')
  const off = omega.value === null ? '' : `, ${written(Math.max(0, omega.value), 'share')} with chance taken off`
  if (eta.value >= 0.4)
    return [`Who examined accounts for ${share} of the variance of scores${off}: a concern (over 40 %).`]
  if (eta.value >= 0.3)
    return [`Who examined accounts for ${share} of the variance of scores${off}: more than the 30 % that is accepted.`]
  return [`Who examined accounts for ${share} of the variance of scores${off}: under the 30 % that is accepted.`]
}

const spread = ({ n, mean, sd, min, q1, median, q3, max }: StationAnalysis): Block =>
  paragraph(
    `Scores: n ${n}, mean ${valueOf(mean, 'points')}, SD ${valueOf(sd, 'points')}, lowest ${valueOf(min, 'points')}, quartiles ${valueOf(q1, 'points')}, ${valueOf(median, 'points')} and ${valueOf(q3, 'points')}, highest ${valueOf(max, 'points')}.`,
    { size: type.small, ...soft },
  )
