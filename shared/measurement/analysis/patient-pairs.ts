import { countedScore, countedSpScore } from '../../scoring/encounter-result.ts'
import type { ExamData, RecordedEncounter } from '../../scoring/exam-data.ts'
import type { MarkedStation } from './exam-marks.ts'

/** One encounter as both saw it: the examiner's score (x) and the SP's (y), 0 to 100; null is missing or withheld. */
export type SeenByBoth = MarkedStation & {
  encounter: RecordedEncounter
  examiner: number | null
  patient: number | null
}

/** The encounters at the stations that count, as they were recorded. */
export function seenByBoth({ encounters }: ExamData, stations: readonly MarkedStation[]): SeenByBoth[] {
  const marked = new Map(stations.map((one) => [one.station.id, one]))
  return encounters.flatMap((encounter) => {
    const at = marked.get(encounter.slot.stationId)
    if (!at) return []
    return [
      {
        ...at,
        encounter,
        examiner: countedScore(at.rubric, encounter).value,
        patient: countedSpScore(encounter).value,
      },
    ]
  })
}
