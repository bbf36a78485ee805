import { expect, test } from 'vitest'
import type { Readiness } from '#shared/domain/readiness.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { draftExam, finding, openSetup, setupHost } from './setup-host.ts'

const noRubric = finding({
  code: 'station-without-rubric',
  leadsTo: 'stations',
  params: { station: 2, title: 'Station 2' },
})
const noExaminer = finding({
  code: 'station-without-examiner',
  leadsTo: 'people',
  params: { station: 2, title: 'Station 2' },
})
const noCandidates = finding({ code: 'no-candidates', leadsTo: 'people' })
const heavy = finding({
  code: 'no-break-heavy-station',
  level: 'advice',
  leadsTo: 'plan',
  params: { station: 1, title: 'Station 1', rounds: 6, max: 4 },
})

const opened = (findings: Readiness[], at = 'check') => {
  const host = setupHost(draftExam(), {
    'exam.readiness': findings,
    'rotation.get': { outdated: false, rounds: 0, endsAtSecond: 0, slots: [] },
  })
  return openSetup(host, at).then((screen) => ({ host, screen }))
}

const goTo = (sentence: string): string => {
  const entry = [...document.querySelectorAll('li')].find(({ textContent }) => textContent.includes(sentence))
  return entry?.querySelector('a')?.getAttribute('href') ?? ''
}

test('what is missing is said in words, apart from what is only worth a look', async () => {
  const { screen } = await opened([noRubric, heavy])
  expect(screen.text()).toContain('One thing is missing')
  expect(screen.text()).toContain('Station 2, “Station 2”, has no rubric.')
  expect(screen.text()).toContain('Worth a look')
  expect(screen.text()).toContain('Station 1, “Station 1”, is heavy to play and goes on for 6 rounds in a row.')
})

test.each([
  [noRubric, 'has no rubric', '/exams/exam-1/setup/stations?station=station-2'],
  [noExaminer, 'Nobody examines at station 2', '/exams/exam-1/setup/people?list=staff'],
  [noCandidates, 'The exam has no candidates', '/exams/exam-1/setup/people?list=candidates'],
  [finding({}), 'There is no rotation yet', '/exams/exam-1/setup/rotation'],
  [heavy, 'is heavy to play', '/exams/exam-1/setup/plan'],
])('$code leads to where it is mended', async (one, sentence, address) => {
  await opened([one])
  expect(goTo(sentence)).toBe(address)
})

test('a finding opens the station it is about', async () => {
  const { screen } = await opened([noRubric])
  await screen.press(/^To the stations/)
  expect(screen.find('Title')).toHaveProperty('value', 'Station 2')
})

test('each part of the rail says how many things it lacks', async () => {
  const { screen } = await opened([noRubric, noExaminer, noCandidates], 'plan')
  expect(screen.find(/^People/).textContent).toContain('2 things missing here')
  expect(screen.find(/^Stations/).textContent).toContain('one thing missing here')
  expect(screen.find(/^Check/).textContent).toContain('3 things missing')
})

test('the exam day does not start while something is missing; the list leads there', async () => {
  const { host, screen } = await opened([noRubric, heavy], 'plan')
  await screen.press('Start the exam day')
  expect(screen.text()).toContain('The exam cannot start yet')
  expect(document.querySelector('[role="dialog"]')?.textContent).not.toContain('heavy to play')
  expect(host.bridge.inputsOf('exam.setStatus')).toEqual([])
  await screen.press(/^To the stations/)
  expect(screen.router.currentRoute.value.query).toEqual({ station: 'station-2' })
  expect(document.querySelector('[role="dialog"]')).toBeNull()
})

test('the exam day starts once it is confirmed', async () => {
  const { host, screen } = await opened([], 'plan')
  host.bridge.answer({
    'exam.setStatus': ({ status }) => {
      host.data = { ...host.data, exam: { ...host.data.exam, status } }
      return host.data.exam
    },
  })
  await screen.press('Start the exam day')
  expect(host.bridge.inputsOf('exam.setStatus')).toEqual([])
  const verbs = [...document.querySelectorAll<HTMLElement>('[role="dialog"] footer button')]
  verbs.at(-1)?.click()
  await screen.settle()
  expect(host.bridge.inputsOf('exam.setStatus')).toEqual([{ examId: 'exam-1', status: 'running' }])
  expect(screen.text()).toContain('Running')
  expect(screen.has('Close the exam')).toBe(true)
})

test('what came to be missing in the meantime is shown when the host refuses to start', async () => {
  const { host, screen } = await opened([], 'plan')
  host.bridge.answer({ 'exam.setStatus': refused('exam-not-ready', { count: 1 }) })
  await screen.press('Start the exam day')
  host.bridge.answer({ 'exam.readiness': [noExaminer] })
  const verbs = [...document.querySelectorAll<HTMLElement>('[role="dialog"] footer button')]
  verbs.at(-1)?.click()
  await screen.settle()
  expect(screen.text()).toContain('The exam cannot start yet')
  expect(screen.text()).toContain('Nobody examines at station 2')
})

test('closing the exam tells what is unfinished and is asked first', async () => {
  const data = draftExam({ hasMarks: true })
  const host = setupHost({ ...data, exam: { ...data.exam, status: 'running' } })
  host.bridge.answer({
    'exam.list': [
      { exam: host.data.exam, putAway: false, stations: 3, candidates: 3, encounters: 6, submitted: 3, absent: 1 },
    ],
    'exam.setStatus': ({ status }) => ({ ...host.data.exam, status }),
  })
  const screen = await openSetup(host)
  await screen.press('Close the exam')
  expect(screen.text()).toContain('2 encounters are not finished; they stay as they are.')
  expect(host.bridge.inputsOf('exam.setStatus')).toEqual([])
  const verbs = [...document.querySelectorAll<HTMLElement>('[role="alertdialog"] footer button')]
  verbs.at(-1)?.click()
  await screen.settle()
  expect(host.bridge.inputsOf('exam.setStatus')).toEqual([{ examId: 'exam-1', status: 'closed' }])
  expect(screen.has('Open the exam again')).toBe(true)
})
