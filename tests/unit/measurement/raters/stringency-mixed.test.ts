import { expect, test } from 'vitest'
import type { ExaminerScore } from '#shared/measurement/raters/candidates-absorbed.ts'
import { mixedStringency } from '#shared/measurement/raters/stringency-mixed.ts'
import { stringency } from '#shared/measurement/raters/stringency.ts'
import type { Reason } from '#shared/measurement/terms.ts'
import { everyCell, scoreBy, smallMarking } from '#tests/support/marking.ts'
import { expectNear } from '#tests/support/near.ts'
import { seeded } from '#tests/support/seeded.ts'

// Reference values: lme4 1.1-31, lmer(score ~ station + (1 | candidate) + (1 | examiner), REML = TRUE), its variances then
// carried to a slope of 1e-14 by average information; the errors from the matrix P of the restricted likelihood.
test('variances, predictions and their errors are those of lme4', () => {
  const { components, share, examiners } = mixedStringency(smallMarking)
  expectNear(components.candidate.value, 53.0013521977203, 1e-8)
  expectNear(components.examiner.value, 11.9666722921639, 1e-8)
  expectNear(components.residual.value, 3.6250919374625, 1e-8)
  expectNear(share.value, 0.17445879288542, 1e-8)
  const harsh = [0.86490133420919, 4.35889450521254, -1.25280263258139, -4.88109330976513, 0.91010010292477]
  const errors = [0.57512930478773, 0.62478893503604, 0.60109615137769, 0.56110297190536, 0.70605732921321]
  examiners.forEach(({ stringency: found }, i) => {
    const [value = 0, error = 0] = [harsh[i], errors[i]]
    expectNear(found.value, value, 1e-8)
    expectNear(found.se, error, 1e-8)
    expectNear(found.ci95?.[0], value - 1.959963984540054 * error, 1e-8)
    expect(found.warnings).toEqual(['candidates-by-chance', 'drawn-to-average'])
  })
})

test('a prediction is drawn towards the average examiner', () => {
  const fixed = stringency(smallMarking).examiners
  mixedStringency(smallMarking).examiners.forEach(({ stringency: { value } }, i) => {
    expect(Math.abs(value ?? 99)).toBeLessThan(Math.abs(fixed[i]?.stringency.value ?? 0))
  })
})

test('shift, scale and the order of marks keep what they should', () => {
  const moved = (by: (score: number) => number) =>
    mixedStringency(smallMarking.map((mark) => ({ ...mark, score: by(mark.score ?? 0) })).toReversed())
  const before = mixedStringency(smallMarking)
  const shifted = moved((score) => score + 700)
  const scaled = moved((score) => score * 3)
  expectNear(scaled.components.examiner.value, 9 * (before.components.examiner.value ?? 0), 1e-7)
  expectNear(scaled.share.value, before.share.value ?? 0, 1e-7)
  before.examiners.forEach(({ stringency: { value } }, i) => {
    expectNear(shifted.examiners[i]?.stringency.value, value ?? 0, 1e-7)
    expectNear(scaled.examiners[i]?.stringency.value, 3 * (value ?? 0), 1e-7)
  })
})

test('parallel circuits are compared, candidates having come to them by chance', () => {
  const { normal } = seeded(3)
  const marks = everyCell(60, 4, (c, s) => [
    scoreBy(c, s, s + 4 * (c % 2), 60 + normal() * 3 - (c % 2 === 0 && s === 0 ? 8 : 0)),
  ])
  expect(stringency(marks).sets).toEqual([])
  const { examiners } = mixedStringency(marks)
  expect(examiners[0]?.stringency.value).toBeGreaterThan(2)
  expect(examiners[4]?.stringency.value).toBeLessThan(-2)
})

test('an examiner alone at a station is told so, the others are compared', () => {
  const marks = everyCell(8, 3, (c, s) => [
    scoreBy(c, s, s === 2 ? 9 : (c + s) % 2, 50 + c + s * 2 + ((c * 3 + s * 5 + c * s) % 7)),
  ])
  const { examiners } = mixedStringency(marks)
  expect(examiners.map(({ stringency: found }) => found.reason)).toEqual([
    undefined,
    undefined,
    'examiner-alone-at-station',
  ])
})

test('examiners who do not differ beyond chance are predicted alike, without an error', () => {
  const marks = everyCell(6, 4, (c, s) => [
    scoreBy(c, s, (c + s) % 2, 50 + c + ((Math.floor(c / 2) + Math.floor(s / 2)) % 2) * 4),
  ])
  const { components, examiners, share } = mixedStringency(marks)
  expect([components.examiner.value, share.value]).toEqual([0, 0])
  expect(share.warnings).toEqual(['variance-at-zero'])
  expect(examiners[0]?.stringency.value).toBeCloseTo(0, 12)
  expect(examiners[0]?.stringency.se).toBeUndefined()
  expect(examiners[0]?.stringency.warnings).toContain('variance-at-zero')
})

const withheldCases: [string, ExaminerScore[], Reason][] = [
  ['no mark', [], 'no-data'],
  ['only missing marks', [scoreBy(0, 0, 0, null), scoreBy(1, 0, 1, null)], 'no-data'],
  ['one examiner', everyCell(3, 3, (c, s) => [scoreBy(c, s, 0, c + s)]), 'one-examiner'],
  ['one candidate', everyCell(1, 3, (c, s) => [scoreBy(c, s, s, c + s)]), 'one-candidate'],
  ['no variance', everyCell(3, 3, (c, s) => [scoreBy(c, s, (c + s) % 2, 5)]), 'no-variance'],
  ['one mark each', everyCell(6, 1, (c, s) => [scoreBy(c, s, c % 2, c)]), 'candidates-marked-once'],
  ['one mark by each', everyCell(3, 3, (c, s) => [scoreBy(c, s, c * 3 + s, c * s)]), 'one-score-each'],
  ['an examiner each', everyCell(4, 3, (c, s) => [scoreBy(c, s, c, (c * 5 + s * 3) % 7)]), 'not-estimable'],
  ['one circuit', everyCell(5, 3, (c, s) => [scoreBy(c, s, s, (c * 5 + s * 3) % 7)]), 'examiner-alone-at-station'],
  ['too little', everyCell(2, 2, (c, s) => [scoreBy(c, s, (c + s) % 2, c + s * s)]), 'too-few'],
  [
    'nothing left over',
    everyCell(6, 4, (c, s) => [scoreBy(c, s, (c + s) % 3, c * 2 + s + ((c + s) % 3) * 5)]),
    'no-residual',
  ],
]
test.each(withheldCases)('%s: everything is withheld with its reason', (_, marks, reason) => {
  const { examiners, components, share } = mixedStringency(marks)
  for (const figure of [...examiners.map((one) => one.stringency), ...Object.values(components), share])
    expect(figure).toMatchObject({ value: null, reason })
})

test('simulated variances are found again on average, and intervals hold the examiners', () => {
  const { normal, uniform } = seeded(11)
  const runs = 60
  const totals = { candidate: 0, examiner: 0, residual: 0 }
  let held = 0
  for (let run = 0; run < runs; run++) {
    const harsh = Array.from({ length: 12 }, () => 2 * normal())
    const average = harsh.reduce((total, one) => total + one, 0) / harsh.length
    const marks = Array.from({ length: 40 }, (_, c) => {
      const able = 5 * normal()
      return everyCell(1, 6, (_none, s) => {
        const examiner = Math.floor(uniform() * 12)
        return [scoreBy(c, s, examiner + 10, 60 + able + s - (harsh[examiner] ?? 0) + 4 * normal())]
      })
    }).flat()
    const { components, examiners } = mixedStringency(marks)
    for (const key of ['candidate', 'examiner', 'residual'] as const) totals[key] += (components[key].value ?? 0) / runs
    examiners.forEach(({ stringency: { ci95 } }, i) => {
      const truth = (harsh[i] ?? 0) - average
      if (ci95 && ci95[0] <= truth && ci95[1] >= truth) held++
    })
  }
  expect(Math.abs(totals.candidate / 25 - 1)).toBeLessThan(0.12)
  expect(Math.abs(totals.examiner / 4 - 1)).toBeLessThan(0.2)
  expect(Math.abs(totals.residual / 16 - 1)).toBeLessThan(0.05)
  expect(held / (12 * runs)).toBeGreaterThan(0.91)
  expect(held / (12 * runs)).toBeLessThan(0.98)
})
