import { describe, expect, it } from 'vitest'
import {
  candidateIdSchema,
  domainIdSchema,
  personIdSchema,
  rubricIdSchema,
  stationIdSchema,
  type ExamId,
} from '#shared/domain/ids.ts'
import { confirmIdentity, openSetUp, readyExam, type SetUp } from './open-set-up.ts'

const unknownStation = stationIdSchema.parse('nowhere')
const elsewhere = { id: rubricIdSchema.parse('elsewhere'), version: 2 }

async function draft() {
  const setUp = openSetUp()
  return { ...setUp, ...(await readyExam(setUp)) }
}

async function marked() {
  const exam = await draft()
  confirmIdentity(exam.store, exam.rotation.slots[0]?.id, exam.examiner.id)
  return exam
}

const titles = async (call: SetUp['call'], examId: ExamId) =>
  (await call('exam.get', { examId })).stations.map(({ number, title }) => `${number} ${title}`)

describe('stations', () => {
  it('are added at the end, scored with the rubric that came with the app', async () => {
    const { call } = openSetUp()
    const { id: examId } = await call('exam.create', {})
    const first = await call('station.add', { examId, fields: {} })
    expect(first).toMatchObject({ number: 1, circuit: 1, kind: 'scored', title: 'Station 1' })
    expect(first.rubric).toEqual({ id: 'empathy', version: 1 })
    const rest = await call('station.add', { examId, fields: { kind: 'rest', circuit: 2 } })
    expect(rest).toMatchObject({ number: 2, circuit: 2, kind: 'rest', rubric: null })
  })

  it('follow the rubric and the circuit of the one before', async () => {
    const { call } = openSetUp()
    const { id: examId } = await call('exam.create', {})
    const own = await call('rubric.duplicate', {
      ref: { id: rubricIdSchema.parse('empathy'), version: 1 },
      title: 'Own',
    })
    const rubric = { id: own.id, version: 1 }
    await call('station.add', { examId, fields: { rubric, circuit: 3 } })
    expect(await call('station.add', { examId, fields: {} })).toMatchObject({ rubric, circuit: 3 })
  })

  it('keep their numbers in a row when one is moved or removed', async () => {
    const { call, examId, stations } = await draft()
    await call('station.add', { examId, fields: { title: 'Rest', kind: 'rest' } })
    const stationId = stations[0]?.id ?? unknownStation
    const moved = await call('station.move', { stationId, toNumber: 99 })
    expect(moved.map(({ number, title }) => `${number} ${title}`)).toEqual(['1 Anger', '2 Rest', '3 Bad news'])
    expect(await titles(call, examId)).toEqual(['1 Anger', '2 Rest', '3 Bad news'])
    await call('station.move', { stationId, toNumber: 1 })
    expect(await titles(call, examId)).toEqual(['1 Bad news', '2 Anger', '3 Rest'])
    await call('station.remove', { stationId: stations[1]?.id ?? unknownStation })
    expect(await titles(call, examId)).toEqual(['1 Bad news', '2 Rest'])
  })

  it('take the rotation with them when one is removed', async () => {
    const { call, examId, stations } = await draft()
    await call('station.remove', { stationId: stations[0]?.id ?? unknownStation })
    expect(await call('rotation.get', { examId })).toEqual({ outdated: false, rounds: 0, endsAtSecond: 0, slots: [] })
    const codes = (await call('exam.readiness', { examId })).map(({ code }) => code)
    expect(codes).toContain('no-rotation')
  })

  it('have no rubric while they are rests', async () => {
    const { call, stations } = await draft()
    const stationId = stations[0]?.id ?? unknownStation
    expect(await call('station.update', { stationId, fields: { kind: 'rest' } })).toMatchObject({ rubric: null })
  })

  it('are sixty at most', async () => {
    const { call, refuses } = openSetUp()
    const { id: examId } = await call('exam.create', {})
    for (let i = 0; i < 60; i += 1) await call('station.add', { examId, fields: {} })
    await refuses('station.add', { examId, fields: {} }, 'too-many-stations', { max: 60 })
  })

  it('are refused with a rubric that is not here, and unknown where they are not', async () => {
    const { refuses, examId, stations } = await draft()
    const stationId = stations[0]?.id ?? unknownStation
    const params = { rubric: 'elsewhere', version: 2 }
    await refuses('station.add', { examId, fields: { rubric: elsewhere } }, 'unknown-rubric', params)
    await refuses('station.update', { stationId, fields: { rubric: elsewhere } }, 'unknown-rubric', params)
    await refuses('station.update', { stationId: unknownStation, fields: {} }, 'not-found')
    await refuses('station.move', { stationId: unknownStation, toNumber: 1 }, 'not-found')
    await refuses('station.remove', { stationId: unknownStation }, 'not-found')
  })

  it('come back with a cue whose domain the rubric no longer has, and are given one that it has', async () => {
    const { call, refuses, examId, stations } = await draft()
    const removed = stations[0] ?? (await call('station.add', { examId, fields: {} }))
    await call('station.remove', { stationId: removed.id })
    const { id: _id, examId: _examId, number: _number, ...fields } = removed
    const cue = { text: 'She looks away.', lookFor: '' }
    const asking = (id: string) => [{ ...cue, domain: domainIdSchema.parse(id) }]
    const { id: stationId, cues } = await call('station.add', { examId, fields: { ...fields, cues: asking('gone') } })
    expect(cues).toEqual(asking('gone'))
    await call('station.update', { stationId, fields: { title: 'Still to be mended' } })
    await refuses('station.update', { stationId, fields: { cues: asking('neither') } }, 'cue-domain-unknown')
    for (const mended of [asking('emotion-naming'), [cue]]) {
      expect(await call('station.update', { stationId, fields: { cues: mended } })).toMatchObject({ cues: mended })
    }
  })

  it('keep what marks stand on once there are some, and may still change their words', async () => {
    const { call, refuses, examId, stations } = await marked()
    const stationId = stations[0]?.id ?? unknownStation
    await refuses('station.remove', { stationId }, 'exam-has-marks')
    await refuses('station.move', { stationId, toNumber: 2 }, 'exam-has-marks')
    await refuses('station.add', { examId, fields: {} }, 'exam-has-marks')
    for (const fields of [{ kind: 'rest' as const }, { circuit: 5 }, { rubric: null }]) {
      await refuses('station.update', { stationId, fields }, 'exam-has-marks')
    }
    const fields = { title: 'Bad news, by phone', script: 'A son calls.', circuit: 1 }
    expect(await call('station.update', { stationId, fields })).toMatchObject(fields)
  })

  it('stay as they are in a closed exam', async () => {
    const { call, refuses, examId, stations } = await draft()
    const stationId = stations[0]?.id ?? unknownStation
    await call('exam.setStatus', { examId, status: 'closed' })
    await refuses('station.add', { examId, fields: {} }, 'exam-closed')
    await refuses('station.remove', { stationId }, 'exam-closed')
    await refuses('station.move', { stationId, toNumber: 2 }, 'exam-closed')
    await refuses('station.update', { stationId, fields: { circuit: 7 } }, 'exam-closed')
    await refuses('station.update', { stationId, fields: { script: 'Told otherwise.' } }, 'exam-closed')
  })
})

describe('candidates', () => {
  const fields = { number: '9', name: ' Zoe\u0308 \u202EBeispiel ', group: ' A\tB ', extraTimePercent: 25 }

  it('keep their names as they are written, without what cannot be seen', async () => {
    const { call, examId } = await draft()
    const zoe = await call('candidate.add', { examId, fields })
    expect(zoe).toMatchObject({ number: '9', name: 'Zoë Beispiel', group: 'A B', extraTimePercent: 25 })
    expect(await call('candidate.update', { candidateId: zoe.id, fields: { name: '山田 花子' } })).toEqual({
      ...zoe,
      name: '山田 花子',
    })
  })

  it('have a number of their own', async () => {
    const { call, refuses, examId, candidates } = await draft()
    const taken = { ...fields, number: '1' }
    await refuses('candidate.add', { examId, fields: taken }, 'duplicate-candidate-number', { number: '1' })
    const second = candidates[1]?.id ?? candidateIdSchema.parse('nobody')
    const toFirst = { candidateId: second, fields: { number: '1' } }
    await refuses('candidate.update', toFirst, 'duplicate-candidate-number', { number: '1' })
    expect(await call('candidate.update', { candidateId: second, fields: { number: '2' } })).toMatchObject({
      number: '2',
    })
    const { id: otherExam } = await call('exam.create', {})
    expect(await call('candidate.add', { examId: otherExam, fields: taken })).toMatchObject({ number: '1' })
  })

  it('need a name that can be seen', async () => {
    const { refuses, examId } = await draft()
    await refuses('candidate.add', { examId, fields: { ...fields, name: '\u200F' } }, 'bad-input')
  })

  it('are unknown where they are not', async () => {
    const { refuses } = await draft()
    const candidateId = candidateIdSchema.parse('nobody')
    await refuses('candidate.update', { candidateId, fields: {} }, 'unknown-candidate')
    await refuses('candidate.remove', { candidateId }, 'unknown-candidate')
  })

  it('leave with their names and their slots, and the rotation wants to be made anew', async () => {
    const { call, dump, examId, candidates } = await draft()
    const candidateId = candidates[0]?.id ?? candidateIdSchema.parse('nobody')
    await call('candidate.remove', { candidateId })
    expect(dump()).not.toContain('Candidate 1')
    const rotation = await call('rotation.get', { examId })
    expect(rotation.outdated).toBe(true)
    expect(rotation.slots).toHaveLength(4)
  })

  it('stay once something was recorded of them; others may still leave, and the rotation stands', async () => {
    const { call, refuses, examId, candidates } = await marked()
    const [first, second] = candidates.map(({ id }) => id)
    if (!first || !second) throw new Error('candidates are missing')
    await refuses('candidate.remove', { candidateId: first }, 'candidate-has-marks', { number: '1' })
    await call('candidate.remove', { candidateId: second })
    const rotation = await call('rotation.get', { examId })
    expect(rotation.outdated).toBe(false)
    expect(rotation.slots).toHaveLength(4)
  })

  it('may be granted extra time while the exam runs, and the rotation stands', async () => {
    const { call, examId, candidates } = await marked()
    const candidateId = candidates[2]?.id ?? candidateIdSchema.parse('nobody')
    await call('candidate.update', { candidateId, fields: { extraTimePercent: 25 } })
    expect((await call('rotation.get', { examId })).outdated).toBe(false)
  })

  it('neither come nor go nor change in a closed exam', async () => {
    const { call, refuses, examId, candidates } = await draft()
    const candidateId = candidates[0]?.id ?? candidateIdSchema.parse('nobody')
    await call('exam.setStatus', { examId, status: 'closed' })
    await refuses('candidate.add', { examId, fields }, 'exam-closed')
    await refuses('candidate.remove', { candidateId }, 'exam-closed')
    await refuses('candidate.update', { candidateId, fields: { extraTimePercent: 25 } }, 'exam-closed')
  })
})

describe('examiners and standardized patients', () => {
  it('stay as they are in a closed exam', async () => {
    const { call, refuses, examId, examiner } = await draft()
    await call('exam.setStatus', { examId, status: 'closed' })
    const fields = { role: 'sp' as const, name: 'Noor Voorbeeld', stationIds: [] }
    await refuses('person.add', { examId, fields }, 'exam-closed')
    await refuses('person.update', { personId: examiner.id, fields: { name: 'Somebody Else' } }, 'exam-closed')
    await refuses('person.remove', { personId: examiner.id }, 'exam-closed')
  })

  it('are assigned to stations, each once, and swapped while the exam is not closed', async () => {
    const { call, examId, stations } = await marked()
    const [first, second] = stations.map(({ id }) => id)
    if (!first || !second) throw new Error('stations are missing')
    const fields = { role: 'examiner' as const, name: 'Noor\u0000 Voorbeeld', stationIds: [first, first] }
    const noor = await call('person.add', { examId, fields })
    expect(noor).toMatchObject({ name: 'Noor Voorbeeld', stationIds: [first] })
    expect(await call('person.update', { personId: noor.id, fields: { stationIds: [second] } })).toEqual({
      ...noor,
      stationIds: [second],
    })
    await call('person.remove', { personId: noor.id })
    expect((await call('exam.get', { examId })).people).toHaveLength(2)
  })

  it('cannot work at a station of another exam', async () => {
    const { call, refuses, examId, examiner } = await draft()
    const { id: otherExam } = await call('exam.create', {})
    const { id } = await call('station.add', { examId: otherExam, fields: {} })
    const fields = { role: 'sp' as const, name: 'Noor', stationIds: [id] }
    await refuses('person.add', { examId, fields }, 'not-found', { kind: 'station' })
    await refuses('person.update', { personId: examiner.id, fields: { stationIds: [id] } }, 'not-found')
  })

  it('are 400 at most', async () => {
    const { store, call, refuses } = openSetUp()
    const { id: examId } = await call('exam.create', {})
    store.transaction(() => {
      for (let i = 0; i < 400; i += 1)
        store.people.put({ id: personIdSchema.parse(`p${i}`), examId, role: 'sp', name: `SP ${i}`, stationIds: [] })
    })
    const fields = { role: 'sp' as const, name: 'Noor Voorbeeld', stationIds: [] }
    await refuses('person.add', { examId, fields }, 'too-many-people', { max: 400 })
  })

  it('need a name, and are unknown where they are not', async () => {
    const { refuses, examId } = await draft()
    const personId = personIdSchema.parse('nobody')
    await refuses('person.add', { examId, fields: { role: 'sp', name: '\u2066', stationIds: [] } }, 'bad-input')
    await refuses('person.update', { personId, fields: {} }, 'not-found', { kind: 'person' })
    await refuses('person.remove', { personId }, 'not-found', { kind: 'person' })
  })

  it('stay in the list in their role once they rated', async () => {
    const { call, refuses, examiner, sp } = await marked()
    const rated = { name: 'Ada Sample' }
    await refuses('person.remove', { personId: examiner.id }, 'person-has-marks', rated)
    await refuses('person.update', { personId: examiner.id, fields: { role: 'sp' } }, 'person-has-marks', rated)
    expect(await call('person.update', { personId: examiner.id, fields: { name: 'Ada S. Sample' } })).toMatchObject({
      name: 'Ada S. Sample',
    })
    await call('person.remove', { personId: sp.id })
  })
})
