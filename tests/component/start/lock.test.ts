import { expect, test } from 'vitest'
import type { Session } from '#shared/domain/session.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { held } from '#tests/support/held.ts'
import { screenExam } from '#tests/support/screen-exam.ts'
import { entry, open, session, summary } from './start-screen.ts'

const { examiner } = screenExam()
const sitting = session({ role: 'examiner', person: examiner })
const locked: Session = { ...sitting, locked: true }

const host = () =>
  open({
    'exam.list': [summary()],
    'exam.roster': [entry(examiner)],
    'session.get': sitting,
    'session.lock': locked,
  })

test('a locked window shows who sits here and asks for the PIN; a wrong one says how many tries are left', async () => {
  const { bridge, opened } = host()
  const screen = await opened
  await screen.press('Lock now')
  expect(screen.text()).toContain('Locked')
  expect(screen.text()).toContain(examiner.name)
  bridge.answer({ 'session.signIn': refused('wrong-pin', { left: 2, waitSeconds: 0 }) })
  await screen.fill('PIN', '111111')
  await screen.press('Unlock')
  expect(screen.text()).toContain('That is not the PIN. 2 more tries, then there is a wait.')
  bridge.answer({ 'session.signIn': sitting })
  await screen.fill('PIN', '135790')
  await screen.press('Unlock')
  expect(screen.has('Unlock')).toBe(false)
})

test('Escape does not open it, and while the PIN is looked at it is not asked twice', async () => {
  const answer = held<Session>()
  const { bridge, opened } = host()
  const screen = await opened
  await screen.press('Lock now')
  await screen.key('Escape')
  expect(screen.has('Unlock')).toBe(true)
  bridge.answer({ 'session.signIn': () => answer.promise })
  await screen.fill('PIN', '135790')
  await screen.press('Unlock')
  expect(screen.find('Unlock')).toHaveProperty('disabled', true)
  await screen.key('Enter')
  expect(bridge.inputsOf('session.signIn')).toHaveLength(1)
  answer.give(sitting)
  await screen.settle()
  expect(screen.has('Unlock')).toBe(false)
})

test('somebody else can take the window over, and is led to the start', async () => {
  const { bridge, opened } = host()
  const screen = await opened
  await screen.press('Lock now')
  bridge.answer({ 'session.leave': {}, 'session.get': null })
  await screen.press('Somebody else signs in')
  expect(screen.has('Unlock')).toBe(false)
  expect(screen.router.currentRoute.value.name).toBe('start')
})

test('where every name is erased, the exam says so in place of cards that nobody can tell apart', async () => {
  const { opened } = open({
    'exam.list': [summary({ status: 'closed' })],
    'exam.roster': [entry({ ...examiner, name: '—' })],
  })
  const screen = await opened
  expect(screen.text()).toContain('The names of the people of this exam are erased. Its results stay.')
  expect(screen.text()).not.toContain('Examiners')
})
