import { randomUUID } from 'node:crypto'
import type { EncounterSlot, Person } from '#shared/domain/exam.ts'
import { eventIdSchema, type ItemId } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import type { Services } from '#electron/services/services.ts'
import type { DataKey } from '#electron/store/connection.ts'
import { sitAs, sitAsDirector } from '#tests/support/sign-in.ts'
import { callerOf, openWholeApp, type Caller } from '#tests/support/whole-app.ts'
import type { FilledExam } from './filled-exam.ts'

export type ExaminerAtWork = {
  services: Services
  person: Person
  examiner: Caller
  /** The encounter that is open. */
  slot: EncounterSlot
  /** What this round of the measurement rates: one behaviour after the other, one value after the other. */
  markOf(round: number): { itemId: ItemId; value: number }
}

export const newEvent = () => eventIdSchema.parse(randomUUID())

/** Opens the app at a filled exam, with an examiner at an encounter whose clock runs. `key`: of an encrypted folder. */
export async function openAtWork(
  dataDir: string,
  { untouched, examId }: FilledExam,
  key: DataKey | null = null,
): Promise<ExaminerAtWork> {
  const [slot] = untouched
  if (!slot) throw new Error('no encounter is left to rate')
  const services = await openWholeApp(dataDir, undefined, key)
  const director = callerOf(services, 'bench-director')
  await sitAsDirector(director)
  const { people } = await director('exam.get', { examId })
  const person = people.find(({ role, stationIds }) => role === 'examiner' && stationIds.includes(slot.stationId))
  if (!person) throw new Error('nobody examines at the station')
  const examiner = callerOf(services, 'bench-examiner')
  await sitAs(examiner, person)
  await examiner('encounter.confirmIdentity', { encounterId: slot.id, eventId: newEvent() })
  await examiner('clock.command', { encounterId: slot.id, eventId: newEvent(), command: { kind: 'start' } })
  const { rubric } = await examiner('encounter.open', { encounterId: slot.id })
  const items = rubricItems(rubric).map(({ id }) => id)
  const markOf = (round: number) => {
    const itemId = items[round % items.length]
    if (itemId === undefined) throw new Error('the rubric is empty')
    return { itemId, value: (round % 5) + 1 }
  }
  return { services, person, examiner, slot, markOf }
}
