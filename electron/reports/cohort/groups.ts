import type { ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import {
  differentialFunctioning,
  type DifferentialFunctioning,
  type StationComparison,
} from '#shared/measurement/groups/differential-functioning.ts'
import { stationMark, type StandardInForce } from '#shared/domain/standard.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { colors, type } from '../kit/theme.ts'
import { whatCouldBeWrong } from '../measures/figure-table.ts'
import { intervalOf, probability, valueOf, whyNot, written } from '../measures/figure-words.ts'
import { count } from '../words.ts'

const soft = { color: colors.soft } as const

/** Whether a station treats groups differently, candidates being equal elsewhere; small groups are suppressed. */
export function groupBlocks({ marks, stations }: ExamMeasures, standard: StandardInForce): Block[] {
  const cuts = new Map(stations.map(({ station }) => [String(station.id), stationMark(standard, station.id)]))
  const found = differentialFunctioning(marks, { cuts })
  const numberOf = new Map<string, string>(stations.map(({ station }) => [station.id, String(station.number)]))
  const orderOf = ({ station }: StationComparison) => Number(numberOf.get(station) ?? 0)
  const title = heading(2, 'Groups of candidates')
  if (found.reason !== null)
    return [
      title,
      paragraph(
        `Nothing was compared: ${found.reason === 'no-data' ? 'no candidate with a score belongs to a group' : whyNot({ reason: found.reason })}.`,
        soft,
      ),
    ]
  const inOrder = found.comparisons.toSorted((a, b) => orderOf(a) - orderOf(b))
  const byGroup = Map.groupBy(inOrder, ({ focal }) => focal)
  return [
    title,
    paragraph(
      `Every group is compared with “${found.reference ?? ''}”, the largest, at each station; ability is held equal by the mean of the candidate’s other stations. Below ${found.minimum} candidates of a group at a station nothing is given, so that nobody can be told apart.${found.ungrouped > 0 ? ` ${count(found.ungrouped, 'candidate belongs', 'candidates belong')} to no group and ${found.ungrouped === 1 ? 'is' : 'are'} left out.` : ''}`,
    ),
    ...[...byGroup].flatMap(([group, comparisons]) => ofGroup(group, comparisons, found, numberOf)),
    ...whatCouldBeWrong(
      inOrder.flatMap(({ station, ancova, hedgesG, mantelHaenszel }) =>
        [ancova, hedgesG, mantelHaenszel.oddsRatio]
          .filter(({ value }) => value !== null)
          .map((figure) => ({ name: `Station ${numberOf.get(station) ?? ''}`, figure })),
      ),
      [
        'A difference is where to look; it is not yet unfairness. What the station asks may be what one group learned and the other did not.',
      ],
    ),
  ]
}

function ofGroup(
  group: string,
  comparisons: readonly StationComparison[],
  { reference, minimum }: DifferentialFunctioning,
  numberOf: ReadonlyMap<string, string>,
): Block[] {
  const title = heading(3, `“${group}” compared with “${reference ?? ''}”`)
  if (comparisons.every(({ hedgesG }) => hedgesG.reason === 'group-too-small'))
    return [title, paragraph(`Suppressed: at no station are there ${minimum} candidates of both groups.`, soft)]
  const apart = comparisons.filter(({ holm }) => holm.ancova !== null && holm.ancova < 0.05)
  return [
    title,
    paragraph(
      apart.length === 0
        ? 'No station differs by more than chance, the p values being corrected for the number of stations (Holm).'
        : `Differs by more than chance (p below 0.05, corrected after Holm) at station ${apart.map(({ station }) => numberOf.get(station) ?? '').join(', ')}.`,
    ),
    table(
      [
        { header: 'Station', width: 44, namesRow: true },
        { header: 'n', width: 34, align: 'right' },
        { header: 'Adjusted difference', share: 3, align: 'right' },
        { header: '95 % interval', share: 4, align: 'right' },
        { header: 'p (Holm)', share: 2, align: 'right' },
        { header: 'Hedges’ g', share: 2, align: 'right' },
        { header: 'Odds ratio (MH)', share: 3, align: 'right' },
        { header: 'p (Holm)', share: 2, align: 'right' },
        { header: 'Class', width: 40, align: 'center' },
      ],
      comparisons.map((own) => [
        numberOf.get(own.station) ?? '',
        String(own.ancova.n),
        valueOf(own.ancova, 'difference'),
        own.ancova.value === null
          ? { text: own.ancova.reason === 'group-too-small' ? 'suppressed' : 'withheld', look: soft }
          : intervalOf(own.ancova, 'difference'),
        probability(own.holm.ancova),
        own.hedgesG.value === null ? '–' : written(own.hedgesG.value, 'difference'),
        valueOf(own.mantelHaenszel.oddsRatio, 'ratio'),
        probability(own.holm.mantelHaenszel),
        own.mantelHaenszel.size ?? '–',
      ]),
      { size: type.small, padding: 1.8 },
    ),
    ...reasons(comparisons),
  ]
}

/** Why cells are empty, each reason once. */
function reasons(comparisons: readonly StationComparison[]): Block[] {
  const found = new Set(
    comparisons
      .flatMap(({ ancova, hedgesG, mantelHaenszel }) => [ancova, hedgesG, mantelHaenszel.oddsRatio])
      .flatMap((figure) => (figure.value === null ? [whyNot(figure)] : [])),
  )
  if (found.size === 0) return []
  return [paragraph(`A dash or “withheld”: ${[...found].join('; ')}.`, { size: type.small, ...soft })]
}
