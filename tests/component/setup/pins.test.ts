import { expect, test } from 'vitest'
import type { Slip } from '#shared/contract/parts/accounts.ts'
import { fileRefSchema } from '#shared/contract/parts/common.ts'
import { refused, type Answers } from '#tests/support/fake-bridge.ts'
import { held } from '#tests/support/held.ts'
import { smallExam } from '#tests/support/small-exam.ts'
import { openSetup, setupHost } from './setup-host.ts'

const { examiner, otherExaminer, sp } = smallExam()
const slip = fileRefSchema.parse({ id: 'file-1', name: 'PINs.pdf', mime: 'application/pdf', bytes: 1000 })

const host = (answers: Answers) => {
  const setup = setupHost(undefined, answers)
  return { setup, opened: openSetup(setup, 'people?list=staff') }
}

test('a new PIN is given once that is confirmed, shown this once, and printed on a slip', async () => {
  const { setup, opened } = host({
    'account.givePins': [{ personId: examiner.id, pin: '604812' }],
    'account.printPins': slip,
  })
  const screen = await opened
  await screen.press('New PIN for examiner-1')
  expect(screen.text()).toContain('One that they have already does not hold any more.')
  expect(setup.bridge.inputsOf('account.givePins')).toEqual([])
  await screen.press('Give the PIN')
  expect(screen.text()).toContain('604812')
  expect(screen.text()).toContain('Each PIN is shown this once and kept nowhere.')
  await screen.press('Print the slips')
  expect(setup.bridge.saved).toEqual([slip])
  await screen.press('Done')
  expect(screen.text()).not.toContain('604812')
})

test('whoever has no PIN gets one with one press, and where nobody lacks one that is said', async () => {
  const entry = (person: typeof examiner, pin: 'own' | 'none') => ({ person, stations: [1], pin })
  const roster = [entry(examiner, 'none'), entry(otherExaminer, 'own'), entry(sp, 'none')].map(
    ({ person: { id, role, name }, ...rest }) => ({ person: { id, role, name }, ...rest }),
  )
  const { setup, opened } = host({ 'exam.roster': roster, 'account.givePins': refused('storage-full') })
  const screen = await opened
  await screen.press('Give PINs to all without one')
  expect(screen.text()).toContain('PINs for 2 people?')
  await screen.press('Cancel')
  setup.bridge.answer({ 'exam.roster': roster.map((one) => ({ ...one, pin: 'own' as const })) })
  await screen.press('Give PINs to all without one')
  expect(screen.text()).toContain('Everybody has a PIN.')
})

test('while a PIN is made, the dialog says how far it is and cannot be left; a refusal says why and is tried again', async () => {
  const answer = held<Slip[]>()
  const { setup, opened } = host({ 'account.givePins': () => answer.promise })
  const screen = await opened
  await screen.press('New PIN for sp-1')
  await screen.press('Give the PIN')
  expect(screen.text()).toContain('PINs made')
  expect(screen.find('Done')).toHaveProperty('disabled', true)
  expect(screen.find('Print the slips')).toHaveProperty('disabled', true)
  await screen.key('Escape')
  expect(screen.has('Done')).toBe(true)
  answer.give([{ personId: sp.id, pin: '135791' }])
  await screen.settle()
  expect(screen.text()).toContain('135791')
  await screen.press('Done')

  setup.bridge.answer({ 'account.givePins': refused('storage-full') })
  await screen.press('New PIN for sp-1')
  await screen.press('Give the PIN')
  expect(screen.text()).toContain('The disk is full.')
  setup.bridge.answer({ 'account.givePins': [{ personId: sp.id, pin: '975318' }] })
  await screen.press('Try again')
  expect(screen.text()).toContain('975318')
})
