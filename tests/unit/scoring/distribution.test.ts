import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correlation, distribution, meanDifference, quartiles, type Pair } from '#shared/scoring/distribution.ts'

describe('quartiles', () => {
  it.each([
    // Between the two scores nearest to a quarter of the way from the lowest to the highest, in proportion: place
    // 1 + (n − 1) / 4, as R and spreadsheets have it (Hyndman and Fan 1996, type 7).
    { values: [10, 20, 30, 40], q1: 17.5, median: 25, q3: 32.5 },
    { values: [10, 20, 30, 40, 50], q1: 20, median: 30, q3: 40 },
    { values: [6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49], q1: 25.5, median: 40, q3: 42.5 },
    { values: [10, 20, 30, 40, 50, 60, 70, 80], q1: 27.5, median: 45, q3: 62.5 },
    { values: [60, 60, 60, 60], q1: 60, median: 60, q3: 60 },
  ])('of $values are $q1, $median and $q3', ({ values, ...expected }) => {
    expect(quartiles(values.toReversed())).toEqual({ n: values.length, ...expected })
  })

  it('are withheld below four scores, and where more are asked for', () => {
    expect(quartiles([50, 60, 70])).toEqual({ n: 3, q1: null, median: null, q3: null })
    expect(quartiles([1, 2, 3, 4, 5, 6, 7, 8, 9], 10)).toEqual({ n: 9, q1: null, median: null, q3: null })
    expect(quartiles([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 10)).toEqual({ n: 10, q1: 3.25, median: 5.5, q3: 7.75 })
  })

  it('part any scores: no more than a quarter below the first and three quarters above it, and so on', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 60 }), (values) => {
        const { q1, median, q3 } = quartiles(values)
        for (const [share, at] of [
          [0.25, q1],
          [0.5, median],
          [0.75, q3],
        ] as const) {
          if (at === null) throw new Error('withheld')
          const steps = values.length - 1
          expect(values.filter((value) => value < at - 1e-9).length).toBeLessThanOrEqual(Math.ceil(share * steps))
          expect(values.filter((value) => value > at + 1e-9).length).toBeLessThanOrEqual(Math.ceil((1 - share) * steps))
        }
      }),
    )
  })
})

describe('a distribution', () => {
  it('has mean, sample standard deviation, range and bins of ten points', () => {
    // Deviations from the mean of 50: squares 900 + 100 + 100 + 900 = 2000, over n − 1 = 3.
    const found = distribution([20, 40, 60, 80])
    expect(found).toMatchObject({ n: 4, mean: 50, min: 20, max: 80 })
    expect(found.sd).toBeCloseTo(Math.sqrt(2000 / 3), 10)
    expect(found.bins).toEqual([0, 0, 1, 0, 1, 0, 1, 0, 1, 0])
  })

  it('puts a score on a border into the higher bin, and 100 into the last', () => {
    expect(distribution([0, 9.99, 10, 89.9, 90, 100]).bins).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 1, 2])
  })

  it('withholds what cannot be said of none and of one', () => {
    const nothing = { mean: null, sd: null, min: null, max: null }
    expect(distribution([])).toMatchObject({ n: 0, ...nothing, bins: Array.from({ length: 10 }, () => 0) })
    expect(distribution([70])).toMatchObject({ n: 1, mean: 70, sd: null, min: 70, max: 70 })
  })

  it('counts every score once, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true })), (values) => {
        const { bins, n } = distribution(values)
        expect(n).toBe(values.length)
        expect(bins.reduce((sum, count) => sum + count, 0)).toBe(values.length)
      }),
    )
  })
})

describe('two columns of scores side by side', () => {
  const pairs = (...values: [number, number][]): Pair[] => values.map(([a, b]) => ({ a, b }))

  it('have a correlation', () => {
    expect(correlation(pairs([10, 20], [20, 40], [30, 60]))).toBeCloseTo(1, 10)
    expect(correlation(pairs([10, 60], [20, 40], [30, 20]))).toBeCloseTo(-1, 10)
    // Deviations (−1, 0, 1) and (−1, 1, 0): products 1 + 0 + 0 over √(2 × 2).
    expect(correlation(pairs([10, 10], [20, 30], [30, 20]))).toBeCloseTo(0.5, 10)
  })

  it('have none below three pairs, or where one column does not vary', () => {
    expect(correlation(pairs([10, 20], [20, 40]))).toBeNull()
    expect(correlation(pairs([10, 20], [10, 40], [10, 60]))).toBeNull()
    expect(correlation(pairs([10, 50], [20, 50], [30, 50]))).toBeNull()
  })

  it('have a mean difference, the first less the second, from three pairs on', () => {
    // (10 + 20 − 30) / 3
    expect(meanDifference(pairs([60, 50], [70, 50], [40, 70]))).toBe(0)
    expect(meanDifference(pairs([60, 50], [70, 50], [40, 40]))).toBe(10)
    expect(meanDifference(pairs([60, 50], [70, 50]))).toBeNull()
  })

  it('never give what is no number, nor a correlation beyond 1', () => {
    const value = fc.oneof(fc.constantFrom(20, 40, 60), fc.double({ min: 20, max: 100, noNaN: true }))
    fc.assert(
      fc.property(fc.array(fc.record({ a: value, b: value })), (any) => {
        const r = correlation(any)
        if (r !== null) expect(Math.abs(r)).toBeLessThanOrEqual(1 + 1e-9)
        expect(meanDifference(any)).not.toBeNaN()
      }),
    )
  })
})
