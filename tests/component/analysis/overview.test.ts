import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import { given, withheld } from '#shared/measurement/statistic.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { weightOf } from '#renderer/features/analysis/overview/findings.ts'
import { findingCodes } from '#shared/measurement/analysis/findings.ts'
import { openScreen } from '#tests/support/screen.ts'
import { analysisBridge, at, examOf, overviewOf, soundExam } from './analysis-host.ts'
import { panel } from './panels.ts'

const findings = () => [...document.querySelectorAll<HTMLLIElement>('main ol li')]

test('what needs a look stands first, in words, each with its weight and the way to what it is about', async () => {
  const data = soundExam()
  const [, second] = data.stations
  const overview = overviewOf(data)
  const bridge = analysisBridge(data, {
    'analysis.overview': {
      ...overview,
      findings: [
        {
          ...{ code: 'cut-apart', stationId: null, personId: null, reason: null },
          figures: { cut: 59.98, mark: 60, low: 57, high: 59.99 },
        },
        {
          ...{ code: 'r-squared-low', stationId: second?.id ?? '', personId: null, reason: null },
          figures: { station: 2, r2: 0.41 },
        },
        { ...{ code: 'unbalanced', stationId: null, personId: null, reason: null }, figures: { scores: 17 } },
      ],
    },
  })
  const screen = await openScreen(App, { bridge, at: at(data) })
  expect(findings().map((row) => row.firstElementChild?.textContent.trim())).toEqual(['Grave', 'Look', 'Note'])
  // The cut is apart from the mark, and never reads like it.
  expect(findings()[0]?.textContent).toContain('59.98')
  expect(findings()[1]?.textContent).toContain('R² 0.41')
  await screen.press('Station 2')
  expect(screen.text()).toContain('Station 2, Station 2: which score is borderline?')
  await screen.press('Overview')
  const way = findings()[0]?.querySelector<HTMLElement>('a')
  way?.click()
  await screen.settle()
  expect(document.querySelector('h1')?.textContent).toBe('What if')
})

test('an examiner is named by name where one is known', async () => {
  const data = soundExam()
  const overview = overviewOf(data)
  const about = { stationId: null, reason: null, figures: { points: 4.25, low: 1, high: 7.5 } }
  const bridge = analysisBridge(data, {
    'analysis.overview': {
      ...overview,
      examiners: [{ id: 'person-1', name: 'Dr Ada Sample' }],
      findings: [
        { ...about, code: 'hawk', personId: 'person-1' },
        { ...about, code: 'dove', personId: null },
      ],
    },
  })
  await openScreen(App, { bridge, at: at(data) })
  expect(findings()[0]?.textContent).toContain('Dr Ada Sample marks 4.25 points harsher')
  expect(findings()[1]?.textContent).toContain('An examiner marks')
})

test('a figure has its interval, its n and how it was made; what could be wrong with it stands below', async () => {
  const data = soundExam()
  const overview = overviewOf(data)
  const alpha = given('alpha', 23, 0.8904, { ci95: [0.807, 0.947], warnings: ['small-sample'] })
  const bridge = analysisBridge(data, {
    'analysis.overview': { ...overview, reliability: { ...overview.reliability, alpha } },
  })
  await openScreen(App, { bridge, at: at(data) })
  const text = panel('Would the same candidates get the same result again?')
  expect(text).toMatch(
    /Cronbach’s α\s*0\.89\s*95 %: 0\.81 to 0\.95\s*n = 23 · Cronbach’s alpha over complete candidates/,
  )
  expect(text).toContain('It rests on few values, so it may be far off.')
})

test('a figure that is withheld says why, and is never 0', async () => {
  const data = soundExam()
  const overview = overviewOf(data)
  const omega = withheld('omega-total-ml', 6, 'heywood')
  const bridge = analysisBridge(data, {
    'analysis.overview': { ...overview, reliability: { ...overview.reliability, omega } },
  })
  await openScreen(App, { bridge, at: at(data) })
  expect(panel('Would the same candidates get the same result again?')).toMatch(
    /McDonald’s ω\s*Withheld\. The variance that is a station’s own came out as 0 or less/,
  )
})

test('the mark in force stands beside the cut that is proposed, with who decided it and why', async () => {
  const data = soundExam()
  const overview = overviewOf(data)
  const decided = {
    ...overview.standard,
    ...({ method: 'borderline-regression', cut: 53.407, sem: 2.978, semMultiple: 1 } as const),
    decision: {
      eventId: '11111111-1111-4111-8111-111111111111',
      by: { id: null, name: 'Prof Dana Mustermann' },
      at: '2026-11-20T10:00:00.000Z',
      reason: 'The board met.',
    },
  }
  const bridge = analysisBridge(data, {
    'analysis.overview': { ...overview, standard: decided, decided: [decided] },
  })
  await openScreen(App, { bridge, at: at(data) })
  const text = panel('Where is the pass mark, and where should it be?')
  expect(text).toContain('A red flag that was upheld fails a candidate, whatever the score')
  expect(text).toMatch(/Mark in force\s*56\.4\s*By borderline regression\. A cut of 53\.4 and 1 × SEM of 2\.98\./)
  expect(text).toMatch(/Decided by Prof Dana Mustermann, Nov 20, 2026.*: The board met\./)
  expect(text).toContain('Cut that is proposed')
})

test('outcomes and completeness are those of the exam', async () => {
  const data = examOf(
    [
      [5, 5],
      [5, 5],
    ],
    [
      [1, 1],
      [1, 1],
    ],
    [[3, 3], null],
  )
  await openScreen(App, { bridge: analysisBridge(data), at: at(data) })
  expect(panel('Who passes by the mark in force?')).toMatch(/Pass\s*1\s*Fail\s*1\s*Incomplete\s*1\s*In review\s*0/)
  const complete = panel('How much of it is there?')
  expect(complete).toContain('5 of 6 encounters have a score.')
  expect(complete).toContain('2 of 3 candidates have a score at every station.')
})

test('an exam without a score leads to what has come, and shows no figure', async () => {
  const data = examOf([null, null], [null, null])
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data) })
  expect(screen.text()).toContain('There is nothing to analyse yet')
  expect(screen.text()).not.toContain('Cronbach')
  expect(screen.find('Completeness').getAttribute('href')).toContain('/results')
})

test('an analysis that cannot be read says so and is tried again', async () => {
  const data = soundExam()
  const bridge = analysisBridge(data, { 'analysis.overview': refused('storage-locked') })
  const screen = await openScreen(App, { bridge, at: at(data) })
  expect(document.querySelector('[role="alert"]')).not.toBeNull()
  bridge.answer({ 'analysis.overview': () => overviewOf(data) })
  await screen.press('Try again')
  expect(screen.text()).toContain('What needs a look first?')
})

test('where reading it anew fails, what stands stays and is called old', async () => {
  const data = soundExam()
  const bridge = analysisBridge(data)
  const screen = await openScreen(App, { bridge, at: at(data) })
  bridge.answer({ 'analysis.overview': refused('storage-locked') })
  await screen.press('Stations')
  await screen.press('Overview')
  expect(screen.text()).toContain('These figures are from before')
  expect(screen.text()).toContain('What needs a look first?')
})

test.each([
  ['patients-differ', { ccc: 0.31, count: 190 }, 'Patients’ view', 'patients'],
  ['groups-suppressed', { count: 1, minimum: 10 }, 'Groups', 'groups'],
] as const)('what is found of %s leads to where it is looked into', async (code, figures, name, section) => {
  const data = soundExam()
  const bridge = analysisBridge(data, {
    'analysis.overview': {
      ...overviewOf(data),
      findings: [{ code, figures, stationId: null, personId: null, reason: null }],
    },
  })
  await openScreen(App, { bridge, at: at(data) })
  const link = findings()[0]?.querySelector('a')
  expect(link?.textContent.trim()).toBe(name)
  expect(link?.getAttribute('href')).toContain(`/analysis/${section}`)
})

test('the exam scores lie about the mark in force, with the band in which they are not told from it', async () => {
  const data = soundExam()
  const overview = overviewOf(data)
  const standard = { ...overview.standard, cut: 60 }
  const sem = given('sem-mean', 6, 5)
  const bridge = analysisBridge(data, {
    'analysis.overview': {
      ...{ ...overview, standard, examScores: [40, 56, 60, 64.9, 65, 80] },
      reliability: { ...overview.reliability, sem },
    },
  })
  const screen = await openScreen(App, { bridge, at: at(data) })
  expect(document.querySelector('[role="application"]')?.getAttribute('aria-label')).toMatch(
    /^6 scores from 40\.0 to 80\.0\. 2 are below the cut of 60\.0\. 3 lie within the band around it\./,
  )
  expect(panel('How do the exam scores lie about the mark?')).toContain('one standard error of measurement')
  await screen.press('Show as table')
  const counts = [...document.querySelectorAll('main tbody td:last-child')].map((cell) => Number(cell.textContent))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(6)
})

test('without the error of a score no band is drawn, and it says so', async () => {
  const data = soundExam()
  const overview = overviewOf(data)
  const sem = withheld('sem-mean', 6, 'negative-alpha')
  const bridge = analysisBridge(data, {
    'analysis.overview': { ...overview, reliability: { ...overview.reliability, sem } },
  })
  await openScreen(App, { bridge, at: at(data) })
  expect(panel('How do the exam scores lie about the mark?')).toContain('is withheld, so no band is drawn')
  expect(document.querySelector('[role="application"]')?.getAttribute('aria-label')).not.toContain('band')
})

test('no finding stands below one of less weight', () => {
  const weights = ['grave', 'look', 'note']
  const places = findingCodes.map((code) => weights.indexOf(weightOf(code)))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})
