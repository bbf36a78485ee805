import type { ExamData } from '#shared/scoring/exam-data.ts'
import type { Rating } from '#shared/domain/encounter.ts'
import { allRated, recordedExam, type Recorded } from '#tests/support/recorded-exam.ts'

const levels = ['clear-fail', 'borderline', 'pass', 'good', 'excellent'] as const

/** How able a candidate is, 0 to 2, and by how much a station or the severe examiner lowers the level of some behaviours. */
const ability = (candidate: number) => candidate % 3
const SEVERE = 6
const EASY = 3

/**
 * Candidates at four stations, each station with two examiners who take turns: the severe one gives half of the behaviours
 * a level less than the mild one. Better candidates get better scores and better global ratings.
 */
export const judgedExam = (candidates = 24, more: Partial<Parameters<typeof recordedExam>[0]> = {}): ExamData =>
  recordedExam({
    exam: { title: 'Year 4 communication OSCE', passRule: { passMark: 60, minStationsPassed: 1 } },
    stations: ['Telling the scan result', 'The car keys', 'A silence', 'Through a screen'].map((title) => ({ title })),
    candidates: Array.from({ length: candidates }, (_, c) => ({ group: c % 2 === 0 ? 'morning' : 'evening' })),
    record: (c, s) => judged(c, s),
    ...more,
  })

export function judged(candidate: number, station: number): Recorded {
  const severe = (candidate + station) % 2 === 1
  const lowered = (severe ? SEVERE : 0) + (station === 0 ? EASY : 0) + ((candidate * 5 + station * 7) % 3)
  return {
    status: 'submitted',
    examiner: severe ? 'examiner-severe' : 'examiner-mild',
    globalRating: levels[ability(candidate) + ((candidate + station) % 5 === 0 ? 0 : 1)] ?? 'pass',
    ratings: allRated(4).map((_, item): Rating['value'] => levelOf(ability(candidate) + 3 - (item < lowered ? 1 : 0))),
    sp: [4, 3, 4, 5, 3, 4, 4],
  }
}

const levelOf = (level: number): 1 | 2 | 3 | 4 | 5 =>
  level < 2 ? 1 : level < 3 ? 2 : level < 4 ? 3 : level < 5 ? 4 : 5
