import type { EncounterSlot } from '#shared/domain/exam.ts'
import type { PersonId } from '#shared/domain/ids.ts'
import type { Repositories } from '#electron/store/store.ts'
import { spsAt } from './rules.ts'

/**
 * Whether the SP's form of an encounter is another's than `spId`'s: of whoever began it, until the director takes the
 * station from them; once it is submitted for good.
 */
export function isFormOfOther(
  store: Repositories,
  slot: EncounterSlot,
  spId: PersonId | null,
  spStatus = store.encounters.record(slot.id).spStatus,
): boolean {
  const first = store.encounters.spOf(slot.id)
  if (first === null || first === spId) return false
  return spStatus === 'submitted' || spsAt(store, slot).some(({ id }) => id === first)
}
