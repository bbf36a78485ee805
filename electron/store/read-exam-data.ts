import { clockPlan, type ClockPlan } from '#shared/clock/plan.ts'
import { clockStateSchema } from '#shared/clock/state.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { EncounterId, ExamId } from '#shared/domain/ids.ts'
import { rubricKey } from '#shared/domain/rubric.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import type { Repositories } from './store.ts'

/** Reads all of one exam, for results and reports. Throws 'unknown-exam'. */
export function readExamData(store: Repositories, examId: ExamId): ExamData {
  const exam = store.exams.get(examId)
  if (!exam) throw new AttuneError('unknown-exam')
  const stations = store.stations.ofExam(examId)
  const candidates = store.candidates.ofExam(examId)
  const refs = new Map(stations.flatMap(({ rubric }) => (rubric ? [[rubricKey(rubric), rubric] as const] : [])))
  const scored = new Set(stations.filter(({ kind, rubric }) => kind === 'scored' && rubric).map(({ id }) => id))
  const extraTime = new Map(candidates.map(({ id, extraTimePercent }) => [id, extraTimePercent]))
  return {
    exam,
    stations,
    candidates,
    rubrics: [...refs.values()].flatMap((ref) => store.rubrics.get(ref)?.rubric ?? []),
    encounters: store.encounters
      .ofExam(examId)
      .filter(({ stationId }) => scored.has(stationId))
      .map((slot) => ({
        slot,
        record: store.encounters.record(slot.id),
        sp: store.encounters.spRecord(slot.id),
        lengthMs: encounterLength(store, slot.id, clockPlan(exam.timing, extraTime.get(slot.candidateId) ?? 0)),
      })),
  }
}

/** As its clock had it, time granted while it ran included; as planned where no clock was started. */
function encounterLength(store: Repositories, id: EncounterId, plan: ClockPlan): number {
  const stored = store.encounters.clock(id)
  const phases = stored ? clockStateSchema.parse(stored.state).phases : plan.phases
  return phases.find(({ phase }) => phase === 'encounter')?.durationMs ?? 0
}
