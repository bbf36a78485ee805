import { rubricItems } from '#shared/domain/rubric.ts'
import { dataOf, encounterAt, examDay, newEvent, type ExamDay } from '#tests/support/exam-day.ts'

/** A day of examining, and its first encounter. */
export async function atTheDoor(options: Parameters<typeof examDay>[0] = {}) {
  const day = await examDay(options)
  return { day, encounterId: encounterAt(day.small, 1, 1) }
}

/** Identity confirmed, clock running, in the encounter phase. */
export async function underWay(options: Parameters<typeof examDay>[0] = {}) {
  const { day, encounterId } = await atTheDoor(options)
  dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
  dataOf(await day.examiner('clock.command', { encounterId, eventId: newEvent(), command: { kind: 'start' } }))
  day.pass(90)
  return { day, encounterId }
}

/** Gives every behaviour the same value. */
export async function rateAll(
  { examiner, small }: ExamDay,
  encounterId: ReturnType<typeof encounterAt>,
  value: number,
) {
  for (const { id } of rubricItems(small.rubric)) {
    dataOf(await examiner('rating.record', { encounterId, eventId: newEvent(), itemId: id, value }))
  }
}
