import { describe, expect, it } from 'vitest'
import { openReader } from '#electron/store/store.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import { readExamData } from '#electron/store/read-exam-data.ts'
import { ratingsCsv, resultsCsv } from '#electron/reports/export-tables.ts'
import type { Conflict } from '#shared/domain/amendment.ts'
import type { Input } from '#shared/contract/contract.ts'
import { itemAt } from '#tests/support/exam-day.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { candidateResult, cohortProfile } from '#shared/scoring/candidate-result.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  newEvent,
  rubric,
  slotsOf,
  sp,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'

const [first] = slotsOf(examiner)
if (!first) throw new Error('the small exam has other encounters')
const encounterId = first.id
const item = { id: itemAt(rubric, 0) }

const recordAt = ({ director }: TestLaptop) => director('results.encounter', { encounterId })
const cohortAt = ({ director }: TestLaptop) => director('results.cohort', { examId: exam.id })
const cellAt = async (at: TestLaptop) => (await cohortAt(at)).cells.find((cell) => cell.encounterId === encounterId)
const verified = ({ dataDir }: TestLaptop) => {
  const reader = openReader(dataDir)
  try {
    return isSound(reader.verify())
  } finally {
    reader.close()
  }
}

/** Two laptops on which somebody rated the same encounter, alike but for the first behaviour: 4 on one, 2 on the other. */
async function contradiction() {
  const director = await directorsLaptop()
  const [one, two] = [await stationOf(director), await stationOf(director)]
  for (const [at, value] of [
    [one, 4],
    [two, 2],
  ] as const) {
    const call = at.as(examiner)
    await call('encounter.confirmIdentity', { encounterId, eventId: newEvent() })
    for (const { id: itemId } of rubricItems(rubric)) {
      const given = itemId === item.id ? value : 4
      await call('rating.record', { encounterId, eventId: newEvent(), itemId, value: given })
    }
    await call('globalRating.record', { encounterId, eventId: newEvent(), value: 'pass' })
  }
  await one.as(examiner)('encounter.submit', { encounterId, eventId: newEvent(), missing: [] })
  await handOver(one, director)
  await handOver(two, director)
  return { director, one, two }
}

const headOf = ({ heads }: Conflict, value: number) => {
  const found = heads.find(({ says }) => 'value' in says && says.value === value)
  if (!found) throw new Error('nobody said so')
  return found.eventId
}
const decision = (conflict: Conflict, value: number): Input<'conflict.resolve'> => ({
  encounterId,
  eventId: newEvent(),
  heads: conflict.heads.map(({ eventId }) => eventId),
  chosen: headOf(conflict, value),
  reason: 'the second laptop was for practice',
})
async function onlyConflict(at: TestLaptop): Promise<Conflict> {
  const { conflicts } = await recordAt(at)
  expect(conflicts).toHaveLength(1)
  const [conflict] = conflicts
  if (!conflict) throw new Error('nothing is contradictory')
  return conflict
}

describe('two laptops that contradict each other', () => {
  it('stand side by side: who, on which laptop by its name, when, and what', async () => {
    const { director, one } = await contradiction()
    const { code } = await one.director('laptop.own', {})
    const { subject, heads } = await onlyConflict(director)
    expect(subject).toBe(`rating ${item.id}`)
    expect(heads).toHaveLength(2)
    expect(heads.find(({ laptop }) => laptop === `Laptop ${code}`)).toMatchObject({
      says: { value: 4 },
      by: { id: examiner.id, name: examiner.name, role: 'examiner' },
      own: false,
    })
  })

  it('leave the encounter without a score and the candidate incomplete, in results, reports and tables alike', async () => {
    const { director } = await contradiction()
    const { candidates, completeness, attention } = await cohortAt(director)
    expect(await cellAt(director)).toMatchObject({
      status: 'submitted',
      score: { value: null, reason: 'conflict' },
      passed: null,
      conflicts: 1,
    })
    expect(candidates.find(({ candidate }) => candidate.id === first.candidateId)?.outcome).toBe('incomplete')
    expect(completeness.conflicts).toBe(1)
    expect(attention[0]).toMatchObject({ kind: 'conflict', encounterId, conflict: { subject: `rating ${item.id}` } })
    const own = await director.director('results.candidate', { examId: exam.id, candidateId: first.candidateId })
    const result = own.results.find((entry) => entry.encounterId === encounterId)
    expect(result).toMatchObject({ score: { reason: 'conflict' }, domains: [], strength: null, change: null })
    expect(own.actionPlan).toEqual([])
    const scores = await director.as(examiner)('encounter.scores', { encounterId })
    expect(scores).toMatchObject({ station: { value: null, reason: 'conflict' }, domains: [] })

    const reader = openReader(director.dataDir)
    const data = readExamData(reader, exam.id)
    const candidate = data.candidates.find(({ id }) => id === first.candidateId)
    if (!candidate) throw new Error('no candidate')
    expect(candidateResult(data, candidate, cohortProfile(data)).outcome).toBe('incomplete')
    const row = (csv: string) => csv.split('\r\n').find((line) => line.startsWith(candidate.number)) ?? ''
    expect(row(resultsCsv(data, { names: true }))).toContain('incomplete')
    const ratings = ratingsCsv(reader, exam.id, { names: true })
    expect(ratings.split('\r\n').filter((line) => /(2 \S* ?\/ 4|4 \S* ?\/ 2)/.test(line))).toHaveLength(1)
    reader.close()
  })

  it('are decided by the director, and what was said stays: the rater of the mark that stands is who made it', async () => {
    const { director } = await contradiction()
    const input = decision(await onlyConflict(director), 4)
    await director.director('conflict.resolve', input)
    const { conflicts, amendments, ratings } = await recordAt(director)
    expect(conflicts).toEqual([])
    expect(ratings.find(({ itemId }) => itemId === item.id)?.value).toBe(4)
    expect(amendments).toMatchObject([
      { cause: 'conflict', is: { value: 4 }, second: null, reason: 'the second laptop was for practice' },
    ])
    const values = amendments[0]?.was.map(({ says }) => ('value' in says ? says.value : null))
    expect(values?.toSorted()).toEqual([2, 4])
    expect(await cellAt(director)).toMatchObject({ score: { value: 80 }, conflicts: 0 })
    const reader = openReader(director.dataDir)
    const judged = reader.judgements.ofExam(exam.id).find((entry) => entry.item === item.id)
    reader.close()
    expect(judged).toMatchObject({ raterId: examiner.id, role: 'examiner', value: 4 })
    expect(verified(director)).toBe(true)
    const filter = {
      ...{ examId: exam.id, personId: null, candidateId: null, stationId: null, device: null, from: null, to: null },
      ...{ kind: 'corrections' as const, text: '' },
    }
    const { entries } = await director.director('audit.list', { filter, before: null })
    expect(entries.map(({ was, is }) => [was?.split(' / ').toSorted(), is])).toEqual([[['2', '4'], '4']])
    expect(entries[0]?.did).toContain('deciding between laptops that said')
    // The same call again is the same event; a new one finds nothing to decide.
    await director.director('conflict.resolve', input)
    expect((await recordAt(director)).amendments).toHaveLength(1)
    expect(await director.director.refusal('conflict.resolve', { ...input, eventId: newEvent() })).toBe(
      'conflict-settled',
    )
  })

  it('are not decided without a reason, for something nobody said, or on what has changed meanwhile', async () => {
    const { director } = await contradiction()
    const input = decision(await onlyConflict(director), 4)
    const refusal = (more: Partial<typeof input>) =>
      director.director.refusal('conflict.resolve', { ...input, ...more })
    expect(await refusal({ reason: '  ' })).toBe('reason-missing')
    expect(await refusal({ chosen: newEvent() })).toBe('not-found')
    const correct = {
      ...{ encounterId, eventId: newEvent(), reason: 'as on paper', secondId: examiner.id, pin: '135790' },
      says: { type: 'rating.recorded' as const, itemId: item.id, value: 3 },
    }
    const named = director.services.seat({ role: 'director', examId: null, personId: 'director-1' as never })
    expect(await named('mark.correct', correct)).toMatchObject({ ok: false, code: 'conflict-undecided' })
    const three = await stationOf(director)
    const call = three.as(examiner)
    await call('encounter.confirmIdentity', { encounterId, eventId: newEvent() })
    await call('rating.record', { encounterId, eventId: newEvent(), itemId: item.id, value: 1 })
    await handOver(three, director)
    expect(await refusal({})).toBe('conflict-changed')
    expect((await onlyConflict(director)).heads).toHaveLength(3)
  })

  it('contradict each other anew where one of them, not knowing of the decision, says something else again', async () => {
    const { director, two } = await contradiction()
    await director.director('conflict.resolve', decision(await onlyConflict(director), 4))
    await two.as(examiner)('rating.record', { encounterId, eventId: newEvent(), itemId: item.id, value: 1 })
    await handOver(two, director)
    const again = await onlyConflict(director)
    expect(again.heads.map(({ says }) => ('value' in says ? says.value : null)).toSorted()).toEqual([1, 4])
    expect(await cellAt(director)).toMatchObject({ score: { value: null, reason: 'conflict' } })
    await director.director('conflict.resolve', decision(again, 1))
    expect((await recordAt(director)).ratings.find(({ itemId }) => itemId === item.id)?.value).toBe(1)
    expect((await recordAt(director)).amendments).toHaveLength(2)
    expect(verified(director)).toBe(true)
  })

  it('on a note alone leave the score as it is', async () => {
    const director = await directorsLaptop()
    const [one, two] = [await stationOf(director), await stationOf(director)]
    await examine(one.as(examiner), encounterId, 4)
    const three = await stationOf(director)
    await handOver(one, director)
    for (const [at, text] of [
      [two, 'calm'],
      [three, 'hasty'],
    ] as const) {
      await at.as(examiner)('encounter.confirmIdentity', { encounterId, eventId: newEvent() })
      await at.as(examiner)('note.record', { encounterId, eventId: newEvent(), itemId: null, text })
      await handOver(at, director)
    }
    expect(await cellAt(director)).toMatchObject({ score: { value: 80 }, conflicts: 1 })
  })

  it('in the patient’s form withhold the patient’s score alone, and the examiner is not shown it', async () => {
    const director = await directorsLaptop()
    const [one, two] = [await stationOf(director), await stationOf(director)]
    await examine(one.as(examiner), encounterId, 4)
    await two.as(examiner)('encounter.confirmIdentity', { encounterId, eventId: newEvent() })
    for (const [at, value] of [
      [one, 5],
      [two, 1],
    ] as const) {
      for (const statement of ['listened', 'view-understood', 'feelings-recognised', 'helped'] as const) {
        await at.as(sp)('sp.answer', { encounterId, eventId: newEvent(), statement, value })
      }
    }
    await one.as(sp)('sp.submit', { encounterId, eventId: newEvent() })
    await handOver(one, director)
    await handOver(two, director)
    expect(await cellAt(director)).toMatchObject({ score: { value: 80 }, sp: { value: null, reason: 'conflict' } })
    expect((await recordAt(director)).sp.conflicts).toHaveLength(4)
    expect((await director.as(examiner)('encounter.open', { encounterId })).record.conflicts).toEqual([])
  })
})
