import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import type { StorageStatus } from '#shared/contract/parts/app.ts'
import { fakeBridge } from '#tests/support/fake-bridge.ts'
import { openScreen } from '#tests/support/screen.ts'

const well: StorageStatus = { state: 'ok', events: 0, lastWriteAt: null, reserve: 'kept' }

const open = async () => {
  const bridge = fakeBridge({
    'app.info': { version: '0.1.0', host: 'web', storage: well },
    'settings.get': { soundVolume: 0.5, paper: 'A4', idleLockMinutes: 10 },
    'session.get': null,
    'exam.list': [],
  })
  const screen = await openScreen(App, { bridge })
  const banner = () => document.querySelector('[role=alert]')?.textContent.trim() ?? ''
  const become = async (change: Partial<StorageStatus>) => {
    bridge.emit('storage.changed', { ...well, ...change })
    await screen.settle()
  }
  return { banner, become }
}

test.each([
  ['full', /the disk is full.*until there is room/],
  ['read-only', /cannot be written to.*right to write there/],
  ['locked', /another program holds the data.*close what is using/],
  ['failed', /disk reports an error.*have the disk looked at/],
] as const)('while the storage is %s a banner stands that says why, and what to do', async (state, words) => {
  const { banner, become } = await open()
  expect(banner()).toBe('')
  await become({ state })
  expect(banner()).toMatch(/^Nothing is being saved/)
  expect(banner()).toMatch(words)
  await become({})
  expect(banner()).toBe('')
})

test('while marks go into the room kept for a full disk, a banner says so, until there is room again', async () => {
  const { banner, become } = await open()
  await become({ reserve: 'used' })
  expect(banner()).toMatch(/^The disk is full\. Marks are still saved.*director.*make room/)
  await become({ reserve: 'used', state: 'full' })
  expect(banner()).toMatch(/^Nothing is being saved/)
  await become({ reserve: 'none' })
  expect(banner()).toBe('')
})
