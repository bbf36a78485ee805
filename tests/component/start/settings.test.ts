import { expect, test } from 'vitest'
import type { Settings } from '#shared/contract/parts/app.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { held } from '#tests/support/held.ts'
import { open, session } from './start-screen.ts'

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
