import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codeOf, dataOf, examDay, type ExamDay } from '#tests/support/exam-day.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { personIdSchema } from '#shared/domain/ids.ts'

const names = ['Żaneta Ünal', 'عائشة الحسن', '王小明']

/** The sheet of slips that a director prints after giving three people their PINs. */
async function printed() {
  const day = await examDay()
  const examId = day.small.exam.id
  const people = [day.small.examiner, day.small.otherExaminer, day.small.sp]
  for (const [at, { id: personId }] of people.entries())
    dataOf(await day.director('person.update', { personId, fields: { name: names[at] ?? '' } }))
  const slips = dataOf(await day.director('account.givePins', { examId, personIds: people.map(({ id }) => id) }))
  const file = dataOf(await day.director('account.printPins', { examId, slips }))
  const bytes = readFileSync(day.services.findFile(file.id)?.path ?? '')
  return { day, slips, bytes }
}

const spaced = (pin: string) => `${pin.slice(0, 3)} ${pin.slice(3)}`
const times = (text: string, part: string) => text.split(part).length - 1

/** Where a text stands on its page. */
const placeOf = ({ placed }: Awaited<ReturnType<typeof readPdf>>, text: string) =>
  placed.flat().find((entry) => entry.text.includes(text))

describe('the sheet of PINs', () => {
  it('has one slip a person with name and PIN, as a PDF reader reads it back', async () => {
    const { slips, bytes } = await printed()
    const pdf = await readPdf(bytes)
    const text = pdf.pages.join('\n').normalize('NFC')
    expect(pdf.warnings).toEqual([])
    expect(slips).toHaveLength(3)
    for (const [at, { pin }] of slips.entries()) {
      expect(times(text, names[at] ?? '?')).toBe(1)
      expect(times(text, spaced(pin))).toBe(1)
    }
    // Two beside each other: the first name stands over its own PIN.
    const [first, second] = slips.map(({ pin }) => placeOf(pdf, spaced(pin).slice(0, 3)))
    const name = placeOf(pdf, 'Żaneta')
    expect(Math.abs((name?.left ?? 0) - (first?.left ?? 99))).toBeLessThan(3)
    expect(second?.left ?? 0).toBeGreaterThan((name?.left ?? 0) + 100)
  })

  it('holds no script, link, action or attachment, and lets the people in whom it names', async () => {
    const { day, slips, bytes } = await printed()
    expect((await readPdf(bytes)).active).toEqual([])
    for (const { personId, pin } of slips) {
      const window: ReturnType<ExamDay['window']> = day.window(`window of ${personId}`)
      expect(codeOf(await window('session.signIn', { personId, pin }))).toBe('accepted')
    }
  })

  it('is for people of the exam alone', async () => {
    const day = await examDay()
    const slips = [{ personId: personIdSchema.parse('somebody-else'), pin: '123456' }]
    const examId = day.small.exam.id
    expect(codeOf(await day.director('account.printPins', { examId, slips }))).toBe('not-found')
    expect(codeOf(await day.examiner('account.printPins', { examId, slips }))).toBe('forbidden')
  })
})
