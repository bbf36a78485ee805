import type { Station } from '../../domain/exam.ts'
import { rubricOf, type Rubric } from '../../domain/rubric.ts'
import { countedScore, isCounted } from '../../scoring/encounter-result.ts'
import { encountersOf, scoredStations, type ExamData, type RecordedEncounter } from '../../scoring/exam-data.ts'
import { hasUpheldFlag } from '../../scoring/outcome.ts'
import { oneOfEach, type Mark } from '../mark.ts'

/** A station whose scores count, with the rubric they were given by. */
export type MarkedStation = { station: Station; rubric: Rubric; borderline: BorderlineLevel }

/** The level of a rubric's global rating that is borderline, `grade` 1 being the worst level. */
export type BorderlineLevel = {
  grade: number
  label: string
  /** Whether the rubric calls a level so; if none is, the second worst is taken. */
  named: boolean
}

const SECOND_WORST = 1

/** The level called borderline, by its id or its label. */
export function borderlineLevel({ globalRating }: Pick<Rubric, 'globalRating'>): BorderlineLevel {
  const called = globalRating.findIndex(({ id, label }) => id === 'borderline' || /^borderline$/i.test(label))
  const at = called === -1 ? SECOND_WORST : called
  return { grade: at + 1, label: globalRating[at]?.label ?? '', named: called !== -1 }
}

/** The scored stations, in the order of their numbers, without those that count for nobody. */
export const markedStations = (data: ExamData, excluded: readonly string[]): MarkedStation[] =>
  scoredStations(data)
    .filter(({ id }) => !excluded.includes(id))
    .toSorted((a, b) => a.number - b.number)
    .flatMap((station) => {
      const rubric = rubricOf(data, station)
      return rubric ? [{ station, rubric, borderline: borderlineLevel(rubric) }] : []
    })

/**
 * What was recorded, as measurement takes it: a mark for every candidate at each of the stations. The score, 0 to 100, is
 * the one that results count (submitted, whole, undisputed), the grade the place of the global rating on its scale, 1 the
 * worst. What has neither, and an encounter that never was, is missing.
 */
export function marksOfExam(data: ExamData, stations: readonly MarkedStation[]): Mark[] {
  const one = oneOfEach()
  return data.candidates.flatMap((candidate) => {
    const own = new Map(encountersOf(data, candidate).map((encounter) => [encounter.slot.stationId, encounter]))
    return stations.map(({ station, rubric }): Mark => {
      const encounter = own.get(station.id)
      return {
        candidate: candidate.id,
        station: station.id,
        group: candidate.group === '' ? null : candidate.group,
        ...(encounter ? seen(rubric, encounter, one) : { examiner: null, score: null, grade: null }),
      }
    })
  })
}

/** The candidates with an upheld red flag at a scored station, counted or not: they do not pass. */
export function flaggedCandidates(data: ExamData): Set<string> {
  const scored = new Set(scoredStations(data).map(({ id }) => id))
  const upheld = data.encounters.filter(({ slot, record }) => scored.has(slot.stationId) && hasUpheldFlag([record]))
  return new Set(upheld.map(({ slot }) => slot.candidateId))
}

const seen = (
  rubric: Rubric,
  encounter: RecordedEncounter,
  one: (text: string) => string,
): Pick<Mark, 'examiner' | 'score' | 'grade'> => ({
  examiner: encounter.examinerId === null ? null : one(encounter.examinerId),
  score: countedScore(rubric, encounter).value,
  grade: isCounted(encounter) ? gradeOf(rubric, encounter) : null,
})

function gradeOf({ globalRating }: Rubric, { record }: RecordedEncounter): number | null {
  const at = globalRating.findIndex(({ id }) => id === record.globalRating)
  return at === -1 ? null : at + 1
}
