import { expect, test, vi } from 'vitest'
import { personSchema } from '#shared/domain/exam.ts'
import { eventually } from '#tests/support/eventually.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { screenExam } from '#tests/support/screen-exam.ts'
import { entry, open, session, summary } from './start-screen.ts'

const { exam, examiner, sp, slot } = screenExam()

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

test.each([
  { state: 'plain', asked: true },
  { state: 'protected', asked: false },
] as const)('who begins is asked once whether $state data shall be encrypted: $asked', async ({ state, asked }) => {
  const { bridge, opened } = open({
    'account.list': { directors: [], recoverable: false },
    'account.begin': { session: session({ role: 'director' }), recoveryKey: 'ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2' },
    'data.state': { state, offered: false },
    'exam.create': { ...exam, status: 'draft' },
  })
  const screen = await opened
  await screen.press('Start a new exam')
  await screen.fill('Your name', 'Prof Dana Mustermann')
  await screen.fill('New PIN', '135790')
  await screen.fill('The same PIN again', '135790')
  await screen.press('Begin as program director')
  await screen.fill('The last five letters and digits', 'WXYZ2')
  await screen.press('It is on paper')
  expect(screen.text().includes('This is optional, and can be done later under Data & backups.')).toBe(asked)
  expect(bridge.inputsOf('exam.create')).toEqual(asked ? [] : [{}])
  if (asked) await screen.press('Not now')
  expect(bridge.inputsOf('exam.create')).toEqual([{}])
  expect(bridge.inputsOf('data.prepare')).toEqual([])
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

test('thirteen people get a search that overlooks accents and capitals', async () => {
  const screen = await open({ 'exam.list': [summary()], 'exam.roster': people(13) }).opened
  await screen.fill('Find a name', 'nuria alv')
  expect(screen.has(/Núria Álvarez/)).toBe(true)
  expect(screen.has(/^Person 1\b/)).toBe(false)
  await screen.fill('Find a name', 'nobody at all')
  expect(screen.text()).toContain('Nobody here has a name with “nobody at all” in it.')
})
