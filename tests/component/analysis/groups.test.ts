import { expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { groupMeasures } from '#shared/measurement/analysis/group-measures.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { allRated, recordedExam } from '#tests/support/recorded-exam.ts'
import { scatteredExam } from '#tests/support/scattered-exam.ts'
import { openScreen } from '#tests/support/screen.ts'
import { analysisBridge, at } from './analysis-host.ts'
import { panel, rowsOf } from './panels.ts'

/** Candidates in turn of these groups, at three stations; at the third Night loses `lost` points of five. */
const grouped = (groups: readonly string[], lost: number): ExamData =>
  recordedExam({
    stations: [{}, {}, {}],
    candidates: groups.map((group) => ({ group })),
    record: (candidate, station) => {
      const able = 3 + (candidate % 3)
      const wave = (candidate + station * station) % 2
      const points = able - (station === 2 && groups[candidate] === 'Night' ? lost : 0) - (lost > 0 ? 0 : wave)
      return { status: 'submitted', ratings: allRated(Math.max(1, points)), globalRating: 'pass' }
    },
  })
const half = (count: number) => Array.from({ length: count }, (_, at) => (at * 2 < count ? 'Day' : 'Night'))
const opened = (data: ExamData) => openScreen(App, { bridge: analysisBridge(data), at: at(data, 'groups') })

/** As `grouped`, but no station is a constant of the others. */
const uneven = () => {
  const groups = half(24)
  return recordedExam({
    stations: [{}, {}, {}],
    candidates: groups.map((group) => ({ group })),
    record: (candidate, station) => {
      const able = 2 + (candidate % 3) + ((candidate * (station + 2)) % 2)
      const points = able - (station === 2 && candidate >= 12 ? 1 : 0)
      return { status: 'submitted', ratings: allRated(points), globalRating: 'pass' }
    },
  })
}

test('a station that is harder for a group is told in words, with what to do and the way to try without it', async () => {
  const data = uneven()
  const screen = await opened(data)
  const words = panel('“Night” and “Day”: do stations treat them differently?')
  expect(words).toContain('3 Station 3')
  expect(words).toMatch(/by more than chance, corrected for .* \(Holm\): .*3 Station 3/)
  expect(words).toContain('What to do with it')
  const rows = rowsOf('“Night” compared with “Day” at each station')
  expect(rows.map(([station]) => station)).toEqual(['1 Station 1', '2 Station 2', '3 Station 3'])
  expect(rows[2]?.[1]).toBe('“Night” scores lower than equals')
  expect(rows[2]?.[2]).toBe('24')
  expect(rows[2]?.[3]).toMatch(/^−\d+\.\d95 %: −/)
  expect(rows[2]?.[5]).toMatch(/95 %/)
  await screen.press('What if')
  expect(screen.router.currentRoute.value.params['section']).toBe('what-if')
})

test('how often each group passes stands in a table of its own, with the odds ratio, Δ and its class', async () => {
  const data = scatteredExam()
  await opened(data)
  const { comparisons } = groupMeasures(data, measureExam(data))
  const rows = rowsOf('“Night” compared with “Day”: passing each station')
  expect(rows).toHaveLength(3)
  comparisons.forEach(({ mantelHaenszel: { oddsRatio, delta, size } }, at) => {
    const shown = (figure: typeof delta) => Math.abs(figure.value ?? NaN).toFixed(2)
    expect(rows[at]?.[1]).toBe('60')
    expect(rows[at]?.[2]).toMatch(new RegExp(`^${shown(oddsRatio)}95 %:`))
    expect(rows[at]?.[3]).toMatch(new RegExp(`^−?${shown(delta)}95 %:`))
    expect(rows[at]?.[5]).toBe(size)
  })
})

test('groups that are treated alike are said to be so, and no more', async () => {
  await opened(grouped(half(24), 0))
  const words = panel('“Night” and “Day”: do stations treat them differently?')
  expect(words).toContain('No station differs by more than chance')
  expect(words).toContain('That does not prove that all are alike')
  expect(words).not.toContain('What to do with it')
  expect(rowsOf('“Night” compared with “Day” at each station').map(([, says]) => says)).not.toContain('Suppressed')
})

test('of a small group nothing but its size is told, with the least size, nor what would give it away', async () => {
  await opened(grouped([...half(21), ...Array.from({ length: 3 }, () => 'Evening')], 0))
  expect(panel('“Evening” and “Day”: do stations treat them differently?')).toContain(
    'Suppressed: at no station are there 10 candidates of both groups.',
  )
  expect(rowsOf('Groups of candidates').map(([name, count, mean]) => [name, count, mean?.split(' ')[0]])).toEqual([
    ['Dayreference group', '11', expect.stringMatching(/^\d/)],
    ['Evening', '3', 'Suppressed:'],
    ['Night', '10', 'Kept'],
  ])
  expect(panel('Which groups are there?')).toContain(
    'Kept back: With the figures of this group those of a smaller one could be worked out from the whole.',
  )
  expect(panel('Which groups are there?')).toContain('Below 10 candidates of a group nothing but its size is given')
})

test('a group at one station only is suppressed there, and compared elsewhere', async () => {
  const groups = half(22)
  const data = grouped(groups, 0)
  const [first] = data.stations
  const late = data.candidates.slice(-2).map(({ id }) => id)
  await opened({
    ...data,
    encounters: data.encounters.filter(({ slot }) => slot.stationId !== first?.id || !late.includes(slot.candidateId)),
  })
  const rows = rowsOf('“Night” compared with “Day” at each station')
  expect(rows[0]?.[1]).toBe('Suppressed')
  expect(rows[0]?.[3]).toBe('Suppressed: fewer than 10 candidates with a score.')
  expect(rows[1]?.[1]).not.toBe('Suppressed')
})

test('candidates of no group are counted, and one group alone is not compared', async () => {
  await opened(grouped([...Array.from({ length: 12 }, () => 'Day'), '', ''], 0))
  const words = panel('Which groups are there?')
  expect(words).toContain('Nothing was compared. There is only one group.')
  expect(words).toContain('2 candidates belong to no group and are left out.')
})

test('without groups the way leads to where candidates get one', async () => {
  const screen = await opened(grouped(['', ''], 0))
  expect(screen.text()).toContain('No candidate belongs to a group')
  await screen.press('Candidates in the set-up')
  await vi.dynamicImportSettled()
  await screen.settle()
  expect(screen.router.currentRoute.value).toMatchObject({
    name: 'exam-setup',
    params: { section: 'people' },
    query: { list: 'candidates' },
  })
})

test('groups without a score yet are awaited', async () => {
  const data = grouped(half(4), 0)
  const screen = await opened({ ...data, encounters: [] })
  expect(screen.text()).toContain('No group has a score yet')
})

test('while it is computed that is said, and so is a failure', async () => {
  const data = uneven()
  const waiting = analysisBridge(data, { 'analysis.groups': () => new Promise<never>(() => undefined) })
  const screen = await openScreen(App, { bridge: waiting, at: at(data, 'groups') })
  await expect.poll(() => screen.text()).toContain('Computing the analysis')
  screen.leave()
  await openScreen(App, {
    bridge: analysisBridge(data, { 'analysis.groups': refused('internal') }),
    at: at(data, 'groups'),
  })
  expect(document.querySelector('[role="alert"]')).not.toBeNull()
})
