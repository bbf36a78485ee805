import type { CandidateId } from '../../domain/ids.ts'
import type { Scenario } from '../../domain/scenario.ts'
import type { ExamData } from '../../scoring/exam-data.ts'
import type { ExamOutcome } from '../../scoring/outcome.ts'
import { countOutcomes, outcomesBy } from '../../scoring/outcomes.ts'
import { scenarioStandard, type ScenarioStandard } from './scenario-standard.ts'

/** What a scenario would change, beside the standard in force. */
export type WhatIf = ScenarioStandard & {
  before: ReturnType<typeof countOutcomes>
  /** null where the scenario comes to no standard. */
  after: ReturnType<typeof countOutcomes> | null
  /** Everybody whose outcome would be another, in the order of the candidates, with what it hangs on. */
  changes: { candidateId: CandidateId; number: string; from: ExamOutcome; to: ExamOutcome }[]
}

export function whatIf(data: ExamData, scenario: Scenario): WhatIf {
  const would = scenarioStandard(data, scenario)
  const inForce = outcomesBy(data, data.standard)
  const before = countOutcomes(inForce)
  if (would.standard === null) return { ...would, before, after: null, changes: [] }
  const then = outcomesBy(data, would.standard)
  return {
    ...would,
    before,
    after: countOutcomes(then),
    changes: inForce.flatMap(({ candidate: { id, number }, ...from }, at) => {
      const { candidate: _, ...to } = then[at] ?? { candidate: null, ...from }
      return from.outcome === to.outcome ? [] : [{ candidateId: id, number, from, to }]
    }),
  }
}
