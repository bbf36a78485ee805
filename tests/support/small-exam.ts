import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRubricFile } from '#electron/services/set-up/rubric-file.ts'
import type { Store } from '#electron/store/store.ts'
import {
  candidateSchema,
  encounterSlotSchema,
  examSchema,
  personSchema,
  stationSchema,
  type Candidate,
  type EncounterSlot,
  type Exam,
  type Person,
  type Station,
} from '#shared/domain/exam.ts'
import { personIdSchema } from '#shared/domain/ids.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import type { Director } from '#electron/store/repositories/accounts.ts'

export const empathyRubric = (): Rubric =>
  parseRubricFile(readFileSync(join(import.meta.dirname, '../../resources/rubrics/empathy-1.json'), 'utf8'))

/** The same rubric on a scale of fewer points: the lowest of its own. */
export const onPoints = (rubric: Rubric, points: number): Rubric => ({
  ...rubric,
  points: rubric.points.slice(0, points),
  domains: rubric.domains.map((domain) => ({
    ...domain,
    items: domain.items.map((item) => ({ ...item, anchors: item.anchors.slice(0, points) })),
  })),
})

export type SmallExam = {
  exam: Exam
  stations: [Station, Station, Station]
  candidates: [Candidate, Candidate, Candidate]
  examiner: Person
  otherExaminer: Person
  sp: Person
  director: Director
  rubric: Rubric
  slots: EncounterSlot[]
}

/** Two scored stations and a rest station, three candidates, an examiner each for stations 1 and 2, one SP at 1. */
export function smallExam(): SmallExam {
  const rubric = empathyRubric()
  const exam = examSchema.parse({
    id: 'exam-1',
    title: 'Small exam',
    heldOn: '2026-11-14',
    site: '',
    paper: 'A4',
    status: 'running',
    sample: false,
    timing: {
      startsAt: '09:00',
      readingSeconds: 60,
      encounterSeconds: 480,
      feedbackSeconds: 0,
      changeoverSeconds: 60,
      warnings: [{ phase: 'encounter', remainingSeconds: 60 }],
      breakEveryRounds: 0,
      breakSeconds: 0,
      circuitBreakSeconds: 0,
    },
    passRule: { passMark: 60, minStationsPassed: 1 },
  })
  const station = (number: number, kind: 'scored' | 'rest'): Station =>
    stationSchema.parse({
      id: `station-${number}`,
      examId: exam.id,
      number,
      circuit: 1,
      kind,
      title: `Station ${number}`,
      candidateTask: '',
      examinerBrief: '',
      script: 'A script',
      spBrief: '',
      cues: kind === 'scored' ? [{ text: 'She looks away.', lookFor: '' }] : [],
      structuralBarriers: [],
      rubric: kind === 'scored' ? { id: rubric.id, version: rubric.version } : null,
      heavy: false,
    })
  const candidate = (number: number): Candidate =>
    candidateSchema.parse({
      id: `candidate-${number}`,
      examId: exam.id,
      number: String(1000 + number),
      name: `Candidate ${number}`,
      group: '',
      extraTimePercent: 0,
    })
  const person = (id: string, role: Person['role'], stationId: string): Person =>
    personSchema.parse({ id, examId: exam.id, role, name: id, stationIds: [stationId] })
  const stations: SmallExam['stations'] = [station(1, 'scored'), station(2, 'scored'), station(3, 'rest')]
  const candidates: SmallExam['candidates'] = [candidate(1), candidate(2), candidate(3)]
  return {
    exam,
    stations,
    candidates,
    rubric,
    examiner: person('examiner-1', 'examiner', 'station-1'),
    otherExaminer: person('examiner-2', 'examiner', 'station-2'),
    sp: person('sp-1', 'sp', 'station-1'),
    director: { id: personIdSchema.parse('director-1'), name: 'director-1' },
    slots: candidates.flatMap((who, c) =>
      stations.map((at, s) =>
        encounterSlotSchema.parse({
          id: `encounter-${at.number}-${who.number}`,
          examId: exam.id,
          stationId: at.id,
          candidateId: who.id,
          round: ((c + s) % 3) + 1,
          startsAtSecond: 32_400 + ((c + s) % 3) * 600,
        }),
      ),
    ),
  }
}

/** Everybody's PIN is that of a sample. */
export function putSmallExam(store: Store): SmallExam {
  const small = smallExam()
  store.rubrics.put(small.rubric, true)
  store.exams.put(small.exam)
  for (const station of small.stations) store.stations.put(station)
  for (const candidate of small.candidates) store.candidates.put(candidate)
  for (const person of [small.examiner, small.otherExaminer, small.sp]) {
    store.people.put(person)
    store.accounts.setSamplePin(person.id)
  }
  store.accounts.putDirector(small.director)
  store.accounts.setSamplePin(small.director.id)
  store.encounters.replaceAll(small.exam.id, small.slots)
  return small
}
