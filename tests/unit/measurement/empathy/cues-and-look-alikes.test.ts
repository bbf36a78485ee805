import { expect, test } from 'vitest'
import { cueResponses, type CueMark } from '#shared/measurement/empathy/cue-responses.ts'
import { lookAlikes } from '#shared/measurement/empathy/look-alikes.ts'
import { share } from '#shared/measurement/wilson.ts'
import { expectInterval, expectNear } from '#tests/support/near.ts'

// R: prop.test(7, 9, correct = FALSE)$conf.int, and of 0 of 5
test('a share has Wilson’s interval, which stays inside 0 to 1', () => {
  expectNear(share(7, 9).value, 7 / 9)
  expectInterval(share(7, 9).ci95, [0.45258896910698904, 0.93677489288215332])
  expect(share(0, 5).ci95?.[0]).toBe(0)
  expectNear(share(0, 5).ci95?.[1], 0.43448246478317465)
  expectNear(share(5, 5).ci95?.[0], 1 - 0.43448246478317465)
  expect(share(5, 5).ci95?.[1]).toBe(1)
  expect(share(0, 0)).toMatchObject({ value: null, reason: 'no-data' })
  expect(share(29, 29).warnings).toEqual(['small-sample'])
  expect(share(30, 30).warnings).toEqual([])
})

const cue = (
  encounter: string,
  station: string,
  index: number | null,
  response: 'met' | 'unmet',
  domain: string | null = null,
): CueMark => ({ candidate: `candidate of ${encounter}`, encounter, station, domain, cue: index, response })

const marks = [
  cue('e1', 's1', 0, 'unmet', 'emotion-naming'),
  // The same cue, taken up after all.
  cue('e1', 's1', 0, 'met', 'emotion-naming'),
  cue('e1', 's1', 1, 'unmet'),
  cue('e2', 's1', 0, 'met', 'perspective-taking'),
  cue('e3', 's2', 0, 'unmet', 'emotion-naming'),
  // Nobody said which cue: each is one of its own.
  cue('e3', 's2', null, 'met', 'emotion-naming'),
  cue('e3', 's2', null, 'met'),
]

test('the share of cues that met a response is told for the exam, by station and by domain', () => {
  const { all, stations, domains, withoutDomain } = cueResponses(marks)
  expect([all.value, all.n]).toEqual([4 / 6, 6])
  expect(stations.map(({ station, met }) => [station, met.value, met.n])).toEqual([
    ['s1', 2 / 3, 3],
    ['s2', 2 / 3, 3],
  ])
  expect(domains.map(({ domain, met }) => [domain, met.value, met.n])).toEqual([
    ['emotion-naming', 2 / 3, 3],
    ['perspective-taking', 1, 1],
  ])
  expect(withoutDomain).toBe(2)
})

test('a share of cues says that it knows only what was marked, and where cues hang together', () => {
  const { all, domains } = cueResponses(marks)
  expect(all.warnings).toEqual(['only-what-was-marked', 'interval-too-narrow', 'small-sample'])
  expect(domains[1]?.met.warnings).not.toContain('interval-too-narrow')
  expect(cueResponses([])).toMatchObject({ all: { value: null, reason: 'no-data' }, stations: [], domains: [] })
})

test('look-alikes are counted by station: marks, marks per encounter, and encounters with any', () => {
  const rows = lookAlikes(
    [
      { station: 's1', lookAlikes: ['contagion', 'contagion', 'detachment'] },
      { station: 's1', lookAlikes: [] },
      { station: 's2', lookAlikes: [] },
      { station: 's1', lookAlikes: ['contagion'] },
    ],
    ['contagion', 'detachment'],
  )
  expect(
    rows.map(({ station, lookAlike, count, perEncounter, encounters }) => [
      station,
      lookAlike,
      count,
      perEncounter.value,
      encounters.value,
      encounters.n,
    ]),
  ).toEqual([
    ['s1', null, 4, 4 / 3, 2 / 3, 3],
    ['s1', 'contagion', 3, 1, 2 / 3, 3],
    ['s1', 'detachment', 1, 1 / 3, 1 / 3, 3],
    ['s2', null, 0, 0, 0, 1],
    ['s2', 'contagion', 0, 0, 0, 1],
    ['s2', 'detachment', 0, 0, 0, 1],
  ])
  expect(rows[0]?.encounters.warnings).toContain('only-what-was-marked')
  expect(lookAlikes([], ['contagion'])).toEqual([])
})
