import type { Candidate, Person, Station } from '#shared/domain/exam.ts'
import {
  candidateIdSchema,
  encounterIdSchema,
  examIdSchema,
  personIdSchema,
  rubricIdSchema,
  stationIdSchema,
} from '#shared/domain/ids.ts'
import type { TimingPlan } from '#shared/domain/timing.ts'

export const examId = examIdSchema.parse('exam')

/** Eleven minutes a round, from nine o'clock, without breaks. */
export const plainTiming: TimingPlan = {
  startsAt: '09:00',
  readingSeconds: 60,
  encounterSeconds: 480,
  feedbackSeconds: 60,
  changeoverSeconds: 60,
  warnings: [],
  breakEveryRounds: 0,
  breakSeconds: 0,
  circuitBreakSeconds: 0,
}

/** Station `number`, scored, with a script and a rubric. */
export const station = (number: number, fields: Partial<Station> = {}): Station => ({
  id: stationIdSchema.parse(`s${number}`),
  examId,
  number,
  circuit: 1,
  kind: 'scored',
  title: `Station ${number}`,
  candidateTask: '',
  examinerBrief: '',
  script: 'Somebody who waits for news.',
  spBrief: '',
  cues: [],
  structuralBarriers: [],
  rubric: { id: rubricIdSchema.parse('empathy'), version: 1 },
  heavy: false,
  ...fields,
})

export const candidate = (number: number, extraTimePercent = 0): Candidate => ({
  id: candidateIdSchema.parse(`c${number}`),
  examId,
  number: String(1000 + number),
  name: `Candidate ${number}`,
  group: '',
  extraTimePercent,
})

export const person = (role: Person['role'], number: number, stations: readonly Station[]): Person => ({
  id: personIdSchema.parse(`${role}${number}`),
  examId,
  role,
  name: `${role} ${number}`,
  stationIds: stations.map(({ id }) => id),
})

/** 1 … n, each made into something. */
export const many = <T>(n: number, make: (number: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i + 1))

/** Ids of encounters in the order in which they are asked for. */
export function encounterIds() {
  let made = 0
  return () => encounterIdSchema.parse(`e${(made += 1)}`)
}
