import { expect, test } from 'vitest'
import { draftExam, openSetup, openTab, setupHost } from './setup-host.ts'

const closedExam = () => setupHost(draftExam({ exam: { ...draftExam().exam, status: 'closed' }, hasMarks: true }))
const sentence = 'The exam is closed: its set-up can be read, not changed.'

/** Every field of the section that could still be used, but the day on which names go: that is set once all is over. */
const usable = () =>
  [...document.querySelectorAll<HTMLElement>('.section input, .section select, .section textarea')].filter(
    (field) =>
      !field.matches(':disabled, fieldset:disabled *') &&
      field.getAttribute('type') !== 'search' &&
      field.closest('[aria-labelledby="plan-retention"]') === null,
  )

test.each(['plan', 'stations', 'people', 'people?list=staff'])(
  'in a closed exam the section %s says once why its fields are fixed',
  async (section) => {
    const screen = await openSetup(closedExam(), section)
    expect(document.querySelectorAll('.section input').length).toBeGreaterThan(0)
    expect(usable()).toEqual([])
    expect(screen.text().split(sentence)).toHaveLength(2)
    expect(document.querySelectorAll('.section .note')).toHaveLength(1)
  },
)

test('the texts of a station in a closed exam can be read part by part', async () => {
  const screen = await openSetup(closedExam(), 'stations')
  await openTab(screen, 'Script')
  expect(document.querySelector('textarea')?.value).toBe('A script')
  expect(usable()).toEqual([])
})

test('people of a closed exam are neither added nor taken out', async () => {
  const screen = await openSetup(closedExam(), 'people?list=staff')
  expect(screen.has('Add')).toBe(false)
  expect(screen.find('Remove examiner-1')).toHaveProperty('disabled', true)
  expect(screen.find(/^Stations of examiner-1/)).toHaveProperty('disabled', true)
})

test('an exam with marks is put away instead of being removed, and brought back', async () => {
  const host = closedExam()
  const listed = { exam: host.data.exam, stations: 3, candidates: 3, encounters: 6, submitted: 3, absent: 1 }
  let putAway = false
  host.bridge.answer({
    'exam.list': () => [{ ...listed, putAway }],
    'exam.putAway': ({ away }) => {
      putAway = away
      return {}
    },
  })
  const screen = await openSetup(host, 'check')
  const choose = async (deed: string) => {
    screen.find('More about this exam').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await screen.settle()
    await screen.press(deed)
    await screen.settle()
  }
  await choose('Put the exam away')
  expect(screen.text()).toContain('It stands at the foot of the start screen.')
  await choose('Bring the exam back')
  expect(host.bridge.inputsOf('exam.putAway')).toEqual([
    { examId: 'exam-1', away: true },
    { examId: 'exam-1', away: false },
  ])
})
