import { describe, expect, test } from 'vitest'
import { findingCodes, type FindingCode } from '#shared/measurement/analysis/findings.ts'
import { findingWords } from '#shared/measurement/analysis/finding-words.ts'
import { analysisOverview } from '#shared/measurement/analysis/overview.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { allRated } from '#tests/support/recorded-exam.ts'
import { examOf, marked } from './small-recorded.ts'

type Points = 1 | 2 | 3 | 4 | 5
const codesOf = (data: ExamData): FindingCode[] => analysisOverview(data).findings.map(({ code }) => code)
const findingOf = (data: ExamData, code: FindingCode) =>
  analysisOverview(data).findings.find((finding) => finding.code === code)

/** Twelve candidates who are alike at every station: 2 to 5 points, the grade the same. */
const steady = (stations: number, more: (row: number, station: number) => object = () => ({})) =>
  Array.from({ length: 12 }, (_, row) =>
    Array.from({ length: stations }, (_, station) => {
      const points = (2 + (row % 4)) as Points
      return marked(points, points, more(row, station))
    }),
  )

describe('what needs a look first', () => {
  test('an exam without a score has nothing else to be said of', () => {
    expect(codesOf(examOf([[undefined, undefined]]))).toEqual(['no-scores'])
  })

  test('a sound exam, whose declared mark is what borderline regression proposes, has no finding', () => {
    const data = examOf(steady(3))
    expect(codesOf({ ...data, standard: { ...data.standard, cut: 40 } })).toEqual([])
  })

  test('a mark that lies outside of the range of error of the proposed cut is told with both', () => {
    expect(findingOf(examOf(steady(3)), 'cut-apart')?.figures).toMatchObject({ mark: 60 })
  })

  test('a mark far from a proposed cut that has no interval is told without one', () => {
    // Two grades and two candidates at a station leave its line no error.
    const rows = [2, 4].map((points) => [marked(points as Points, points), marked(points as Points, points)])
    expect(findingOf(examOf(rows), 'cut-far')?.figures).toEqual({ mark: 60, cut: expect.any(Number) as number })
    expect(codesOf(examOf(rows))).not.toContain('cut-apart')
  })

  test('figures are rounded as the tables round them, and none looks as if it reached what it lies below', () => {
    const low = { code: 'r-squared-low', figures: { station: 4, r2: 0.4672 } } as const
    const about = { stationId: null, personId: null, reason: null }
    expect(findingWords({ ...about, ...low })).toContain('At station 4 the global rating explains little')
    expect(findingWords({ ...about, ...low })).toContain('(R² 0.47)')
    expect(findingWords({ ...about, ...low, figures: { station: 4, r2: 0.4968 } })).toContain('(R² 0.497)')
    const apart = { code: 'cut-apart', figures: { mark: 60, cut: 53.407, low: 50.952, high: 55.862 } } as const
    expect(findingWords({ ...about, ...apart })).toContain('60, lies apart')
    expect(findingWords({ ...about, ...apart })).toContain('53.41 (95 % interval 50.95 to 55.86)')
  })

  test('candidates without a score at a station are counted as incomplete', () => {
    const rows = steady(3)
    const data = examOf([[undefined, ...(rows[0]?.slice(1) ?? [])], ...rows.slice(1)])
    expect(findingOf(data, 'incomplete')?.figures).toEqual({ count: 1, candidates: 12 })
    expect(codesOf(data)).toContain('unbalanced')
  })

  test('a red flag without its review keeps an outcome back', () => {
    const flag = { kind: 'red-flag' as const, type: 'unsafe' }
    const data = examOf(steady(3, (row, station) => (row === 0 && station === 0 ? { marks: [flag] } : {})))
    expect(findingOf(data, 'review-waits')?.figures).toEqual({ count: 1 })
  })

  test('a station at which better grades have lower scores is found, and that the result is better without it', () => {
    const rows = steady(4).map((row, i) => [...row.slice(0, 3), marked((5 - (i % 4)) as Points, 2 + (i % 4))])
    const data = examOf(rows)
    expect(findingOf(data, 'slope-not-positive')).toMatchObject({ stationId: 'station-4', figures: { station: 4 } })
    expect(findingOf(data, 'alpha-higher-without')).toMatchObject({ stationId: 'station-4' })
    expect(codesOf(data).indexOf('slope-not-positive')).toBeLessThan(codesOf(data).indexOf('alpha-higher-without'))
  })

  test('a station without which the result is hardly better is not worth a word', () => {
    const data = examOf(
      steady(8).map((row, i) => [...row.slice(0, 7), marked(i === 0 ? 3 : ((2 + (i % 4)) as Points), 3)]),
    )
    const { alpha } = analysisOverview(data).reliability
    expect(alpha.value).toBeGreaterThan(0.99)
    expect(alpha.value).toBeLessThan(1)
    expect(codesOf(data)).not.toContain('alpha-higher-without')
  })

  test('scores that hang together badly are a poor reliability, one station has none', () => {
    const apart = steady(3).map((row, i) => [...row.slice(0, 2), marked((2 + ((i + 2) % 4)) as Points, 3)])
    expect(findingOf(examOf(apart), 'alpha-below-seven')?.figures['alpha']).toBeLessThan(0.7)
    expect(findingOf(examOf(steady(1)), 'alpha-withheld')).toMatchObject({ reason: 'one-item' })
  })

  test('where all have one grade no mark is proposed', () => {
    const data = examOf(steady(2).map((row) => row.map((cell) => ({ ...cell, globalRating: 'pass' }))))
    expect(findingOf(data, 'cut-withheld')).toMatchObject({ reason: 'station-without-cut' })
  })

  test('an examiner who takes a point off everybody is a hawk, the other a dove, by name', () => {
    const data = examOf(
      Array.from({ length: 12 }, (_, row) =>
        Array.from({ length: 4 }, (_, station) => {
          const harsh = (row + station) % 2 === 0
          const noise = row === station ? 1 : 0
          return marked((3 + (harsh ? -1 : 0) + (row % 2) + noise) as Points, 3, { examiner: harsh ? 'ada' : 'tom' })
        }),
      ),
    )
    const hawk = findingOf(data, 'hawk')
    expect(hawk?.personId).toBe('ada')
    expect(hawk?.figures['points']).toBeGreaterThan(5)
    expect(findingOf(data, 'dove')).toMatchObject({ personId: 'tom' })
    expect(hawk && findingWords(hawk, 'Dr Ada')).toMatch(/^Dr Ada marks [\d.]+ points harsher/)
  })

  test('an examiner for each station can be compared with nobody', () => {
    const data = examOf(steady(3, (_, station) => ({ examiner: `examiner-${station}` })))
    expect(findingOf(data, 'examiners-not-comparable')?.figures).toEqual({ count: 3, examiners: 3 })
  })

  test('two examiners at a station who mark apart are a concern there', () => {
    const rows = steady(3).map((row, i) => [
      ...row.slice(0, 2),
      marked((i % 2 === 0 ? 2 : 5) as Points, 3, { examiner: i % 2 === 0 ? 'ada' : 'tom' }),
    ])
    expect(findingOf(examOf(rows), 'examiners-over-forty')).toMatchObject({
      stationId: 'station-3',
      figures: { percent: 100 },
    })
  })

  test('patients who see something else are told of', () => {
    const data = examOf(steady(3, (row) => ({ sp: allRated(5 - (row % 4)).slice(0, 7) })))
    expect(findingOf(data, 'patients-differ')?.figures).toMatchObject({ count: 36 })
  })

  test('a group that is too small to be compared is counted', () => {
    const data = examOf(steady(3), ['A', 'B'])
    expect(findingOf(data, 'groups-suppressed')?.figures).toEqual({ count: 1, minimum: 10 })
  })

  test('a rubric that calls no level borderline is told of at each of its stations', () => {
    const data = examOf(steady(2))
    const rubrics = data.rubrics.map((rubric) => ({
      ...rubric,
      globalRating: rubric.globalRating.map((level) => ({
        ...level,
        id: `level-${level.id}`,
        label: `Level ${level.label}`,
      })),
    }))
    expect(codesOf({ ...data, rubrics }).filter((code) => code === 'borderline-not-named')).toHaveLength(2)
  })
})

test.each(findingCodes)('%s is said in a sentence of its figures', (code) => {
  const figures = Object.fromEntries(
    [
      'cut',
      'mark',
      'low',
      'high',
      'alpha',
      'without',
      'slope',
      'station',
      'count',
      'candidates',
      'percent',
      'r2',
      'points',
      'ccc',
      'examiners',
      'scores',
      'grade',
      'minimum',
    ].map((name, i) => [name, i]),
  )
  const words = findingWords({ code, figures, reason: 'no-data', stationId: null, personId: null }, 'Dr Ada')
  expect(words).toMatch(/^[A-Z\d].*\.$/)
  expect(words).not.toMatch(/[{}]/)
})
