import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { angoffCut, angoffExamCut } from '#shared/measurement/standard-setting/angoff.ts'
import { cohenCut } from '#shared/measurement/standard-setting/cohen.ts'
import { hofsteeCut } from '#shared/measurement/standard-setting/hofstee.ts'
import { expectNear } from '../near.ts'

test("Cohen's cut is a share of the 95th percentile of type 7", () => {
  // R 4.2: 0.6 * quantile(scores, .95) is 0.6 * 76.675.
  expectNear(cohenCut([31, 38.5, 44, 52, 49, 61, 66, 71.5, 83, 47, 36, 55], 0.6), 46.005)
  expect(cohenCut([50, 60], 0.6).warnings).toEqual(['small-sample'])
  expect(
    cohenCut(
      Array.from({ length: 20 }, (_, i) => i),
      0.6,
    ).warnings,
  ).toEqual([])
  expect(cohenCut([], 0.6)).toMatchObject({ value: null, reason: 'no-data' })
})

test("Angoff's cut is the judges' mean, and its error is theirs", () => {
  // R 4.2: t.test(c(55, 61.5, 58, 64, 60)).
  const cut = angoffCut([55, 61.5, 58, 64, 60])
  expectNear(cut, 59.7)
  expectNear(cut.se, 1.529705854077835)
  expectNear(cut.ci95?.[0], 55.45285566905319)
  expectNear(cut.ci95?.[1], 63.94714433094682)
  expect(angoffCut([60, 60]).se).toBe(0)
})

test('one judge gives a cut without an error, none gives no cut', () => {
  expect(angoffCut([60])).toEqual({ value: 60, n: 1, method: 'angoff', warnings: ['one-judge'] })
  expect(angoffCut([])).toMatchObject({ value: null, n: 0, reason: 'no-data' })
})

test('where each station had judges of its own, the cut of the exam is the mean of the stations’', () => {
  const { cut, leftOut } = angoffExamCut([
    [18, 20, null, null],
    [null, null, 24, 26],
  ])
  expect(cut).toMatchObject({
    value: 22,
    n: 2,
    method: 'mean-of-station-cuts',
    se: expect.closeTo(Math.SQRT1_2, 12) as number,
  })
  expect(leftOut).toBe(4)
  expect(angoffExamCut([[18, 20], []]).cut).toMatchObject({ value: null, reason: 'station-without-cut' })
  expect(angoffExamCut([]).cut).toMatchObject({ value: null, reason: 'no-data' })
})

describe('Hofstee', () => {
  const ten = [42, 45, 48, 51, 54, 57, 60, 63, 66, 69]

  test('level part of the curve: the cut lies where the diagonal comes down to it', () => {
    // From (45, .4) to (65, 0): at .2 the diagonal is at 55; F is .2 up to 48 and .5 beyond 54. The step at 51 goes from .3 to
    // .4, above the diagonal at .28; before it, .3 is not reached: 51 is at .28 < .3, so the level .3 meets it at 50.
    const { cut, failRate } = hofsteeCut(ten, { lowestCut: 45, highestCut: 65, fewestFails: 0, mostFails: 0.4 })
    expectNear(cut, 50)
    expectNear(failRate, 0.3)
    expect(cut).toMatchObject({ n: 10, warnings: ['small-sample'] })
  })

  test('a step that crosses the diagonal: the cut is its score, and who has it passes', () => {
    const tied = [40, 55, 55, 55, 55, 55, 55, 55, 70, 80]
    const { cut, failRate } = hofsteeCut(tied, { lowestCut: 50, highestCut: 60, fewestFails: 0, mostFails: 0.4 })
    expectNear(cut, 55)
    expectNear(failRate, 0.1)
  })

  test.each([
    [
      'too many fail at the lowest cut',
      { lowestCut: 60, highestCut: 65, fewestFails: 0, mostFails: 0.4 },
      'no-crossing',
    ],
    [
      'too few fail at the highest cut',
      { lowestCut: 40, highestCut: 45, fewestFails: 0.3, mostFails: 0.5 },
      'no-crossing',
    ],
    ['beyond all scores', { lowestCut: 80, highestCut: 90, fewestFails: 0, mostFails: 0.5 }, 'no-crossing'],
    [
      'cuts the wrong way round',
      { lowestCut: 60, highestCut: 50, fewestFails: 0, mostFails: 0.4 },
      'rectangle-reversed',
    ],
    [
      'fails the wrong way round',
      { lowestCut: 50, highestCut: 60, fewestFails: 0.4, mostFails: 0.1 },
      'rectangle-reversed',
    ],
  ] as const)('is withheld: %s', (_, rectangle, reason) => {
    const { cut, failRate } = hofsteeCut(ten, rectangle)
    expect(cut).toMatchObject({ value: null, n: 10, reason })
    expect(failRate).toMatchObject({ value: null, reason })
  })

  test('one share of fails alone is acceptable: the cut is the lowest that has it', () => {
    const { cut, failRate } = hofsteeCut(ten, { lowestCut: 50, highestCut: 60, fewestFails: 0.3, mostFails: 0.3 })
    expect([cut.value, failRate.value]).toEqual([50, 0.3])
  })

  test('a curve that meets the corner of what is acceptable meets the diagonal', () => {
    // In binary fractions .2 + (.1 − .2)/19·19 is above .1.
    const { cut, failRate } = hofsteeCut(ten, { lowestCut: 25, highestCut: 44, fewestFails: 0.1, mostFails: 0.2 })
    expectNear(cut, 44)
    expectNear(failRate, 0.1)
  })

  test('is withheld without scores', () => {
    const none = hofsteeCut([], { lowestCut: 50, highestCut: 60, fewestFails: 0, mostFails: 0.4 })
    expect(none.cut).toMatchObject({ value: null, n: 0, reason: 'no-data' })
  })

  test('a cut lies in the rectangle, and below it fails the share that is given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 0, max: 50 }),
        (scores, lowestCut, width, fewest, more) => {
          const rectangle = {
            lowestCut,
            highestCut: lowestCut + width,
            fewestFails: fewest / 100,
            mostFails: (fewest + more) / 100,
          }
          const { cut, failRate } = hofsteeCut(scores, rectangle)
          const share = (limit: number) => scores.filter((score) => score < limit).length / scores.length
          if (cut.value === null) {
            const above = share(lowestCut) > rectangle.mostFails
            const stillBelow = scores.filter((score) => score <= rectangle.highestCut).length / scores.length
            expect(above || stillBelow < rectangle.fewestFails).toBe(true)
            return
          }
          expect(cut.value).toBeGreaterThanOrEqual(lowestCut)
          expect(cut.value).toBeLessThanOrEqual(rectangle.highestCut)
          expect(failRate.value).toBeCloseTo(share(cut.value - 1e-9), 12)
          expect(failRate.value).toBeLessThanOrEqual(rectangle.mostFails + 1e-12)
        },
      ),
    )
  })
})

test("Angoff's cut of several stations is that of the judges who judged all of them, with the error of their means", () => {
  const rows = [
    [10, 12, 14, 90],
    [20, 22, 24, null],
  ]
  const { cut, leftOut } = angoffExamCut(rows)
  expect(leftOut).toBe(1)
  expectNear(cut, 17)
  expect(cut.n).toBe(3)
  // The judges’ means are 15, 17 and 19; stations taken as independent would give √(1/3 · 8)/2 = 0.82.
  expectNear(cut.se ?? NaN, 2 / Math.sqrt(3))
  expect(angoffExamCut([[1, null]]).cut).toMatchObject({ value: 1, n: 1 })
  expect(angoffExamCut([]).cut).toMatchObject({ value: null, reason: 'no-data' })
})
