import { expect, test } from 'vitest'
import { facets, type RaschMark } from '#shared/measurement/rasch/marks.ts'
import { rasch } from '#shared/measurement/rasch/rasch.ts'
import { simulateMarks } from '#tests/support/simulated-marks.ts'

const linked = simulateMarks({ candidates: 60, stations: 8, examiners: 8, share: 1, seed: 21 }).marks

/** Marks from a text: a mark a line, candidate station examiner category. */
const marksFrom = (text: string): RaschMark[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [candidate = '', station = '', examiner = '', category = ''] = line.trim().split(' ')
      return { candidate, station, examiner, category: Number(category) }
    })

const oneCandidate = linked.filter(({ candidate }) => candidate === 'c1')
const allExtreme = marksFrom('a s e 0\na t e 0\nb s e 1\nb t e 1')
/** a and b beat c and d on the easy half, and the other way round nothing is known: the halves drift apart. */
const split = marksFrom(
  ['a', 'b'].flatMap((id, k) => [`${id} s e 1`, `${id} t e 1`, `${id} u e ${k}`, `${id} v e ${1 - k}`]).join('\n') +
    '\n' +
    ['c', 'd'].flatMap((id, k) => [`${id} s e ${k}`, `${id} t e ${1 - k}`, `${id} u e 0`, `${id} v e 0`]).join('\n'),
)

test.each([
  ['no marks', [], 'no-data'],
  ['one candidate', oneCandidate, 'one-candidate'],
  ['one category', linked.map((mark) => ({ ...mark, category: 2 })), 'one-category'],
  ['all extreme', allExtreme, 'all-extreme'],
  ['half points', linked.map((mark) => ({ ...mark, category: mark.category / 2 })), 'not-whole-numbers'],
  ['halves that nothing holds together', split, 'no-finite-solution'],
] as const)('nothing is estimated from %s, and the reason is said everywhere', (_, marks, reason) => {
  const found = rasch([...marks])
  expect(found).toMatchObject({
    reason,
    candidates: [],
    stations: [],
    examiners: [],
    logLikelihood: null,
    thresholds: [],
  })
  for (const facet of facets) {
    for (const figure of [found.separation, found.strata, found.reliability]) {
      expect(figure[facet]).toMatchObject({ value: null, reason })
    }
    expect(found.fixed[facet]).toMatchObject({
      chiSquare: { value: null, reason },
      df: null,
      p: { value: null, reason },
    })
  }
})

test('one examiner is fixed at 0, said, and the rest is estimated', () => {
  const found = rasch(linked.map((mark) => ({ ...mark, examiner: 'e' })))
  expect(found.examiners).toMatchObject([{ id: 'e', measure: 0 }])
  expect(found.warnings).toContain('examiner-fixed')
  expect(found.separation.examiners).toMatchObject({ value: null, reason: 'one-examiner' })
  expect(found.separation.candidates.value).toBeGreaterThan(0)

  const unknown = rasch(linked.map((mark) => ({ ...mark, examiner: null })))
  expect(unknown).toMatchObject({ examiners: [], candidates: found.candidates, logLikelihood: found.logLikelihood })
  expect(unknown.warnings).toContain('no-examiners')
  expect(unknown.separation.examiners).toMatchObject({ value: null, reason: 'no-data' })
})

test('marks that name no examiner among marks that do are left out and counted', () => {
  const found = rasch([...linked, { candidate: 'c1', station: 's1', examiner: null, category: 3 }])
  expect(found).toMatchObject({ n: linked.length, leftOut: 1 })
  expect(found.warnings).toContain('marks-without-examiner')
  expect(found.candidates).toEqual(rasch(linked).candidates)
})

test('one station is fixed at 0 where examiners still link the candidates', () => {
  const found = rasch(
    linked.map(({ candidate, station, category }) => ({ candidate, station: 's', examiner: station, category })),
  )
  const swapped = rasch(
    linked.map(({ candidate, station, category }) => ({ candidate, station, examiner: 'e', category })),
  )
  expect(found.stations).toMatchObject([{ id: 's', measure: 0 }])
  expect(found.warnings).toContain('station-fixed')
  expect(found.logLikelihood).toBeCloseTo(swapped.logLikelihood ?? NaN, 9)
})

test('categories that nobody uses are closed up and named', () => {
  const gapped = linked.map((mark) => ({ ...mark, category: [1, 2, 4, 5, 9][mark.category] ?? NaN }))
  const [found, plain] = [rasch(gapped), rasch(linked)]
  expect(found.unusedCategories).toEqual([3, 6, 7, 8])
  expect(found.warnings).toContain('categories-closed-up')
  expect(found.candidates.map(({ measure }) => measure)).toEqual(plain.candidates.map(({ measure }) => measure))
  expect(found.categories.map(({ category }) => category)).toEqual([1, 2, 4, 5, 9])
  expect(plain).toMatchObject({ unusedCategories: [] })
  expect(plain.warnings).not.toContain('categories-closed-up')
})

test('extreme candidates and stations are taken out in turn, and placed 0.3 points from their end', () => {
  const best = linked
    .filter(({ candidate }) => candidate === 'c0')
    .map((mark) => ({ ...mark, candidate: 'best', category: 4 }))
  const found = rasch([
    ...linked,
    ...best,
    // Nobody scores at the hard station but the best, so it is extreme once the best has gone.
    ...linked.filter(({ station }) => station === 's0').map((mark) => ({ ...mark, station: 'hard', category: 0 })),
    { candidate: 'best', station: 'hard', examiner: 'e1', category: 4 },
  ])
  const ends = found.extreme.map(({ facet, id, end }) => `${facet} ${id} ${end}`)
  expect(ends).toEqual(expect.arrayContaining(['candidates best highest', 'stations hard lowest']))
  const plain = rasch(linked)
  expect(found.candidates).toEqual(plain.candidates)
  expect(found.warnings).toContain('extremes-left-out')

  const extreme = found.extreme.find(({ id }) => id === 'best')
  const of = (id: string | null) =>
    [...plain.stations, ...plain.examiners].find((element) => element.id === id)?.measure ?? NaN
  const expected = best.reduce((sum, { station, examiner }) => {
    let exponent = 0
    const theta = (extreme?.measure ?? NaN) - of(station) - of(examiner)
    const weights = [1, ...plain.thresholds.map(({ measure }) => Math.exp((exponent += theta - measure)))]
    return sum + weights.reduce((total, weight, k) => total + k * weight, 0) / weights.reduce((a, b) => a + b, 0)
  }, 0)
  expect(expected).toBeCloseTo(4 * best.length - 0.3, 9)
  // A station with lowest marks only is harder than any other.
  const hard = found.extreme.find(({ id }) => id === 'hard')
  expect(hard?.measure).toBeGreaterThan(Math.max(...found.stations.map(({ measure }) => measure)))
})

test('subsets are reported; within one all is as if it stood alone, across them nothing is compared', () => {
  const apart = linked.map((mark) => ({
    candidate: `x${mark.candidate}`,
    station: `x${mark.station}`,
    examiner: `x${mark.examiner}`,
    category: mark.category,
  }))
  const [found, alone] = [rasch([...linked, ...apart]), rasch(linked)]
  expect(
    found.subsets.map(({ candidates, stations, examiners }) => [candidates.length, stations.length, examiners.length]),
  ).toEqual([
    [alone.candidates.length, 8, 8],
    [alone.candidates.length, 8, 8],
  ])
  expect(found.warnings).toContain('disconnected-subsets')
  const own = found.candidates.filter(({ id }) => id.startsWith('c'))
  expect(own.length).toBe(alone.candidates.length)
  own.forEach(({ measure, fair }, k) => {
    expect(measure).toBeCloseTo(alone.candidates[k]?.measure ?? NaN, 9)
    expect(fair).toBeNull()
  })
  for (const facet of facets) {
    expect(found.comparable[facet]).toHaveLength(2)
    expect(found.separation[facet]).toMatchObject({ value: null, reason: 'not-comparable' })
    expect(found.fixed[facet].chiSquare).toMatchObject({ value: null, reason: 'not-comparable' })
  }
})

test('where each station has its own examiners, candidates compare and stations do not', () => {
  const numberOf = (id: string) => Number(id.slice(1))
  const nested = linked.map((mark) => ({ ...mark, examiner: `${mark.station}${numberOf(mark.candidate) % 2}` }))
  const found = rasch(nested)
  expect(found.subsets).toHaveLength(1)
  expect(found.warnings).toContain('not-all-comparable')
  // Even and odd candidates never met the same examiner: two circuits.
  expect(found.comparable.candidates).toHaveLength(2)

  const mixed = rasch(
    linked.map((mark) => ({
      ...mark,
      examiner: `${mark.station}${Math.floor(numberOf(mark.candidate) / (numberOf(mark.station) + 1)) % 3}`,
    })),
  )
  expect(mixed.comparable.candidates).toHaveLength(1)
  expect(mixed.comparable.stations).toHaveLength(8)
  expect(mixed.comparable.examiners.map((group) => group.length)).toEqual(Array.from({ length: 8 }, () => 3))
  expect(mixed.separation.candidates.value).toBeGreaterThan(0)
  expect(mixed.separation.stations).toMatchObject({ value: null, reason: 'not-comparable' })
  // Each station's own examiners are taken to be equally severe on average.
  for (const group of mixed.comparable.examiners) {
    const measures = mixed.examiners.filter(({ id }) => group.includes(id)).map(({ measure }) => measure)
    expect(measures.reduce((sum, measure) => sum + measure, 0)).toBeCloseTo(0, 9)
  }
})

test('candidates who share nothing with one another are not compared', () => {
  const found = rasch(marksFrom('a s e 0\na s e 2\na s e 1\nb t f 1\nb t f 2\nb t f 0\nc u g 0\nc u g 1\nc u g 2'))
  expect(found.subsets).toHaveLength(3)
  expect(found.candidates.map(({ id, fair }) => [id, fair])).toEqual([
    ['a', null],
    ['b', null],
    ['c', null],
  ])
  expect(found.separation.candidates).toMatchObject({ value: null, reason: 'not-comparable' })
})

test('a rarely used category and thresholds out of order are warned of', () => {
  let twos = 0
  const found = rasch(linked.map((mark) => (mark.category === 2 && twos++ > 8 ? { ...mark, category: 3 } : mark)))
  expect(found.warnings).toEqual(expect.arrayContaining(['sparse-categories', 'thresholds-disordered']))
  expect(rasch(linked).warnings).toEqual(['rasch-not-corrected'])
})
