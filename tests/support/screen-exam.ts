import { encounterSlotSchema, personSchema, type EncounterSlot, type Exam, type Person } from '#shared/domain/exam.ts'
import { smallExam } from './small-exam.ts'

/** A running exam, one of its examiners, one of its SPs and one encounter, for tests of screens. */
export function screenExam(): { exam: Exam; examiner: Person; sp: Person; slot: EncounterSlot } {
  const exam: Exam = { ...smallExam().exam, title: 'Autumn OSCE', site: 'Skills centre' }
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
