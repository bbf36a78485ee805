import type { ExamData } from '../../scoring/exam-data.ts'
import type { Mark } from '../mark.ts'
import type { StationStandard } from '../standard-setting/station-standard.ts'
import { analyseExam, type ExamAnalysis } from './exam-analysis.ts'
import { flaggedCandidates, markedStations, marksOfExam, type MarkedStation } from './exam-marks.ts'

/** What every part of the analysis of an exam stands on. */
export type ExamMeasures = {
  /** The stations that count, in the order of their numbers; `analysis.stations` are in the same order. */
  stations: MarkedStation[]
  marks: Mark[]
  analysis: ExamAnalysis
}

const HIGHEST = 100

/**
 * Standard setting and reliability of a recorded exam, by borderline regression unless another standard is named: what the
 * analysis proposes. `excluded` are the stations that count for nobody, by default those of the standard in force.
 */
export function measureExam(
  data: ExamData,
  {
    standard = { method: 'borderline-regression' },
    excluded = data.standard.excluded,
  }: { standard?: StationStandard; excluded?: readonly string[] } = {},
): ExamMeasures {
  const stations = markedStations(data, excluded)
  const marks = marksOfExam(data, stations)
  const rule = {
    standard,
    borderline: stations[0]?.borderline.grade ?? 1,
    borderlineOf: new Map(stations.map(({ station, borderline }) => [station.id, borderline.grade])),
    highest: HIGHEST,
    minStationsPassed: data.standard.minStationsPassed,
    semMultiple: data.standard.semMultiple,
  }
  const analysis = analyseExam(marks, rule, flaggedCandidates(data))
  return { stations, marks, analysis }
}
