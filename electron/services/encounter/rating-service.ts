import { AttuneError } from '#shared/contract/result.ts'
import type { Mark } from '#shared/domain/encounter.ts'
import type { EncounterId, MomentId } from '#shared/domain/ids.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { Store } from '#electron/store/store.ts'
import type { Recorder } from './recorder.ts'
import { mustBeCue, mustBeEntry, mustBeItem, mustBeJudgement, mustBeOnScale, mustBeOpen, mustRun } from './rules.ts'

type Parts = { store: Store; record: Recorder }

/** Everything an examiner marks while the encounter is open. */
export function createRatingHandlers({
  store,
  record,
}: Parts): Omit<HandlersOf<'rating' | 'globalRating' | 'note' | 'mark' | 'incident'>, 'mark.correct'> {
  const markOf = (encounterId: EncounterId, markId: MomentId): Mark => {
    const mark = store.encounters.record(encounterId).marks.find(({ id }) => id === markId)
    if (!mark) throw new AttuneError('not-found')
    return mark
  }
  return {
    'rating.record': ({ itemId, value, ...event }, context) =>
      record({
        ...event,
        context,
        payload: { type: 'rating.recorded', itemId, value },
        allowed: (encounter) => {
          mustBeOpen(store, encounter)
          mustBeItem(encounter.rubric, itemId)
          mustBeOnScale(encounter.rubric, value)
        },
      }),
    'globalRating.record': ({ value, ...event }, context) =>
      record({
        ...event,
        context,
        payload: { type: 'global-rating.recorded', value },
        allowed: (encounter) => {
          mustBeOpen(store, encounter)
          mustBeJudgement(encounter.rubric, value)
        },
      }),
    'note.record': ({ itemId, text, ...event }, context) =>
      record({
        ...event,
        context,
        payload: { type: 'note.recorded', itemId, text },
        allowed: (encounter) => {
          mustBeOpen(store, encounter)
          if (itemId !== null) mustBeItem(encounter.rubric, itemId)
        },
      }),
    'mark.make': ({ markId, kind, type, ...event }, context) => {
      record({
        ...event,
        context,
        payload: { type: 'mark.made', markId, kind, markType: type },
        allowed: (encounter) => {
          mustBeOpen(store, encounter)
          mustBeEntry(encounter.rubric, { kind, type })
        },
      })
      return markOf(event.encounterId, markId)
    },
    'mark.annotate': ({ markId, cue, quote, ...event }, context) =>
      record({
        ...event,
        context,
        payload: { type: 'mark.annotated', markId, cue, quote },
        allowed: (encounter) => {
          mustBeOpen(store, encounter)
          markOf(event.encounterId, markId)
          mustBeCue(encounter.station, cue)
        },
      }),
    'mark.undo': ({ markId, ...event }, context) =>
      record({
        ...event,
        context,
        payload: { type: 'mark.undone', markId },
        allowed: (encounter) => {
          mustBeOpen(store, encounter)
          markOf(event.encounterId, markId)
        },
      }),
    'incident.record': ({ kind, text, ...event }, context) =>
      record({
        ...event,
        context,
        payload: { type: 'incident.recorded', kind, text },
        // An incident may concern an encounter that never began, or come to light after it.
        allowed: ({ exam }) => {
          mustRun(exam.status)
        },
      }),
  }
}
