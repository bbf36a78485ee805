import { spStatements, type SpStatement } from '../../domain/sp-form.ts'
import { pearson, spearman, type Correlation } from '../raters/correlation.ts'
import type { Pair } from '../raters/pairs.ts'
import { levelsOf } from '../data/levels.ts'
import { at } from '../data/vector.ts'
import type { Statistic } from '../statistic.ts'
import type { Warning } from '../terms.ts'
import { clusteredPearson, perCandidate, type ClusteredPairs } from './clustered-correlation.ts'

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
  const candidates = levelsOf(encounters.map(({ candidate }) => candidate)).of
  return {
    alliance: relation(encounters, candidates, allianceOf),
    statements: spStatements.map((statement) => ({
      statement,
      relation: relation(encounters, candidates, ({ answers }) => answers[statement] ?? null),
    })),
  }
}

function allianceOf({ answers }: EmpathyEncounter): number | null {
  let [sum, answered] = [0, 0]
  for (const statement of allianceStatements) {
    const answer = answers[statement] ?? null
    if (answer === null) continue
    sum += answer
    answered++
  }
  return answered < LEAST_ANSWERS ? null : sum / answered
}

function relation(
  encounters: readonly EmpathyEncounter[],
  numbers: Int32Array,
  patient: (encounter: EmpathyEncounter) => number | null,
): Relation {
  const pairs: Pair[] = []
  const candidates: number[] = []
  // From one of the scores: no correlation depends on it, and means of large scores lose no digits.
  const origin = encounters.find(({ examiner }) => examiner !== null)?.examiner ?? 0
  encounters.forEach((encounter, i) => {
    const y = patient(encounter)
    if (encounter.examiner === null || y === null) return
    pairs.push([encounter.examiner - origin, y])
    candidates.push(at(numbers, i))
  })
  const means = candidateMeans({ pairs, candidates })
  const warnings: Warning[] = ['correlation-ignores-level', 'not-a-cause', 'stations-pooled']
  if (means.length < pairs.length) warnings.push('several-per-candidate')
  return {
    encounters: clusteredPearson({ pairs, candidates }, warnings),
    candidates: { pearson: told(pearson(means)), spearman: told(spearman(means)) },
  }
}

function candidateMeans({ pairs, candidates }: ClusteredPairs): Pair[] {
  const [n, x, y] = [perCandidate(candidates), perCandidate(candidates), perCandidate(candidates)]
  pairs.forEach((pair, i) => {
    n.add(i, 1)
    x.add(i, pair[0])
    y.add(i, pair[1])
  })
  const [counts, sumsX, sumsY] = [n.sums(), x.sums(), y.sums()]
  return counts.map((count, i): Pair => [at(sumsX, i) / count, at(sumsY, i) / count])
}

const told = (figure: Correlation): Correlation => ({ ...figure, warnings: [...figure.warnings, 'not-a-cause'] })
