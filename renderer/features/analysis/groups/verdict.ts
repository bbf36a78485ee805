import type { Output } from '#shared/contract/contract.ts'
import { isSure } from '#shared/measurement/groups/flagged.ts'

/** Of an exam held here, or of a file, whose stations have no ids of their own. */
export type Groups = NonNullable<Output<'analysis.file'>['groups']>
export type Comparison = Groups['comparisons'][number]

/** What a comparison says of the focal group, in scores or else in passes; where nothing was tested, why. */
export function whatItSays({ ancova, mantelHaenszel, holm }: Comparison) {
  if (isSure(holm.ancova)) return (ancova.value ?? 0) < 0 ? 'lower' : 'higher'
  if (isSure(holm.mantelHaenszel)) return (mantelHaenszel.oddsRatio.value ?? 1) > 1 ? 'harder' : 'easier'
  if (ancova.reason === 'group-too-small') return 'suppressed'
  return holm.ancova === null ? 'withheld' : 'alike'
}
