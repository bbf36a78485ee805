import { describe, expect, test } from 'vitest'
import App from '#renderer/App.vue'
import type { StorageStatus } from '#shared/contract/parts/app.ts'
import type { Session } from '#shared/domain/session.ts'
import { fakeBridge } from '#tests/support/fake-bridge.ts'
import { openScreen } from '#tests/support/screen.ts'

const well: StorageStatus = { state: 'ok', events: 0, lastWriteAt: null, reserve: 'kept', broken: null }

const director: Session = { role: 'director', examId: null, personId: null, handedOver: null, locked: false }

const open = async (session: Session | null = null) => {
  const bridge = fakeBridge({
    'app.info': { version: '0.1.0', host: 'web', storage: well },
    'settings.get': { soundVolume: 0.5, paper: 'A4', idleLockMinutes: 10 },
    'session.get': session,
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

describe('where the ledger does not hold', () => {
  const broken = { id: 'event-7', device: 'laptop-4', seq: 12, problem: 'altered' } as const

  test('a director reads which event is the first, and what to do, until a later walk finds it sound', async () => {
    const { banner, become } = await open(director)
    await become({ broken })
    expect(banner()).toMatch(
      /ledger of this laptop was changed.*Event 12 of laptop-4 is not as it was written.*event-7/,
    )
    expect(banner()).toMatch(/Audit › Verify.*doctor.*last whose ledger held/)
    await become({ broken, events: 3 })
    expect(banner()).toContain('event-7')
    await become({})
    expect(banner()).toBe('')
  })

  test('an event that is gone has no name to tell', async () => {
    const { banner, become } = await open(director)
    await become({ broken: { ...broken, id: null, problem: 'removed' } })
    expect(banner()).toMatch(/Event 12 of laptop-4 came from another laptop and is gone\.Marks are still saved/)
  })

  test.each([
    ['an examiner', { ...director, role: 'examiner' as const }],
    ['somebody at the start', null],
  ])('%s reads that marks are saved and that a director should look, and blames nobody', async (_, session) => {
    const { banner, become } = await open(session)
    await become({ broken })
    expect(banner()).toMatch(/^Marks are still saved, and you can go on\. A director should look/)
    expect(banner()).not.toMatch(/changed|damaged|event-7/)
  })

  test('nothing says that marks are saved while they are not', async () => {
    const { banner, become } = await open()
    await become({ broken, state: 'failed' })
    expect(banner()).toMatch(/^Nothing is being saved/)
    expect(banner()).not.toContain('still saved')
  })
})
