import { describe, expect, it } from 'vitest'
import { stationIdSchema } from '#shared/domain/ids.ts'
import type { Scenario } from '#shared/domain/scenario.ts'
import { fillExam } from '#tests/bench/filled-exam.ts'
import { saidIn } from '#tests/support/audit-of.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  laptop,
  newEvent,
  otherExaminer,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { backup, restored, soundAt, undone } from '#tests/support/restoring.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const examId = exam.id
const rules = { semMultiple: 0, minStationsPassed: 0, excluded: [] }
const declared: Scenario = { method: 'declared', ...rules }
const [stationA, stationB] = [examiner, otherExaminer].map(({ stationIds }) => stationIdSchema.parse(stationIds[0]))

/** What judges asked for at both stations of the small exam. */
const judged = (cut: number, more: Partial<Scenario> = {}): Scenario =>
  ({
    ...{ method: 'angoff', ...rules, ...more },
    judged: [stationA, stationB].map((stationId) => ({ stationId, cuts: [cut] })),
  }) as Scenario

/** The small exam, in which candidates got 2, 3 and 4 points (40, 60, 80) at both stations; its mark is 60. */
async function markedExam(): Promise<TestLaptop> {
  const at = await directorsLaptop()
  for (const person of [examiner, otherExaminer]) {
    for (const { id, candidateId } of slotsOf(person)) {
      const place = ['candidate-1', 'candidate-2', 'candidate-3'].indexOf(candidateId)
      await examine(at.as(person), id, 2 + place)
    }
  }
  return at
}

const decide = (at: TestLaptop, scenario: Scenario, reason = 'the board met', eventId = newEvent()) =>
  at.director('analysis.decide', { examId, eventId, scenario, reason })

const outcomesAt = async (at: TestLaptop): Promise<string[]> =>
  (await at.director('results.cohort', { examId })).candidates.map(({ outcome }) => outcome)

describe('what if', () => {
  it('tells who would change sides and why, and changes nothing', async () => {
    const at = await markedExam()
    expect(await outcomesAt(at)).toEqual(['fail', 'pass', 'pass'])
    const would = await at.director('analysis.whatIf', { examId, scenario: judged(70) })
    expect(would).toMatchObject({
      standard: { method: 'angoff', cut: 70, excluded: [] },
      before: { pass: 2, fail: 1 },
      after: { pass: 1, fail: 2 },
    })
    expect(would.changes).toMatchObject([
      { candidateId: 'candidate-2', from: { outcome: 'pass' }, to: { outcome: 'fail', unmet: ['pass-mark'] } },
    ])
    expect(await outcomesAt(at)).toEqual(['fail', 'pass', 'pass'])
    expect((await at.director('analysis.overview', { examId })).decided).toEqual([])
  })

  it('a recorded exam has all that would change in its lists, whichever the method', async () => {
    const dataDir = tempDir()
    const filled = { examId: (await fillExam(dataDir, { candidates: 24, stations: 4 })).examId }
    const { director } = await laptop({ dataDir })
    const cohort = await director('results.cohort', filled)
    const rectangle = { lowestCut: 40, highestCut: 80, fewestFails: 0.05, mostFails: 0.6 }
    const scenarios: Scenario[] = [
      { ...rules, method: 'borderline-regression', semMultiple: 1 },
      { ...rules, method: 'cohen', share: 0.6 },
      { ...rules, method: 'hofstee', rectangle },
      { ...rules, method: 'declared', minStationsPassed: 4 },
    ]
    for (const scenario of scenarios) {
      const { reason, before, after, changes } = await director('analysis.whatIf', { ...filled, scenario })
      expect([scenario.method, reason]).toEqual([scenario.method, null])
      expect(before).toEqual(cohort.outcomes)
      for (const { candidateId, from } of changes) {
        const { outcome, unmet, score, stationsPassed } = from
        expect(cohort.candidates.find(({ candidate }) => candidate.id === candidateId)).toMatchObject({
          ...{ outcome, unmet, score, stationsPassed },
        })
      }
      const moved = (side: 'from' | 'to') => changes.filter((change) => change[side].outcome === 'pass').length
      expect(after?.pass).toBe(before.pass - moved('from') + moved('to'))
    }
  })
})

describe('a decided standard', () => {
  it('is what outcomes, the cohort and a candidate’s report follow from then on, with what judges gave', async () => {
    const at = await markedExam()
    const decided = await decide(at, judged(70))
    expect(decided).toMatchObject({ cut: 70, decision: { reason: 'the board met' } })
    const cuts = [70]
    expect(decided.basis).toEqual({
      method: 'angoff',
      judged: [stationA, stationB].map((stationId) => ({ stationId, cuts })),
    })
    expect(await outcomesAt(at)).toEqual(['fail', 'fail', 'pass'])
    const cohort = await at.director('results.cohort', { examId })
    expect(cohort.standard).toEqual(decided)
    const { id: candidateId } = cohort.candidates[1]?.candidate ?? { id: undefined }
    if (candidateId === undefined) throw new Error('the small exam has three candidates')
    expect(await at.director('results.candidate', { examId, candidateId })).toMatchObject({
      ...{ outcome: 'fail', unmet: ['pass-mark'], standard: decided },
      results: [{ passed: false }, { passed: false }],
    })
    expect((await at.director('analysis.overview', { examId })).standard).toEqual(decided)
    expect(soundAt(at)).toBe(true)
  })

  it('leaves a station out for everybody where it says so', async () => {
    const at = await markedExam()
    await decide(at, judged(60, { excluded: [stationB ?? stationIdSchema.parse('none')] }))
    const { candidates } = await at.director('results.cohort', { examId })
    expect(candidates.map(({ score }) => score.n)).toEqual([1, 1, 1])
    expect((await at.director('analysis.stations', { examId })).stations.map(({ stationId }) => stationId)).toEqual([
      stationA,
    ])
  })

  it('is superseded by the next, and both stay', async () => {
    const at = await markedExam()
    const first = await decide(at, judged(70))
    const second = await decide(at, declared, 'the appeal was upheld')
    expect(await outcomesAt(at)).toEqual(['fail', 'pass', 'pass'])
    expect((await at.director('analysis.overview', { examId })).decided).toEqual([second, first])
  })

  it('reads well in the audit', async () => {
    const at = await markedExam()
    await decide(at, judged(70))
    expect(await saidIn(at.director, { examId })).toContain(
      'decided on a pass mark of 70 (Angoff’s method): “the board met”',
    )
  })

  it('sent again is the same decision; another under its id is refused', async () => {
    const at = await markedExam()
    const eventId = newEvent()
    const first = await decide(at, judged(70), 'the board met', eventId)
    expect(await decide(at, judged(70), ' the board met ', eventId)).toEqual(first)
    expect((await at.director('analysis.overview', { examId })).decided).toEqual([first])
    for (const [scenario, reason] of [
      [judged(70), 'another reason'],
      [declared, 'the board met'],
      [judged(71), 'the board met'],
      [judged(70, { minStationsPassed: 1 }), 'the board met'],
    ] as const) {
      expect(await at.director.refusal('analysis.decide', { examId, eventId, scenario, reason })).toBe('bad-input')
    }
  })

  it('sent twice at once is one decision', async () => {
    const at = await markedExam()
    const eventId = newEvent()
    const [one, other] = await Promise.all([
      decide(at, judged(70), 'the board met', eventId),
      decide(at, judged(70), 'the board met', eventId),
    ])
    expect(one).toEqual(other)
    expect((await at.director('analysis.overview', { examId })).decided).toHaveLength(1)
  })

  it('comes after the closing statement, which holds', async () => {
    const at = await markedExam()
    await at.director('exam.setStatus', { examId, status: 'closed' })
    await decide(at, judged(70))
    const { statement } = await at.director('ledger.proof', { examId })
    expect(statement?.eventsAfter).toBe(1)
    const { statements } = await at.director('ledger.verify', {})
    expect(statements.map(({ problem }) => problem)).toEqual([null])
    expect(soundAt(at)).toBe(true)
  })

  it('goes and comes with the backup that holds it', async () => {
    const at = await markedExam()
    const before = await backup(at)
    await decide(at, judged(70))
    const earlier = await restored(at, before)
    expect((await earlier.director('results.cohort', { examId })).standard).toMatchObject({ cut: 60, decision: null })
    const later = await undone(earlier)
    expect((await later.director('results.cohort', { examId })).standard).toMatchObject({ cut: 70 })
    const again = await restored(later, await backup(later))
    expect((await again.director('results.cohort', { examId })).standard).toMatchObject({ cut: 70 })
    expect(soundAt(again)).toBe(true)
  })

  it('is not made where a figure of it is withheld, without a reason, of other stations, or on a station’s laptop', async () => {
    const at = await directorsLaptop()
    const refused = (scenario: Scenario, reason = 'because', by = at) =>
      by.director.refusal('analysis.decide', { examId, eventId: newEvent(), scenario, reason })
    expect(await refused({ ...rules, method: 'borderline-regression' })).toBe('standard-withheld')
    expect(await refused({ ...declared, semMultiple: 1 })).toBe('standard-withheld')
    expect(await refused({ ...declared, minStationsPassed: 60 })).toBe('standard-withheld')
    expect(await refused(declared, '  ')).toBe('reason-missing')
    expect(await refused({ ...declared, excluded: [stationIdSchema.parse('elsewhere')] })).toBe('not-found')
    expect(await refused(declared, 'because', await stationOf(at))).toBe('exam-from-elsewhere')
    expect((await at.director('analysis.overview', { examId })).decided).toEqual([])
  })
})
