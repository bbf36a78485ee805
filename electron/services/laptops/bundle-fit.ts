import { clockStateSchema } from '#shared/clock/state.ts'
import { timeReadingSchema } from '#shared/clock/time-reading.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { BundleHeader } from '#shared/domain/bundle.ts'
import type { EncounterId } from '#shared/domain/ids.ts'
import type { EncounterPayload, Saying } from '#shared/domain/ledger-event.ts'
import { createAccess, type Encounter } from '#electron/services/encounter/access.ts'
import {
  mustBeCue,
  mustBeEntry,
  mustBeItem,
  mustBeJudgement,
  mustBeOnScale,
} from '#electron/services/encounter/rules.ts'
import type { Store } from '#electron/store/store.ts'

/** Checks what an event of an encounter says; throws AttuneError 'bundle-unfit'. */
export type Fit = (encounterId: EncounterId, payload: EncounterPayload) => void

/**
 * Holds what laptops say against the exam as it is here: its plan, the stations' rubrics and cues, and what a clock can
 * be. One event that no screen could write would end the results of the whole exam. Each encounter is looked up once.
 * `rubrics`: with which words stations were rated; none of them is left out.
 */
export function createFit(store: Store, rubrics: BundleHeader['rubrics']): Fit {
  const { encounterOf } = createAccess(store)
  const known = new Map<EncounterId, Encounter>()
  const look = (id: EncounterId): Encounter => {
    const slot = store.encounters.get(id)
    if (!slot) throw new AttuneError('not-found')
    if (!rubrics.some(({ stationId }) => stationId === slot.stationId)) throw unfit()
    // Throws for a rest station: nobody is rated there.
    const encounter = encounterOf(slot)
    known.set(id, encounter)
    return encounter
  }
  return (id, payload) => {
    try {
      mustFit(known.get(id) ?? look(id), payload)
    } catch (error) {
      if (!(error instanceof AttuneError)) throw error
      throw new AttuneError('bundle-unfit', {}, { cause: error })
    }
  }
}

const unfit = () => new AttuneError('bundle-unfit')

function mustFit(encounter: Encounter, payload: EncounterPayload | Saying): void {
  const { slot, station, rubric } = encounter
  switch (payload.type) {
    case 'mark.amended':
      mustFit(encounter, payload.says)
      return
    case 'identity.confirmed': {
      const { candidateId = slot.candidateId, stationId = slot.stationId } = payload
      if (candidateId !== slot.candidateId || stationId !== slot.stationId) throw unfit()
      return
    }
    case 'clock.changed': {
      const isClock = clockStateSchema.safeParse(payload.state).success
      if (!isClock || !timeReadingSchema.safeParse(payload.reading).success) throw unfit()
      return
    }
    case 'rating.recorded':
      mustBeItem(rubric, payload.itemId)
      mustBeOnScale(rubric, payload.value)
      return
    case 'note.recorded':
      if (payload.itemId !== null) mustBeItem(rubric, payload.itemId)
      return
    case 'global-rating.recorded':
      mustBeJudgement(rubric, payload.value)
      return
    case 'mark.made':
      mustBeEntry(rubric, { kind: payload.kind, type: payload.markType })
      return
    case 'mark.added':
      mustBeEntry(rubric, { kind: payload.kind, type: payload.markType })
      mustBeCue(station, payload.cue)
      return
    case 'mark.annotated':
      mustBeCue(station, payload.cue)
      return
    case 'encounter.submitted':
      for (const { item } of payload.missing) if (item !== 'global-rating') mustBeItem(rubric, item)
      return
    // All that these can be stands in their shape; a mark that they name may come with another bundle.
    case 'mark.undone':
    case 'red-flag.reviewed':
    case 'identity.withdrawn':
    case 'absence.declared':
    case 'absence.withdrawn':
    case 'incident.recorded':
    case 'sp-answer.recorded':
    case 'sp-comment.recorded':
    case 'sp-form.submitted':
  }
}
