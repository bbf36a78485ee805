import { describe, expect, test } from 'vitest'
import type { Output } from '#shared/contract/contract.ts'
import { eventually } from '#tests/support/eventually.ts'
import { screenExam } from '#tests/support/screen-exam.ts'
import { open, session, storage, summary } from './start-screen.ts'

const { examiner, sp, slot } = screenExam()

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

describe('where the data lie', () => {
  const at = async (place: Output<'privacy.disk'>, role: 'director' | 'examiner' = 'director') => {
    const { opened } = open({ 'session.get': session({ role }), 'exam.list': [summary()], 'privacy.disk': place })
    return (await opened).text()
  }

  test('a director reads on the start screen that a service copies the folder away, and what to do', async () => {
    expect(await at({ encryption: 'encrypted', syncedBy: 'OneDrive' })).toMatch(
      /The data folder lies in OneDrive.*move the folder out of it/,
    )
  })

  test('beside it they read that the disk is not encrypted', async () => {
    const text = await at({ encryption: 'plain', syncedBy: 'Dropbox' })
    expect(text).toContain('The data folder lies in Dropbox')
    expect(text).toContain('disk is not encrypted')
  })

  test.each([
    ['where all is well', 'director', { encryption: 'unknown', syncedBy: null }],
    ['to an examiner', 'examiner', { encryption: 'plain', syncedBy: 'OneDrive' }],
  ] as const)('nothing is said of it %s', async (_, role, place) => {
    expect(await at(place, role)).not.toMatch(/The data folder lies in|disk is not encrypted/)
  })
})
