import type { EncounterRecord, SpRecord } from '../domain/encounter-record.ts'
import type { Candidate, EncounterSlot, Exam, Station } from '../domain/exam.ts'
import type { PersonId } from '../domain/ids.ts'
import type { Rubric } from '../domain/rubric.ts'
import type { StandardInForce } from '../domain/standard.ts'

/** One encounter at a scored station with everything that was recorded in it. */
export type RecordedEncounter = {
  slot: EncounterSlot
  record: EncounterRecord
  sp: SpRecord
  /** Who gave most of the ratings that stand; null where nobody is named. */
  examinerId: PersonId | null
  /** Length of its encounter phase in milliseconds, extra time included. */
  lengthMs: number
  /** A laptop that recorded something of it recorded more before that, which is not here. */
  isPartial: boolean
}

/** An exam as it was planned, without what was recorded in it. */
export type PlannedExam = {
  exam: Exam
  stations: Station[]
  candidates: Candidate[]
  rubrics: Rubric[]
  /** What outcomes are judged by. */
  standard: StandardInForce
}

/** A whole exam as results are made from it: read once, then pure computation. */
export type ExamData = PlannedExam & {
  /** Scored stations only. */
  encounters: RecordedEncounter[]
}

/** The stations that results are made of: every candidate is to meet each of them once. */
export const scoredStations = ({ stations }: Pick<ExamData, 'stations'>): Station[] =>
  stations.filter(({ kind, rubric }) => kind === 'scored' && rubric !== null)

/** Those of them that count for the outcome: a standard may leave some out. */
export const countedStations = (
  data: Pick<ExamData, 'stations'> & { standard: Pick<StandardInForce, 'excluded'> },
): Station[] => scoredStations(data).filter(({ id }) => !data.standard.excluded.includes(id))

const indexed = new WeakMap<ExamData['encounters'], Map<Candidate['id'], RecordedEncounter[]>>()

/** The encounters of one candidate; found once for everybody, since the reports of a batch ask for each in turn. */
export function encountersOf({ encounters }: Pick<ExamData, 'encounters'>, { id }: Candidate): RecordedEncounter[] {
  const index = indexed.get(encounters) ?? Map.groupBy(encounters, ({ slot }) => slot.candidateId)
  indexed.set(encounters, index)
  return index.get(id) ?? []
}
