import type { ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import { meanOf, standardDeviationOf } from '#shared/measurement/descriptive.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { dense, smallPrint } from '../kit/theme.ts'
import { valueOf, written } from '../measures/figure-words.ts'
import { count } from '../words.ts'

const marksOf = ({ marks }: ExamMeasures, examiner: string) => marks.filter((mark) => mark.examiner === examiner)

/** How many scores an examiner gave at each station, and how they lie there and in all. */
export function ownStations(measures: ExamMeasures, examiner: string): Block[] {
  const own = Map.groupBy(marksOf(measures, examiner), ({ station }) => station)
  const met = measures.stations.flatMap(({ station }) => {
    const scores = own.get(station.id)?.flatMap(({ score }) => score ?? []) ?? []
    return scores.length === 0 ? [] : [{ name: `${station.number}  ${station.title}`, scores }]
  })
  if (met.length === 0) return []
  const all = met.length === 1 ? [] : [{ name: 'All', scores: met.flatMap(({ scores }) => scores) }]
  return [
    heading(2, 'Your scores'),
    table(
      [
        { header: 'Station', share: 1, namesRow: true },
        { header: 'Scores', width: 62, align: 'right' },
        { header: 'Mean', width: 46, align: 'right' },
        { header: 'SD', width: 46, align: 'right' },
        { header: 'Lowest', width: 46, align: 'right' },
        { header: 'Highest', width: 46, align: 'right' },
      ],
      [...met, ...all].map(({ name, scores }) => [
        name,
        String(scores.length),
        valueOf(meanOf(scores), 'points'),
        valueOf(standardDeviationOf(scores), 'points'),
        written(Math.min(...scores), 'points'),
        written(Math.max(...scores), 'points'),
      ]),
      dense,
    ),
    paragraph(
      'As you gave them: how high they are depends on how able your candidates and how hard your stations were.',
      smallPrint,
    ),
  ]
}

/** How often an examiner gave each global rating, by the scale of each rubric that they used. */
export function ownRatings(measures: ExamMeasures, examiner: string): Block[] {
  const own = marksOf(measures, examiner)
  const scales = Map.groupBy(measures.stations, ({ rubric }) => rubric.id)
  const tables = [...scales.values()].flatMap((stations): Block[] => {
    const rubric = stations[0]?.rubric
    const grades = own.flatMap(({ station, grade }) =>
      grade !== null && stations.some((one) => one.station.id === station) ? [grade] : [],
    )
    if (!rubric || grades.length === 0) return []
    const used = new Set(grades).size
    return [
      ...(scales.size > 1 ? [heading(3, rubric.title)] : []),
      table(
        [
          { header: 'Global rating', share: 1, namesRow: true },
          { header: 'How often', width: 70, align: 'right' },
          { header: 'Share', width: 60, align: 'right' },
        ],
        rubric.globalRating.map(({ label }, at) => {
          const times = grades.filter((grade) => grade === at + 1).length
          return [label, String(times), written(times / grades.length, 'share')]
        }),
        dense,
      ),
      paragraph(
        grades.length === 1
          ? 'One rating says nothing of how you use the scale.'
          : `You used ${used} of ${count(rubric.globalRating.length, 'level', 'levels')} over ${count(grades.length, 'rating', 'ratings')}. Which levels are right depends on who came; ratings that never reach the ends of a scale cannot tell the best and the weakest apart.`,
        smallPrint,
      ),
    ]
  })
  return tables.length === 0 ? [] : [heading(2, 'Your use of the global ratings'), ...tables]
}
