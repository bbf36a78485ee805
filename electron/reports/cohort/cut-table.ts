import type { ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading } from '../kit/text-blocks.ts'
import { colors, dense } from '../kit/theme.ts'
import { errorOf, valueOf } from '../measures/figure-words.ts'

/** Every station's proposed cut and what it can be believed by, in one row each; its page has the rest. */
export const cutTable = ({ stations, analysis }: ExamMeasures): Block[] => [
  heading(2, [
    'Standard setting at a glance',
    {
      text: ' · borderline regression; a page a station follows',
      style: 'regular',
      color: colors.soft,
    },
  ]),
  table(
    [
      { header: 'Station', share: 1, namesRow: true },
      { header: 'n', width: 24, align: 'right' },
      { header: 'Cut', width: 38, align: 'right' },
      { header: 'SE', width: 32, align: 'right' },
      { header: 'Below', width: 36, align: 'right' },
      { header: 'R²', width: 32, align: 'right' },
      { header: 'Slope', width: 38, align: 'right' },
      { header: 'η²', width: 40, align: 'right' },
      { header: 'α without', width: 48, align: 'right' },
      { header: 'r with rest', width: 52, align: 'right' },
    ],
    stations.flatMap(({ station }) => {
      const own = analysis.stations.find((one) => one.station === station.id)
      if (!own) return []
      return [
        [
          `${station.number}  ${station.title}`,
          String(own.n),
          valueOf(own.cut, 'points'),
          errorOf(own.cut, 'points'),
          valueOf(own.fails, 'count'),
          valueOf(own.r2, 'coefficient'),
          valueOf(own.slope, 'points'),
          valueOf(own.examinerEta2, 'share'),
          valueOf(own.alphaIfDeleted, 'coefficient'),
          valueOf(own.stationTotal, 'coefficient'),
        ],
      ]
    }),
    dense,
  ),
]
