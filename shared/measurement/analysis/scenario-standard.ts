import type { StationId } from '../../domain/ids.ts'
import { basisOf, type Scenario } from '../../domain/scenario.ts'
import { markToPass, standardSchema, type Standard } from '../../domain/standard.ts'
import { countedStations, type ExamData } from '../../scoring/exam-data.ts'
import { settled } from '../../scoring/means.ts'
import type { StationStandard } from '../standard-setting/station-standard.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Reason } from '../terms.ts'
import { measureExam, type ExamMeasures } from './exam-measures.ts'

const HIGHEST = 100

/** The standard that a scenario comes to. `standard` is null where it cannot be one, and `reason` says why. */
export type ScenarioStandard = {
  standard: Standard | null
  reason: Reason | null
  cut: Statistic
  /** None where the exam has one mark for all its stations. */
  stations: { stationId: StationId; cut: Statistic }[]
  sem: Statistic
}

/**
 * What a scenario comes to, of what was recorded. A standard has a cut of the exam from 0 to 100, where the method sets them
 * one of every station that counts, and the SEM where its rule asks for a multiple of it; one figure that is withheld
 * withholds it all, and so does a rule that nobody could meet.
 */
export function scenarioStandard(data: ExamData, scenario: Scenario): ScenarioStandard {
  const measures = measureExam(data, { standard: stationStandardOf(scenario), excluded: scenario.excluded })
  const { sem } = measures.analysis.exam
  const cut = cutOf(data, scenario, measures)
  const perStation = scenario.method !== 'declared' && scenario.method !== 'hofstee'
  const ids = new Map<string, StationId>(measures.stations.map(({ station }) => [station.id, station.id]))
  const stations = measures.analysis.stations.flatMap((one) => {
    const stationId = ids.get(one.station)
    return perStation && stationId !== undefined ? [{ stationId, cut: one.cut }] : []
  })
  const counted = countedStations({ ...data, standard: scenario }).length
  const standard = standardOf(scenario, counted, { cut, stations, sem })
  return typeof standard === 'string'
    ? { standard: null, reason: standard, cut, stations, sem }
    : { standard, reason: null, cut, stations, sem }
}

function standardOf(
  scenario: Scenario,
  counted: number,
  { cut, stations, sem }: Pick<ScenarioStandard, 'cut' | 'stations' | 'sem'>,
): Standard | Reason {
  const { method, excluded, semMultiple, minStationsPassed } = scenario
  const basis = basisOf(scenario)
  if (cut.value === null) return cut.reason ?? 'no-data'
  if (minStationsPassed > counted) return 'more-stations-than-count'
  if (semMultiple > 0 && sem.value === null) return sem.reason ?? 'no-data'
  const parsed = standardSchema.safeParse({
    ...{ method, semMultiple, minStationsPassed },
    excluded: [...new Set(excluded)],
    cut: settled(cut.value),
    stations: stations.map((one) => ({ stationId: one.stationId, cut: settled(one.cut.value ?? NaN) })),
    sem: sem.value === null ? null : settled(sem.value),
    ...(basis && { basis }),
  })
  if (!parsed.success) return 'outside-scale'
  return markToPass(parsed.data) > HIGHEST ? 'mark-above-scale' : parsed.data
}

/** Where the exam has one mark for all, the cuts of its stations are not asked for. */
function stationStandardOf(scenario: Scenario): StationStandard {
  switch (scenario.method) {
    case 'borderline-group':
      return { method: 'borderline-group', average: 'mean' }
    case 'cohen':
      return { method: 'cohen', share: scenario.share }
    case 'angoff':
      return {
        method: 'angoff',
        judged: Object.fromEntries(scenario.judged.map(({ stationId, cuts }) => [stationId, cuts])),
      }
    case 'hofstee':
      return { method: 'hofstee', rectangle: scenario.rectangle }
    default:
      return { method: 'borderline-regression' }
  }
}

function cutOf({ exam }: ExamData, scenario: Scenario, { stations, analysis }: ExamMeasures): Statistic {
  if (scenario.method === 'declared')
    return stations.length === 0
      ? withheld('declared-cut', 0, 'no-data')
      : given('declared-cut', stations.length, exam.passRule.passMark)
  return analysis.exam.cut
}
