import { clockPlan, type ClockPlan } from '#shared/clock/plan.ts'
import { clockStateSchema } from '#shared/clock/state.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterSlot } from '#shared/domain/exam.ts'
import type { CandidateId, EncounterId, ExamId } from '#shared/domain/ids.ts'
import { rubricKey } from '#shared/domain/rubric.ts'
import { declaredStandard } from '#shared/domain/standard.ts'
import { scoredStations, type ExamData, type PlannedExam } from '#shared/scoring/exam-data.ts'
import type { Repositories } from './store.ts'

/** Reads all of one exam, for results and reports. Throws 'unknown-exam'. */
export function readExamData(store: Repositories, examId: ExamId): ExamData {
  const planned = readPlannedExam(store, examId)
  return withEncounters(store, planned, store.encounters.ofExam(examId), store.chains.partial(examId))
}

/** Reads the same of one candidate at a time, as good for their own results. What goes through every event is read once. */
export function candidateReader(store: Repositories, planned: PlannedExam): (id: CandidateId) => ExamData {
  const partial = store.chains.partial(planned.exam.id)
  return (id) => withEncounters(store, planned, store.encounters.ofCandidate(id), partial)
}

/** Reads an exam without what was recorded in it. Throws 'unknown-exam'. */
export function readPlannedExam(store: Repositories, examId: ExamId): PlannedExam {
  const exam = store.exams.get(examId)
  if (!exam) throw new AttuneError('unknown-exam')
  const stations = store.stations.ofExam(examId)
  const refs = new Map(stations.flatMap(({ rubric }) => (rubric ? [[rubricKey(rubric), rubric] as const] : [])))
  return {
    exam,
    stations,
    candidates: store.candidates.ofExam(examId),
    rubrics: [...refs.values()].flatMap((ref) => store.rubrics.get(ref)?.rubric ?? []),
    standard: store.standards.decided(examId)[0] ?? declaredStandard(exam),
  }
}

function withEncounters(
  store: Repositories,
  planned: PlannedExam,
  slots: readonly EncounterSlot[],
  partial: ReadonlySet<EncounterId>,
): ExamData {
  const { timing } = planned.exam
  const scored = new Set(scoredStations(planned).map(({ id }) => id))
  const extraTime = new Map(planned.candidates.map(({ id, extraTimePercent }) => [id, extraTimePercent]))
  return {
    ...planned,
    encounters: slots
      .filter(({ stationId }) => scored.has(stationId))
      .map((slot) => ({
        slot,
        record: store.encounters.record(slot.id),
        sp: store.encounters.spRecord(slot.id),
        examinerId: store.encounters.examinerOf(slot.id),
        isPartial: partial.has(slot.id),
        lengthMs: encounterLength(store, slot.id, clockPlan(timing, extraTime.get(slot.candidateId) ?? 0)),
      })),
  }
}

/** As its clock had it, time granted while it ran included; as planned where no clock was started. */
function encounterLength(store: Repositories, id: EncounterId, plan: ClockPlan): number {
  const stored = store.encounters.clock(id)
  const phases = stored ? clockStateSchema.parse(stored.state).phases : plan.phases
  return phases.find(({ phase }) => phase === 'encounter')?.durationMs ?? 0
}
