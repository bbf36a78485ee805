import { readFileSync } from 'node:fs'
import { dataOf, encounterAt, newEvent, newMark, type ExamDay } from '#tests/support/exam-day.ts'
import { laptop, type TestLaptop } from '#tests/support/laptops.ts'

export const examId = ({ small }: ExamDay) => ({ examId: small.exam.id })

export const byEncounter = ({ small }: ExamDay) => ({ encounterId: encounterAt(small, 1, 1) })

export const write = (day: ExamDay) => ({ ...byEncounter(day), eventId: newEvent() })

export async function opened(day: ExamDay) {
  const event = write(day)
  dataOf(await day.examiner('encounter.confirmIdentity', event))
  return { ...event, eventId: newEvent() }
}

export async function marked(day: ExamDay, kind: 'moment' | 'red-flag' = 'moment') {
  const event = await opened(day)
  const markId = newMark()
  const { moments, redFlags } = day.small.rubric
  const type = (kind === 'moment' ? moments : redFlags)[0]?.id ?? ''
  dataOf(await day.examiner('mark.make', { ...event, markId, kind, type }))
  return { ...event, eventId: newEvent(), markId }
}

export async function submitted(day: ExamDay) {
  const event = await opened(day)
  const missing = day.small.rubric.domains.flatMap(({ items }) =>
    items.map(({ id }) => ({ item: id, reason: 'not seen' })),
  )
  const all = [...missing, { item: 'global-rating' as const, reason: 'not seen' }]
  dataOf(await day.examiner('encounter.submit', { ...event, missing: all }))
  return byEncounter(day)
}

export const upload = (value: unknown) => ({
  name: 'file.json',
  base64: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64'),
})

export const closed = async (day: ExamDay) => {
  dataOf(await day.director('exam.setStatus', { ...examId(day), status: 'closed' }))
  return examId(day)
}

/** The laptop of a station that took the day's exam over. */
export async function stationsLaptop(day: ExamDay): Promise<TestLaptop> {
  const { file, code } = dataOf(await day.director('package.export', examId(day)))
  const sealed = readFileSync(day.services.findFile(file.id)?.path ?? '').toString('base64')
  const station = await laptop()
  await station.director('package.import', { upload: { name: file.name, base64: sealed }, code })
  return station
}

/** All that a station has written, with its code compared. */
export async function bundleOf(station: TestLaptop, day: ExamDay) {
  const { file } = await station.director('bundle.export', { ...examId(day), since: 'start' })
  const { code } = await station.director('laptop.own', {})
  return { upload: station.upload(file), trust: { code, name: 'Station 1' } }
}
