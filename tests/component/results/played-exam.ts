import type { Amendment, Conflict } from '#shared/domain/amendment.ts'
import type { Mark, Missing } from '#shared/domain/encounter.ts'
import { encounterRecordSchema } from '#shared/domain/encounter-record.ts'
import type { EncounterStatus } from '#shared/domain/exam.ts'
import { sessionSchema } from '#shared/domain/session.ts'
import { spStatements } from '#shared/domain/sp-form.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import type { CandidateResult, CohortResult } from '#shared/domain/results.ts'
import { declaredStandard } from '#shared/domain/standard.ts'
import { candidateResult, cohortProfile } from '#shared/scoring/candidate-result.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import type { ExamData, RecordedEncounter } from '#shared/scoring/exam-data.ts'
import { fakeBridge, type Answers, type FakeBridge } from '#tests/support/fake-bridge.ts'
import { smallExam } from '#tests/support/small-exam.ts'

const small = smallExam()
export const examId = small.exam.id

/** What somebody recorded in an encounter; nothing given: nobody came yet. */
export type Played = {
  status?: EncounterStatus
  /** The point every behaviour is rated with. */
  points?: number
  /** How many behaviours are rated, from the first. */
  rated?: number
  globalRating?: string | null
  missing?: { item: number | 'global-rating'; reason: string }[]
  marks?: Mark[]
  /** What the SP answers to each statement; absent: no form. */
  sp?: number
  spComment?: string
  absenceReason?: string
  /** Under the first behaviour. */
  note?: string
  /** On the encounter as a whole. */
  generalNote?: string
  amendments?: Amendment[]
  conflicts?: Conflict[]
}

const items = rubricItems(small.rubric)
const ITEMS = items.length

function encounter(slot: ExamData['encounters'][number]['slot'], played: Played): RecordedEncounter {
  const { status = 'scheduled', points = 4, sp } = played
  const rated = played.rated ?? (status === 'submitted' ? ITEMS : 0)
  const missing = (played.missing ?? []).flatMap(({ item, reason }): Missing[] => {
    if (item === 'global-rating') return [{ item, reason }]
    const found = items[item]
    return found ? [{ item: found.id, reason }] : []
  })
  return {
    slot,
    lengthMs: 480_000,
    isPartial: false,
    examinerId: null,
    record: encounterRecordSchema.parse({
      encounterId: slot.id,
      status,
      confirmation: status === 'open' || status === 'submitted' ? 'confirmed' : null,
      ratings: items
        .slice(0, rated)
        .map(({ id }, index) => ({ itemId: id, value: points, eventId: `event-${index}`, atMs: 1000 * index })),
      notes: [
        ...(played.note === undefined ? [] : [{ itemId: items[0]?.id, text: played.note }]),
        ...(played.generalNote === undefined ? [] : [{ itemId: null, text: played.generalNote }]),
      ],
      marks: played.marks ?? [],
      globalRating: played.globalRating === undefined ? (status === 'submitted' ? 'pass' : null) : played.globalRating,
      missing,
      incidents: [],
      absenceReason: played.absenceReason ?? null,
      spStatus: sp === undefined ? 'open' : 'submitted',
      amendments: played.amendments ?? [],
      conflicts: played.conflicts ?? [],
    }),
    sp: {
      answers: sp === undefined ? [] : spStatements.map((statement) => ({ statement, value: sp })),
      comment: played.spComment ?? '',
      amendments: [],
      conflicts: [],
    },
  }
}

/** The small exam with what was recorded in it: two scored stations by candidate, in the order of the numbers. */
export function played(...rows: [Played, Played][]): ExamData {
  const slots = small.slots.filter(({ stationId }) => stationId !== 'station-3')
  return {
    exam: small.exam,
    stations: small.stations,
    candidates: small.candidates,
    rubrics: [small.rubric],
    standard: declaredStandard(small.exam),
    encounters: slots.map((slot) => {
      const row = small.candidates.findIndex(({ id }) => id === slot.candidateId)
      const column = slot.stationId === 'station-1' ? 0 : 1
      return encounter(slot, rows[row]?.[column] ?? {})
    }),
  }
}

/** The same exam with a candidate who came late and for whom no rounds were added. */
export function withoutPlace(data: ExamData, candidate: 0 | 1 | 2): ExamData {
  const { id } = small.candidates[candidate]
  return { ...data, encounters: data.encounters.filter(({ slot }) => slot.candidateId !== id) }
}

export const redFlag = (review: Mark['review'] = null): Mark => ({
  id: 'mark-1' as Mark['id'],
  kind: 'red-flag',
  type: 'false-promise',
  atMs: 250_000,
  cue: null,
  quote: '“I promise you that.”',
  review,
})

/** Every state a cell can have, and one red flag that waits. */
export const variedDay = (): ExamData =>
  played(
    [
      { status: 'submitted', points: 5, sp: 3 },
      { status: 'submitted', rated: 11, sp: 4, missing: [{ item: 11, reason: 'My view was blocked' }] },
    ],
    [{ status: 'open', rated: 5 }, {}],
    [
      { status: 'absent', absenceReason: 'Did not come to the door' },
      { status: 'submitted', points: 3, marks: [redFlag()] },
    ],
  )

export const cohortOf = (data: ExamData): CohortResult => cohortResult(data)

export function candidateOf(data: ExamData, number: 0 | 1 | 2): CandidateResult {
  return candidateResult(data, small.candidates[number], cohortProfile(data))
}

/** A host at which a director sits, with these results. */
export function resultsBridge(data: ExamData, more: Answers = {}): FakeBridge {
  return fakeBridge({
    'app.info': {
      version: '0.1.0',
      host: 'web',
      storage: { state: 'ok', events: 10, lastWriteAt: null, reserve: 'kept', broken: null },
    },
    'settings.get': { soundVolume: 0.5, paper: 'A4', idleLockMinutes: 10 },
    'session.get': sessionSchema.parse({ role: 'director', examId: null, personId: null, handedOver: null }),
    'exam.list': [],
    'job.list': [],
    'results.cohort': cohortOf(data),
    'results.candidate': ({ candidateId }) => {
      const at = data.candidates.findIndex(({ id }) => id === candidateId)
      return candidateOf(data, at === 1 ? 1 : at === 2 ? 2 : 0)
    },
    'results.encounter': ({ encounterId }) => {
      const found = data.encounters.find(({ slot }) => slot.id === encounterId)
      if (!found) return { ok: false, code: 'not-found', params: {} }
      return { ...found.record, sp: found.sp }
    },
    ...more,
  })
}

export const at = (section = '') => `/exams/${examId}/results/${section}`
