import { expect, test } from 'vitest'
import { fillExam } from '#tests/bench/filled-exam.ts'
import { testServices } from '#tests/support/services.ts'
import { sitAsDirector } from '#tests/support/sign-in.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { callerOf } from '#tests/support/whole-app.ts'

/** The sample exam with its day recorded, and its director in front of it. */
async function recordedDay() {
  const dataDir = tempDir()
  const { examId } = await fillExam(dataDir, { candidates: 24, stations: 4 })
  const director = callerOf(await testServices({ dataDir }), 'director')
  await sitAsDirector(director)
  return { director, examId }
}

test('the analysis of a recorded exam counts what the results count', async () => {
  const { director, examId } = await recordedDay()
  const cohort = await director('results.cohort', { examId })
  const overview = await director('analysis.overview', { examId })
  const { stations } = await director('analysis.stations', { examId })
  const reliability = await director('analysis.reliability', { examId })

  const scored = cohort.cells.filter(({ score }) => score.value !== null)
  expect(overview.completeness).toEqual({
    ...{ candidates: 24, stations: 4, planned: 96 },
    scored: scored.length,
    graded: scored.filter(({ globalRating }) => globalRating !== null).length,
    complete: cohort.candidates.filter(({ score }) => score.n === 4).length,
  })
  expect(overview.outcomes).toEqual(cohort.outcomes)
  const scores = cohort.candidates.flatMap(({ score: { value } }) => value ?? [])
  expect(overview.examScores).toEqual(scores.toSorted((a, b) => a - b))
  expect(overview.standard).toEqual(cohort.standard)
  expect(overview.decided).toEqual([])
  for (const { stationId, n, mean, points, cut } of stations) {
    const own = cohort.perStation.find((one) => one.stationId === stationId)
    expect(n).toBe(own?.score.n)
    expect(mean.value).toBeCloseTo(own?.score.mean ?? NaN, 9)
    expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(n)
    expect(cut.method).toBe('borderline-regression')
  }
  const mean = stations.reduce((sum, { cut }) => sum + (cut.value ?? NaN) / stations.length, 0)
  expect(overview.cut.value).toBeCloseTo(mean, 9)
  expect(overview.reliability.alpha).toEqual(reliability.alpha)
  expect(reliability.gStudy.design).toMatchObject({ name: 'p×s', raters: 'one-a-station', examiners: 4 })
})

test('what candidates lost at each station are the scores that results count', async () => {
  const { director, examId } = await recordedDay()
  const cohort = await director('results.cohort', { examId })
  const { stations, heat } = await director('analysis.stations', { examId })
  const numbers = new Map(cohort.candidates.map(({ candidate: { id, number } }) => [id, number]))
  const counted = cohort.cells.flatMap(({ candidateId, stationId, score: { value } }) =>
    value === null ? [] : [[numbers.get(candidateId), stationId, value.toFixed(6)].join()],
  )
  const shown = heat.rows.flatMap(({ number, scores }) =>
    scores.flatMap((score, at) => (score === null ? [] : [[number, stations[at]?.stationId, score.toFixed(6)].join()])),
  )
  expect(shown.toSorted()).toEqual(counted.toSorted())
  expect(heat.rows.map(({ from }) => from)).toEqual(heat.rows.map(({ from }) => from).toSorted((a, b) => a - b))
})

test('whoever examined is named beside what was found of them', async () => {
  const { director, examId } = await recordedDay()
  const { examiners, findings } = await director('analysis.overview', { examId })
  const { people } = await director('exam.get', { examId })
  expect(examiners.map(({ name }) => name).toSorted()).toEqual(
    people.flatMap(({ role, name }) => (role === 'examiner' ? [name] : [])).toSorted(),
  )
  expect(findings.map(({ code }) => code)).toContain('examiners-not-comparable')
})

test('examiners, patients and groups of a recorded exam are analysed over the contract', async () => {
  const { director, examId } = await recordedDay()
  const cohort = await director('results.cohort', { examId })
  const { examiners, names, rasch } = await director('analysis.examiners', { examId })
  const { overall, cues, points } = await director('analysis.patients', { examId })
  const { groups, comparisons } = await director('analysis.groups', { examId })

  const graded = cohort.cells.filter(({ score, globalRating }) => score.value !== null && globalRating !== null)
  expect(examiners.map(({ personId }) => personId).toSorted()).toEqual(names.map(({ id }) => id).toSorted())
  expect(examiners.reduce((sum, { rawMean }) => sum + rawMean.n, 0)).toBe(
    cohort.cells.filter(({ score }) => score.value !== null).length,
  )
  expect(rasch.n).toBe(graded.length)
  const both = cohort.cells.filter(({ score, sp }) => score.value !== null && sp.value !== null)
  expect(overall?.bias.n).toBe(both.length)
  expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(both.length)
  expect(cues.all.n).toBe(cues.stations.reduce((sum, { marked }) => sum + marked, 0))
  expect(groups.map(({ name, candidates }) => [name, candidates])).toEqual([
    ['A', 12],
    ['B', 12],
  ])
  expect(comparisons).toHaveLength(4)
})
