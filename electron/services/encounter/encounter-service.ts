import type { ScheduleRow } from '#shared/contract/parts/encounters.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { Missing } from '#shared/domain/encounter.ts'
import type { EncounterRecord } from '#shared/domain/encounter-record.ts'
import type { EncounterId, ExamId } from '#shared/domain/ids.ts'
import { rubricItems, type Rubric } from '#shared/domain/rubric.ts'
import { STANDING } from '#shared/domain/sayings.ts'
import type { Session } from '#shared/domain/session.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { Store } from '#electron/store/store.ts'
import type { Access } from './access.ts'
import type { ClockService } from './clock-service.ts'
import type { Recorder } from './recorder.ts'
import { mustBeOpen, mustRun, spsAt } from './rules.ts'
import { scoresOf } from './scores.ts'

type Parts = { store: Store; access: Access; clocks: ClockService; record: Recorder }

/** An encounter from the station's door to its submission. */
export function createEncounterHandlers({ store, access, clocks, record }: Parts): HandlersOf<'encounter'> {
  return {
    'encounter.schedule': ({ examId }, { session }) => schedule({ store, access }, examId, session),
    'encounter.open': ({ encounterId }, context) => {
      const { slot, station, candidate, rubric } = access.encounter(context, encounterId)
      return {
        slot,
        station,
        candidate,
        rubric,
        record: store.encounters.record(encounterId),
        clock: clocks.snapshot(encounterId),
        away: clocks.away(encounterId),
        sps: spsAt(store, slot).map(({ id, name }) => ({ id, name })),
      }
    },
    'encounter.confirmIdentity': (event, context) => {
      const { candidateId, stationId } = access.encounter(context, event.encounterId).slot
      record({
        ...event,
        context,
        payload: { type: 'identity.confirmed', candidateId, stationId },
        allowed: ({ exam, slot }) => {
          mustRun(exam.status)
          const status = store.encounters.status(slot.id)
          if (status === 'submitted' || status === 'absent') throw new AttuneError('encounter-closed')
        },
      })
      return store.encounters.record(event.encounterId)
    },
    'encounter.withdrawIdentity': (event, context) => {
      record({
        ...event,
        context,
        payload: { type: 'identity.withdrawn' },
        allowed: (encounter) => {
          mustBeOpen(store, encounter)
          if (hasMarks(store, event.encounterId)) throw new AttuneError('encounter-has-marks')
        },
      })
      clocks.forget(event.encounterId)
      return store.encounters.record(event.encounterId)
    },
    'encounter.declareAbsent': ({ reason, ...event }, context) => {
      record({
        ...event,
        context,
        payload: { type: 'absence.declared', reason },
        allowed: ({ exam, slot }) => {
          mustRun(exam.status)
          const status = store.encounters.status(slot.id)
          if (status === 'open') throw new AttuneError('encounter-begun')
          if (status !== 'scheduled') throw new AttuneError('encounter-closed')
        },
      })
      return store.encounters.record(event.encounterId)
    },
    'encounter.withdrawAbsence': (event, context) => {
      record({
        ...event,
        context,
        payload: { type: 'absence.withdrawn' },
        allowed: ({ exam, slot }) => {
          mustRun(exam.status)
          if (store.encounters.status(slot.id) !== 'absent') throw new AttuneError('encounter-not-open')
          // What a director decided between laptops is no examiner's to take back.
          if (wasDecided(store, slot.id) && context.session?.role !== 'director')
            throw new AttuneError('encounter-closed')
        },
      })
      return store.encounters.record(event.encounterId)
    },
    'encounter.submit': ({ missing, ...event }, context) => {
      const { rubric } = access.encounter(context, event.encounterId)
      const open = openItems(rubric, store.encounters.record(event.encounterId))
      const declared = missing.filter(({ item }) => open.includes(item))
      record({
        ...event,
        context,
        payload: { type: 'encounter.submitted', missing: declared, heard: store.encounters.heard(event.encounterId) },
        allowed: (encounter) => {
          mustBeOpen(store, encounter)
          mustBeAccountedFor(open, declared)
        },
      })
      clocks.endIfHeld(event.encounterId, context.session)
      return scoresOf(store, event.encounterId)
    },
    'encounter.scores': ({ encounterId }, context) => {
      access.encounter(context, encounterId)
      // The total stays unseen until the global rating can no longer follow it.
      if (store.encounters.status(encounterId) !== 'submitted') throw new AttuneError('encounter-not-open')
      return scoresOf(store, encounterId)
    },
  }
}

/** Whether a director decided if the candidate came, where laptops said different things. */
const wasDecided = (store: Store, id: EncounterId): boolean =>
  store.encounters.record(id).amendments.some(({ subject }) => subject === STANDING)

/** Whether anything stands that was said about the candidate; incidents are about the exam. */
function hasMarks(store: Store, id: EncounterId): boolean {
  const { ratings, notes, marks, globalRating, spStatus } = store.encounters.record(id)
  const { answers, comment } = store.encounters.spRecord(id)
  const given = [ratings, notes, marks, answers].some(({ length }) => length > 0)
  return given || globalRating !== null || comment !== '' || spStatus === 'submitted'
}

/** The rubric's items that stand without a mark, then the global rating if it does. */
function openItems(rubric: Rubric, record: EncounterRecord): Missing['item'][] {
  const rated = new Set(record.ratings.map(({ itemId }) => itemId))
  const items: Missing['item'][] = rubricItems(rubric).flatMap(({ id }) => (rated.has(id) ? [] : [id]))
  return record.globalRating === null ? [...items, 'global-rating'] : items
}

function mustBeAccountedFor(open: readonly Missing['item'][], declared: readonly Missing[]): void {
  const silent = open.filter((item) => !declared.some((entry) => entry.item === item))
  if (silent.some((item) => item !== 'global-rating')) throw new AttuneError('items-missing', { count: silent.length })
  if (silent.length > 0) throw new AttuneError('global-rating-missing')
}

function schedule(
  { store, access }: Pick<Parts, 'store' | 'access'>,
  examId: ExamId,
  session: Session | null,
): ScheduleRow[] {
  if (session?.role === 'examiner' && session.examId !== examId) throw new AttuneError('forbidden')
  if (!store.exams.get(examId)) throw new AttuneError('unknown-exam')
  const own = access.ownStations(session)
  const begunHere = (id: EncounterId) =>
    typeof session?.personId === 'string' && store.encounters.confirmedBy(id) === session.personId
  const stations = new Map(store.stations.ofExam(examId).map((station) => [station.id, station]))
  const candidates = new Map(store.candidates.ofExam(examId).map((candidate) => [candidate.id, candidate]))
  const standings = store.encounters.standings(examId)
  return store.encounters.ofExam(examId).flatMap((slot) => {
    const station = stations.get(slot.stationId)
    const candidate = candidates.get(slot.candidateId)
    if (station?.kind !== 'scored' || !candidate) return []
    const { status, spStatus } = standings.get(slot.id) ?? { status: 'scheduled', spStatus: 'open' }
    // What was begun is finished by who began it, though the station is somebody else's by now.
    if (own && !own.has(slot.stationId) && !(status === 'open' && begunHere(slot.id))) return []
    // Only an open encounter is read whole: the list is asked for again after every mark.
    const open = () => openItems(access.encounterOf(slot).rubric, store.encounters.record(slot.id)).length
    return [
      {
        slot,
        stationNumber: station.number,
        stationTitle: station.title,
        candidateNumber: candidate.number,
        candidateName: candidate.name,
        status,
        openItems: status === 'open' ? open() : 0,
        spStatus,
      },
    ]
  })
}
