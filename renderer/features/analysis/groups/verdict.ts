import type { Output } from '#shared/contract/contract.ts'

export type Comparison = Output<'analysis.groups'>['comparisons'][number]

const SURE = 0.05
const below = (p: number | null) => p !== null && p < SURE

/** Whether a station differs for a group by more than chance, p being corrected for the number of stations. */
export const isFlagged = ({ holm }: Pick<Comparison, 'holm'>): boolean =>
  below(holm.ancova) || below(holm.mantelHaenszel)

/** What a comparison says of the focal group, in scores or else in passes; where nothing was tested, why. */
export function whatItSays({ ancova, mantelHaenszel, holm }: Comparison) {
  if (below(holm.ancova)) return (ancova.value ?? 0) < 0 ? 'lower' : 'higher'
  if (below(holm.mantelHaenszel)) return (mantelHaenszel.oddsRatio.value ?? 1) > 1 ? 'harder' : 'easier'
  if (ancova.reason === 'group-too-small') return 'suppressed'
  return holm.ancova === null ? 'withheld' : 'alike'
}
