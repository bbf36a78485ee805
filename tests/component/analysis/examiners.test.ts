import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import type { Output } from '#shared/contract/contract.ts'
import { examinersSchema } from '#shared/contract/parts/people-measures.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { examinerMeasures } from '#shared/measurement/analysis/examiner-measures.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import type { FakeBridge } from '#tests/support/fake-bridge.ts'
import { allRated, recordedExam } from '#tests/support/recorded-exam.ts'
import { seeded } from '#tests/support/seeded.ts'
import { openScreen } from '#tests/support/screen.ts'
import { analysisBridge, at, overviewOf, soundExam } from './analysis-host.ts'
import { panel, rowsOf } from './panels.ts'

type Point = 1 | 2 | 3 | 4 | 5
const levels = ['clear-fail', 'borderline', 'pass', 'good', 'excellent']
const within = (value: number): Point => Math.min(5, Math.max(1, Math.round(value))) as Point

/** Somebody examines every candidate at every station; what they give is taken from how able the candidate is. */
const examined = (
  examinerOf: (candidate: number, station: number) => string,
  taken: Readonly<Record<string, number>> = {},
  { candidates = 24, stations = 4, noise = 2 } = {},
): ExamData => {
  const { uniform } = seeded(3)
  return recordedExam({
    stations: Array.from({ length: stations }, () => ({})),
    candidates: Array.from({ length: candidates }, () => ({})),
    record: (candidate, station) => {
      const examiner = examinerOf(candidate, station)
      const points = within(2.5 + (candidate % 3) + noise * (uniform() - 0.5) - (taken[examiner] ?? 0))
      return { status: 'submitted', examiner, ratings: allRated(points), globalRating: levels[points - 1] ?? '' }
    },
  })
}

/** Ada takes one and a half points off everybody; she and the others meet everybody's candidates at all stations. */
const people = ['ada', 'bob', 'cyd']
const harsh = () => examined((candidate, station) => people[(candidate + station) % 3] ?? '', { ada: 1.5 })
const oneEach = () => examined((_, station) => `examiner-${station}`, {}, { noise: 4 })

const names: Output<'analysis.examiners'>['names'] = examinersSchema.shape.names.parse([
  { id: 'ada', name: 'Ada Adams' },
  { id: 'bob', name: 'Bob Bell' },
  { id: 'cyd', name: '–' },
])

const foundIn = (data: ExamData): Output<'analysis.examiners'> =>
  examinersSchema.parse({ ...examinerMeasures(data, measureExam(data)), names })

const open = (
  data: ExamData,
  bridge: FakeBridge = analysisBridge(data, { 'analysis.examiners': () => foundIn(data) }),
) => openScreen(App, { bridge, at: at(data, 'examiners') })

test('who marked lower than the average is named with points, and stands first in the table with both intervals', async () => {
  const screen = await open(harsh())
  expect(screen.text()).toMatch(
    /One examiner marked lower than the average by more than chance explains, in points: E1 Ada Adams \(\+\d\d\.\d\)\./,
  )
  expect(screen.text()).toMatch(
    /Whether examiners differ at all: F = \d+\.\d\d on 2 and \d+ degrees of freedom, p < 0\.001/,
  )
  expect(screen.text()).toContain('Design: 3 examiners at 4 stations, some of them at more than one.')
  const [first, ...others] = rowsOf('Examiners with their stringency in points')
  expect(first?.[0]).toBe('E1 Ada Adams')
  expect(first?.slice(1, 3)).toEqual(['32', '4'])
  expect(first?.[4]).toMatch(/^\+\d\d\.\d\s*95 %: \+\d+\.\d to \+\d\d\.\d$/)
  expect(first?.[5]).toMatch(/^\+\d\d\.\d\s*95 %: /)
  expect(first?.[6]).toBe('harsher than average')
  // A name that was erased is the code alone.
  expect(others.map(([name]) => name).toSorted()).toEqual(['E2 Bob Bell', 'E3'])
})

test('how much of the differences is the examiners’ is told with n and the method of each figure', async () => {
  await open(harsh())
  const words = panel('How much of the differences in score is the examiners’?')
  for (const name of ['candidates', 'examiners', 'the rest'])
    expect(words).toMatch(
      new RegExp(`Variance of ${name}, points²[\\d.]+ ?n = 96 · variance component of a mixed model`),
    )
  expect(words).toMatch(/Share of examiners0\.\d\d/)
  expect(words).toMatch(/What is left over, points\d+\.\d/)
})

test('the forest is by least squares until the mixed model is asked for', async () => {
  const screen = await open(harsh())
  expect(screen.text()).toContain('Nobody is drawn towards the average')
  screen.find('Mixed model').click()
  await screen.settle()
  expect(screen.text()).toContain('the fewer scores, the nearer to the average')
})

test('where each station had one examiner nobody is judged: the design is said, the reason once, and what to do', async () => {
  const screen = await open(oneEach())
  expect(screen.text()).toContain('It cannot be told who was harsh')
  expect(screen.text()).toContain('Design: each of 4 stations had one of 4 examiners and nobody else.')
  expect(screen.text()).toContain('no examiner can be compared with any other')
  expect(screen.text()).toContain('Next time let examiners change places half-way')
  expect(screen.text()).toContain(
    'Least squares, withheld for all of them. The candidates and stations of this examiner',
  )
  expect(screen.text()).toContain('Mixed model, withheld for all of them. Nobody else marked at the stations')
  expect(screen.text()).toContain('No examiner’s stringency could be computed.')
  expect(rowsOf('Examiners with their stringency in points').map((row) => row[6])).toEqual(
    Array.from({ length: 4 }, () => 'withheld'),
  )
})

test('whoever compares with nobody has no measure in the Rasch model, and is not on its map', async () => {
  const screen = await open(oneEach())
  expect(screen.text()).toContain('Examiners compare only within these groups: E1; E2; E3; E4.')
  expect(rowsOf('Examiners').map(([, , measure, se]) => [measure, se])).toEqual(
    Array.from({ length: 4 }, () => ['–', '–']),
  )
  expect(screen.text()).toContain('Not all of them compare: examiners who compare with nobody are left out')
  expect(screen.text()).not.toContain('The most severe examiner is')
})

test('parallel circuits fall apart by least squares; the mixed model answers and says so', async () => {
  const circuits = examined((candidate, station) => `circuit-${candidate % 2}-${station}`)
  const screen = await open(circuits)
  expect(screen.text()).toContain('This is by the mixed model, which can tell of more examiners here.')
  expect(screen.text()).toContain('Design: 8 examiners at 4 stations, each staying at one station')
  expect(screen.text()).toContain('Least squares, withheld for all of them.')
  expect(screen.find('Mixed model')).toHaveProperty('checked', true)
})

test('sets that cannot be compared are listed, and whoever overlaps with nobody is named', async () => {
  // Ada and Bob share two stations, Cyd and Dan two others; Eve has the last to herself.
  const pairs = [['ada', 'bob'], ['ada', 'bob'], ['cyd', 'dan'], ['cyd', 'dan'], ['eve']]
  const examinerOf = (candidate: number, station: number) => {
    const own = pairs[station] ?? []
    return own[(candidate + station) % own.length] ?? ''
  }
  const screen = await open(examined(examinerOf, {}, { stations: 5 }))
  expect(screen.text()).toMatch(
    /Disconnected: the examiners fall into 2 sets, and nobody is compared across them: E1 Ada Adams, E2 Bob Bell; E3, E4\./,
  )
  expect(screen.text()).toContain('E5 overlaps with no other examiner in a way that would tell them apart')
  expect(
    rowsOf('Examiners with their stringency in points')
      .map((row) => row[6])
      .filter((words) => /set 2$/.test(words ?? '')),
  ).toHaveLength(2)
})

test('the Rasch model tells severity, fit in words, spread, thresholds and how it settled', async () => {
  const screen = await open(harsh())
  const { rasch } = foundIn(harsh())
  expect(screen.text()).toContain(`It rests on ${rasch.n} global ratings.`)
  expect(screen.text()).toMatch(/It settled after \d+ iterations: log-likelihood −\d+\.\d, largest residual/)
  const [severest] = rowsOf('Examiners')
  expect(severest?.[0]).toBe('E1 Ada Adams')
  expect(Number(severest?.[2])).toBeCloseTo(rasch.examiners.find(({ id }) => id === 'ada')?.measure ?? NaN, 2)
  expect(rowsOf('How far can they be told apart?').map(([facet]) => facet)).toEqual([
    'Examiners',
    'Stations',
    'Candidates',
  ])
  const used = ['Clear fail', 'Borderline', 'Pass', 'Good', 'Excellent'].filter((_, at) =>
    rasch.categories.some(({ category }) => category === at + 1),
  )
  expect(rowsOf('How was the scale used?').map(([grade]) => grade)).toEqual(used)
  expect(document.querySelector('[role="application"][aria-label*="logits"]')).not.toBeNull()
})

test.each([
  [{ infit: 1.2, outfit: 1.6 }, 'erratic'],
  [{ infit: 2.1, outfit: 1.6 }, 'very erratic'],
  [{ infit: 0.4, outfit: 0.9 }, 'too regular'],
  [{ infit: 0.5, outfit: 1.5 }, 'as expected'],
])('marks with %o are called %s', async (fit, words) => {
  const found = foundIn(harsh())
  const examiners = found.rasch.examiners.map((one) => ({ ...one, ...fit }))
  const data = harsh()
  await open(data, analysisBridge(data, { 'analysis.examiners': { ...found, rasch: { ...found.rasch, examiners } } }))
  expect(rowsOf('Examiners').map((row) => row[7])).toEqual([words, words, words])
})

test('candidates of the Rasch model are shown when asked for, those who fit least first', async () => {
  const data = harsh()
  const screen = await open(data)
  expect(() => rowsOf('Candidates')).toThrow('no table')
  await screen.press('Show the candidates who fit least')
  expect(rowsOf('Candidates')).toHaveLength(10)
  await screen.press(/^Show all \d+$/)
  expect(rowsOf('Candidates')).toHaveLength(foundIn(data).rasch.candidates.length)
})

test('a Rasch model that did not settle says so and shows no measures', async () => {
  const data = harsh()
  const found = foundIn(data)
  const rasch = { ...found.rasch, reason: 'no-convergence' as const, examiners: [], stations: [], candidates: [] }
  const screen = await open(data, analysisBridge(data, { 'analysis.examiners': { ...found, rasch } }))
  expect(screen.text()).toContain('Withheld. The iteration did not settle on one solution.')
  expect(screen.text()).not.toContain('It settled after')
  expect(() => rowsOf('Stations')).toThrow('no table')
})

test('whoever gave the highest rating only, and parts that nothing joins, are told', async () => {
  const data = harsh()
  const found = foundIn(data)
  const rasch: typeof found.rasch = {
    ...found.rasch,
    subsets: [
      { candidates: 6, stations: [], examiners: ['ada'] },
      { candidates: 6, stations: [], examiners: ['bob', 'cyd'] },
    ],
    extreme: [
      { facet: 'examiners', id: 'bob', end: 'highest', measure: -3.21, method: 'rasch-extreme-adjusted' },
      {
        facet: 'stations',
        id: data.stations[0]?.id ?? '',
        end: 'lowest',
        measure: null,
        method: 'rasch-extreme-adjusted',
      },
    ],
  }
  const screen = await open(data, analysisBridge(data, { 'analysis.examiners': { ...found, rasch } }))
  expect(screen.text()).toContain(
    'fall into 2 parts that nothing joins, with the examiners: E1 Ada Adams; E2 Bob Bell, E3.',
  )
  expect(screen.text()).toContain(
    'Examiner E2 Bob Bell has the highest rating only and was left out. By convention that is −3.21 logits.',
  )
  expect(screen.text()).toContain('Station 1 Station 1 has the lowest rating only and was left out.')
})

test('stations stand with the share that lies between their examiners, each a way to the station', async () => {
  const data = harsh()
  const screen = await open(data)
  const rows = rowsOf('Differences between the examiners of each station')
  expect(rows).toHaveLength(4)
  const [first] = foundIn(data).stations
  expect(rows[0]?.slice(0, 3)).toEqual(['1 Station 1', '3', first?.examinerEta2.value?.toFixed(2)])
  expect(rows[0]?.at(-1)).toBe('a concern')
  await screen.press('2 Station 2')
  expect(screen.router.currentRoute.value.query['station']).toBe(data.stations[1]?.id)
})

test('a finding about an examiner leads to their line', async () => {
  const data = harsh()
  const bridge = analysisBridge(data, {
    'analysis.overview': () => ({ ...overviewOf(data), examiners: names }),
    'analysis.examiners': () => foundIn(data),
  })
  const screen = await openScreen(App, { bridge, at: at(data) })
  const ways = [...document.querySelectorAll<HTMLAnchorElement>('main li a')]
  await screen.router.push(
    ways.map((way) => way.getAttribute('href')).find((href) => href?.includes('examiner=ada')) ?? '/',
  )
  await screen.settle()
  expect(document.querySelector('tr[aria-current="true"]')?.textContent).toContain('Ada Adams')
})

test('without a named examiner there is nobody to judge, and a reading that fails can be tried again', async () => {
  const data = soundExam()
  const screen = await open(data)
  expect(screen.text()).toContain('No examiner to judge yet')
  screen.leave()
  let calls = 0
  const failing = analysisBridge(data, {
    'analysis.examiners': () => {
      calls += 1
      if (calls === 1) throw new Error('lost')
      return foundIn(data)
    },
  })
  const again = await open(data, failing)
  expect(document.querySelector('[role="alert"]')).not.toBeNull()
  await again.press('Try again')
  expect(again.text()).toContain('No examiner to judge yet')
})
