import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ExaminerScore } from '#shared/measurement/raters/candidates-absorbed.ts'
import { stringency } from '#shared/measurement/raters/stringency.ts'
import type { Reason } from '#shared/measurement/terms.ts'
import { everyCell, scoreBy, smallMarking } from '#tests/support/marking.ts'
import { expectInterval, expectNear } from '#tests/support/near.ts'
import { seeded } from '#tests/support/seeded.ts'

const valuesOf = (marks: readonly ExaminerScore[]) =>
  stringency(marks).examiners.map(({ stringency: { value } }) => value ?? Number.NaN)

// Reference values: R 4.2, lm(score ~ candidate + station + examiner) with contr.sum, drop1(test = "F").
test('stringency, its error and the test of examiners are those of the linear model', () => {
  const result = stringency(smallMarking)
  const effects = [0.884626794139322, 4.51173215242097, -1.32316754815762, -5.00395948487259, 0.930768086469923]
  const errors = [0.587029657047311, 0.639643550103608, 0.614808915667974, 0.572479990698336, 0.727291375457926]
  const t = 2.0595385527533
  result.examiners.forEach(({ stringency: found, set }, i) => {
    const [effect = 0, error = 0] = [effects[i], errors[i]]
    expectNear(found.value, effect)
    expectNear(found.se, error)
    expectInterval(found.ci95, [effect - t * error, effect + t * error])
    expect([set, found.warnings]).toEqual([0, []])
  })
  expectNear(result.effect.f.value, (400.730423184351 / 4 / (491.617221865837 - 400.730423184351)) * 25)
  expectNear(result.effect.p.value, 7.66860026559184e-9)
  expect(result.effect.df).toEqual([4, 25])
  expectNear(result.residualSd.value, 1.90669136130089)
  expect(result.sets).toEqual([['e0', 'e1', 'e2', 'e3', 'e4']])
})

test('whoever saw the able has a high raw mean and no lenience for it', () => {
  // Examiner 1 sees candidates 2 and 3 at both stations but one, who do better by 10 whoever marks.
  const marks = everyCell(4, 4, (c, s) => [
    scoreBy(c, s, (s + (c < 2 ? 0 : s === 0 ? 0 : 1)) % 2, 50 + s + (c < 2 ? 0 : 10)),
  ])
  const { examiners } = stringency(marks)
  const [first, second] = examiners
  expect(Math.abs((first?.rawMean.value ?? 0) - (second?.rawMean.value ?? 0))).toBeGreaterThan(1)
  expect(first?.rawMean.warnings).toEqual(['raw-mean-confounded'])
  expect(Math.abs(first?.stringency.value ?? 9)).toBeLessThan(1e-9)
})

test('examiners who share no candidate are compared within their own set', () => {
  // Candidates 0 to 3 meet examiners 0 to 2, candidates 4 to 7 examiners 3 and 4, examiner 5 sees candidate 8 alone.
  const marks = everyCell(9, 3, (c, s) => [
    scoreBy(c, s, c < 4 ? (c + s) % 3 : c < 8 ? 3 + ((c + s) % 2) : 5, 60 + c + 2 * s + ((c * 5 + s * 7 + c * s) % 5)),
  ])
  const { sets, examiners } = stringency(marks)
  expect(sets).toEqual([
    ['e0', 'e1', 'e2'],
    ['e3', 'e4'],
  ])
  expect(examiners.map(({ set }) => set)).toEqual([0, 0, 0, 1, 1, null])
  expect(examiners[3]?.stringency.warnings).toEqual(['compared-within-set'])
  expect((examiners[3]?.stringency.value ?? 9) + (examiners[4]?.stringency.value ?? 9)).toBeCloseTo(0, 9)
  expect(examiners[5]?.stringency).toMatchObject({ value: null, reason: 'examiner-not-comparable', n: 3 })
  // 60 + 8 + the station's 0, 2, 4 and what is left of 40, 55 and 70 by five.
  expectNear(examiners[5]?.rawMean.value, 70)
})

test.each([
  ['one circuit with an examiner for each station', (_: number, s: number) => s],
  ['parallel circuits with an examiner for each station', (c: number, s: number) => s + 4 * (c % 2)],
])('%s: nobody can be compared', (_, examiner) => {
  const { sets, examiners, effect } = stringency(
    everyCell(8, 4, (c, s) => [scoreBy(c, s, examiner(c, s), (c * 7 + s * 5 + c * s) % 9)]),
  )
  expect(sets).toEqual([])
  for (const { stringency: found } of examiners) expect(found.reason).toBe('examiner-not-comparable')
  // In parallel circuits it can still be seen that examiners differ, but not which.
  expect(effect.f.value === null).toBe(examiners.length === 4)
})

test('sets of one size stand by name, whoever was marked first', () => {
  const marks = everyCell(8, 3, (c, s) => [scoreBy(c, s, (c < 4 ? 0 : 2) + ((c + s) % 2), (c * 5 + s * 7 + c * s) % 9)])
  const { sets } = stringency(marks)
  expect(sets).toEqual([
    ['e0', 'e1'],
    ['e2', 'e3'],
  ])
  expect(stringency(marks.toReversed()).sets).toEqual(sets)
})

const withheldCases: [string, ExaminerScore[], Reason][] = [
  ['no mark', [], 'no-data'],
  ['only missing marks', [scoreBy(0, 0, 0, null), scoreBy(1, 0, 1, null)], 'no-data'],
  ['nobody named', everyCell(3, 3, (c, s) => [{ ...scoreBy(c, s, 0, c + s), examiner: null }]), 'no-data'],
  ['one examiner', everyCell(3, 3, (c, s) => [scoreBy(c, s, 0, c + s)]), 'one-examiner'],
  ['one candidate', everyCell(1, 3, (c, s) => [scoreBy(c, s, s, c + s)]), 'one-candidate'],
  ['no variance', everyCell(3, 3, (c, s) => [scoreBy(c, s, (c + s) % 2, 5)]), 'no-variance'],
  [
    'no variance but of binary fractions',
    everyCell(3, 3, (c, s) => [scoreBy(c, s, (c + s) % 2, c === s ? 0.3 : 0.1 + 0.2)]),
    'no-variance',
  ],
]
test.each(withheldCases)('%s: everything is withheld with its reason', (_, marks, reason) => {
  const { examiners, effect, residualSd, sets } = stringency(marks)
  for (const figure of [...examiners.map((one) => one.stringency), effect.f, effect.p, residualSd])
    expect(figure).toMatchObject({ value: null, reason })
  expect(sets).toEqual([])
})

test('with nothing left over there is no error, and with no error no test', () => {
  const saturated = stringency([scoreBy(0, 0, 0, 5), scoreBy(0, 1, 1, 7), scoreBy(1, 0, 1, 6), scoreBy(1, 1, 0, 4)])
  expect(saturated.residualSd.reason).toBe('no-degrees-of-freedom')
  expect(saturated.examiners[0]?.stringency).toMatchObject({ value: 1, warnings: ['no-degrees-of-freedom'] })
  expect(saturated.examiners[0]?.stringency.se).toBeUndefined()
  const exact = stringency(everyCell(6, 4, (c, s) => [scoreBy(c, s, (c + s) % 3, c * 2 + s + ((c + s) % 3) * 5)]))
  expect(exact.effect.f.reason).toBe('no-residual')
  expectNear(exact.examiners[0]?.stringency.value, 5)
  expect(exact.examiners[0]?.stringency.se).toBe(0)
})

const shuffled = (marks: readonly ExaminerScore[], seed: number) => {
  const { uniform } = seeded(seed)
  return marks
    .map((mark) => ({ mark, place: uniform() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ mark }) => mark)
}
const noisy = fc.array(fc.integer({ min: -9, max: 9 }), {
  minLength: smallMarking.length,
  maxLength: smallMarking.length,
})

test('a hawk’s constant lands in that hawk’s stringency; shift, scale and the order of marks keep what they should', () => {
  fc.assert(
    fc.property(
      noisy,
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: -30, max: 30 }),
      fc.integer(),
      (noise, hawk, by, seed) => {
        const marks = smallMarking.map((mark, i) => ({ ...mark, score: (mark.score ?? 0) + (noise[i] ?? 0) }))
        const before = valuesOf(marks)
        const after = valuesOf(
          marks.map((mark) => (mark.examiner === `e${hawk}` ? { ...mark, score: mark.score + by } : mark)),
        )
        before.forEach((value, i) => {
          expect(after[i]).toBeCloseTo(value + (i === hawk ? -by + by / 5 : by / 5), 9)
        })
        const close = (found: number[], expected: number[]) => {
          found.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 8))
        }
        close(valuesOf(marks.map((mark) => ({ ...mark, score: mark.score + 500 }))), before)
        close(
          valuesOf(marks.map((mark) => ({ ...mark, score: mark.score * 3 }))),
          before.map((value) => value * 3),
        )
        close(valuesOf(shuffled(marks, seed)), before)
      },
    ),
    { numRuns: 50 },
  )
})

test('simulated stringencies are found again, and their intervals hold them', () => {
  const { normal, uniform } = seeded(7)
  const truth = [4, -3, 0, 2, -2, -1]
  let held = 0
  for (let run = 0; run < 50; run++) {
    const marks = everyCell(60, 6, (c, s) => {
      const examiner = Math.floor(uniform() * 6)
      return [scoreBy(c, s, examiner, 60 + c / 4 + s - (truth[examiner] ?? 0) + 3 * normal())]
    })
    stringency(marks).examiners.forEach(({ stringency: { value, ci95 } }, i) => {
      expect(Math.abs((value ?? 99) - (truth[i] ?? 0))).toBeLessThan(2.5)
      if (ci95 && ci95[0] <= (truth[i] ?? 0) && ci95[1] >= (truth[i] ?? 0)) held++
    })
  }
  expect(held / 300).toBeGreaterThan(0.91)
  expect(held / 300).toBeLessThan(0.99)
})
