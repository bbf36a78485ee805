import { expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import type { ExamSummary, RosterEntry } from '#shared/contract/parts/exams.ts'
import type { Settings, StorageStatus } from '#shared/contract/parts/app.ts'
import { personSchema, type Person } from '#shared/domain/exam.ts'
import { examIdSchema, personIdSchema } from '#shared/domain/ids.ts'
import { sessionSchema } from '#shared/domain/session.ts'
import { eventually } from '#tests/support/eventually.ts'
import { fakeBridge, refused, type Answers } from '#tests/support/fake-bridge.ts'
import { held } from '#tests/support/held.ts'
import { openScreen, type Screen } from '#tests/support/screen.ts'
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

const entry = ({ id, role, name }: Person, pin: RosterEntry['pin'] = 'own'): RosterEntry => ({
  person: { id, role, name },
  stations: [3],
  pin,
})

const session = (who: { role: 'examiner' | 'sp' | 'director'; person?: Person }) =>
  sessionSchema.parse({
    role: who.role,
    examId: who.person ? exam.id : null,
    personId: who.person?.id ?? 'director-1',
    handedOver: null,
  })

const accounts = {
  directors: [{ id: personIdSchema.parse('director-1'), name: 'Prof Dana Mustermann', samplePin: null }],
  recoverable: true,
}

const open = (answers: Answers) => {
  const bridge = fakeBridge({
    'app.info': info(),
    'settings.get': { soundVolume: 0.5, paper: 'A4', idleLockMinutes: 10 },
    'session.get': null,
    'exam.list': [],
    'exam.roster': [],
    'account.list': accounts,
    'encounter.schedule': [],
    'sp.schedule': [],
    'sp.parts': [],
    ...answers,
  })
  return { bridge, opened: openScreen(App, { bridge }) }
}

async function signInDirector(screen: Screen): Promise<void> {
  await screen.fill('PIN', '135790')
  await screen.press('Sign in')
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

test('each person is told with their stations, and who has no PIN that they have none', async () => {
  const screen = await open({ 'exam.list': [summary()], 'exam.roster': [entry(examiner), entry(sp, 'none')] }).opened
  expect(screen.find(new RegExp(examiner.name)).textContent).toContain('Examines at station 3')
  expect(screen.find(new RegExp(sp.name)).textContent).toContain('Has no PIN yet')
  expect(screen.text()).toContain('3 of 6')
  await screen.press(new RegExp(sp.name))
  expect(screen.text()).toContain('The director gives you one')
  expect(screen.has('Sign in')).toBe(false)
})

test('the roster is read anew when the exam is set up, not for every mark', async () => {
  const { bridge, opened } = open({ 'exam.list': [summary()], 'exam.roster': [entry(examiner)] })
  const screen = await opened
  const readings = () => bridge.inputsOf('exam.roster').length
  const before = readings()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  bridge.emit('encounter.changed', { examId: exam.id, encounterId: slot.id })
  await vi.advanceTimersByTimeAsync(2000)
  expect(readings()).toBe(before)
  bridge.emit('exam.changed', { examId: exam.id })
  await vi.advanceTimersByTimeAsync(2000)
  await screen.settle()
  expect(readings()).toBe(before + 1)
})

test('an examiner signs in with the PIN, touched or typed, and is led to the examiner’s day', async () => {
  const { bridge, opened } = open({
    'exam.list': [summary()],
    'exam.roster': [entry(examiner), entry(sp)],
    'session.signIn': session({ role: 'examiner', person: examiner }),
  })
  const screen = await opened
  await screen.press(new RegExp(examiner.name))
  for (const key of ['1', '2', '3', '4', '5', '6']) await screen.press(key)
  await screen.press('Delete the last digit')
  expect(screen.find('Sign in')).toHaveProperty('disabled', true)
  await screen.press('7')
  await screen.press('Sign in')
  expect(bridge.inputsOf('session.signIn')).toEqual([{ personId: examiner.id, pin: '123457' }])
  await eventually(() => expect(screen.router.currentRoute.value.name).toBe('examiner-day'))
})

test('a wrong PIN says how many tries are left, then how long to wait, and what was typed is gone', async () => {
  const { bridge, opened } = open({
    'exam.list': [summary()],
    'exam.roster': [entry(examiner)],
    'session.signIn': refused('wrong-pin', { waitSeconds: 0, left: 2 }),
  })
  const screen = await opened
  await screen.press(new RegExp(examiner.name))
  await screen.fill('PIN', '111111')
  await screen.press('Sign in')
  expect(screen.text()).toContain('2 more tries, then there is a wait.')
  expect(screen.find('PIN')).toHaveProperty('value', '')
  bridge.answer({ 'session.signIn': refused('wrong-pin', { waitSeconds: 30, left: 0 }) })
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  await screen.fill('PIN', '222222')
  await screen.press('Sign in')
  expect(screen.text()).toContain('The next try is open in 30 seconds.')
  await screen.fill('PIN', '333333')
  expect(screen.find('Sign in')).toHaveProperty('disabled', true)
  vi.advanceTimersByTime(30_000)
  await screen.settle()
  expect(screen.find('Sign in')).toHaveProperty('disabled', false)
})

test('the PIN of a sample is told, so that whoever looks at the app can sit down at once', async () => {
  const { opened } = open({ 'exam.list': [summary({ sample: true })], 'exam.roster': [entry(examiner, 'sample')] })
  const screen = await opened
  expect(screen.text()).toContain('the PIN of everybody in it is 246810')
  await screen.press(new RegExp(examiner.name))
  expect(screen.text()).toContain('This is a sample: the PIN is 246810.')
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

test('the first director of an installation chooses a PIN, and goes on once the recovery key is on paper', async () => {
  const { bridge, opened } = open({
    'account.list': { directors: [], recoverable: false },
    'account.begin': { session: session({ role: 'director' }), recoveryKey: 'ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2' },
    'exam.create': { ...exam, status: 'draft' },
  })
  const screen = await opened
  await screen.press('Start a new exam')
  await screen.fill('Your name', 'Prof Dana Mustermann')
  await screen.fill('New PIN', '135790')
  await screen.fill('The same PIN again', '135791')
  await screen.press('Begin as program director')
  expect(screen.text()).toContain('The two PINs differ.')
  await screen.fill('The same PIN again', '135790')
  await screen.press('Begin as program director')
  expect(bridge.inputsOf('account.begin')).toEqual([{ name: 'Prof Dana Mustermann', pin: '135790' }])
  expect(screen.text()).toContain('ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2')
  expect(screen.has('Close')).toBe(false)
  await screen.fill('The last five letters and digits', 'ABCDE')
  await screen.press('It is on paper')
  expect(screen.text()).toContain('These are not the last five')
  await screen.fill('The last five letters and digits', 'wxyz2')
  await screen.press('It is on paper')
  expect(bridge.inputsOf('exam.create')).toEqual([{}])
})

test('a director whose PIN is lost gets a new one with the recovery key, and a new key', async () => {
  const { bridge, opened } = open({
    'exam.list': [summary()],
    'account.recover': refused('wrong-recovery-key', { waitSeconds: 0 }),
  })
  const screen = await opened
  await screen.press('Results')
  await screen.press('PIN forgotten?')
  await screen.fill('Recovery key', 'ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2')
  await screen.fill('New PIN', '975310')
  await screen.fill('The same PIN again', '975310')
  await screen.press('Set the new PIN')
  expect(screen.text()).toContain('That is not the recovery key.')
  bridge.answer({
    'account.recover': { session: session({ role: 'director' }), recoveryKey: '22222-33333-44444-55555-66666' },
  })
  await screen.press('Set the new PIN')
  expect(screen.text()).toContain('22222-33333-44444-55555-66666')
  expect(bridge.inputsOf('account.recover').at(-1)).toMatchObject({ directorId: 'director-1', pin: '975310' })
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
    'settings.set': ({ soundVolume = 0.5, paper = 'A4', idleLockMinutes = 10 }) => ({
      soundVolume,
      paper,
      idleLockMinutes,
    }),
  })
  const screen = await opened
  await screen.press('Settings')
  await screen.fill(/^Loudness/, '0.2')
  await screen.fill('Paper', 'LETTER')
  expect(bridge.inputsOf('settings.set')).toEqual([{ soundVolume: 0.2 }, { paper: 'LETTER' }])
})

test('while the loudness is drawn along, an earlier answer does not pull it back', async () => {
  const answers = [held<Settings>(), held<Settings>()]
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
  answers[0]?.give({ soundVolume: 0.2, paper: 'A4', idleLockMinutes: 10 })
  await screen.settle()
  expect(screen.find(/^Loudness/)).toHaveProperty('value', '0.9')
  answers[1]?.give({ soundVolume: 0.9, paper: 'A4', idleLockMinutes: 10 })
  await screen.settle()
  expect(screen.find(/^Loudness/)).toHaveProperty('value', '0.9')
})

test('settings that another window changed, or that could not be read at first, are there when one comes back', async () => {
  const { bridge, opened } = open({
    'session.get': session({ role: 'director' }),
    'settings.get': refused('host-unreachable'),
  })
  const screen = await opened
  bridge.answer({ 'settings.get': { soundVolume: 0.1, paper: 'LETTER', idleLockMinutes: 10 } })
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
