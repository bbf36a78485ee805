import { describe, expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import type { ArrivedBundle, ImportedBundle, Laptops } from '#shared/contract/parts/laptops.ts'
import { examIdSchema } from '#shared/domain/ids.ts'
import { draftExam, setupHost } from '#tests/component/setup/setup-host.ts'
import { eventually } from '#tests/support/eventually.ts'
import { refused, type Answers } from '#tests/support/fake-bridge.ts'
import { openScreen } from '#tests/support/screen.ts'

const examId = examIdSchema.parse('exam-1')
const file = { id: 'file-1', name: 'Small exam.attune-package', mime: 'application/octet-stream', bytes: 2000 }
const upload = (name: string) => ({ name, base64: 'AAAA' })

const heard = (over: Partial<Laptops> = {}): Laptops => ({
  collects: true,
  laptops: [
    {
      device: 'd1',
      name: 'Station 4',
      own: false,
      events: 1200,
      missing: 13,
      lastAt: '2026-11-14T15:00:00.000Z',
      code: 'QRST-UVWX',
      clock: { kind: 'off', ms: -720_000 },
    },
    { device: 'd2', name: null, own: true, events: 3, missing: 0, lastAt: null, code: 'YZAB-CDEF', clock: null },
  ],
  coverage: [
    { stationNumber: 1, round: 1, state: 'complete' },
    { stationNumber: 1, round: 2, state: 'conflicting' },
    { stationNumber: 2, round: 1, state: 'partial' },
    { stationNumber: 2, round: 2, state: 'missing' },
  ],
  watched: null,
  ...over,
})
const imported = (over: Partial<ImportedBundle> = {}): ImportedBundle => ({
  examId,
  laptop: 'Station 4',
  ledgerCode: 'LEDG-CODE',
  new: 1200,
  known: 40,
  conflicting: 0,
  missing: 0,
  aheadMs: 0,
  ...over,
})

async function open(answers: Answers = {}, status: 'running' | 'draft' = 'running') {
  const data = draftExam({ exam: { ...draftExam().exam, status } })
  const { bridge } = setupHost(data, { 'laptop.list': heard(), ...answers })
  const screen = await openScreen(App, { bridge, at: '/exams/exam-1/setup/laptops' })
  // The set-up is fetched when one first goes there.
  await eventually(() => {
    expect(screen.text()).toContain('Results from the stations')
  })
  return { bridge, screen }
}

/** Lets files go over the window, as a browser tells of it. */
function letGo(...names: string[]): void {
  const files = names.map((name) => new File(['x'], name))
  for (const type of ['dragenter', 'drop']) {
    const event = Object.assign(new Event(type, { bubbles: true, cancelable: true }), {
      dataTransfer: { types: ['Files'], files },
    })
    document.body.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
  }
}

describe('the package for the stations', () => {
  test('is saved, and its code stands large with the advice to send it another way', async () => {
    const { bridge, screen } = await open({
      'package.export': { file, code: 'ABCD-EFGH-JKLM', signerCode: 'KEYC-ODEX' },
    })
    await screen.press('Export the package')
    expect(bridge.saved).toEqual([file])
    expect(screen.text()).toMatch(/Saved: Small exam\.attune-package ?Code of this package ?ABCD-EFGH-JKLM/)
    expect(screen.text()).toMatch(/This laptop’s letters ?KEYC-ODEX/)
    expect(screen.text()).toContain('Send the code another way than the file.')
  })

  test('that was not saved shows no code that would open nothing', async () => {
    const { bridge, screen } = await open({
      'package.export': { file, code: 'ABCD-EFGH-JKLM', signerCode: 'KEYC-ODEX' },
    })
    bridge.saveFile = () => Promise.resolve({ ok: true, data: { saved: false } })
    await screen.press('Export the package')
    expect(screen.text()).toContain('The file was not saved')
    expect(screen.text()).not.toContain('ABCD-EFGH-JKLM')
  })

  test('that is refused says why', async () => {
    const { screen } = await open({ 'package.export': refused('storage-full') })
    await screen.press('Export the package')
    expect(screen.text()).toContain('The disk is full.')
  })

  test('is not offered of an exam in preparation', async () => {
    const { screen } = await open({}, 'draft')
    expect(screen.has('Export the package')).toBe(false)
    expect(screen.text()).toContain('once the exam is running')
  })
})

describe('what comes back from the stations', () => {
  test('each file says what is new, known and conflicting, and from whom', async () => {
    const { bridge, screen } = await open({ 'bundle.import': imported({ conflicting: 2 }) })
    bridge.upload = upload('four.attune-bundle')
    await screen.press('Import a file')
    expect(bridge.inputsOf('bundle.import')).toEqual([{ upload: upload('four.attune-bundle'), trust: null }])
    expect(screen.text()).toMatch(
      /four\.attune-bundle ?conflicting ?New: 1,200 · known: 40 · conflicting: 2 from Station 4 · ledger LEDG-CODE/,
    )
    expect(screen.has('Import the next file')).toBe(true)
  })

  test.each([
    [60_000, null],
    [14 * 60_000, 'Its clock is 14 minutes ahead of this one.'],
    [3 * 3_600_000, 'Its clock is 3 hours ahead of this one.'],
  ])('a clock that is %d ms ahead is named from a minute on', async (aheadMs, words) => {
    const { bridge, screen } = await open({ 'bundle.import': imported({ aheadMs }) })
    bridge.upload = upload('four.attune-bundle')
    await screen.press('Import a file')
    if (words === null) expect(screen.text()).not.toContain('ahead of this one')
    else expect(screen.text()).toContain(words)
  })

  test('several files that are dropped are taken in one after another, and one that is refused stops no other', async () => {
    let under = 0
    const { bridge, screen } = await open({
      'bundle.import': async ({ upload: { name } }) => {
        under += 1
        expect(under).toBe(1)
        await Promise.resolve()
        under -= 1
        return name === 'two' ? refused('bundle-altered') : imported()
      },
    })
    letGo('one', 'two', 'three')
    await eventually(() => {
      expect(screen.text()).toContain('3 of 3 read, one of them not imported.')
    })
    const names = bridge.inputsOf('bundle.import').map((input) => (input as { upload: { name: string } }).upload.name)
    expect(names).toEqual(['one', 'two', 'three'])
    expect(screen.text()).toContain('The bundle is not as the station wrote it.')
    expect(screen.text().split('New: 1,200')).toHaveLength(3)
  })

  test('a laptop without a name is asked for once, and all its files come in under the name it is given', async () => {
    let trusted = false
    const { bridge, screen } = await open({
      'bundle.import': ({ trust }) => {
        trusted ||= [trust ?? []].flat().some(({ code }) => code === 'ABCD-EFGH')
        return trusted ? imported({ laptop: 'Room 2.11' }) : refused('bundle-stranger', { code: 'ABCD-EFGH' })
      },
    })
    letGo('first', 'second')
    await eventually(() => {
      expect(screen.text()).toContain('2 of 2 read')
    })
    expect(screen.text().split('Does that laptop show this code? ABCD-EFGH')).toHaveLength(2)
    await screen.press('It does: import')
    expect(screen.text()).toContain('Give the laptop a name')
    expect(bridge.inputsOf('bundle.import')).toHaveLength(2)
    await screen.fill('Name of the laptop', 'Room 2.11')
    await screen.press('It does: import')
    await eventually(() => {
      expect(screen.text().split('from Room 2.11')).toHaveLength(3)
    })
    expect(bridge.inputsOf('bundle.import').slice(2)).toMatchObject([
      { upload: { name: 'first' }, trust: { code: 'ABCD-EFGH', name: 'Room 2.11' } },
      { upload: { name: 'second' }, trust: null },
    ])
  })

  test('a laptop that shows another code is left out, with nothing of it imported', async () => {
    const { bridge, screen } = await open({ 'bundle.import': refused('bundle-stranger', { code: 'ABCD-EFGH' }) })
    bridge.upload = upload('strange.attune-bundle')
    await screen.press('Import a file')
    await screen.press('It does not: leave it out')
    expect(screen.has('It does: import')).toBe(false)
    expect(screen.text()).toContain('Nothing of it was imported so far')
    expect(bridge.inputsOf('bundle.import')).toHaveLength(1)
  })

  test('a file that is too large for a window is refused without being sent, with the ways that take it', async () => {
    const { bridge, screen } = await open()
    const tooLarge = refused('file-too-large', { name: 'huge.attune-bundle', limitMb: 20 })
    bridge.pickFile = () => Promise.resolve(tooLarge)
    await screen.press('Import a file')
    expect(screen.text()).toContain('1 of 1 read, one of them not imported.')
    expect(screen.text()).toMatch(/too large.*20 MB.*watched folder.*“bundle import”.*256 MB/)
    expect(bridge.inputsOf('bundle.import')).toEqual([])
  })

  test('whoever chooses no file changes nothing', async () => {
    const { bridge, screen } = await open()
    await screen.press('Import a file')
    expect(bridge.inputsOf('bundle.import')).toEqual([])
    expect(screen.has('Import a file')).toBe(true)
  })
})

describe('a watched folder', () => {
  const folder = '/media/share'
  const watched = (arrived: ArrivedBundle[] = []) => heard({ watched: { path: folder, there: true, arrived } })
  const stranger = (name: string): ArrivedBundle => ({
    name,
    imported: null,
    failure: { code: 'bundle-stranger', params: { code: 'ABCD-EFGH' } },
  })

  test('is named by its path, and refused with a reason', async () => {
    const { bridge, screen } = await open({ 'bundle.watch': refused('folder-unusable', { folder }) })
    await screen.fill('Folder', folder)
    await screen.press('Watch this folder')
    expect(bridge.inputsOf('bundle.watch')).toEqual([{ path: folder }])
    expect(screen.text()).toContain('The folder is not there or cannot be written to.')
    bridge.answer({ 'bundle.watch': {}, 'laptop.list': watched() })
    await screen.press('Watch this folder')
    expect(screen.text()).toContain('Nothing has come since Attune was started')
    await screen.press('Stop watching')
    expect(bridge.inputsOf('bundle.watch').at(-1)).toEqual({ path: null })
  })

  test('says of each file that comes what it brought or why it was refused', async () => {
    const { bridge, screen } = await open({ 'laptop.list': watched() })
    const altered: ArrivedBundle = { name: 'b', imported: null, failure: { code: 'bundle-altered', params: {} } }
    bridge.answer({ 'laptop.list': watched([altered, { name: 'a', imported: imported(), failure: null }]) })
    bridge.emit('bundle.arrived', {})
    await eventually(() => {
      expect(screen.text()).toContain('The bundle is not as the station wrote it.')
    })
    expect(screen.text()).toContain('New: 1,200')
  })

  test('asks once who a stranger is, and fetches the first of its files under the name it is given', async () => {
    const { bridge, screen } = await open({
      'laptop.list': watched([stranger('later'), stranger('first')]),
      'bundle.fetch': imported(),
    })
    expect(screen.text().split('Does that laptop show this code? ABCD-EFGH')).toHaveLength(2)
    await screen.fill('Name of the laptop', 'Room 2.11')
    await screen.press('It does: import')
    expect(bridge.inputsOf('bundle.fetch')).toEqual([
      { name: 'first', trust: { code: 'ABCD-EFGH', name: 'Room 2.11' } },
    ])
  })

  test('that was pulled out says so', async () => {
    const { screen } = await open({ 'laptop.list': heard({ watched: { path: folder, there: false, arrived: [] } }) })
    expect(screen.text()).toContain('The folder cannot be read just now.')
  })
})

describe('clocks', () => {
  test('a laptop whose clock differs from the others’ is told with by how much', async () => {
    const { screen } = await open()
    expect(screen.text()).toContain('about 12 min behind')
    expect(screen.text()).toContain('Check a clock that differs')
  })

  test.each([
    [{ kind: 'off', ms: 720_000 }, 'about 12 min ahead', true],
    [{ kind: 'off', ms: 240_000 }, 'as the others’', false],
    [{ kind: 'apart', ms: 720_000 }, 'about 12 min from another’s; either may be wrong', true],
    [{ kind: 'apart', ms: 240_000 }, 'as the others’', false],
    [{ kind: 'ahead', ms: 180_000 }, 'at least 3 min ahead of this laptop', true],
    [{ kind: 'off', ms: -119 * 60_000 }, 'about 119 min behind', true],
    [{ kind: 'off', ms: -3 * 3_600_000 }, 'about 3 h behind', true],
    [{ kind: 'ahead', ms: 2 * 86_400_000 }, 'at least 2 days ahead of this laptop', true],
    [null, 'not to be compared', false],
  ] as const)('of a clock no more is said than is known: %j', async (clock, words, isOdd) => {
    const laptops = heard().laptops.map((entry) => ({ ...entry, clock }))
    const { screen } = await open({ 'laptop.list': heard({ laptops }) })
    expect(screen.text()).toContain(words)
    expect(screen.text().includes('Check a clock that differs')).toBe(isOdd)
  })
})

describe('the picture of what has come', () => {
  test('is a table that says each state in a word, under a legend that counts them', async () => {
    await open()
    const table = document.querySelector('[aria-label="What has come"] table')
    const words = [...(table?.querySelectorAll('tbody tr') ?? [])].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim()),
    )
    expect(words).toEqual([
      ['complete', 'conflicting'],
      ['partial', 'missing'],
    ])
    const shapes = [...(table?.querySelectorAll('td svg') ?? [])].map((sign) => sign.innerHTML)
    expect(new Set(shapes).size).toBe(4)
    const legend = document.querySelector('[aria-label="What the signs stand for"]')?.textContent
    for (const state of ['complete', 'partial', 'missing', 'conflicting'])
      expect(legend).toMatch(new RegExp(`1 ?${state}`))
  })

  test('names the laptops, their events, and the code of their ledger', async () => {
    const { screen } = await open()
    expect(screen.text()).toMatch(
      /Station 4 ?1,200 ?13 missing.*QRST-UVWX ?This laptop ?here ?3 ?– ?not to be compared ?YZAB-CDEF/,
    )
  })

  test('a name can be released once that is confirmed, of a laptop that has one', async () => {
    const { bridge, screen } = await open({ 'laptop.release': {} })
    expect(document.querySelectorAll('[aria-label^="Release the name"]')).toHaveLength(1)
    await screen.press('Release the name “Station 4”')
    expect(screen.text()).toMatch(/What came from it stays.*until its code was compared again/)
    expect(bridge.inputsOf('laptop.release')).toEqual([])
    bridge.answer({ 'laptop.list': heard({ laptops: [] }) })
    await screen.press('Release the name')
    expect(bridge.inputsOf('laptop.release')).toEqual([{ device: 'd1' }])
    expect(screen.text()).toContain('“Station 4” is released.')
    expect(screen.text()).toContain('No laptop has recorded anything yet')
  })

  test('is read anew when something came in', async () => {
    const { bridge, screen } = await open({ 'laptop.list': heard({ laptops: [], coverage: [] }) })
    expect(screen.text()).toContain('No laptop has recorded anything yet')
    expect(screen.text()).toContain('There is no rotation yet')
    bridge.answer({ 'laptop.list': heard() })
    bridge.emit('exam.changed', { examId })
    await vi.waitFor(() => {
      expect(screen.text()).toContain('QRST-UVWX')
    })
  })

  test('that cannot be read says so, and can be read again', async () => {
    const { bridge } = setupHost(draftExam(), { 'laptop.list': refused('storage-locked') })
    const screen = await openScreen(App, { bridge, at: '/exams/exam-1/setup/laptops' })
    await eventually(() => {
      expect(screen.text()).toContain('Another program holds the data.')
    })
    expect(screen.has('Import a file')).toBe(false)
  })
})
