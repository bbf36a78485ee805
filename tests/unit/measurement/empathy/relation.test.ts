import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spStatements } from '#shared/domain/sp-form.ts'
import { levelsOf } from '#shared/measurement/data/levels.ts'
import { clusteredPearson, type ClusteredPairs } from '#shared/measurement/empathy/clustered-correlation.ts'
import { empathyRelations, type EmpathyEncounter } from '#shared/measurement/empathy/relation.ts'
import { expectInterval, expectNear } from '#tests/support/near.ts'

const scores = [60, 72, 55, 81, 66, 70, 90, 48, 77, 63, 58, 69]
const patients = [3, 4, 3.2, 4.4, 3.8, 3.1, 4.6, 2.5, 4.2, 3.6, 3.9, 3.3]
type Encounter = readonly [candidate: string, x: number, y: number]
const columns = (encounters: readonly Encounter[]): ClusteredPairs => ({
  pairs: encounters.map(([, x, y]) => [x, y]),
  candidates: [...levelsOf(encounters.map(([candidate]) => candidate)).of],
})
/** Two encounters of each of six candidates. */
const encounters = scores.map((x, i): Encounter => [`c${i >> 1}`, x, patients[i] ?? 0])

// R: the delta method on the five raw moments, their covariance summed within candidates, G / (G - 1), qt(.975, 5)
test('the error of a correlation over encounters allows for several encounters of a candidate', () => {
  const figure = clusteredPearson(columns(encounters))
  expectNear(figure.value, 0.825385398693952)
  expectNear(figure.se, 0.145773213568887)
  expectInterval(figure.ci95, [-0.0021565513671149067, 0.98194199581631], 1e-8)
})

test('an encounter told five times over proves no more', () => {
  const once = clusteredPearson(columns(encounters))
  const often = clusteredPearson(columns(encounters.flatMap((one) => Array<Encounter>(5).fill(one))))
  expectNear(often.se, once.se ?? 0)
  const asIfIndependent = clusteredPearson(
    columns(encounters.flatMap(([, x, y], i) => Array.from({ length: 5 }, (_, j): Encounter => [`${i}.${j}`, x, y]))),
  )
  expect(asIfIndependent.se).toBeLessThan(0.6 * (once.se ?? 0))
})

test('below four candidates there is no interval', () => {
  const figure = clusteredPearson(columns(encounters.slice(0, 6)))
  expect(figure.value).not.toBeNull()
  expect(figure.ci95).toBeUndefined()
  expect(clusteredPearson(columns(encounters.slice(0, 8))).ci95).toBeDefined()
})

const encounter = (candidate: string, examiner: number | null, alliance: number | null, plan: number | null) => ({
  candidate,
  examiner,
  answers: {
    listened: alliance,
    'view-understood': alliance,
    'feelings-recognised': alliance,
    'would-follow-plan': plan,
  },
})
const exam: EmpathyEncounter[] = scores.map((score, i) =>
  encounter(`c${i >> 1}`, score, patients[i] ?? null, i % 3 === 0 ? null : (patients[i] ?? 0)),
)

test('the examiner’s score is set beside alliance and each statement, over encounters and over candidates', () => {
  const { alliance, statements } = empathyRelations(exam)
  expectNear(alliance.encounters.value, 0.825385398693952)
  // R: cor.test of the means of candidates; cor(method = "spearman")
  expectNear(alliance.candidates.pearson.value, 0.41755620905048485)
  expectInterval(alliance.candidates.pearson.ci95, [-0.59595923657266781, 0.91802433216418755])
  expectNear(alliance.candidates.spearman.value, 0.3768511731740915)
  expect(alliance.candidates.pearson.n).toBe(6)
  expect(statements.map(({ statement }) => statement)).toEqual(spStatements)
  const plan = statements.find(({ statement }) => statement === 'would-follow-plan')
  expect(plan?.relation.encounters.n).toBe(8)
  const unanswered = statements.find(({ statement }) => statement === 'helped')
  expect(unanswered?.relation.encounters).toMatchObject({ value: null, reason: 'no-data' })
})

test('it says that encounters of one candidate are not independent, where there are several', () => {
  expect(empathyRelations(exam).alliance.encounters.warnings).toContain('several-per-candidate')
  const single = empathyRelations(exam.filter((_, i) => i % 2 === 0)).alliance
  expect(single.encounters.warnings).not.toContain('several-per-candidate')
  for (const { warnings } of [single.encounters, single.candidates.pearson, single.candidates.spearman])
    expect(warnings).toContain('not-a-cause')
})

test('alliance takes more than half of its statements', () => {
  const two = exam.map((one): EmpathyEncounter => ({ ...one, answers: { ...one.answers, listened: null } }))
  expect(empathyRelations(two).alliance.encounters).toMatchObject({ value: null, reason: 'no-data' })
})

test('an encounter without a score of the examiner does not count', () => {
  expect(empathyRelations([...exam, encounter('c9', null, 4, 4)]).alliance.encounters.n).toBe(12)
})

test.each([
  ['no encounters', [], 'no-data'],
  ['one encounter', exam.slice(0, 1), 'too-few'],
  [
    'patients who all answer alike',
    exam.map((one) => ({ ...one, answers: { listened: 3, helped: 3, 'limits-safe': 3 } })),
    'no-variance',
  ],
] as const)('%s: the relation is withheld', (_, encounters, reason) => {
  const { alliance } = empathyRelations(encounters)
  for (const figure of [alliance.encounters, alliance.candidates.pearson, alliance.candidates.spearman])
    expect(figure).toMatchObject({ value: null, reason })
})

test('neither the order of encounters nor unit and origin of the score matter', () => {
  const { value, se } = clusteredPearson(columns(encounters))
  fc.assert(
    fc.property(
      fc.shuffledSubarray(encounters, { minLength: encounters.length }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: -50, max: 50 }),
      (shuffled, by, plus) => {
        const other = clusteredPearson(columns(shuffled.map(([candidate, x, y]) => [candidate, by * x + plus, y])))
        expectNear(other.value, value ?? 0)
        expectNear(other.se, se ?? 0, 1e-8)
      },
    ),
  )
})
