import { expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import type { ExamSummary, RosterEntry } from '#shared/contract/parts/exams.ts'
import type { StorageStatus } from '#shared/contract/parts/app.ts'
import { personSchema, type Person } from '#shared/domain/exam.ts'
import { examIdSchema } from '#shared/domain/ids.ts'
import { sessionSchema } from '#shared/domain/session.ts'
import { eventually } from '#tests/support/eventually.ts'
import { fakeBridge, refused, type Answers } from '#tests/support/fake-bridge.ts'
import { held } from '#tests/support/held.ts'
import { openScreen } from '#tests/support/screen.ts'
import { screenExam } from '#tests/support/screen-exam.ts'

const { exam, examiner, sp, slot } = screenExam()

const storage = (state: StorageStatus['state'] = 'ok'): StorageStatus => ({
  state,
  events: 3412,
  lastWriteAt: '2026-11-14T10:31:00.000Z',
  reserve: 'kept',
})
const info = (status = storage()) => ({ version: '0.1.0', host: 'web' as const, storage: status })

const summary = (over: Partial<ExamSummary['exam']> = {}): ExamSummary => ({
  exam: { ...exam, ...over },
  putAway: false,
  stations: 3,
  candidates: 3,
  encounters: 6,
  submitted: 2,
  absent: 1,
})

const entry = (person: Person, next = true): RosterEntry => ({
  person,
  next: next
    ? {
        encounterId: slot.id,
        stationNumber: 3,
        stationTitle: 'A bereavement visit',
        candidateNumber: '1018',
        startsAtSecond: 37_440,
      }
    : null,
  remaining: next ? 4 : 0,
})

const session = (who: { role: 'examiner' | 'sp' | 'director'; person?: Person }) =>
  sessionSchema.parse({
    role: who.role,
    examId: who.person ? exam.id : null,
    personId: who.person?.id ?? null,
    handedOver: null,
  })

const open = (answers: Answers) => {
  const bridge = fakeBridge({
    'app.info': info(),
    'settings.get': { soundVolume: 0.5, paper: 'A4' },
    'session.get': null,
    'exam.list': [],
    'exam.roster': [],
    'encounter.schedule': [],
    'sp.schedule': [],
    'sp.parts': [],
    ...answers,
  })
  return { bridge, opened: openScreen(App, { bridge }) }
}

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

test('each person is told what comes next, and those without an encounter that they are done', async () => {
  const screen = await open({ 'exam.list': [summary()], 'exam.roster': [entry(examiner), entry(sp, false)] }).opened
  expect(screen.find(new RegExp(examiner.name)).textContent).toMatch(/Examine at station 3.*Candidate 1018 at 10:24/)
  expect(screen.find(new RegExp(sp.name)).textContent).toContain('All done')
  expect(screen.text()).toContain('3 of 6')
})

test('the roster is read once for many marks, also while they do not cease', async () => {
  const { bridge, opened } = open({ 'exam.list': [summary()], 'exam.roster': [entry(examiner)] })
  const screen = await opened
  const before = bridge.inputsOf('exam.roster').length
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  for (let second = 0; second < 3; second += 0.25) {
    bridge.emit('encounter.changed', { examId: exam.id, encounterId: slot.id })
    await vi.advanceTimersByTimeAsync(250)
  }
  await screen.settle()
  const readings = bridge.inputsOf('exam.roster').length - before
  expect(readings).toBeGreaterThan(0)
  expect(readings).toBeLessThanOrEqual(3)
})

test('what comes next is read anew when events flow again after a break', async () => {
  const { bridge, opened } = open({ 'exam.list': [summary()], 'exam.roster': [entry(examiner)] })
  const screen = await opened
  bridge.answer({ 'exam.roster': [entry(examiner, false)] })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  bridge.connection(true)
  await vi.advanceTimersByTimeAsync(1000)
  await screen.settle()
  expect(screen.find(new RegExp(examiner.name)).textContent).toContain('All done')
})

test('choosing an examiner takes that seat and leads to the examiner’s day', async () => {
  const { bridge, opened } = open({
    'exam.list': [summary()],
    'exam.roster': [entry(examiner), entry(sp)],
    'session.choose': session({ role: 'examiner', person: examiner }),
  })
  const screen = await opened
  await screen.press(new RegExp(examiner.name))
  expect(bridge.inputsOf('session.choose')).toEqual([{ role: 'examiner', examId: exam.id, personId: examiner.id }])
  await eventually(() => expect(screen.router.currentRoute.value.name).toBe('examiner-day'))
})

test('building an exam makes one as the director and leads to its set-up', async () => {
  const { bridge, opened } = open({
    'session.choose': session({ role: 'director' }),
    'exam.create': { ...exam, status: 'draft' },
  })
  const screen = await opened
  await screen.press('Start a new exam')
  expect(bridge.inputsOf('session.choose')).toEqual([{ role: 'director' }])
  await eventually(() =>
    expect(screen.router.currentRoute.value).toMatchObject({ name: 'exam-setup', params: { examId: exam.id } }),
  )
})

test('a file that is no exam is refused with a reason, and one that is leads to its set-up', async () => {
  const { bridge, opened } = open({
    'session.choose': session({ role: 'director' }),
    'exam.importFile': refused('file-not-an-exam'),
  })
  const screen = await opened
  bridge.upload = { name: 'holiday.attune-exam.json', base64: btoa('{}') }
  await screen.press('Choose a file')
  expect(screen.text()).toContain('The file is not an exam made with Attune.')
  expect(screen.router.currentRoute.value.name).toBe('start')

  bridge.answer({ 'exam.importFile': exam })
  await screen.press('Choose a file')
  await eventually(() => expect(screen.router.currentRoute.value.name).toBe('exam-setup'))
  expect(screen.text()).toContain('“Autumn OSCE” was imported.')
})

test('choosing no file changes nothing, not even who one is', async () => {
  const { bridge, opened } = open({ 'session.choose': session({ role: 'director' }) })
  const screen = await opened
  await screen.press('Choose a file')
  expect(bridge.inputsOf('session.choose')).toEqual([])
})

test('whoever already sits here goes on with one press, or leaves', async () => {
  const { bridge, opened } = open({
    'exam.list': [summary()],
    'exam.roster': [entry(examiner)],
    'session.get': session({ role: 'examiner', person: examiner }),
    'session.leave': {},
  })
  const screen = await opened
  expect(screen.has(`Go on as ${examiner.name}`)).toBe(true)
  await screen.press('Leave')
  expect(bridge.inputsOf('session.leave')).toEqual([{}])
  expect(screen.has(`Go on as ${examiner.name}`)).toBe(false)
})

test('the loudness of the signals and the paper are kept as they are changed', async () => {
  const { bridge, opened } = open({
    'session.get': session({ role: 'director' }),
    'settings.set': ({ soundVolume = 0.5, paper = 'A4' }) => ({ soundVolume, paper }),
  })
  const screen = await opened
  await screen.press('Settings')
  await screen.fill(/^Loudness/, '0.2')
  await screen.fill('Paper', 'LETTER')
  expect(bridge.inputsOf('settings.set')).toEqual([{ soundVolume: 0.2 }, { paper: 'LETTER' }])
})

test('while the loudness is drawn along, an earlier answer does not pull it back', async () => {
  const answers = [held<{ soundVolume: number; paper: 'A4' }>(), held<{ soundVolume: number; paper: 'A4' }>()]
  let asked = 0
  const { opened } = open({
    'session.get': session({ role: 'director' }),
    'settings.set': () => {
      asked += 1
      return answers[asked - 1]?.promise ?? refused('internal')
    },
  })
  const screen = await opened
  await screen.press('Settings')
  await screen.fill(/^Loudness/, '0.2')
  await screen.fill(/^Loudness/, '0.9')
  answers[0]?.give({ soundVolume: 0.2, paper: 'A4' })
  await screen.settle()
  expect(screen.find(/^Loudness/)).toHaveProperty('value', '0.9')
  answers[1]?.give({ soundVolume: 0.9, paper: 'A4' })
  await screen.settle()
  expect(screen.find(/^Loudness/)).toHaveProperty('value', '0.9')
})

test('settings that another window changed, or that could not be read at first, are there when one comes back', async () => {
  const { bridge, opened } = open({
    'session.get': session({ role: 'director' }),
    'settings.get': refused('host-unreachable'),
  })
  const screen = await opened
  bridge.answer({ 'settings.get': { soundVolume: 0.1, paper: 'LETTER' } })
  dispatchEvent(new Event('focus'))
  await screen.settle()
  await screen.press('Settings')
  expect(screen.find(/^Loudness/)).toHaveProperty('value', '0.1')
})

test('a setting that cannot be kept is said, and shown as it was', async () => {
  const screen = await open({
    'session.get': session({ role: 'director' }),
    'settings.set': refused('storage-read-only'),
  }).opened
  await screen.press('Settings')
  await screen.fill(/^Loudness/, '0.2')
  expect(screen.text()).toContain('The data folder cannot be written to.')
  expect(screen.find(/^Loudness/)).toHaveProperty('value', '0.5')
})

test('handing the device over takes every screen away but the form', async () => {
  const { bridge, opened } = open({
    'exam.list': [summary()],
    'session.get': session({ role: 'examiner', person: examiner }),
  })
  const screen = await opened
  bridge.answer({ 'session.get': { ...session({ role: 'sp', person: sp }), handedOver: slot.id } })
  bridge.emit('session.changed', {})
  await screen.settle()
  await eventually(() =>
    expect(screen.router.currentRoute.value).toMatchObject({ name: 'sp-form', params: { encounterId: slot.id } }),
  )
  expect(screen.has('Leave')).toBe(false)
  await screen.router.push('/')
  expect(screen.router.currentRoute.value.name).toBe('sp-form')
})

test('an exam in preparation makes its people wait for the director', async () => {
  const screen = await open({ 'exam.list': [summary({ status: 'draft' })], 'exam.roster': [entry(examiner)] }).opened
  expect(screen.find(new RegExp(examiner.name)).textContent).toContain('Waits for the exam to start')
})

const people = (n: number) =>
  Array.from({ length: n }, (_, i) =>
    entry(personSchema.parse({ ...examiner, id: `p${i}`, name: i === 4 ? 'Núria Álvarez' : `Person ${i}` })),
  )

test('twelve people need no search', async () => {
  const screen = await open({ 'exam.list': [summary()], 'exam.roster': people(12) }).opened
  expect(screen.has('Find a name')).toBe(false)
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

test('thirteen people get a search that overlooks accents and capitals', async () => {
  const screen = await open({ 'exam.list': [summary()], 'exam.roster': people(13) }).opened
  await screen.fill('Find a name', 'nuria alv')
  expect(screen.has(/Núria Álvarez/)).toBe(true)
  expect(screen.has(/^Person 1\b/)).toBe(false)
  await screen.fill('Find a name', 'nobody at all')
  expect(screen.text()).toContain('Nobody here has a name with “nobody at all” in it.')
})

test('what is on disk stands in one line, and a full disk is told over every screen until there is room', async () => {
  const { bridge, opened } = open({ 'exam.list': [summary()] })
  const screen = await opened
  expect(screen.text()).toContain('Everything is on disk: 3,412 entries')
  bridge.emit('storage.changed', storage('full'))
  await screen.settle()
  expect(document.querySelector('[role="alert"]')?.textContent).toContain('the disk is full')
  expect(screen.text()).not.toContain('Everything is on disk')
  bridge.emit('storage.changed', storage())
  await screen.settle()
  expect(document.querySelector('[role="alert"]')?.textContent).not.toContain('the disk is full')
})

test('a host that goes away is told at once and forgotten when it is back', async () => {
  const { bridge, opened } = open({ 'exam.list': [summary()] })
  const screen = await opened
  bridge.connection(false)
  await screen.settle()
  expect(screen.text()).toContain('Attune does not answer.')
  bridge.connection(true)
  await screen.settle()
  expect(screen.text()).not.toContain('Attune does not answer.')
})

test('the sheet of keys opens by ? and lists what the screen registered', async () => {
  const screen = await open({}).opened
  await screen.key('?')
  expect(document.querySelector('[role="dialog"]')?.textContent).toContain('Keys and help')
})

test('the window is named after the screen', async () => {
  await open({}).opened
  expect(document.title).toBe('Start · Attune')
})
