import { spStatements, type SpStatement } from '../../domain/sp-form.ts'
import { pearson, spearman, type Correlation } from '../raters/correlation.ts'
import type { Pair } from '../raters/pairs.ts'
import type { Statistic } from '../statistic.ts'
import type { Warning } from '../terms.ts'
import { clusteredPearson, type ClusteredPair } from './clustered-correlation.ts'

/** One encounter as both saw it. */
export type EmpathyEncounter = {
  candidate: string
  /** The examiner's empathy score, in the unit of the exam's scale; null where it is missing or withheld. */
  examiner: number | null
  /** The SP's answers, 1 to 5; a statement that was not answered, or does not apply, is absent or null. */
  answers: Readonly<Partial<Record<SpStatement, number | null>>>
}

/**
 * How the examiner's empathy score goes with what the patient lived through, first step of the chain empathy, alliance,
 * the patient follows the plan. Both over encounters, with an interval that allows for several encounters of a candidate,
 * and over the means of candidates, where every candidate counts once and the usual intervals hold. A relation is no
 * cause: examiner and patient saw the same encounter, and a station that is easy for one is easy for the other.
 */
export type Relation = {
  /** Over encounters; the interval allows for several of one candidate. */
  encounters: Statistic
  /** Over the means of each candidate's encounters. */
  candidates: { pearson: Correlation; spearman: Correlation }
}

export type EmpathyRelations = {
  /** With the mean of the statements of alliance. */
  alliance: Relation
  /** With each statement, in the order of the form. */
  statements: { statement: SpStatement; relation: Relation }[]
}

/** What the patient felt of the alliance; "would follow the plan" and "would return" are what may come of it. */
export const allianceStatements = [
  'listened',
  'view-understood',
  'feelings-recognised',
  'limits-safe',
  'helped',
] as const satisfies readonly SpStatement[]

/** More than half of the alliance statements make a mean. */
const LEAST_ANSWERS = 3

export function empathyRelations(encounters: readonly EmpathyEncounter[]): EmpathyRelations {
  return {
    alliance: relation(encounters, allianceOf),
    statements: spStatements.map((statement) => ({
      statement,
      relation: relation(encounters, ({ answers }) => answers[statement] ?? null),
    })),
  }
}

function allianceOf({ answers }: EmpathyEncounter): number | null {
  const given = allianceStatements.flatMap((statement) => answers[statement] ?? [])
  return given.length < LEAST_ANSWERS ? null : given.reduce((sum, answer) => sum + answer, 0) / given.length
}

function relation(
  encounters: readonly EmpathyEncounter[],
  patient: (encounter: EmpathyEncounter) => number | null,
): Relation {
  const known = encounters.flatMap((encounter): ClusteredPair[] => {
    const y = patient(encounter)
    return encounter.examiner === null || y === null
      ? []
      : [{ cluster: encounter.candidate, pair: [encounter.examiner, y] }]
  })
  const byCandidate = Map.groupBy(known, ({ cluster }) => cluster)
  const means = [...byCandidate.values()].map((own): Pair => [
    own.reduce((sum, { pair: [x] }) => sum + x, 0) / own.length,
    own.reduce((sum, { pair: [, y] }) => sum + y, 0) / own.length,
  ])
  const warnings: Warning[] = ['correlation-ignores-level', 'not-a-cause', 'stations-pooled']
  if (byCandidate.size < known.length) warnings.push('several-per-candidate')
  return {
    encounters: clusteredPearson(known, warnings),
    candidates: { pearson: told(pearson(means)), spearman: told(spearman(means)) },
  }
}

const told = (figure: Correlation): Correlation => ({ ...figure, warnings: [...figure.warnings, 'not-a-cause'] })
