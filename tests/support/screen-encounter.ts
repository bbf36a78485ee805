import type { EncounterView } from '#shared/contract/parts/encounters.ts'
import { candidateSchema, stationSchema, type EncounterStatus } from '#shared/domain/exam.ts'
import { encounterIdSchema, eventIdSchema, type EncounterId } from '#shared/domain/ids.ts'
import { sessionSchema, type Session } from '#shared/domain/session.ts'
import { fakeBridge, type Answers, type FakeBridge } from './fake-bridge.ts'
import { screenExam } from './screen-exam.ts'
import { empathyRubric } from './small-exam.ts'

const { exam, examiner, sp, slot } = screenExam()
const rubric = empathyRubric()

export const screenRubric = rubric

/** Each test has an encounter of its own, so that what one leaves in the browser's storage is none of another's. */
let count = 0
export function freshEncounterId(): EncounterId {
  count += 1
  return encounterIdSchema.parse(`encounter-${count}`)
}

/** An encounter as the host opens it: identity confirmed and the clock at 2:00 of 8:00, unless told. */
export function encounterView(
  id: EncounterId,
  status: EncounterStatus = 'open',
  over: Partial<EncounterView['record']> = {},
): EncounterView {
  return {
    slot: { ...slot, id },
    station: stationSchema.parse({
      id: slot.stationId,
      examId: exam.id,
      number: 3,
      circuit: 1,
      kind: 'scored',
      title: 'A bereavement visit',
      candidateTask: 'Visit Mr Falk.',
      examinerBrief: 'Look for silence that is allowed to last.',
      script: 'You are Mr Falk.',
      spBrief: 'Quiet.',
      cues: [{ text: 'Looks at the empty chair.', lookFor: 'Stops.' }],
      structuralBarriers: [],
      rubric: { id: rubric.id, version: rubric.version },
      heavy: true,
    }),
    candidate: candidateSchema.parse({
      id: slot.candidateId,
      examId: exam.id,
      number: '1017',
      name: 'Robin Beispiel',
      group: '',
      extraTimePercent: 0,
    }),
    rubric,
    record: {
      encounterId: id,
      status,
      confirmation: status === 'open' || status === 'submitted' ? eventIdSchema.parse(`confirmed-${id}`) : null,
      ratings: [],
      notes: [],
      marks: [],
      amendments: [],
      conflicts: [],
      globalRating: null,
      missing: [],
      incidents: [],
      absenceReason: status === 'absent' ? 'Did not appear' : null,
      spStatus: 'open',
      ...over,
    },
    clock: {
      status: 'running',
      phase: 'encounter',
      phases: [
        { phase: 'reading', durationMs: 60_000 },
        { phase: 'encounter', durationMs: 480_000 },
      ],
      remainingMs: 360_000,
      elapsedInEncounterMs: 120_000,
      pausedMs: 0,
      pauseReason: null,
      extraMs: 0,
      warnings: [{ phase: 'encounter', remainingMs: 60_000, given: false }],
      overMs: 0,
    },
    away: null,
    sps: [{ id: sp.id, name: sp.name }],
  }
}

const seat = (over: Partial<Session>): Session =>
  sessionSchema.parse({ role: 'examiner', examId: exam.id, personId: examiner.id, handedOver: null, ...over })

export const examinerSession = (): Session => seat({})
export const spSession = (handedOver: EncounterId | null = null): Session =>
  seat({ role: 'sp', personId: sp.id, handedOver })

/** A host at which the examiner sits and every write succeeds. */
export function examHost(answers: Answers = {}): FakeBridge {
  return fakeBridge({
    'app.info': {
      version: '0.1.0',
      host: 'web',
      storage: { state: 'ok', events: 0, lastWriteAt: null, reserve: 'kept', broken: null },
    },
    'settings.get': { soundVolume: 0, paper: 'A4', idleLockMinutes: 10 },
    'session.get': examinerSession(),
    'exam.list': [{ exam, putAway: false, stations: 3, candidates: 3, encounters: 6, submitted: 0, absent: 0 }],
    'exam.roster': [],
    'encounter.schedule': [],
    'sp.schedule': [],
    'sp.parts': [],
    'rating.record': ({ eventId }) => ({ eventId, atMs: 121_000 }),
    'globalRating.record': ({ eventId }) => ({ eventId, atMs: 121_000 }),
    'note.record': ({ eventId }) => ({ eventId, atMs: 121_000 }),
    'mark.make': ({ markId, kind, type }) => ({
      id: markId,
      kind,
      type,
      atMs: 121_000,
      cue: null,
      quote: '',
      review: null,
    }),
    'mark.annotate': ({ eventId }) => ({ eventId, atMs: 121_000 }),
    'mark.undo': ({ eventId }) => ({ eventId, atMs: 121_000 }),
    'sp.answer': ({ eventId }) => ({ eventId, atMs: null }),
    'sp.comment': ({ eventId }) => ({ eventId, atMs: null }),
    ...answers,
  })
}
