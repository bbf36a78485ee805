import type { Candidate } from '../domain/exam.ts'
import { rubricOf } from '../domain/rubric.ts'
import { stationMark, type Standard } from '../domain/standard.ts'
import { countedScore } from './encounter-result.ts'
import { encountersOf, scoredStations, type ExamData } from './exam-data.ts'
import { examOutcome, type ExamOutcome } from './outcome.ts'

/** The outcome of everybody by a standard, whether or not it is the one in force; in the order of the candidates. */
export function outcomesBy(data: ExamData, standard: Standard): ({ candidate: Candidate } & ExamOutcome)[] {
  const scored = scoredStations(data)
  const rubrics = new Map(scored.map((station) => [station.id, rubricOf(data, station)]))
  const marks = new Map(scored.map(({ id }) => [id, stationMark(standard, id)]))
  return data.candidates.map((candidate) => {
    const met = encountersOf(data, candidate).flatMap((encounter) => {
      const { stationId } = encounter.slot
      const rubric = rubrics.get(stationId)
      if (!rubric) return []
      const score = countedScore(rubric, encounter)
      const passed = score.value === null ? null : score.value >= (marks.get(stationId) ?? standard.cut)
      return [{ stationId, score, passed, marks: encounter.record.marks }]
    })
    return { candidate, ...examOutcome(met, standard, scored.length) }
  })
}

/** How many have each outcome. */
export const countOutcomes = (outcomes: readonly Pick<ExamOutcome, 'outcome'>[]) => {
  const counted = (outcome: ExamOutcome['outcome']) => outcomes.filter((one) => one.outcome === outcome).length
  return { pass: counted('pass'), fail: counted('fail'), incomplete: counted('incomplete'), review: counted('review') }
}
