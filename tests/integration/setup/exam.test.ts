import { describe, expect, it } from 'vitest'
import { examIdSchema } from '#shared/domain/ids.ts'
import { confirmIdentity, openSetUp, readyExam, TODAY } from './open-set-up.ts'

const nowhere = examIdSchema.parse('nowhere')

describe('a new exam', () => {
  it('is one as many are, today, on the paper usual here', async () => {
    const { call } = openSetUp()
    const exam = await call('exam.create', {})
    expect(exam).toMatchObject({
      title: `OSCE ${TODAY}`,
      heldOn: TODAY,
      status: 'draft',
      sample: false,
      paper: 'LETTER',
      passRule: { passMark: 60, minStationsPassed: 0 },
      timing: { encounterSeconds: 480, readingSeconds: 60, changeoverSeconds: 60 },
    })
    expect(await call('exam.list', {})).toEqual([
      { exam, putAway: false, stations: 0, candidates: 0, encounters: 0, submitted: 0, absent: 0 },
    ])
  })

  it('takes what is given', async () => {
    const { call, published } = openSetUp()
    const exam = await call('exam.create', { title: ' Spring\u202E OSCE ', site: 'Skills centre' })
    expect(exam).toMatchObject({ title: 'Spring OSCE', site: 'Skills centre' })
    expect(published).toEqual([exam.id])
  })

  it('needs a title that can be seen', async () => {
    const { refuses } = openSetUp()
    await refuses('exam.create', { title: '\u202E' }, 'bad-input')
  })
})

describe('an exam', () => {
  it('is changed field by field, and tells every window', async () => {
    const { call, published } = openSetUp()
    const exam = await call('exam.create', {})
    const changed = await call('exam.update', { examId: exam.id, fields: { title: 'Spring OSCE', paper: 'A4' } })
    expect(changed).toEqual({ ...exam, title: 'Spring OSCE', paper: 'A4' })
    expect((await call('exam.get', { examId: exam.id })).exam).toEqual(changed)
    expect(published).toEqual([exam.id, exam.id])
  })

  it('that is not there is unknown, whatever is asked of it', async () => {
    const { refuses } = openSetUp()
    const unknown = [{ examId: nowhere }, 'unknown-exam', { exam: 'nowhere' }] as const
    await refuses('exam.get', ...unknown)
    await refuses('exam.roster', ...unknown)
    await refuses('exam.readiness', ...unknown)
    await refuses('exam.exportFile', ...unknown)
    await refuses('exam.remove', ...unknown)
    await refuses('exam.update', { examId: nowhere, fields: {} }, 'unknown-exam')
    await refuses('exam.setStatus', { examId: nowhere, status: 'running' }, 'unknown-exam')
  })

  it('is removed with all that belongs to it, names included', async () => {
    const setUp = openSetUp()
    const before = setUp.dump()
    const { examId } = await readyExam(setUp)
    expect(setUp.dump()).toContain('Ada Sample')
    await setUp.call('exam.remove', { examId })
    expect(setUp.dump()).toBe(before)
  })

  it('is counted in the list', async () => {
    const setUp = openSetUp()
    await readyExam(setUp)
    const [row] = await setUp.call('exam.list', {})
    expect(row).toMatchObject({ stations: 2, candidates: 3, encounters: 6, submitted: 0, absent: 0 })
  })
})

describe('an exam with marks', () => {
  async function markedExam() {
    const setUp = openSetUp()
    const exam = await readyExam(setUp)
    confirmIdentity(setUp.store, exam.rotation.slots[0]?.id)
    return { ...setUp, ...exam }
  }

  it('is not removed and does not become a draft again', async () => {
    const { call, refuses, examId } = await markedExam()
    await refuses('exam.remove', { examId }, 'exam-has-marks')
    await call('exam.setStatus', { examId, status: 'running' })
    await refuses('exam.setStatus', { examId, status: 'draft' }, 'exam-has-marks')
    expect((await call('exam.get', { examId })).hasMarks).toBe(true)
  })

  it('is put away once it is closed, and comes back when it is brought back or opened again', async () => {
    const { call, refuses, published, examId } = await markedExam()
    await call('exam.setStatus', { examId, status: 'running' })
    await refuses('exam.putAway', { examId, away: true }, 'exam-not-closed')
    await call('exam.setStatus', { examId, status: 'closed' })
    const before = await call('exam.get', { examId })
    const isAway = async () => (await call('exam.list', {})).map(({ putAway }) => putAway)
    const told = published.length
    await call('exam.putAway', { examId, away: true })
    expect(await isAway()).toEqual([true])
    await call('exam.putAway', { examId, away: false })
    expect(await isAway()).toEqual([false])
    expect(published.slice(told)).toEqual([examId, examId])
    expect(await call('exam.get', { examId })).toEqual(before)
    await call('exam.putAway', { examId, away: true })
    await call('exam.setStatus', { examId, status: 'running' })
    expect(await isAway()).toEqual([false])
    await refuses('exam.putAway', { examId: examIdSchema.parse('nowhere'), away: true }, 'unknown-exam')
  })

  it('keeps the timing and the rule that were declared before', async () => {
    const { call, refuses, examId } = await markedExam()
    const { exam } = await call('exam.get', { examId })
    const timing = { ...exam.timing, encounterSeconds: 300 }
    await refuses('exam.update', { examId, fields: { timing } }, 'exam-has-marks')
    const passRule = { ...exam.passRule, passMark: 50 }
    await refuses('exam.update', { examId, fields: { passRule } }, 'exam-has-marks')
    const same = { title: 'Another title', timing: exam.timing, passRule: exam.passRule }
    expect(await call('exam.update', { examId, fields: same })).toMatchObject({ title: 'Another title' })
  })
})

describe('the way through the day', () => {
  it('begins only when nothing stands in it', async () => {
    const { call, refuses } = openSetUp()
    const { id: examId } = await call('exam.create', {})
    await refuses('exam.setStatus', { examId, status: 'running' }, 'exam-not-ready', { count: 2, first: 'no-stations' })
  })

  it('is told what is missing, in the order in which it is mended', async () => {
    const setUp = openSetUp()
    const { examId } = await readyExam(setUp)
    const fields = { number: '4', name: 'Late Comer', group: '', extraTimePercent: 0 }
    await setUp.call('candidate.add', { examId, fields })
    expect(await setUp.call('exam.readiness', { examId })).toEqual([
      { code: 'rotation-outdated', level: 'blocking', leadsTo: 'rotation', params: {} },
    ])
  })

  it('does not begin where the plan passes midnight', async () => {
    const setUp = openSetUp()
    const { examId } = await readyExam(setUp)
    const { exam } = await setUp.call('exam.get', { examId })
    await setUp.call('exam.update', { examId, fields: { timing: { ...exam.timing, startsAt: '23:30' } } })
    await setUp.call('rotation.generate', { examId })
    const params = { count: 1, first: 'day-passes-midnight' }
    await setUp.refuses('exam.setStatus', { examId, status: 'running' }, 'exam-not-ready', params)
  })

  it('goes from draft to running to closed, and open again', async () => {
    const setUp = openSetUp()
    const { examId } = await readyExam(setUp)
    for (const status of ['running', 'closed', 'running', 'draft'] as const) {
      expect(await setUp.call('exam.setStatus', { examId, status })).toMatchObject({ status })
    }
  })

  it('is not changed while it is closed', async () => {
    const setUp = openSetUp()
    const { examId } = await readyExam(setUp)
    await setUp.call('exam.setStatus', { examId, status: 'running' })
    await setUp.call('exam.setStatus', { examId, status: 'closed' })
    await setUp.refuses('exam.update', { examId, fields: { title: 'Renamed' } }, 'exam-closed')
  })
})

describe('the roster', () => {
  it('names the people, their stations and whether they have a PIN, and nothing of a candidate', async () => {
    const setUp = openSetUp()
    const { examId, examiner, sp } = await readyExam(setUp)
    const fields = { role: 'sp' as const, name: 'Tove Later', stationIds: [] }
    const later = await setUp.call('person.add', { examId, fields })
    const roster = await setUp.call('exam.roster', { examId })
    expect(roster).toEqual([
      { person: { id: examiner.id, role: 'examiner', name: 'Ada Sample' }, stations: [1, 2], pin: 'own' },
      { person: { id: sp.id, role: 'sp', name: 'Robin Specimen' }, stations: [1, 2], pin: 'own' },
      { person: { id: later.id, role: 'sp', name: 'Tove Later' }, stations: [], pin: 'none' },
    ])
    expect(JSON.stringify(roster)).not.toContain('Candidate')
  })
})

describe('the sample exam', () => {
  it('is loaded ready to be played, and marked as a sample', async () => {
    const { call, published } = openSetUp()
    const exam = await call('exam.loadSample', {})
    expect(exam).toMatchObject({ sample: true, status: 'running', heldOn: TODAY })
    const { stations, candidates, people } = await call('exam.get', { examId: exam.id })
    expect([stations.length, candidates.length, people.length]).toEqual([8, 24, 8])
    expect(await call('exam.readiness', { examId: exam.id })).toEqual([])
    const rotation = await call('rotation.get', { examId: exam.id })
    expect(rotation).toMatchObject({ outdated: false, rounds: 48 })
    expect(rotation.slots).toHaveLength(8 * 24)
    const roster = await call('exam.roster', { examId: exam.id })
    expect(roster.map(({ pin }) => pin)).toEqual(people.map(() => 'sample'))
    expect(published).toEqual([exam.id])
  })

  it('can be loaded again beside one that was played', async () => {
    const { call } = openSetUp()
    await call('exam.loadSample', {})
    await call('exam.loadSample', {})
    expect(await call('exam.list', {})).toHaveLength(2)
  })
})
