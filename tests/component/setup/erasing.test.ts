import { describe, expect, test } from 'vitest'
import type { Retention } from '#shared/contract/parts/privacy.ts'
import { examIdSchema } from '#shared/domain/ids.ts'
import { refused, type Answers } from '#tests/support/fake-bridge.ts'
import { held } from '#tests/support/held.ts'
import { draftExam, openSetup, setupHost } from './setup-host.ts'

const retention = (more: Partial<Retention> = {}): Retention => ({
  examId: examIdSchema.parse('exam-1'),
  title: 'Small exam',
  eraseNamesOn: null,
  names: 6,
  due: false,
  ...more,
})
const host = (status: 'running' | 'closed', answers: Answers = {}) =>
  setupHost(draftExam({ exam: { ...draftExam().exam, status }, hasMarks: true }), {
    'privacy.retention': [retention()],
    ...answers,
  })

describe('erasing one candidate', () => {
  test('is asked first, with what it does not reach, and can be left', async () => {
    const setup = host('closed', { 'privacy.eraseCandidate': {} })
    const screen = await openSetup(setup, 'people')
    await screen.press('Erase candidate 1001')
    expect(screen.text()).toContain('Erase candidate 1001, Candidate 1?')
    expect(screen.text()).toContain('backups made before, data that was set aside by restoring (the folder kept-aside)')
    await screen.press('Cancel')
    expect(setup.bridge.inputsOf('privacy.eraseCandidate')).toEqual([])
    await screen.press('Erase candidate 1001')
    await screen.press('Erase name and number')
    expect(setup.bridge.inputsOf('privacy.eraseCandidate')).toEqual([{ candidateId: 'candidate-1' }])
    expect(screen.text()).toContain('The candidate is erased. The results stay.')
  })

  test('cannot be asked twice while it is under way', async () => {
    const answer = held<Record<string, never>>()
    const setup = host('closed', { 'privacy.eraseCandidate': () => answer.promise })
    const screen = await openSetup(setup, 'people')
    await screen.press('Erase candidate 1001')
    await screen.press('Erase name and number')
    expect(screen.find('Erase name and number')).toHaveProperty('disabled', true)
    answer.give({})
    await screen.settle()
    expect(screen.has('Erase name and number')).toBe(false)
  })

  test('that is refused says why', async () => {
    const screen = await openSetup(host('closed', { 'privacy.eraseCandidate': refused('exam-not-closed') }), 'people')
    await screen.press('Erase candidate 1001')
    await screen.press('Erase name and number')
    expect(screen.text()).toContain('closed')
    expect(screen.text()).not.toContain('The candidate is erased.')
  })

  test('is offered of no exam that is not closed, and of nobody who is erased', async () => {
    const screen = await openSetup(host('running'), 'people')
    expect(screen.has(/^Erase candidate/)).toBe(false)
  })
})

describe('how long names are kept', () => {
  test('a year after the exam is proposed, and a day can be taken back', async () => {
    const setup = host('running', { 'privacy.setRetention': {} })
    const screen = await openSetup(setup)
    expect(screen.text()).toContain('No date is set: nobody will be reminded.')
    expect(screen.text()).toContain('The exam holds 6 names.')
    setup.bridge.answer({ 'privacy.retention': [retention({ eraseNamesOn: '2027-11-14' })] })
    await screen.press('One year after the exam')
    await screen.press('No date')
    expect(setup.bridge.inputsOf('privacy.setRetention')).toEqual([
      { examId: 'exam-1', eraseNamesOn: '2027-11-14' },
      { examId: 'exam-1', eraseNamesOn: null },
    ])
  })

  test('while the exam is not closed, names cannot be erased, and why is said', async () => {
    const screen = await openSetup(host('running'))
    expect(screen.find('Erase all names of this exam')).toHaveProperty('disabled', true)
    expect(screen.text()).toContain('Names can be erased once the exam is closed.')
  })

  test('on the day, the exam says so; all names go once that is confirmed', async () => {
    const due = retention({ eraseNamesOn: '2026-11-14', due: true })
    const setup = host('closed', { 'privacy.retention': [due], 'privacy.eraseExam': {} })
    const screen = await openSetup(setup)
    expect(screen.text()).toContain('the names of this exam are to be erased.')
    await screen.press('Erase all names of this exam')
    expect(setup.bridge.inputsOf('privacy.eraseExam')).toEqual([])
    expect(screen.text()).toContain('Marks, results and the ledger stay, and no figure changes.')
    setup.bridge.answer({ 'privacy.retention': [retention({ names: 0 })] })
    const [, confirm] = [...document.querySelectorAll<HTMLElement>('[role="alertdialog"] footer button')]
    confirm?.click()
    await screen.settle()
    expect(setup.bridge.inputsOf('privacy.eraseExam')).toEqual([{ examId: 'exam-1' }])
    expect(screen.text()).toContain('The exam holds no names.')
    expect(screen.has('Erase all names of this exam')).toBe(false)
  })

  test('a day that cannot be set says why', async () => {
    const screen = await openSetup(host('running', { 'privacy.setRetention': refused('storage-full') }))
    await screen.press('One year after the exam')
    expect(screen.text()).toContain('The disk is full.')
  })
})
