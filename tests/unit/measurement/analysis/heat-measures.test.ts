import { describe, expect, test } from 'vitest'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import { heatMeasures } from '#shared/measurement/analysis/heat-measures.ts'
import { examOf, marked } from './small-recorded.ts'

type Points = 1 | 2 | 3 | 4 | 5
/** The same but for the error of binary fractions. */
const near = (value: number) => expect.closeTo(value, 9) as number
const heatOf = (data: ExamData) => heatMeasures(data, measureExam(data))
/** A candidate by the points at each station; null: not there. Score = 20 × points. */
const seen = (...points: (Points | null)[]) => points.map((one) => (one === null ? undefined : marked(one, one)))

describe('candidates against stations', () => {
  test('the weakest stands first, with the score at every station', () => {
    const { rows, leftOut } = heatOf(examOf([seen(5, 4), seen(1, 2), seen(3, 3)]))
    expect(rows.map(({ number }) => number)).toEqual(['1002', '1003', '1001'])
    expect(rows[0]).toEqual({
      ...{ number: '1002', candidates: 1, from: near(30), to: near(30) },
      total: near(30),
      scores: [near(20), near(40)],
    })
    expect(leftOut).toBe(0)
  })

  test('the exam score is held against the mark in force, not against the cut that is proposed', () => {
    const data = examOf([seen(5, 4), seen(1, 2), seen(3, 3)])
    const inForce = { ...data, standard: { ...data.standard, cut: 62.5, sem: 2, semMultiple: 1 } }
    expect(measureExam(inForce).analysis.exam.cut.value).toBeCloseTo(40, 9)
    expect(heatOf(inForce).mark).toBe(64.5)
  })

  test('who missed a station has no total and a gap, and stands by the mean of the others', () => {
    const { rows } = heatOf(examOf([seen(3, 3), seen(2, null), seen(1, 1)]))
    expect(rows.map(({ number }) => number)).toEqual(['1003', '1002', '1001'])
    expect(rows[1]).toMatchObject({ total: null, scores: [near(40), null] })
  })

  test('who has no score at all is in no row, but counted', () => {
    const { rows, leftOut } = heatOf(examOf([seen(3, 3), seen(null, null)]))
    expect(rows).toHaveLength(1)
    expect(leftOut).toBe(1)
  })

  test('sixty are read one by one, more in ten bands of equal size that hold everybody', () => {
    const crowd = (count: number) => examOf(Array.from({ length: count }, (_, at) => seen(((at % 5) + 1) as Points)))
    expect(heatOf(crowd(60)).rows).toHaveLength(60)
    const { rows } = heatOf(crowd(65))
    expect(rows).toHaveLength(10)
    expect(rows.every(({ number }) => number === null)).toBe(true)
    expect(new Set(rows.map(({ candidates }) => candidates))).toEqual(new Set([6, 7]))
    expect(rows.reduce((sum, { candidates }) => sum + candidates, 0)).toBe(65)
    // Thirteen of each fifth have 20, 40 … 100: the first band of seven has nothing but 20.
    expect(rows[0]).toMatchObject({ from: near(20), to: near(20) })
    expect(rows.map(({ from }) => from)).toEqual(rows.map(({ from }) => from).toSorted((a, b) => a - b))
  })

  test('a band’s cell is the mean of those with a score there, its total of those who have all', () => {
    const rows = Array.from({ length: 70 }, (_, at) => (at % 2 === 0 ? seen(2, 2) : seen(2, null)))
    const [first] = heatOf(examOf(rows)).rows
    expect(first).toMatchObject({
      candidates: 7,
      total: near(40),
      scores: [near(40), near(40)],
    })
    const alone = Array.from({ length: 70 }, () => seen(2, null))
    expect(heatOf(examOf(alone)).rows[0]).toMatchObject({ total: null, scores: [near(40), null] })
  })

  test('a thousand candidates at twenty stations stay a few kilobytes', () => {
    const data = examOf(
      Array.from({ length: 1000 }, (_, at) =>
        seen(...Array.from({ length: 20 }, (__, s) => (((at + s) % 5) + 1) as Points)),
      ),
    )
    expect(JSON.stringify(heatOf(data)).length).toBeLessThan(10_000)
  })
})
