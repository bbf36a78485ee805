import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Mark } from '#shared/domain/encounter.ts'
import { stationIdSchema } from '#shared/domain/ids.ts'
import { declaredStandard, type Standard } from '#shared/domain/standard.ts'
import { examOutcome } from '#shared/scoring/outcome.ts'
import { allRated, recordedExam, resultOf, type Recorded } from '#tests/support/recorded-exam.ts'

type Counted = Parameters<typeof examOutcome>[0][number]

const redFlag = (review: Mark['review']): Partial<Mark> => ({ kind: 'red-flag', type: 'blame', review })

/** A station as the outcome sees it, against a pass mark of 60. */
const station = (value: number | null, index: number, marks: Counted['marks'] = []): Counted => ({
  stationId: stationIdSchema.parse(`station-${index + 1}`),
  score: { value, n: value === null ? 0 : 12, reason: value === null ? 'too-few-rated' : null },
  passed: value === null ? null : value >= 60,
  marks,
})
const rule = (passMark = 60, minStationsPassed = 0): Standard =>
  declaredStandard({ passRule: { passMark, minStationsPassed } })
const outcomeOf = (values: (number | null)[], standard = rule(), planned = values.length) =>
  examOutcome(
    values.map((value, index) => station(value, index)),
    standard,
    planned,
  )

describe('the outcome of a candidate', () => {
  it('is a pass where the mean of the stations reaches the pass mark, and a fail below', () => {
    // (50 + 70 + 60) / 3 = 60
    expect(outcomeOf([50, 70, 60])).toEqual({
      outcome: 'pass',
      score: { value: 60, n: 3, reason: null },
      stationsPassed: 2,
      stationsScored: 3,
      unmet: [],
    })
    expect(outcomeOf([50, 70, 59.9]).outcome).toBe('fail')
  })

  it('takes as many passed stations as were declared, beside the mean', () => {
    expect(outcomeOf([100, 100, 20], rule(60, 2)).outcome).toBe('pass')
    expect(outcomeOf([100, 100, 20], rule(60, 3)).outcome).toBe('fail')
    // Every station passed, and the mean is their lowest.
    expect(outcomeOf([60, 60, 60], rule(60, 3)).outcome).toBe('pass')
  })

  it('says of a fail which conditions it does not meet', () => {
    expect(outcomeOf([70, 40], rule(60, 1)).unmet).toEqual(['pass-mark'])
    expect(outcomeOf([100, 40], rule(60, 2)).unmet).toEqual(['stations'])
    expect(outcomeOf([20, 40], rule(60, 1)).unmet).toEqual(['pass-mark', 'stations'])
  })

  it('asks for the cut and as many standard errors of measurement as were declared', () => {
    const withSem = { ...rule(), sem: 4, semMultiple: 1 }
    expect(outcomeOf([63.9], withSem)).toMatchObject({ outcome: 'fail', unmet: ['pass-mark'] })
    expect(outcomeOf([64], withSem).outcome).toBe('pass')
    expect(outcomeOf([60], { ...withSem, semMultiple: 0 }).outcome).toBe('pass')
    // 60.1 + 0.2 is a little more than 60.3 in binary fractions.
    expect(outcomeOf([60.3], { ...withSem, cut: 60.1, sem: 0.2 }).outcome).toBe('pass')
  })

  it('leaves out the stations that a standard excludes, missing or not', () => {
    const without = { ...rule(60, 1), excluded: [stationIdSchema.parse('station-2')] }
    expect(outcomeOf([80, 10, 60], without)).toMatchObject({
      outcome: 'pass',
      score: { value: 70, n: 2 },
      stationsPassed: 2,
      stationsScored: 2,
    })
    expect(outcomeOf([80, null, 60], without).outcome).toBe('pass')
    expect(outcomeOf([null, 80, 60], without).outcome).toBe('incomplete')
  })

  it('compares figures unrounded', () => {
    expect(outcomeOf([59.999]).outcome).toBe('fail')
    expect(outcomeOf([60]).outcome).toBe('pass')
  })

  it('is incomplete as soon as one station has no score, and the mean is that of the others', () => {
    expect(outcomeOf([80, null, 90])).toEqual({
      outcome: 'incomplete',
      score: { value: 85, n: 2, reason: null },
      stationsPassed: 2,
      stationsScored: 2,
      unmet: [],
    })
    expect(outcomeOf([null, null]).score).toEqual({ value: null, n: 0, reason: 'stations-missing' })
  })

  it('is incomplete where a scored station was never planned for the candidate', () => {
    expect(outcomeOf([80, 90], rule(), 3)).toMatchObject({ outcome: 'incomplete', score: { value: 85, n: 2 } })
  })

  it('tells a candidate without a place in the rotation from an exam without scored stations', () => {
    expect(outcomeOf([], rule(), 8)).toMatchObject({ outcome: 'incomplete', score: { reason: 'not-in-rotation' } })
    expect(outcomeOf([])).toMatchObject({ outcome: 'incomplete', score: { value: null, reason: 'no-scored-station' } })
  })

  const withMark = (mark: Partial<Mark>, scores: (number | null)[] = [80, 70]) => {
    const data = recordedExam({
      exam: { passRule: { passMark: 60, minStationsPassed: 0 } },
      stations: scores.map(() => ({})),
      candidates: [{}],
      record: (_, s): Recorded =>
        scores[s] === null
          ? { status: 'open' }
          : { status: 'submitted', ratings: allRated(4), marks: s === 0 ? [mark] : [] },
    })
    const { outcome, unmet } = resultOf(data)
    return { outcome, unmet }
  }

  const by = { reason: 'Heard by both.', reviewer: 'A. Dean', reviewedAt: '2026-11-15T08:00:00Z' }

  it('waits for a second person while a red flag has not been looked at', () => {
    expect(withMark(redFlag(null))).toEqual({ outcome: 'review', unmet: [] })
  })

  it('is a fail where the second person upheld the red flag, whatever the mean, and as before where not', () => {
    expect(withMark(redFlag({ decision: 'upheld', ...by }))).toEqual({ outcome: 'fail', unmet: ['red-flag'] })
    expect(withMark(redFlag({ decision: 'dismissed', ...by }))).toEqual({ outcome: 'pass', unmet: [] })
  })

  it('does not wait for marks of other kinds', () => {
    expect(withMark({ kind: 'look-alike', type: 'contagion' }).outcome).toBe('pass')
    expect(withMark({ kind: 'moment', type: 'missed' }).outcome).toBe('pass')
  })

  it('says that a station is missing before it says that something is in review', () => {
    expect(withMark(redFlag(null), [80, null]).outcome).toBe('incomplete')
  })

  it('is exact on the pass mark: no candidate fails or passes by an error of arithmetic', () => {
    const points = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 12, maxLength: 12 })
    const day = fc.record({
      stations: fc.array(points, { minLength: 1, maxLength: 4 }),
      offset: fc.integer({ min: -1, max: 1 }),
      needed: fc.nat(4),
    })
    fc.assert(
      fc.property(day, ({ stations, offset, needed }) => {
        // All weights are equal: a score is the sum of the points × 20 over their number. Compared in whole numbers.
        const sums = stations.map((values) => values.reduce((sum, value) => sum + value, 0))
        const total = sums.reduce((sum, value) => sum + value, 0)
        const hundredths = Math.min(10_000, Math.round((total * 2000) / (12 * sums.length)) + offset)
        const reached = (sum: number, n: number) => sum * 2000 >= hundredths * n
        const passed = sums.filter((sum) => reached(sum, 12)).length

        const data = recordedExam({
          exam: { passRule: { passMark: hundredths / 100, minStationsPassed: needed } },
          stations: stations.map(() => ({})),
          candidates: [{}],
          record: (_, s) => ({ status: 'submitted', ratings: stations[s] ?? [] }),
        })
        const result = resultOf(data)
        expect(result.stationsPassed).toBe(passed)
        expect(result.outcome).toBe(reached(total, 12 * sums.length) && passed >= needed ? 'pass' : 'fail')
      }),
      { numRuns: 60 },
    )
  })
})
