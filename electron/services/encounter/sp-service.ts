import type { SpForm } from '#shared/contract/parts/encounters.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterSlot } from '#shared/domain/exam.ts'
import type { Session } from '#shared/domain/session.ts'
import { SP_MIN_ANSWERS } from '#shared/domain/sp-form.ts'
import { spScore } from '#shared/scoring/encounter-score.ts'
import type { CallContext, HandlersOf } from '#electron/base/handlers.ts'
import type { Store } from '#electron/store/store.ts'
import type { Access, Encounter } from './access.ts'
import { isFormOfOther } from './form-owner.ts'
import type { Recorder } from './recorder.ts'
import { mustRun } from './rules.ts'

type Parts = { store: Store; access: Access; record: Recorder }

/** The standardized patient's part and form: own stations, own answers, never an examiner's mark or a total. */
export function createSpHandlers({ store, access, record }: Parts): HandlersOf<'sp'> {
  const isOthers = (session: Session | null, slot: EncounterSlot, spStatus: SpForm['status']): boolean =>
    isFormOfOther(store, slot, session?.personId ?? null, spStatus)
  const form = (context: CallContext, encounterId: Encounter['slot']['id']): SpForm => {
    const { exam, station, candidate, slot } = access.encounter(context, encounterId)
    const { spStatus } = store.encounters.record(encounterId)
    if (isOthers(context.session, slot, spStatus)) throw new AttuneError('form-of-other-sp')
    const { answers, comment } = store.encounters.spRecord(encounterId)
    return {
      encounterId,
      stationNumber: station.number,
      stationTitle: station.title,
      candidateNumber: candidate.number,
      heavy: station.heavy,
      answers,
      comment,
      confirmation: store.encounters.confirmation(encounterId),
      status: spStatus,
      closed: exam.status === 'closed',
    }
  }
  const mayRate = (session: Session | null, { exam, slot }: Encounter) => {
    mustRun(exam.status)
    const now = store.encounters.record(slot.id)
    if (isOthers(session, slot, now.spStatus)) throw new AttuneError('form-of-other-sp')
    if (now.confirmation === null || now.status === 'absent') throw new AttuneError('encounter-not-open')
    if (now.spStatus === 'submitted') throw new AttuneError('encounter-closed')
  }
  const mayRateIn =
    ({ session }: CallContext) =>
    (encounter: Encounter) => {
      mayRate(session, encounter)
    }
  return {
    'sp.schedule': (_input, { session }) => {
      if (!session?.examId) return []
      const own = access.ownStations(session)
      const stations = new Map(store.stations.ofExam(session.examId).map((station) => [station.id, station]))
      const candidates = new Map(store.candidates.ofExam(session.examId).map((candidate) => [candidate.id, candidate]))
      const standings = store.encounters.standings(session.examId)
      return store.encounters.ofExam(session.examId).flatMap((slot) => {
        const station = stations.get(slot.stationId)
        const candidate = candidates.get(slot.candidateId)
        if (!station || !candidate || station.kind !== 'scored' || !own?.has(slot.stationId)) return []
        const { status, spStatus } = standings.get(slot.id) ?? { status: 'scheduled', spStatus: 'open' }
        if (isOthers(session, slot, spStatus)) return []
        return [
          {
            slot,
            stationNumber: station.number,
            stationTitle: station.title,
            candidateNumber: candidate.number,
            spStatus,
            status,
          },
        ]
      })
    },
    'sp.parts': (_input, { session }) => {
      if (!session?.examId) return []
      const own = access.ownStations(session)
      return store.stations
        .ofExam(session.examId)
        .filter(({ id, kind }) => kind === 'scored' && own?.has(id))
        .map(({ number, title, heavy, spBrief, script, cues }) => ({
          number,
          title,
          heavy,
          spBrief,
          script,
          // What to look for is the examiner's.
          cues: cues.map(({ text }) => text),
        }))
    },
    'sp.open': ({ encounterId }, context) => form(context, encounterId),
    'sp.answer': ({ statement, value, ...event }, context) =>
      record({
        ...event,
        context,
        payload: { type: 'sp-answer.recorded', statement, value },
        allowed: mayRateIn(context),
      }),
    'sp.comment': ({ text, ...event }, context) =>
      record({ ...event, context, payload: { type: 'sp-comment.recorded', text }, allowed: mayRateIn(context) }),
    'sp.submit': (event, context) => {
      record({
        ...event,
        context,
        payload: { type: 'sp-form.submitted', heard: store.encounters.heard(event.encounterId) },
        allowed: (encounter) => {
          mayRate(context.session, encounter)
          const { n } = spScore(store.encounters.spRecord(event.encounterId).answers)
          if (n < SP_MIN_ANSWERS) throw new AttuneError('too-few-answers', { given: n, needed: SP_MIN_ANSWERS })
        },
      })
      return form(context, event.encounterId)
    },
  }
}
