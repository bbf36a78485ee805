import type { Candidate } from '../domain/exam.ts'
import type { CandidateResult, Quartiles, StationResult } from '../domain/results.ts'
import { rubricItems, rubricOf, type RubricDomain } from '../domain/rubric.ts'
import type { Score, Withheld } from '../domain/scores.ts'
import { stationMark } from '../domain/standard.ts'
import { meanOf, quartiles } from './distribution.ts'
import { isCounted, itemFeedback, stationResult } from './encounter-result.ts'
import { encountersOf, scoredStations, type ExamData } from './exam-data.ts'
import { settled } from './means.ts'
import { examOutcome } from './outcome.ts'

const PLAN_LENGTH = 3
/** A candidate is not shown peers of fewer than ten: they would be told apart. */
const MIN_PEERS = 10

/** What a cohort's profile is made of, computed once for all of its reports. */
export type CohortProfile = Map<RubricDomain['id'], Quartiles>

/** The stations of one candidate in the order of their numbers. */
export function stationResults(data: ExamData, candidate: Candidate): StationResult[] {
  const own = encountersOf(data, candidate)
  return data.stations.flatMap((station) => {
    const encounter = own.find(({ slot }) => slot.stationId === station.id)
    const rubric = rubricOf(data, station)
    return encounter && rubric ? [stationResult(rubric, encounter, stationMark(data.standard, station.id))] : []
  })
}

/** Every domain of the exam's rubrics once, by id. */
export function examDomains(data: Pick<ExamData, 'rubrics'>): RubricDomain[] {
  const domains = new Map(data.rubrics.flatMap((rubric) => rubric.domains.map((domain) => [domain.id, domain])))
  return [...domains.values()]
}

/** Mean of one domain over a candidate's stations; `n` counts stations. */
export function domainMean(results: readonly StationResult[], domainId: RubricDomain['id']): Score {
  const values = results.flatMap(({ domains }) =>
    domains.flatMap(({ domainId: id, score }) => (id === domainId && score.value !== null ? [score.value] : [])),
  )
  return meanScore(values, 'too-few-rated')
}

/** Mean of the SPs' forms over a candidate's stations; `n` counts forms. */
export const patientsMean = (results: readonly StationResult[]): Score =>
  meanScore(
    results.flatMap(({ sp }) => sp.value ?? []),
    'not-submitted',
  )

function meanScore(values: readonly number[], withheld: Withheld): Score {
  const mean = meanOf(values)
  return mean === null
    ? { value: null, n: 0, reason: withheld }
    : { value: settled(mean), n: values.length, reason: null }
}

/** The middle half of the cohort in each domain. */
export function cohortProfile(data: ExamData): CohortProfile {
  const everybody = data.candidates.map((candidate) => stationResults(data, candidate))
  return new Map(
    examDomains(data).map(({ id }) => [
      id,
      quartiles(
        everybody.flatMap((results) => domainMean(results, id).value ?? []),
        MIN_PEERS,
      ),
    ]),
  )
}

/** The page of one candidate, on screen and on paper. */
export function candidateResult(data: ExamData, candidate: Candidate, profile: CohortProfile): CandidateResult {
  const results = stationResults(data, candidate)
  const scored = results
    .flatMap((result) => (result.score.value === null ? [] : [{ id: result.encounterId, value: result.score.value }]))
    .toSorted((a, b) => b.value - a.value)
  return {
    exam: data.exam,
    candidate,
    stations: data.stations,
    rubrics: data.rubrics,
    standard: data.standard,
    ...examOutcome(results, data.standard, scoredStations(data).length),
    domains: examDomains(data).map((domain) => ({
      domainId: domain.id,
      title: domain.title,
      colour: domain.colour,
      score: domainMean(results, domain.id),
      cohort: profile.get(domain.id) ?? { n: 0, q1: null, median: null, q3: null },
    })),
    sp: patientsMean(results),
    results,
    strongest: scored[0]?.id ?? null,
    weakest: scored.length > 1 ? (scored.at(-1)?.id ?? null) : null,
    actionPlan: actionPlan(data, candidate),
  }
}

/**
 * The behaviours with the lowest mean over the stations, each with where it showed and the anchor to reach next. Stations
 * may be rated on scales of different lengths: behaviours are compared by their share of the scale, and each is told on
 * the scale of the station at which it was weakest.
 */
function actionPlan(data: ExamData, candidate: Candidate): CandidateResult['actionPlan'] {
  const own = encountersOf(data, candidate)
  const shown = data.stations.flatMap((station) => {
    const encounter = own.find(({ slot }) => slot.stationId === station.id)
    const rubric = rubricOf(data, station)
    if (!rubric || !encounter || !isCounted(encounter)) return []
    const points = rubric.points.length
    return itemFeedback(rubric, encounter).map((item) => ({
      item,
      rubric,
      points,
      share: item.value / points,
      number: station.number,
    }))
  })
  const byItem = Map.groupBy(shown, ({ item }) => item.itemId)
  return [...byItem.values()]
    .flatMap((entries) => {
      const weakest = entries.toSorted((a, b) => a.share - b.share)[0]
      const share = meanOf(entries.map((entry) => entry.share))
      if (!weakest || share === null) return []
      const { item, rubric, points } = weakest
      const mean = settled(share * points)
      const anchors = rubricItems(rubric).find(({ id }) => id === item.itemId)?.anchors
      const step = {
        itemId: item.itemId,
        title: item.title,
        mean,
        points,
        n: entries.length,
        advice: item.advice,
        nextAnchor: anchors?.[Math.floor(mean)] ?? null,
        stationNumbers: entries.filter((entry) => entry.share === weakest.share).map(({ number }) => number),
      }
      return [{ step, share: settled(share) }]
    })
    .filter(({ step }) => step.nextAnchor !== null)
    .toSorted((a, b) => a.share - b.share)
    .slice(0, PLAN_LENGTH)
    .map(({ step }) => step)
}
