import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { reliabilityMeasures } from '#shared/measurement/analysis/reliability-measures.ts'
import { openScreen } from '#tests/support/screen.ts'
import { analysisBridge, at, examOf, soundExam } from './analysis-host.ts'
import { panel, rowsOf } from './panels.ts'

test('a station is chosen from the list, and the address names it', async () => {
  const data = soundExam()
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'stations') })
  expect(screen.find(/^All stations/).getAttribute('aria-current')).toBe('true')
  await screen.press(/^3\s*Station 3/)
  expect(screen.text()).toContain('Station 3, Station 3: which score is borderline?')
  expect(screen.router.currentRoute.value.query['station']).toBe(data.stations[2]?.id)
  expect(screen.find(/^3\s*Station 3/).getAttribute('aria-current')).toBe('true')
  expect(screen.find(/^1\s*Station 1/).getAttribute('aria-current')).toBeNull()
})

test('the list shows each cut, and a sign where the score does not follow the grade', async () => {
  // At the second station whoever is graded better has the lower score.
  const data = examOf(
    [
      [5, 5],
      [1, 5],
    ],
    [
      [3, 3],
      [3, 3],
    ],
    [
      [1, 1],
      [5, 1],
    ],
  )
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'stations') })
  expect(screen.find(/^1\s*Station 1/).textContent).toMatch(/Cut 40\.0 · R² 1\.00 · n 3/)
  expect(screen.find(/^1\s*Station 1/).textContent).not.toContain('Needs a look')
  expect(screen.find(/^2\s*Station 2/).textContent).toContain('Needs a look')
  await screen.press(/^2\s*Station 2/)
  expect(screen.text()).toContain('Better grades do not go with better scores, so this cut means nothing.')
})

test('the chart of a station can be heard, and is a table of how many have which score and grade', async () => {
  const data = soundExam()
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'stations') })
  await screen.press(/^1\s*Station 1/)
  for (const figure of ['Standard error of the slope', 'Slope, % of the highest score'])
    expect(panel('Does the score follow the examiners’ judgement?')).toMatch(new RegExp(`${figure}\\d+\\.\\d`))
  expect(document.querySelector('[role="application"]')?.getAttribute('aria-label')).toMatch(
    /^Score against global rating of 6 candidates\./,
  )
  await screen.press('Show as table')
  const rows = [...document.querySelectorAll('main tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent.trim()),
  )
  expect(rows.map(([, , count]) => count)).toEqual(['1', '1', '2', '1', '1'])
  const words = [...document.querySelectorAll('[role="application"]')].map((one) => one.getAttribute('aria-label'))
  // Two candidates with one score are two.
  expect(words).toEqual([expect.stringMatching(/^6 scores from \d+\.\d to \d+\.\d\. .* the cut of \d+\.\d\. Arrow/)])
})

const cells = () =>
  [...document.querySelectorAll('main table tr')].map((row) => [...row.children].map((cell) => cell.textContent.trim()))

test('all stations together show who lost marks where, as a table too', async () => {
  const data = examOf(
    [
      [2, 2],
      [5, 4],
    ],
    [[1, 2], null],
    [
      [1, 2],
      [4, 4],
    ],
  )
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'stations') })
  expect(screen.text()).toContain('Where did candidates lose marks?')
  expect(screen.text()).toContain('Whoever missed a station has no exam score and stands by the mean of the others.')
  await screen.press('Show as table')
  expect(cells()).toEqual([
    ['Candidate', 'Exam', '1 Station 1', '2 Station 2', 'Below the cut'],
    ['C1', '–', '20.0', '–', '0'],
    ['C2', '50.0', '20.0', '80.0', '0'],
    ['C3', '70.0', '40.0', '100.0', '0'],
  ])
  await screen.press(/^With names/)
  expect(cells().map(([who]) => who)).toEqual(['Candidate', '1002', '1003', '1001'])
})

test('many candidates are shown in bands', async () => {
  const levels = [1, 2, 3, 4, 5] as const
  const data = examOf(...Array.from({ length: 61 }, (_, at) => [[levels[at % 5] ?? 1, levels[at % 5] ?? 1] as [1, 1]]))
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'stations') })
  expect(screen.text()).toContain('Candidates are taken together in ten bands')
  await screen.press('Show as table')
  expect(cells()).toHaveLength(11)
  expect(cells()[1]).toEqual(['20.0 to 20.0 (n 6)', '20.0', '20.0', '1'])
  // A band is nobody, so there is no name to leave out.
  expect(screen.text()).not.toContain('With names')
})

test('the design is said in words, with where the variance comes from', async () => {
  const data = soundExam()
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'reliability') })
  expect(screen.text()).toContain('6 candidates were marked at 3 stations')
  const components = rowsOf('Variance components')
  expect(components).toHaveLength(3)
  for (const [, variance, se] of components) expect(`${variance} ${se}`).toMatch(/^−?\d+\.\d\d \d+\.\d\d$/)
  const shares = components.map(([, , , share]) => Number.parseInt(share ?? '', 10))
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(98)
  expect(document.querySelector('[role="application"]')?.getAttribute('aria-label')).toMatch(
    /^With 24 stations and 1 examiner, Φ would be 0\.9/,
  )
})

test('what other numbers of stations would do is told with both standard errors of measurement', async () => {
  const data = soundExam()
  const { dStudy } = reliabilityMeasures(measureExam(data))
  await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'reliability') })
  const rows = rowsOf('Exams of other sizes')
  expect(rows.map(([stations]) => stations)).toEqual(['3 as held', '4', '6', '8', '10', '12', '16', '20', '24'])
  const eight = dStudy.find(({ stations }) => stations === 8)
  expect(rows[3]).toEqual([
    '8',
    ...(['erho2', 'phi', 'relativeSem', 'absoluteSem'] as const).map((name) => eight?.[name].value?.toFixed(2)),
  ])
  expect(panel('By how many points would a score be off?')).toContain('SEM in comparing')
})

test('who is left out of α is counted', async () => {
  const data = soundExam()
  const [first] = data.candidates
  const [gone] = data.encounters.filter(({ slot }) => slot.candidateId === first?.id)
  const screen = await openScreen(App, {
    bridge: analysisBridge({ ...data, encounters: data.encounters.filter((one) => one !== gone) }),
    at: at(data, 'reliability'),
  })
  expect(screen.text()).toContain('One candidate without a score at every station is left out of α, ω and the SEM.')
})

test('with one station reliability is withheld, and the curve says why there is none', async () => {
  const data = examOf([[5, 5]], [[3, 3]], [[1, 1]])
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'reliability') })
  expect(screen.text()).toContain('Withheld.')
  expect(screen.text()).toContain('The variance components do not allow a forecast.')
  expect(document.querySelector('[role="application"]')).toBeNull()
})

test('an address without a known section is the overview, and one without an exam is told', async () => {
  const data = soundExam()
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'nowhere') })
  expect(document.querySelector('h1')?.textContent).toBe('Overview')
  await screen.router.push('/exams/%20/analysis')
  await screen.settle()
  expect(document.querySelector('[role="alert"]')).not.toBeNull()
})

test('where no variance component can be told the reason is said once, and no empty table stands', async () => {
  const data = examOf([[3, 3], null], [null, [2, 2]])
  await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'reliability') })
  const text = panel('Where do differences in score come from?')
  expect(text).toMatch(/Candidates \(p\): .*; Stations \(s\): .*: withheld\./)
  expect(text).not.toContain('Variance components')
})
