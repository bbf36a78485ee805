import type { GroupMeasures } from '#shared/measurement/analysis/group-measures.ts'
import { isFlagged } from '#shared/measurement/groups/flagged.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { dense, smallPrint, soft, type } from '../kit/theme.ts'
import { whatCouldBeWrong } from '../measures/figure-table.ts'
import { intervalOf, probability, valueOf, whyNot } from '../measures/figure-words.ts'
import { count } from '../words.ts'

type Comparison = GroupMeasures['comparisons'][number]

/** Whether a station treats groups differently, candidates being equal elsewhere; small groups are suppressed. */
export function groupBlocks(found: GroupMeasures, numbers: ReadonlyMap<string, number>): Block[] {
  const numberOf = ({ stationId }: Pick<Comparison, 'stationId'>): number => numbers.get(stationId) ?? 0
  const title = heading(2, 'Groups of candidates')
  if (found.reason !== null)
    return [
      title,
      paragraph(
        `Nothing was compared: ${found.reason === 'no-data' ? 'no candidate with a score belongs to a group' : whyNot({ reason: found.reason })}.`,
        soft,
      ),
    ]
  const inOrder = found.comparisons.toSorted((a, b) => numberOf(a) - numberOf(b))
  const byGroup = Map.groupBy(inOrder, ({ focal }) => focal)
  return [
    title,
    paragraph(
      `Every group is compared with “${found.reference ?? ''}”, ${isLargestAlone(found) ? 'the largest' : 'than which no other is larger'}, at each station; ability is held equal by the mean of the candidate’s other stations. Below ${found.minimum} candidates of a group at a station nothing is given, so that nobody can be told apart.${found.ungrouped > 0 ? ` ${count(found.ungrouped, 'candidate belongs', 'candidates belong')} to no group and ${found.ungrouped === 1 ? 'is' : 'are'} left out.` : ''}`,
    ),
    groupTable(found),
    ...keptBack(found),
    ...[...byGroup].flatMap(([group, comparisons]) => ofGroup(group, comparisons, found, numberOf)),
    ...whatCouldBeWrong(
      inOrder.flatMap((one) => figuresOf(one).filter(({ figure: { value } }) => value !== null)),
      [
        'A difference is where to look; it is not yet unfairness. What the station asks may be what one group learned and the other did not.',
      ],
    ),
  ]
}

/** Whether the reference group is larger than every other; of groups as large the first by name is taken. */
const isLargestAlone = ({ groups, reference }: GroupMeasures): boolean => {
  const sizeOf = groups.find(({ name }) => name === reference)?.candidates ?? 0
  return groups.every(({ name, candidates }) => name === reference || candidates < sizeOf)
}

function ofGroup(
  group: string,
  comparisons: readonly Comparison[],
  { reference, minimum }: GroupMeasures,
  numberOf: (one: Pick<Comparison, 'stationId'>) => number,
): Block[] {
  const title = heading(3, `“${group}” compared with “${reference ?? ''}”`)
  if (comparisons.every(({ hedgesG }) => hedgesG.reason === 'group-too-small'))
    return [title, paragraph(`Suppressed: at no station are there ${minimum} candidates of both groups.`, soft)]
  const apart = comparisons.filter(isFlagged)
  return [
    title,
    paragraph(
      apart.length === 0
        ? 'No station differs by more than chance, the p values being corrected for the number of stations (Holm).'
        : `It differs by more than chance (p below 0.05, corrected after Holm) at ${apart.length === 1 ? 'station' : 'stations'} ${apart.map(numberOf).join(', ')}.`,
    ),
    table(
      [
        { header: 'Station', width: 40, namesRow: true },
        { header: 'n', width: 30, align: 'right' },
        { header: 'Adjusted difference', share: 3, align: 'right' },
        { header: '95 % interval', share: 4, align: 'right' },
        { header: 'p (Holm)', share: 2, align: 'right' },
        { header: 'Hedges’ g', share: 2, align: 'right' },
        { header: '95 % interval', share: 4, align: 'right' },
      ],
      comparisons.map((own) => [
        String(numberOf(own)),
        String(own.ancova.n),
        valueOf(own.ancova, 'difference'),
        own.ancova.value === null
          ? { text: own.ancova.reason === 'group-too-small' ? 'suppressed' : 'withheld', look: soft }
          : intervalOf(own.ancova, 'difference'),
        probability(own.holm.ancova),
        valueOf(own.hedgesG, 'difference'),
        intervalOf(own.hedgesG, 'difference'),
      ]),
      dense,
    ),
    paragraph('Passing the mark of each station (Mantel-Haenszel):', { size: type.small }, 2),
    table(
      [
        { header: 'Station', width: 40, namesRow: true },
        { header: 'n', width: 30, align: 'right' },
        { header: 'Odds ratio', share: 2, align: 'right' },
        { header: '95 % interval', share: 3, align: 'right' },
        { header: 'Δ', share: 2, align: 'right' },
        { header: '95 % interval', share: 3, align: 'right' },
        { header: 'p (Holm)', share: 2, align: 'right' },
        { header: 'Class', width: 36, align: 'center' },
      ],
      comparisons.map(({ mantelHaenszel: { oddsRatio, delta, size }, holm, ...own }) => [
        String(numberOf(own)),
        String(oddsRatio.n),
        valueOf(oddsRatio, 'ratio'),
        oddsRatio.value === null
          ? { text: oddsRatio.reason === 'group-too-small' ? 'suppressed' : 'withheld', look: soft }
          : intervalOf(oddsRatio, 'ratio'),
        valueOf(delta, 'difference'),
        intervalOf(delta, 'difference'),
        probability(holm.mantelHaenszel),
        size ?? '–',
      ]),
      dense,
    ),
    ...reasons(comparisons),
  ]
}

/** Why cells are empty, each reason once. */
function reasons(comparisons: readonly Comparison[]): Block[] {
  const found = new Set(
    comparisons
      .flatMap(({ ancova, hedgesG, mantelHaenszel }) => [ancova, hedgesG, mantelHaenszel.oddsRatio])
      .flatMap((figure) => (figure.value === null ? [whyNot(figure)] : [])),
  )
  if (found.size === 0) return []
  return [paragraph(`A dash or “withheld”: ${[...found].join('; ')}.`, smallPrint)]
}

/** Why a group that is large enough has no figures. */
const keptBack = ({ groups }: GroupMeasures): Block[] =>
  groups.some(({ mean }) => mean.reason === 'group-kept-back')
    ? [paragraph(`Kept back: ${whyNot({ reason: 'group-kept-back' })}.`, smallPrint)]
    : []

const held: Partial<Record<string, { text: string; look: typeof soft }>> = {
  'group-too-small': { text: 'suppressed', look: soft },
  'group-kept-back': { text: 'kept back', look: soft },
}

/** Of a group below the minimum its size alone. */
const groupTable = ({ groups }: GroupMeasures): Block =>
  table(
    [
      { header: 'Group', share: 1, namesRow: true },
      { header: 'Candidates', width: 70, align: 'right' },
      { header: 'Mean exam score', width: 90, align: 'right' },
      { header: 'SD', width: 60, align: 'right' },
    ],
    groups.map(({ name, candidates, mean, sd }) => [
      name,
      String(candidates),
      held[mean.reason ?? ''] ?? valueOf(mean, 'points'),
      valueOf(sd, 'points'),
    ]),
    dense,
  )

const figuresOf = ({ ancova, hedgesG, mantelHaenszel }: Comparison) => [
  { name: 'Adjusted difference', figure: ancova },
  { name: 'Hedges’ g', figure: hedgesG },
  { name: 'Odds ratio', figure: mantelHaenszel.oddsRatio },
  { name: 'Δ', figure: mantelHaenszel.delta },
]
