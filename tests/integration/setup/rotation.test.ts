import { describe, expect, it } from 'vitest'
import { examIdSchema, type ExamId } from '#shared/domain/ids.ts'
import { confirmIdentity, openSetUp, readyExam, type SetUp } from './open-set-up.ts'

const late = { number: '9', name: 'Late Comer', group: '', extraTimePercent: 0 }

describe('a rotation', () => {
  it('is made from what the exam holds, and told to every window', async () => {
    const setUp = openSetUp()
    const { examId, rotation, stations, candidates } = await readyExam(setUp)
    const pairs = new Set(rotation.slots.map(({ stationId, candidateId }) => `${stationId} ${candidateId}`))
    expect(pairs.size).toBe(stations.length * candidates.length)
    expect(rotation).toMatchObject({ outdated: false, rounds: 6 })
    // Six rounds of eleven minutes, and the pause between the circuits.
    expect(rotation.endsAtSecond).toBe(9 * 3600 + 6 * 660 + 1800)
    expect(await setUp.call('rotation.get', { examId })).toEqual(rotation)
    expect(setUp.published.at(-1)).toBe(examId)
  })

  it('starts candidates in the order of their numbers, whatever order they were added in', async () => {
    const { call } = openSetUp()
    const { id: examId } = await call('exam.create', {})
    await call('station.add', { examId, fields: {} })
    const numbers = new Map<string, string>()
    for (const number of ['10', '9', '2']) {
      const { id } = await call('candidate.add', { examId, fields: { ...late, number } })
      numbers.set(id, number)
    }
    const { slots } = await call('rotation.generate', { examId })
    const started = slots.toSorted((a, b) => a.startsAtSecond - b.startsAtSecond)
    expect(started.map(({ candidateId }) => numbers.get(candidateId))).toEqual(['2', '9', '10'])
  })

  it('has encounters whose ids tell nothing of the candidates', async () => {
    const { rotation } = await readyExam(openSetUp())
    for (const { id } of rotation.slots) expect(id).toMatch(/^id-\d{6}$/)
  })

  it('is outdated by a change and made anew, until the first mark', async () => {
    const setUp = openSetUp()
    const { examId, stations } = await readyExam(setUp)
    const stationId = stations[1]?.id
    if (!stationId) throw new Error('the station is missing')
    await setUp.call('station.update', { stationId, fields: { circuit: 1 } })
    expect((await setUp.call('rotation.get', { examId })).outdated).toBe(true)
    expect(await setUp.call('rotation.generate', { examId })).toMatchObject({ outdated: false, rounds: 3 })
  })

  it('is empty before it is made', async () => {
    const { call } = openSetUp()
    const { id: examId } = await call('exam.create', {})
    expect(await call('rotation.get', { examId })).toEqual({ outdated: false, rounds: 0, endsAtSecond: 0, slots: [] })
  })

  it('needs stations and candidates, and an exam that is there and open', async () => {
    const setUp = openSetUp()
    const { id: empty } = await setUp.call('exam.create', {})
    await setUp.refuses('rotation.generate', { examId: empty }, 'exam-not-ready')
    await setUp.call('station.add', { examId: empty, fields: {} })
    await setUp.refuses('rotation.generate', { examId: empty }, 'exam-not-ready')
    const nowhere = examIdSchema.parse('nowhere')
    await setUp.refuses('rotation.generate', { examId: nowhere }, 'unknown-exam')
    await setUp.refuses('rotation.get', { examId: nowhere }, 'unknown-exam')
    const { examId } = await readyExam(setUp)
    await setUp.call('exam.setStatus', { examId, status: 'closed' })
    await setUp.refuses('rotation.generate', { examId }, 'exam-closed')
  })
})

describe('the rotation of an exam with marks', () => {
  it('is not made anew', async () => {
    const setUp = openSetUp()
    const { examId, rotation } = await readyExam(setUp)
    confirmIdentity(setUp.store, rotation.slots[0]?.id)
    await setUp.refuses('rotation.generate', { examId }, 'exam-has-marks')
  })

  it('gives late candidates rounds of their own and leaves the others’ slots untouched', async () => {
    const setUp = openSetUp()
    const { examId, rotation, stations } = await readyExam(setUp)
    confirmIdentity(setUp.store, rotation.slots[0]?.id)
    const comer = await setUp.call('candidate.add', { examId, fields: late })
    expect(await setUp.call('rotation.get', { examId })).toEqual({ ...rotation, outdated: true })

    const longer = await setUp.call('rotation.generate', { examId })
    expect(longer).toMatchObject({ outdated: false, rounds: 8 })
    expect(longer.slots.slice(0, 6)).toEqual(rotation.slots)
    const { exam } = await setUp.call('exam.get', { examId })
    expect(longer.slots.slice(6)).toMatchObject(
      stations.map(({ id: stationId }, i) => ({
        stationId,
        candidateId: comer.id,
        round: 7 + i,
        // After a break; then one round, and the pause between the circuits.
        startsAtSecond: rotation.endsAtSecond + exam.timing.breakSeconds + i * (660 + 1800),
      })),
    )
    await setUp.refuses('rotation.generate', { examId }, 'exam-has-marks')
  })

  /** Closes the exam, opens it again, and says what is told of it then. */
  async function reopened({ call }: SetUp, examId: ExamId) {
    await call('exam.setStatus', { examId, status: 'running' })
    await call('exam.setStatus', { examId, status: 'closed' })
    await call('exam.setStatus', { examId, status: 'running' })
    return (await call('exam.readiness', { examId })).map(({ code, level }) => `${level}: ${code}`)
  }

  it('stands, though the timing was another when it was made, and the exam can be opened again', async () => {
    const setUp = openSetUp()
    const { examId, rotation } = await readyExam(setUp)
    await setUp.call('exam.setStatus', { examId, status: 'running' })
    const { exam } = await setUp.call('exam.get', { examId })
    await setUp.call('exam.update', { examId, fields: { timing: { ...exam.timing, startsAt: '13:00' } } })
    expect((await setUp.call('rotation.get', { examId })).outdated).toBe(true)
    confirmIdentity(setUp.store, rotation.slots[0]?.id)
    expect((await setUp.call('rotation.get', { examId })).outdated).toBe(false)
    expect(await reopened(setUp, examId)).toEqual([])
  })

  it('stands when somebody is granted more time', async () => {
    const setUp = openSetUp()
    const { examId, rotation, candidates } = await readyExam(setUp)
    confirmIdentity(setUp.store, rotation.slots[0]?.id)
    const candidateId = candidates[0]?.id
    if (!candidateId) throw new Error('the candidate is missing')
    await setUp.call('candidate.update', { candidateId, fields: { extraTimePercent: 25 } })
    expect((await setUp.call('rotation.get', { examId })).outdated).toBe(false)
    expect(await reopened(setUp, examId)).toEqual([])
  })

  it('lacks the rounds of who came late: that is told, and the exam can be opened again', async () => {
    const setUp = openSetUp()
    const { examId, rotation } = await readyExam(setUp)
    confirmIdentity(setUp.store, rotation.slots[0]?.id)
    await setUp.call('candidate.add', { examId, fields: late })
    expect(await reopened(setUp, examId)).toEqual(['advice: candidates-without-rounds'])
    await setUp.call('rotation.generate', { examId })
    expect(await reopened(setUp, examId)).toEqual([])
  })

  it('can be gone on with, though a station lost its examiner before the exam was closed', async () => {
    const setUp = openSetUp()
    const { examId, rotation, examiner } = await readyExam(setUp)
    confirmIdentity(setUp.store, rotation.slots[0]?.id)
    await setUp.call('person.update', { personId: examiner.id, fields: { stationIds: [] } })
    expect(await reopened(setUp, examId)).toContain('advice: station-without-examiner')
  })
})
