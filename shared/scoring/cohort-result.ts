import { byCandidateNumber } from '../domain/candidate-number.ts'
import type { Cell, CohortResult } from '../domain/results.ts'
import { rubricItems, rubricOf } from '../domain/rubric.ts'
import { stationMark } from '../domain/standard.ts'
import { attention } from './attention.ts'
import { domainMean, examDomains, patientsMean, stationResults } from './candidate-result.ts'
import { correlation, distribution, meanDifference, pairedMeans, type Pair } from './distribution.ts'
import { cellOf } from './encounter-result.ts'
import { scoredStations, type ExamData } from './exam-data.ts'
import { examOutcome } from './outcome.ts'
import { countOutcomes } from './outcomes.ts'

/** A whole exam for its director: completeness first, then scores, then what needs a look. */
export function cohortResult(data: ExamData): CohortResult {
  const { standard } = data
  const scored = scoredStations(data)
  const stationById = new Map(data.stations.map((station) => [station.id, station]))
  const cells = data.encounters.flatMap((encounter) => {
    const station = stationById.get(encounter.slot.stationId)
    const rubric = station && rubricOf(data, station)
    return rubric ? [cellOf(rubric, encounter, stationMark(standard, station.id))] : []
  })
  const candidates = data.candidates.map((candidate) => {
    const results = stationResults(data, candidate)
    const { outcome, unmet, score, stationsPassed } = examOutcome(results, standard, scored.length)
    return {
      candidate,
      outcome,
      unmet,
      score,
      stationsPassed,
      domains: examDomains(data).map(({ id }) => ({ domainId: id, score: domainMean(results, id) })),
      sp: patientsMean(results),
    }
  })
  return {
    exam: data.exam,
    standard,
    stations: data.stations,
    rubrics: data.rubrics,
    completeness: completeness(data, cells),
    candidates,
    cells,
    scores: distribution(candidates.flatMap(({ score }) => score.value ?? [])),
    domains: examDomains(data).map(({ id, title, colour }) => ({
      domainId: id,
      title,
      colour,
      distribution: distribution(
        candidates.flatMap(({ domains }) => domains.find(({ domainId }) => domainId === id)?.score.value ?? []),
      ),
    })),
    perStation: scored.map(({ id }) =>
      perStation(
        cells.filter(({ stationId }) => stationId === id),
        id,
      ),
    ),
    outcomes: countOutcomes(candidates),
    attention: attention(data),
    amendments: amendments(data),
  }
}

function amendments({ encounters, stations, candidates }: ExamData): CohortResult['amendments'] {
  const numbers = new Map(stations.map(({ id, number }) => [id, number]))
  const candidateNumbers = new Map(candidates.map(({ id, number }) => [id, number]))
  return encounters
    .flatMap(({ slot, record, sp }) =>
      [...record.amendments, ...sp.amendments].map((amendment) => ({
        stationId: slot.stationId,
        stationNumber: numbers.get(slot.stationId) ?? 0,
        candidateNumber: candidateNumbers.get(slot.candidateId) ?? '',
        amendment,
      })),
    )
    .toSorted((a, b) => a.stationNumber - b.stationNumber || byCandidateNumber(a.candidateNumber, b.candidateNumber))
}

function completeness(data: ExamData, cells: readonly Cell[]): CohortResult['completeness'] {
  const count = (status: Cell['status']) => cells.filter((cell) => cell.status === status).length
  const perEncounter = new Map(
    data.stations.map((station) => {
      const rubric = rubricOf(data, station)
      return [station.id, rubric ? rubricItems(rubric).length + 1 : 0]
    }),
  )
  const itemsAt = (cell: Cell) => perEncounter.get(cell.stationId) ?? 0
  const marked = cells.filter(({ status }) => status === 'submitted')
  return {
    planned: cells.length,
    unplanned: scoredStations(data).length * data.candidates.length - cells.length,
    submitted: count('submitted'),
    open: count('open'),
    scheduled: count('scheduled'),
    absent: count('absent'),
    itemsMissing: marked.reduce((sum, cell) => sum + cell.openItems, 0),
    itemsPlanned: marked.reduce((sum, cell) => sum + itemsAt(cell), 0),
    conflicts: cells.reduce((sum, cell) => sum + cell.conflicts, 0),
    spForms: data.encounters.filter(({ record }) => record.spStatus === 'submitted').length,
  }
}

function perStation(cells: readonly Cell[], stationId: Cell['stationId']): CohortResult['perStation'][number] {
  const pairs: Pair[] = cells.flatMap(({ score, sp }) =>
    score.value === null || sp.value === null ? [] : [{ a: score.value, b: sp.value }],
  )
  return {
    stationId,
    score: distribution(cells.flatMap(({ score }) => score.value ?? [])),
    sp: distribution(cells.flatMap(({ sp }) => sp.value ?? [])),
    passed: cells.filter(({ passed }) => passed === true).length,
    failed: cells.filter(({ passed }) => passed === false).length,
    pairs: pairs.length,
    pairedMeans: pairedMeans(pairs),
    correlation: correlation(pairs),
    meanDifference: meanDifference(pairs),
  }
}
