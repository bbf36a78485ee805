import { expect, test } from 'vitest'
import type { ExamSummary } from '#shared/contract/parts/exams.ts'
import { examIdSchema } from '#shared/domain/ids.ts'
import { eventually } from '#tests/support/eventually.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { screenExam } from '#tests/support/screen-exam.ts'
import { entry, open, session, signInDirector, summary } from './start-screen.ts'

const { exam, examiner, sp } = screenExam()

test('a new installation offers the sample, building an exam and importing a file', async () => {
  const screen = await open({}).opened
  expect(screen.text()).toContain('Welcome to Attune')
  for (const name of ['Load the sample exam', 'Start a new exam', 'Choose a file']) expect(screen.has(name)).toBe(true)
})

test.each([
  [session({ role: 'examiner', person: examiner }), false],
  [session({ role: 'sp', person: sp }), false],
  [session({ role: 'director' }), true],
  [null, true],
])('the sample is offered to a director and where nobody sits: %#', async (who, offered) => {
  const screen = await open({ 'session.get': who, 'exam.list': [summary()] }).opened
  expect(screen.has('Build an exam')).toBe(true)
  expect(screen.has('Play with the sample')).toBe(offered)
})

test('loading the sample shows it with its people, marked as sample data', async () => {
  const { bridge, opened } = open({ 'exam.loadSample': { ...exam, sample: true }, 'exam.roster': [entry(examiner)] })
  const screen = await opened
  bridge.answer({ 'exam.list': [summary({ sample: true })] })
  await screen.press('Load the sample exam')
  expect(bridge.inputsOf('exam.loadSample')).toEqual([{}])
  expect(screen.text()).toContain('Autumn OSCE')
  expect(screen.text()).toContain('every person here is invented')
})

test('a refused sample says why, and the ways in stay open', async () => {
  const screen = await open({ 'exam.loadSample': refused('storage-full') }).opened
  await screen.press('Load the sample exam')
  expect(screen.text()).toContain('The disk is full.')
  expect(screen.has('Start a new exam')).toBe(true)
})

test('before the list of exams has come, nothing is offered that it might contradict', async () => {
  const never = new Promise<ExamSummary[]>(() => undefined)
  const screen = await open({ 'exam.list': () => never }).opened
  expect(screen.text()).toContain('Reading…')
  expect(screen.has('Load the sample exam')).toBe(false)
})

test('a sample that was played to its end can be taken anew, and the new one is the one to look at', async () => {
  const played = summary({ sample: true, status: 'closed', title: 'Played to its end' })
  const fresh = summary({ sample: true, id: examIdSchema.parse('exam-2'), title: 'Ready to be tried' })
  const { bridge, opened } = open({ 'exam.list': [played], 'exam.loadSample': fresh.exam })
  const screen = await opened
  bridge.answer({ 'exam.list': [played, fresh] })
  await screen.press('Play with the sample')
  expect(bridge.inputsOf('exam.loadSample')).toHaveLength(1)
  expect(bridge.inputsOf('exam.roster')).toContainEqual({ examId: 'exam-2' })
  expect(document.querySelector('main .card')?.textContent).toContain('Ready to be tried')
})

test('a list that cannot be read says what happened and can be read again', async () => {
  const { bridge, opened } = open({ 'exam.list': refused('storage-locked') })
  const screen = await opened
  expect(screen.text()).toContain('Another program holds the data.')
  bridge.answer({ 'exam.list': [summary()] })
  await screen.press('Try again')
  expect(screen.text()).toContain('Autumn OSCE')
})

test('building an exam asks a director for the PIN and leads to its set-up', async () => {
  const { bridge, opened } = open({
    'session.signIn': session({ role: 'director' }),
    'exam.create': { ...exam, status: 'draft' },
  })
  const screen = await opened
  await screen.press('Start a new exam')
  expect(bridge.inputsOf('exam.create')).toEqual([])
  await signInDirector(screen)
  expect(bridge.inputsOf('session.signIn')).toEqual([{ personId: 'director-1', pin: '135790' }])
  await eventually(() =>
    expect(screen.router.currentRoute.value).toMatchObject({ name: 'exam-setup', params: { examId: exam.id } }),
  )
})

test('a file that is no exam is refused with a reason, and one that is leads to its set-up', async () => {
  const { bridge, opened } = open({
    'session.signIn': session({ role: 'director' }),
    'exam.importFile': refused('file-not-an-exam'),
  })
  const screen = await opened
  bridge.upload = { name: 'holiday.attune-exam.json', base64: btoa('{}') }
  await screen.press('Choose a file')
  await signInDirector(screen)
  expect(screen.text()).toContain('The file is not an exam made with Attune.')
  expect(screen.router.currentRoute.value.name).toBe('start')

  bridge.answer({ 'exam.importFile': exam })
  await screen.press('Choose a file')
  await eventually(() => expect(screen.router.currentRoute.value.name).toBe('exam-setup'))
  expect(screen.text()).toContain('“Autumn OSCE” was imported.')
})

test('choosing no file changes nothing, and asks for no PIN', async () => {
  const { opened } = open({})
  const screen = await opened
  await screen.press('Choose a file')
  expect(screen.has('PIN')).toBe(false)
})

test('exams that are put away stand apart, below those in use, and open from there', async () => {
  const played = { ...summary({ id: examIdSchema.parse('exam-2'), title: 'Last year’s' }), putAway: true }
  const { bridge, opened } = open({ 'exam.list': [played, summary({ status: 'closed' })] })
  const screen = await opened
  expect(screen.text()).not.toContain('Other exams')
  expect(screen.text()).toMatch(/Exams put away.*Last year’s/)
  await screen.press(/^Last year’s/)
  expect(bridge.inputsOf('exam.roster')).toContainEqual({ examId: 'exam-2' })
  expect(screen.text()).not.toContain('Exams put away')
})

test('with every exam put away the start is as it was on the first day, and they are in reach', async () => {
  const screen = await open({ 'exam.list': [{ ...summary({ sample: true }), putAway: true }] }).opened
  expect(screen.text()).toMatch(/Welcome to Attune.*Exams put away/)
})
