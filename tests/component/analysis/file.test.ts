import { expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import { analyseMarksFile, examinersOfMarksFile, lookAtMarks } from '#electron/threads/file-readings.ts'
import { LaptopWide } from '#tests/support/laptop-wide.ts'
import { openScreen } from '#tests/support/screen.ts'
import { analysisBridge, soundExam } from './analysis-host.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { refused, type Answers } from '#tests/support/fake-bridge.ts'

const marks = ['candidate,Station 1,Station 1 grade,Station 9,Station 9 grade,sum']
  .concat(Array.from({ length: 6 }, (_, c) => `c${c},${10 * c},${c % 5},${5 * c + 3},${c % 4},${15 * c}`))
  .join('\n')
const upload = (text: string, name = 'last-year.csv') => ({ name, base64: btoa(text) })

function asRefusal(error: unknown) {
  if (!(error instanceof AttuneError)) throw error
  return refused(error.code, error.params)
}

/** The screen with a file chosen; what the host says of it is what it would say. */
async function withFile(text: string, more: Answers = {}) {
  const bridge = analysisBridge(soundExam(), {
    'analysis.readFile': (asked) => lookAtMarks(asked).catch(asRefusal),
    'analysis.file': (asked) => analyseMarksFile(asked).catch(asRefusal),
    ...more,
  })
  bridge.upload = upload(text)
  const screen = await openScreen(App, { bridge, at: '/analysis/file' })
  await screen.press('Choose a file')
  await screen.settle()
  return { bridge, screen }
}

test('what a file looks like is shown before one is chosen, and that it is not kept', async () => {
  const screen = await openScreen(App, { bridge: analysisBridge(soundExam()), at: '/analysis/file' })
  expect(screen.text()).toContain('candidate,station,examiner,score,grade')
  expect(screen.text()).toContain('The file is read, not kept')
})

test('what was recognised is corrected, analysed, and read part by part', async () => {
  const { bridge, screen } = await withFile(marks)
  expect(screen.text()).toContain('3 stations: Station 1, Station 9, sum')
  await screen.press('sum')
  await screen.settle()
  expect(screen.text()).toContain('2 stations: Station 1, Station 9')
  await screen.press('Analyse')
  await screen.settle()
  expect(bridge.inputsOf('analysis.file')).toMatchObject([
    { columns: { layout: 'wide', candidate: 0, leftOut: [5] }, rule: { borderline: 2 } },
  ])
  expect(screen.text()).toContain('Where is the cut, and how did candidates score?')
})

test('problems are listed by row and column, and there is no analysis until they are gone', async () => {
  const bad = marks.replace('c1,10', 'c1,"12,5"').replace('c2,20,2', 'c2,20,9')
  const { screen } = await withFile(bad)
  expect(screen.text()).toContain('2 things are wrong with the file')
  expect(screen.text()).toContain('Row 3, column “Station 1”: “12,5” has a comma')
  expect((screen.find('Analyse') as HTMLButtonElement).disabled).toBe(true)
})

test('of many problems the first are shown, and how many more there are', async () => {
  const many = ['candidate,A', ...Array.from({ length: 130 }, (_, i) => `c${i},x`)].join('\n')
  const { screen } = await withFile(many)
  expect(screen.text()).toContain('… and 118 more.')
  await screen.press('Show the first 100')
  expect(screen.text()).toContain('… and 30 more.')
})

test('a file that cannot be read is refused in words, and another one can be chosen', async () => {
  const { bridge, screen } = await withFile('candidate,A\n1,3\u0000')
  expect(screen.text()).toContain('The file is no text: a NUL byte')
  bridge.upload = upload(marks)
  await screen.press('Choose a file')
  await screen.settle()
  expect(screen.text()).toContain('Nothing is wrong with the file')
  expect(screen.text()).not.toContain('NUL byte')
})

test('the tables to begin from can be saved', async () => {
  const bridge = analysisBridge(soundExam(), {
    'export.marksTemplate': ({ layout }) => ({ id: 'file-1', name: `marks-${layout}.csv`, mime: 'text/csv', bytes: 9 }),
  })
  const screen = await openScreen(App, { bridge, at: '/analysis/file' })
  await screen.press('Save the wide table')
  await screen.settle()
  expect(bridge.inputsOf('export.marksTemplate')).toEqual([{ layout: 'wide' }])
  expect(bridge.saved.map(({ name }) => name)).toEqual(['marks-wide.csv'])
})

/** Thirty candidates, three stations, an examiner at each who changes; one group of twelve. */
const grouped = ['candidate,station,examiner,score,grade,group']
  .concat(
    Array.from({ length: 90 }, (_, i) => {
      const [c, s] = [Math.floor(i / 3), i % 3]
      const grade = 1 + ((c * 7 + s * 3) % 5)
      return `c${c},Station ${s},Dr ${'KLM'[(c + s) % 3]},${6 * grade + (c % 3)},${grade},${c < 12 ? 'North' : 'South'}`
    }),
  )
  .join('\n')

async function analysedFile(more: Answers = {}) {
  const opened = await withFile(grouped, {
    'analysis.fileExaminers': (asked) => examinersOfMarksFile(asked).catch(asRefusal),
    ...more,
  })
  await opened.screen.press('Analyse')
  await opened.screen.settle()
  return opened
}

const openPart = (screen: Awaited<ReturnType<typeof openScreen>>, name: string) =>
  screen.find(name).dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }))

test('the overview of a file says the design aloud', async () => {
  const { screen } = await analysedFile()
  expect(screen.text()).toContain('30 candidates were marked at 3 stations by 3 examiners')
})

test('examiners of a file are read when they are opened, with the mixed model and the Rasch model', async () => {
  const { bridge, screen } = await analysedFile()
  expect(bridge.inputsOf('analysis.fileExaminers')).toEqual([])
  openPart(screen, 'Examiners')
  await screen.settle()
  expect(bridge.inputsOf('analysis.fileExaminers')).toHaveLength(1)
  expect(screen.text()).toContain('Dr K')
  expect(screen.text()).toContain('Mixed model')
  expect(screen.text()).toContain('Where do candidates, stations and examiners stand?')
  expect(screen.text()).toContain('called as in the file')
  expect(screen.text()).not.toContain('E1, E2')
  expect(screen.text()).not.toContain('letter')
})

test('that examiners of a file could not be read is told, and read again', async () => {
  const { bridge, screen } = await analysedFile({ 'analysis.fileExaminers': refused('internal') })
  openPart(screen, 'Examiners')
  await screen.settle()
  bridge.answer({ 'analysis.fileExaminers': (asked) => examinersOfMarksFile(asked) })
  await screen.press('Try again')
  await screen.settle()
  expect(screen.text()).toContain('Dr K')
})

test('groups of a file are compared in passes too, with their sizes', async () => {
  const { screen } = await analysedFile()
  openPart(screen, 'Groups')
  await screen.settle()
  expect(screen.text()).toContain('North')
  expect(screen.text()).toContain('Odds')
  expect(screen.text()).toContain('12')
})

test('a chart of a file is saved with the file’s name on it', async () => {
  vi.stubGlobal('ResizeObserver', LaptopWide)
  const { bridge, screen } = await analysedFile({
    'export.chart': ({ name }) => ({ id: 'file-1', name: `${name}.svg`, mime: 'image/svg+xml', bytes: 9 }),
  })
  openPart(screen, 'Stations')
  await screen.settle()
  await screen.press('Save SVG')
  await vi.waitFor(() => {
    expect(bridge.saved.map(({ name }) => name)).toEqual(['station-1.svg'])
  })
  const [saved] = bridge.inputsOf('export.chart') as { base64: string; namesOf: string | null }[]
  expect(Buffer.from(saved?.base64 ?? '', 'base64').toString('utf8')).toContain('>From the file last-year.csv</text>')
  expect(saved?.namesOf).toBeNull()
})
