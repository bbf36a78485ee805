import {
  encounterSlotSchema,
  examSchema,
  personSchema,
  type EncounterSlot,
  type Exam,
  type Person,
} from '#shared/domain/exam.ts'

/** A running exam, one of its examiners, one of its SPs and one encounter, for tests of screens. */
export function screenExam(): { exam: Exam; examiner: Person; sp: Person; slot: EncounterSlot } {
  const exam = examSchema.parse({
    id: 'exam-1',
    title: 'Autumn OSCE',
    heldOn: '2026-11-14',
    site: 'Skills centre',
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
  const person = (id: string, role: Person['role'], name: string) =>
    personSchema.parse({ id, examId: exam.id, role, name, stationIds: ['station-1'] })
  return {
    exam,
    examiner: person('examiner-1', 'examiner', 'Dr Ada Sample'),
    sp: person('sp-1', 'sp', 'Robin Specimen'),
    slot: encounterSlotSchema.parse({
      id: 'encounter-1',
      examId: exam.id,
      stationId: 'station-1',
      candidateId: 'candidate-1',
      round: 1,
      startsAtSecond: 37_440,
    }),
  }
}
