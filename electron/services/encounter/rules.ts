import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterSlot, Person, Station } from '#shared/domain/exam.ts'
import type { Repositories, Store } from '#electron/store/store.ts'
import type { Mark, RatingValue } from '#shared/domain/encounter.ts'
import type { ItemId } from '#shared/domain/ids.ts'
import { markEntry } from '#shared/domain/mark-entry.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import type { Encounter } from './access.ts'

/** Refuses what comes too early or too late: marks belong to an open encounter of a running exam. */
export function mustBeOpen(store: Store, { slot, exam }: Encounter): void {
  mustRun(exam.status)
  const status = store.encounters.status(slot.id)
  if (status === 'scheduled') throw new AttuneError('identity-not-confirmed')
  if (status !== 'open') throw new AttuneError('encounter-closed')
}

export function mustRun(status: Encounter['exam']['status']): void {
  if (status === 'closed') throw new AttuneError('exam-closed')
  if (status === 'draft') throw new AttuneError('exam-not-ready', { count: 0 })
}

/** The standardized patients who are assigned to the station of an encounter. */
export const spsAt = (store: Pick<Repositories, 'people'>, { examId, stationId }: EncounterSlot): Person[] =>
  store.people.ofExam(examId).filter(({ role, stationIds }) => role === 'sp' && stationIds.includes(stationId))

export function mustBeItem(rubric: Rubric, itemId: ItemId): void {
  if (!rubric.domains.some(({ items }) => items.some(({ id }) => id === itemId)))
    throw new AttuneError('unknown-item', { item: itemId })
}

export function mustBeOnScale({ points }: Rubric, value: RatingValue | null): void {
  if (typeof value === 'number' && value > points.length) {
    throw new AttuneError('value-outside-scale', { value, max: points.length })
  }
}

/** `value`: the id of one of the rubric's judgements; null takes it back. */
export function mustBeJudgement({ globalRating }: Rubric, value: string | null): void {
  if (value !== null && !globalRating.some(({ id }) => id === value)) {
    throw new AttuneError('value-outside-scale', { value, max: globalRating.length })
  }
}

/** `type`: the id of one of the rubric's moments, look-alikes or red flags, as `kind` says. */
export function mustBeEntry(rubric: Rubric, { kind, type }: Pick<Mark, 'kind' | 'type'>): void {
  if (!markEntry(rubric, { kind, type })) throw new AttuneError('unknown-item', { item: type })
}

/** `cue`: one of the station's, from 0; null where nobody said. */
export function mustBeCue({ cues }: Pick<Station, 'cues'>, cue: number | null): void {
  if (cue !== null && cue >= cues.length) throw new AttuneError('unknown-item', { item: cue })
}
