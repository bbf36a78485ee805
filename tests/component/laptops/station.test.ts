import { describe, expect, test } from 'vitest'
import App from '#renderer/App.vue'
import BundleExport from '#renderer/laptops/BundleExport.vue'
import { examIdSchema } from '#shared/domain/ids.ts'
import { draftExam, setupHost } from '#tests/component/setup/setup-host.ts'
import { eventually } from '#tests/support/eventually.ts'
import { fakeBridge, refused, type Answers } from '#tests/support/fake-bridge.ts'
import { openScreen } from '#tests/support/screen.ts'
import { examHost } from '#tests/support/screen-encounter.ts'
import { screenExam } from '#tests/support/screen-exam.ts'

const { exam } = screenExam()
const examId = examIdSchema.parse('exam-1')
const file = { id: 'file-1', name: 'Autumn OSCE ABCD-EFGH.attune-bundle', mime: 'application/octet-stream', bytes: 900 }
const packageFile = { name: 'Autumn OSCE.attune-package', base64: 'AAAA' }

describe('making a laptop a station', () => {
  const open = async (answers: Answers = {}) => {
    const bridge = examHost({ 'session.get': null, 'exam.list': [], ...answers })
    const screen = await openScreen(App, { bridge })
    await screen.press('Import an exam package')
    return { bridge, screen }
  }

  test('takes the package in with its code, and shows its exam', async () => {
    const { bridge, screen } = await open({ 'package.import': { exam, behindMs: 0, signerCode: 'KEYC-ODEX' } })
    bridge.upload = packageFile
    await screen.press('Choose the file')
    expect(screen.text()).toContain('Autumn OSCE.attune-package')
    await screen.fill('Its code', ' abcd efgh jklm ')
    const listed = { exam, putAway: false, stations: 3, candidates: 3, encounters: 6, submitted: 0, absent: 0 }
    bridge.answer({ 'exam.list': [listed] })
    await screen.press('Import')
    expect(bridge.inputsOf('package.import')).toEqual([{ upload: packageFile, code: 'abcd efgh jklm' }])
    await eventually(() => {
      expect(screen.text()).toContain('“Autumn OSCE” is here: this laptop is one of its stations.')
    })
    expect(screen.has('Its code')).toBe(false)
    expect(screen.text()).toMatch(/Signed by the laptop with these letters ?KEYC-ODEX/)
    bridge.answer({ 'package.compare': {} })
    await screen.press('They are the same')
    expect(bridge.inputsOf('package.compare')).toEqual([{ examId, same: true }])
    expect(screen.text()).not.toContain('KEYC-ODEX')
    expect(screen.text()).toContain('Who is at this device?')
  })

  test('keeps asking on the start screen until the letters were compared, in place of the people', async () => {
    const listed = { exam, putAway: false, stations: 3, candidates: 3, encounters: 6, submitted: 0, absent: 0 }
    const bridge = examHost({ 'session.get': null, 'exam.list': [{ ...listed, letters: 'KEYC-ODEX' }] })
    bridge.answer({ 'package.compare': {} })
    const screen = await openScreen(App, { bridge })
    expect(screen.text()).toContain('Nobody has compared this exam’s letters yet')
    expect(screen.text()).toContain('KEYC-ODEX')
    expect(screen.text()).not.toContain('Examiners')
    await screen.press('They are not the same')
    expect(bridge.inputsOf('package.compare')).toEqual([{ examId: exam.id, same: false }])
    await eventually(() => {
      expect(screen.text()).toContain('“Autumn OSCE” was removed from this laptop')
    })
  })

  test('asks for no comparing where the package comes from where those before came from', async () => {
    const { bridge, screen } = await open({ 'package.import': { exam, behindMs: 0, signerCode: null } })
    bridge.upload = packageFile
    await screen.press('Choose the file')
    await screen.fill('Its code', 'ABCD EFGH JKLM')
    await screen.press('Import')
    await eventually(() => {
      expect(screen.text()).toContain('“Autumn OSCE” is here: this laptop is one of its stations.')
    })
    expect(screen.has('They are the same')).toBe(false)
  })

  test('asks for what is missing before it asks the host', async () => {
    const { bridge, screen } = await open()
    await screen.press('Import')
    expect(screen.text()).toContain('Choose the file that ends in .attune-package.')
    expect(screen.text()).toContain('Type the code that came with the package.')
    expect(bridge.inputsOf('package.import')).toEqual([])
  })

  test('a wrong code says so, and the file stays chosen for another try', async () => {
    const { bridge, screen } = await open({ 'package.import': refused('seal-refused') })
    bridge.upload = packageFile
    await screen.press('Choose the file')
    await screen.fill('Its code', 'WRONG')
    await screen.press('Import')
    expect(screen.text()).toContain('Check the code letter by letter')
    bridge.upload = null
    await screen.press('Choose another file')
    expect(screen.text()).toContain('Autumn OSCE.attune-package')
    await screen.press('Import')
    expect(bridge.inputsOf('package.import')).toHaveLength(2)
  })
})

test('an examiner, to whom the host refuses it, is not offered to make the laptop a station', async () => {
  const screen = await openScreen(App, { bridge: examHost() })
  expect(screen.has('Build an exam')).toBe(true)
  expect(screen.has('Make this laptop a station')).toBe(false)
})

describe('handing over what was recorded', () => {
  const open = async (answers: Answers = {}) => {
    const bridge = fakeBridge({
      'laptop.own': { code: 'ABCD-EFGH', folder: null },
      'bundle.export': { file, events: 412, ledgerCode: 'LEDG-CODE' },
      'bundle.saved': {},
      ...answers,
    })
    bridge.host = 'electron'
    return { bridge, screen: await openScreen(BundleExport, { bridge, props: { examId } }) }
  }

  test('saves the file, says how much is in it, and shows the code to be compared', async () => {
    const { bridge, screen } = await open()
    expect(screen.text()).toMatch(/Code of this laptop ?ABCD-EFGH/)
    await screen.press('Hand over everything')
    expect(bridge.inputsOf('bundle.export')).toEqual([{ examId, since: 'start' }])
    expect(bridge.saved).toEqual([file])
    expect(bridge.inputsOf('bundle.saved')).toEqual([{ fileId: file.id }])
    expect(screen.text()).toContain(`412 events are in the file. Saved: ${file.name}`)
  })

  test('in a browser, which says nothing of a download, counts once the person says that the file is there', async () => {
    const { bridge, screen } = await open()
    bridge.host = 'web'
    await screen.press('Hand over everything')
    expect(screen.text()).toContain(`The browser was given ${file.name}.`)
    expect(bridge.inputsOf('bundle.saved')).toEqual([])
    await screen.press('It is there')
    expect(bridge.inputsOf('bundle.saved')).toEqual([{ fileId: file.id }])
    expect(screen.text()).toContain(`412 events are in the file. Saved: ${file.name}`)

    await screen.press('Only what came since the last time')
    await screen.press('It is not there')
    expect(bridge.inputsOf('bundle.saved')).toHaveLength(1)
    expect(screen.text()).toContain('The file was not saved, so nothing counts as handed over.')
    expect(screen.has('It is there')).toBe(false)
  })

  test('gives only what came since the last time where that is asked for', async () => {
    const { bridge, screen } = await open()
    await screen.press('Only what came since the last time')
    expect(bridge.inputsOf('bundle.export')).toEqual([{ examId, since: 'last' }])
  })

  test('makes no file of nothing', async () => {
    const { bridge, screen } = await open({ 'bundle.export': { file, events: 0, ledgerCode: null } })
    await screen.press('Only what came since the last time')
    expect(screen.text()).toContain('Nothing was recorded since the last time')
    expect(bridge.saved).toEqual([])
  })

  test('puts the file into the folder where one is named, and says where it lies', async () => {
    const path = '/media/stick/Small exam ABCD-EFGH.attune-bundle'
    const { bridge, screen } = await open({ 'bundle.put': { path } })
    await screen.fill('Folder for it', '/media/stick')
    await screen.press('Hand over everything')
    expect(bridge.inputsOf('bundle.put')).toEqual([{ fileId: file.id, folder: '/media/stick' }])
    expect(bridge.saved).toEqual([])
    expect(screen.text()).toContain(`412 events are in the file. Saved: ${path}`)
  })

  test('a folder that is typed before the one of last time is known stays', async () => {
    const own = Promise.withResolvers<{ code: string; folder: string }>()
    const path = '/media/stick/Small exam ABCD-EFGH.attune-bundle'
    const { bridge, screen } = await open({
      'laptop.own': () => own.promise,
      'bundle.put': { path },
    })
    await screen.fill('Folder for it', '/media/stick')
    own.resolve({ code: 'ABCD-EFGH', folder: '/media/old' })
    await eventually(() => {
      expect(screen.text()).toContain('ABCD-EFGH')
    })
    await screen.press('Hand over everything')
    expect(bridge.inputsOf('bundle.put')).toEqual([{ fileId: file.id, folder: '/media/stick' }])
  })

  test('a file that was not saved does not count as handed over', async () => {
    const { bridge, screen } = await open()
    bridge.saveFile = () => Promise.resolve({ ok: true, data: { saved: false } })
    await screen.press('Only what came since the last time')
    expect(screen.text()).toContain('The file was not saved, so nothing counts as handed over.')
    expect(bridge.inputsOf('bundle.saved')).toEqual([])
    bridge.saveFile = () => Promise.resolve(refused('storage-full'))
    await screen.press('Hand over everything')
    expect(screen.text()).toMatch(/The disk is full\..*nothing counts as handed over/)
  })

  test('that is refused says why, and saves nothing', async () => {
    const { bridge, screen } = await open({ 'bundle.export': refused('storage-locked') })
    await screen.press('Hand over everything')
    expect(screen.text()).toContain('Another program holds the data.')
    expect(bridge.saved).toEqual([])
  })

  test('is offered to an examiner at the end of the day', async () => {
    const bridge = examHost({ 'laptop.own': { code: 'ABCD-EFGH', folder: null } })
    const screen = await openScreen(App, { bridge, at: '/examine' })
    await eventually(() => {
      expect(screen.has('Hand over everything')).toBe(true)
    })
  })

  test('is what a director finds on a station, in place of collecting', async () => {
    const { bridge } = setupHost(draftExam(), {
      'laptop.list': { collects: false, laptops: [], coverage: [], watched: null },
      'laptop.own': { code: 'ABCD-EFGH', folder: null },
    })
    const screen = await openScreen(App, { bridge, at: '/exams/exam-1/setup/laptops' })
    await eventually(() => {
      expect(screen.has('Hand over everything')).toBe(true)
    })
    expect(screen.has('Import a file')).toBe(false)
    expect(screen.has('Export the package')).toBe(false)
    expect(screen.has('Import its package again')).toBe(true)
  })

  test('is all that a director finds of an exam that belongs to another laptop', async () => {
    const { exam: listed } = screenExam()
    const summary = { exam: listed, putAway: false, stations: 3, candidates: 3, encounters: 6, submitted: 0, absent: 0 }
    const { bridge } = setupHost(draftExam(), {
      'exam.list': [{ ...summary, elsewhere: true }],
      'laptop.list': { collects: false, laptops: [], coverage: [], watched: null },
      'laptop.own': { code: 'ABCD-EFGH', folder: null },
    })
    const screen = await openScreen(App, { bridge, at: '/exams/exam-1/setup/plan' })
    await eventually(() => {
      expect(screen.has('Hand over everything')).toBe(true)
    })
    expect(screen.text()).toContain('This exam belongs to another laptop: the one that made its package.')
    expect(screen.text()).not.toContain('Rotation')
    for (const verb of ['Start the exam day', 'Close the exam', 'Open the exam again'])
      expect(screen.has(verb)).toBe(false)
  })

  test('the start screen leads to handing over an exam that belongs to another laptop, not to its results', async () => {
    const listed = { exam, putAway: false, stations: 3, candidates: 3, encounters: 6, submitted: 0, absent: 0 }
    const bridge = examHost({ 'session.get': null, 'exam.list': [{ ...listed, elsewhere: true }] })
    const screen = await openScreen(App, { bridge })
    expect(screen.text()).toContain('It belongs to another laptop.')
    expect(screen.has('Laptops')).toBe(true)
    expect(screen.has('Results')).toBe(false)
  })
})
