import { type Incident, type Mark, type RatingValue } from '#shared/domain/encounter.ts'
import { encounterRecordSchema, type EncounterRecord, type SpRecord } from '#shared/domain/encounter-record.ts'
import {
  candidateSchema,
  encounterSlotSchema,
  stationSchema,
  type Candidate,
  type Exam,
  type Station,
} from '#shared/domain/exam.ts'
import { personIdSchema } from '#shared/domain/ids.ts'
import { rubricItems, type Rubric } from '#shared/domain/rubric.ts'
import { spAnswerSchema, spStatements, type SpAnswerValue } from '#shared/domain/sp-form.ts'
import { declaredStandard } from '#shared/domain/standard.ts'
import { candidateResult, cohortProfile } from '#shared/scoring/candidate-result.ts'
import type { ExamData, RecordedEncounter } from '#shared/scoring/exam-data.ts'
import type { CandidateResult } from '#shared/domain/results.ts'
import { smallExam } from './small-exam.ts'

/** What was recorded in an encounter; behaviours and statements are named by their place, from 0. */
export type Recorded = {
  status: EncounterRecord['status']
  isPartial?: boolean
  /** Who examined. */
  examiner?: string
  /** The behaviours' ratings in the rubric's order; undefined: without a mark. */
  ratings?: readonly (RatingValue | undefined)[]
  globalRating?: string
  missing?: readonly { item: number | 'global-rating'; reason: string }[]
  notes?: readonly { item: number | null; text: string }[]
  marks?: readonly Partial<Mark>[]
  incidents?: readonly Incident[]
  absenceReason?: string
  /** The statements' answers in their order; absent: no form was submitted. */
  sp?: readonly (SpAnswerValue | undefined)[]
  spComment?: string
  amendments?: EncounterRecord['amendments']
  conflicts?: EncounterRecord['conflicts']
  spPart?: Partial<SpRecord>
}

export type RecordedExam = {
  exam?: Partial<Exam>
  rubric?: Rubric
  /** Scored stations, numbered from 1, with what differs from a plain one. */
  stations: readonly Partial<Station>[]
  /** Candidates 1001, 1002 …, with what differs from a plain one. */
  candidates: readonly Partial<Candidate>[]
  /** What was recorded of a candidate at a station, both counted from 0. */
  /** undefined: the rotation has no encounter there. */
  record: (candidate: number, station: number) => Recorded | undefined
}

/** Every behaviour of the empathy rubric rated with the same value. */
export const allRated = (value: RatingValue): RatingValue[] => Array.from({ length: 12 }, () => value)

/** An exam as results and reports read it, without a database. */
export function recordedExam({ exam, rubric: own, stations, candidates, record }: RecordedExam): ExamData {
  const small = smallExam()
  const rubric = own ?? small.rubric
  const data = {
    exam: { ...small.exam, ...exam },
    rubrics: [rubric],
    stations: stations.map((more, index) =>
      stationSchema.parse({
        ...small.stations[0],
        id: `station-${index + 1}`,
        number: index + 1,
        title: `Station ${index + 1}`,
        rubric: { id: rubric.id, version: rubric.version },
        ...more,
      }),
    ),
    candidates: candidates.map((more, index) =>
      candidateSchema.parse({
        ...small.candidates[0],
        id: `candidate-${index + 1}`,
        number: String(1001 + index),
        name: `Candidate ${index + 1}`,
        ...more,
      }),
    ),
  }
  return {
    ...data,
    standard: declaredStandard(data.exam),
    encounters: data.candidates.flatMap((candidate, c) =>
      data.stations.flatMap((station, s) => {
        const recorded = station.kind === 'rest' ? undefined : record(c, s)
        return recorded ? [encounterOf(data, rubric, { candidate, station, recorded })] : []
      }),
    ),
  }
}

/** What one candidate of it is told, counted from 0. */
export function resultOf(data: ExamData, index = 0): CandidateResult {
  const candidate = data.candidates[index]
  if (!candidate) throw new Error(`there is no candidate ${index}`)
  return candidateResult(data, candidate, cohortProfile(data))
}

type Parts = { candidate: Candidate; station: Station; recorded: Recorded }

function encounterOf(
  { exam }: Pick<ExamData, 'exam'>,
  rubric: Rubric,
  { candidate, station, recorded }: Parts,
): RecordedEncounter {
  const items = rubricItems(rubric)
  const id = `encounter-${station.number}-${candidate.number}`
  const itemId = (item: number | 'global-rating' | null) => (typeof item === 'number' ? items[item]?.id : item)
  return {
    lengthMs: exam.timing.encounterSeconds * 1000,
    isPartial: recorded.isPartial ?? false,
    examinerId: recorded.examiner === undefined ? null : personIdSchema.parse(recorded.examiner),
    slot: encounterSlotSchema.parse({
      id,
      examId: exam.id,
      stationId: station.id,
      candidateId: candidate.id,
      round: station.number,
      startsAtSecond: 32_400 + station.number * 600,
    }),
    record: encounterRecordSchema.parse({
      encounterId: id,
      status: recorded.status,
      confirmation: recorded.status === 'open' || recorded.status === 'submitted' ? 'confirmed' : null,
      ratings: (recorded.ratings ?? []).flatMap((value, index) =>
        value === undefined ? [] : [{ itemId: itemId(index), value, eventId: `${id}-${index}`, atMs: index * 30_000 }],
      ),
      notes: (recorded.notes ?? []).map(({ item, text }) => ({ itemId: itemId(item), text })),
      marks: (recorded.marks ?? []).map((mark, index) => ({
        id: `${id}-mark-${index}`,
        kind: 'moment',
        type: 'named',
        atMs: 60_000 * (index + 1),
        cue: null,
        quote: '',
        review: null,
        ...mark,
      })),
      globalRating: recorded.globalRating ?? null,
      missing: (recorded.missing ?? []).map(({ item, reason }) => ({ item: itemId(item), reason })),
      incidents: recorded.incidents ?? [],
      absenceReason: recorded.absenceReason ?? null,
      spStatus: recorded.sp === undefined ? 'open' : 'submitted',
      amendments: recorded.amendments ?? [],
      conflicts: recorded.conflicts ?? [],
    }),
    sp: {
      answers: spStatements.flatMap((statement, index) => {
        const value = recorded.sp?.[index]
        return value === undefined ? [] : [spAnswerSchema.parse({ statement, value })]
      }),
      comment: recorded.spComment ?? '',
      amendments: [],
      conflicts: [],
      ...recorded.spPart,
    },
  }
}
