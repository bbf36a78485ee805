import { describe, expect, it } from 'vitest'
import BackupsView from '#renderer/features/backups/BackupsView.vue'
import { useToasts } from '#renderer/ui/use-toasts.ts'
import type { BackupOverview } from '#shared/contract/parts/backups.ts'
import type { BackupEntry } from '#shared/domain/backup.ts'
import { fakeBridge, refused, type Answers } from '#tests/support/fake-bridge.ts'
import { held } from '#tests/support/held.ts'
import { openScreen } from '#tests/support/screen.ts'

const overview = (more: Partial<BackupOverview> = {}): BackupOverview => ({
  status: { state: 'ok', failure: null, lastAt: '2026-11-14T10:20:00.000Z', second: 'unset' },
  secondFolder: null,
  sameDisk: false,
  restored: null,
  ...more,
})

const entry = (more: Partial<BackupEntry> = {}): BackupEntry => ({
  name: 'attune-20261114T102000000Z-while-running-0123456789abcdef-0123456789abcdef.db',
  place: 'data-folder',
  at: '2026-11-14T10:20:00.000Z',
  why: 'while-running',
  device: '0123456789abcdef',
  bytes: 2_400_000,
  state: 'good',
  holds: {
    exams: [
      {
        id: 'exam-1',
        title: 'Small exam',
        heldOn: '2026-11-14',
        status: 'running',
        encounters: 9,
        submitted: 4,
        code: 'ABCD-EFGH',
      },
    ],
    events: 812,
    newestEventAt: '2026-11-14T10:19:00.000Z',
    version: 80,
    missing: 42,
    more: 0,
  },
  ...more,
})

async function open(answers: Answers = {}) {
  const bridge = fakeBridge({
    'backup.overview': overview(),
    'backup.list': [entry()],
    'data.state': { state: 'plain', offered: false },
    ...answers,
  })
  return { bridge, screen: await openScreen(BackupsView, { bridge }) }
}

const notices = () => useToasts().toasts.map(({ text }) => text)

describe('data & backups', () => {
  it('tells what each backup holds and what it lacks', async () => {
    const { screen } = await open()
    expect(screen.text()).toMatch(/Small exam ?4 of 9 encounters submitted · Ledger ABCD-EFGH.*812 events, 2\.4 MB ?42/)
    expect(screen.text()).toContain('Last backup:')
  })

  it('tells how many there are and what they take in the data folder, those that stay for good apart', async () => {
    const name = (n: number) => entry().name.replace('T102', `T11${n}`)
    const { screen } = await open({
      'backup.list': [
        entry(),
        entry({ name: name(1), why: 'before-import', bytes: 1_000_000 }),
        entry({ name: name(2), why: 'before-migration', bytes: 500_000 }),
        entry({ name: name(3), why: 'before-import', place: 'second-folder' }),
      ],
    })
    expect(screen.text()).toMatch(
      /3 backups here take 3\.9 MB\. 2 of them, from before imports and updates, are kept for good: 1\.5 MB\./,
    )
  })

  it('asks in words what will be missing before it restores', async () => {
    const { bridge, screen } = await open({ 'backup.restore': {} })
    await screen.press(/^Restore the backup of/)
    expect(screen.text()).toContain('42 events that were recorded after this backup will not be there.')
    expect(bridge.inputsOf('backup.restore')).toEqual([])
    await screen.press('Restore')
    expect(bridge.inputsOf('backup.restore')).toEqual([{ place: 'data-folder', name: entry().name }])
  })

  it('offers no damaged backup', async () => {
    const { screen } = await open({ 'backup.list': [entry({ state: 'damaged', holds: null })] })
    expect(screen.text()).toContain('Damaged: cannot be restored')
    expect(screen.has(/^Restore the backup of/)).toBe(false)
  })

  it('says of a backup with a broken ledger what it is, in the list and before it is restored', async () => {
    const { bridge, screen } = await open({
      'backup.list': [entry({ state: 'ledger-broken' })],
      'backup.restore': {},
    })
    expect(screen.text()).toContain('Ledger broken: not a good backup')
    await screen.press(/^Restore the backup of/)
    expect(screen.text()).toContain('The ledger of this backup is broken')
    expect(bridge.inputsOf('backup.restore')).toEqual([])
    await screen.press('Restore all the same')
    expect(bridge.inputsOf('backup.restore')).toEqual([{ place: 'data-folder', name: entry().name, evenBroken: true }])
  })

  it('brings the other data back where this was restored, and says so before', async () => {
    const restored = { at: '2026-11-14T11:00:00.000Z', backupAt: '2026-11-14T10:20:00.000Z', missing: 42, goneOn: 1 }
    const { bridge, screen } = await open({ 'backup.overview': overview({ restored }), 'backup.undoRestore': {} })
    expect(screen.text()).toContain('One exam goes on with its later set-up')
    await screen.press('Bring the other data back')
    expect(bridge.inputsOf('backup.undoRestore')).toEqual([])
    expect(screen.text()).toContain('which is kept aside in turn')
  })

  it('says why the last backup failed, and makes one on request', async () => {
    const status = { state: 'failed', failure: 'backup-no-room', lastAt: null, second: 'unset' } as const
    const { bridge, screen } = await open({ 'backup.overview': overview({ status }), 'backup.create': status })
    expect(screen.text()).toContain('The last backup failed. There is too little room on the disk for a backup.')
    await screen.press('Back up now')
    expect(bridge.inputsOf('backup.create')).toHaveLength(1)
  })

  it('takes a second folder, and says of one that cannot be used why', async () => {
    const { bridge, screen } = await open({ 'backup.setSecondFolder': refused('backup-folder-unusable') })
    await screen.fill(/Folder on another disk/, '/media/stick')
    await screen.press('Use this folder')
    expect(bridge.inputsOf('backup.setSecondFolder')).toEqual([{ path: '/media/stick' }])
    expect(screen.text()).toContain('The second folder for backups is not there or cannot be written to.')
  })

  it('asks after a second folder that could not take the last backup', async () => {
    const status = { state: 'ok', failure: null, lastAt: '2026-11-14T10:20:00.000Z', second: 'failed' } as const
    const { screen } = await open({ 'backup.overview': overview({ status, secondFolder: '/media/stick' }) })
    expect(screen.text()).toMatch(/Could not take the last backup.*Is it plugged in, and is there room on it\?/)
  })

  it('says that there is none yet', async () => {
    const { screen } = await open({ 'backup.list': [] })
    expect(screen.text()).toContain('No backup yet')
  })

  it('says what it failed to read, and reads it again', async () => {
    const { bridge, screen } = await open({ 'backup.list': refused('storage-failed') })
    bridge.answer({ 'backup.list': [entry()] })
    await screen.press('Try again')
    expect(screen.text()).toContain('812 events')
  })

  it('says why a backup cannot be restored, and closes the question', async () => {
    const { screen } = await open({ 'backup.restore': refused('backup-damaged') })
    await screen.press(/^Restore the backup of/)
    await screen.press('Restore')
    expect(notices()).toEqual([expect.stringContaining('damaged')])
    expect(screen.has('Cancel')).toBe(false)
  })

  it('cannot be asked twice for a backup that is being made', async () => {
    const answer = held<BackupOverview['status']>()
    const { screen } = await open({ 'backup.create': () => answer.promise })
    await screen.press('Back up now')
    expect(screen.find('Back up now')).toHaveProperty('disabled', true)
    answer.give(overview().status)
    await screen.settle()
    expect(screen.find('Back up now')).toHaveProperty('disabled', false)
    expect(notices()).toEqual(['The backup is made and checked.'])
  })
})
