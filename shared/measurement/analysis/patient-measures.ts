import type { DomainId, StationId } from '../../domain/ids.ts'
import type { RubricDomain } from '../../domain/rubric.ts'
import { spStatements, type SpStatement } from '../../domain/sp-form.ts'
import { examDomains } from '../../scoring/candidate-result.ts'
import { isCounted, isFormCounted } from '../../scoring/encounter-result.ts'
import { domainScore } from '../../scoring/encounter-score.ts'
import type { ExamData, RecordedEncounter } from '../../scoring/exam-data.ts'
import {
  agreementByDomain,
  domainOfStatement,
  type DomainAgreement,
  type DomainPair,
} from '../empathy/domain-agreement.ts'
import { empathyRelations, type EmpathyRelations } from '../empathy/relation.ts'
import { cueMeasures, type CueMeasures } from './cue-measures.ts'
import type { ExamMeasures } from './exam-measures.ts'
import { seenByBoth, type SeenByBoth } from './patient-pairs.ts'
import { twoRaters, type TwoRaters } from './patient-raters.ts'

/** Agreement of examiners (x) with SPs (y); above 0 the bias says that examiners score higher. Scores run to 100. */
export type BothAgreement = Omit<DomainAgreement, 'domain'>

/** Do patients see what examiners see? */
export type PatientMeasures = {
  /** Over all encounters with both scores; null without encounters. */
  overall: BothAgreement | null
  raters: TwoRaters
  stations: ({ stationId: StationId; number: number; title: string } & BothAgreement)[]
  /** Domains that a statement of the SP's form speaks of: its answer × 20 beside the examiner's score of the domain. */
  domains: ({ domainId: DomainId; title: string } & BothAgreement)[]
  /** Encounters by both scores, to a tenth of a point: the points of Bland and Altman's chart. */
  points: { examiner: number; patient: number; count: number }[]
  relations: EmpathyRelations
} & CueMeasures

/** What an answer of 1 to 5 is worth on the scale of scores. */
const PER_POINT = 20

export function patientMeasures(data: ExamData, { stations }: ExamMeasures): PatientMeasures {
  const seen = seenByBoth(data, stations)

  const named = new Map<string, RubricDomain>(examDomains(data).map((domain) => [domain.id, domain]))
  return {
    overall: agreementIn(seen, () => '')[0]?.agreement ?? null,
    raters: twoRaters(seen),
    stations: agreementIn(seen, ({ station }) => station.id).flatMap(({ key, agreement }) => {
      const found = stations.find(({ station }) => station.id === key)?.station
      return found ? [{ stationId: found.id, number: found.number, title: found.title, ...agreement }] : []
    }),
    domains: agreementByDomain(seen.flatMap(domainPairs)).flatMap(({ domain, ...agreement }) => {
      const found = named.get(domain)
      return found ? [{ domainId: found.id, title: found.title, ...agreement }] : []
    }),
    points: pointsOf(seen),
    relations: empathyRelations(
      seen.map(({ encounter, examiner }) => ({
        candidate: encounter.slot.candidateId,
        examiner,
        answers: answersOf(encounter),
      })),
    ),
    ...cueMeasures(seen.filter(({ encounter }) => isCounted(encounter))),
  }
}

/** Agreement of the whole scores in groups of encounters, by the order of their first. */
const agreementIn = (seen: readonly SeenByBoth[], keyOf: (one: SeenByBoth) => string) =>
  agreementByDomain(
    seen.map((one) => ({
      candidate: one.encounter.slot.candidateId,
      domain: keyOf(one),
      examiner: one.examiner,
      patient: one.patient,
    })),
  ).map(({ domain: key, ...agreement }) => ({ key, agreement }))

/** What the SP answered, where the form counts. */
function answersOf(encounter: RecordedEncounter): Partial<Record<SpStatement, number>> {
  if (!isFormCounted(encounter)) return {}
  return Object.fromEntries(
    encounter.sp.answers.flatMap(({ statement, value }) => (typeof value === 'number' ? [[statement, value]] : [])),
  )
}

/** Every domain of an encounter that a statement speaks of. */
function domainPairs({ rubric, encounter }: SeenByBoth): DomainPair[] {
  const answers = answersOf(encounter)
  return rubric.domains.flatMap((domain) => {
    const statement = statementOf.get(domain.id)
    if (statement === undefined) return []
    const answer = answers[statement]
    return [
      {
        candidate: encounter.slot.candidateId,
        domain: domain.id,
        examiner: isCounted(encounter)
          ? domainScore(domain, rubric.points.length, encounter.record.ratings).value
          : null,
        patient: answer === undefined ? null : answer * PER_POINT,
      },
    ]
  })
}

const statementOf = new Map<string, SpStatement>(
  spStatements.flatMap((statement) => {
    const domain = domainOfStatement[statement]
    return domain === null ? [] : [[domain, statement] as const]
  }),
)

function pointsOf(seen: readonly SeenByBoth[]): PatientMeasures['points'] {
  const points = new Map<string, PatientMeasures['points'][number]>()
  for (const { examiner: x, patient: y } of seen) {
    if (x === null || y === null) continue
    const [examiner, patient] = [toTenth(x), toTenth(y)]
    const key = `${examiner} ${patient}`
    const point = points.get(key) ?? { examiner, patient, count: 0 }
    point.count += 1
    points.set(key, point)
  }
  return [...points.values()].toSorted((a, b) => a.examiner - b.examiner || a.patient - b.patient)
}

const toTenth = (score: number): number => Math.round(score * 10) / 10
