import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { examFileSchema, type ExamFile } from '#shared/domain/exam-file.ts'
import { eventIdSchema, examIdSchema, type ExamId } from '#shared/domain/ids.ts'
import type { LedgerPayload } from '#shared/domain/ledger-event.ts'
import { parseRubricFile, rubricChecksum } from '#electron/services/set-up/rubric-file.ts'
import { confirmIdentity, openSetUp, readyExam, resourcesDir, TODAY, upload, type SetUp } from './open-set-up.ts'

type Said = { field: string; problem: string }

const nowhere = examIdSchema.parse('nowhere')
const sampleText = readFileSync(join(resourcesDir, 'sample-exam', 'exam.json'), 'utf8')
const shipped = parseRubricFile(readFileSync(join(resourcesDir, 'rubrics', 'empathy-1.json'), 'utf8'))
const sample = examFileSchema.parse(JSON.parse(sampleText))

/** The sample's file, changed. */
const examFile = (change: (file: ExamFile) => object) =>
  upload('exam.json', JSON.stringify(change(structuredClone(sample))))

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
  it('names what comes next for each, and how many are left', async () => {
    const setUp = openSetUp()
    const { examId, rotation, examiner, sp } = await readyExam(setUp)
    const first = rotation.slots[0]
    const next = {
      encounterId: first?.id,
      stationNumber: 1,
      stationTitle: 'Bad news',
      candidateNumber: '1',
      startsAtSecond: 9 * 3600,
    }
    expect(await setUp.call('exam.roster', { examId })).toEqual([
      { person: examiner, next, remaining: 6 },
      { person: sp, next, remaining: 6 },
    ])
  })

  it('has an end', async () => {
    const setUp = openSetUp()
    const { examId, stations } = await readyExam(setUp)
    const rest = { kind: 'rest' as const }
    for (const { id: stationId } of stations) await setUp.call('station.update', { stationId, fields: rest })
    const roster = await setUp.call('exam.roster', { examId })
    expect(roster.map(({ next, remaining }) => [next, remaining])).toEqual([
      [null, 0],
      [null, 0],
    ])
  })

  it('passes on to the next encounter once the one before is over for them', async () => {
    const setUp = openSetUp()
    const { examId, rotation } = await readyExam(setUp)
    const [first, second] = rotation.slots
    confirmIdentity(setUp.store, first?.id)
    const finish = (payload: LedgerPayload) => {
      if (!first) throw new Error('no encounter')
      const id = eventIdSchema.parse(payload.type)
      setUp.store.ledger.append({ id, encounterId: first.id, raterId: null, role: 'examiner', offsetMs: null, payload })
    }
    const nextOf = async () => (await setUp.call('exam.roster', { examId })).map(({ next }) => next?.encounterId)
    expect(await nextOf()).toEqual([first?.id, first?.id])
    finish({ type: 'encounter.submitted', missing: [] })
    expect(await nextOf()).toEqual([second?.id, first?.id])
    finish({ type: 'sp-form.submitted' })
    expect(await nextOf()).toEqual([second?.id, second?.id])
  })
})

describe('an exam file', () => {
  it('carries an exam to another installation and back', async () => {
    const here = openSetUp()
    const { examId } = await readyExam(here)
    const ref = await here.call('exam.exportFile', { examId })
    expect(ref).toMatchObject({ name: 'Spring OSCE.attune-exam.json', mime: 'application/json' })
    const bytes = readFileSync(here.shelf.find(ref.id)?.path ?? '')
    expect(bytes).toHaveLength(ref.bytes)

    const there = openSetUp()
    const exam = await there.call('exam.importFile', { upload: upload(ref.name, bytes) })
    const again = await there.call('exam.exportFile', { examId: exam.id })
    expect(readFileSync(there.shelf.find(again.id)?.path ?? '', 'utf8')).toBe(bytes.toString())
    expect(await there.call('exam.get', { examId: exam.id })).toMatchObject({
      exam: { title: 'Spring OSCE', status: 'draft', sample: false },
      stations: [{ title: 'Bad news' }, { title: 'Anger', circuit: 2 }],
      candidates: [{ number: '1' }, { number: '2' }, { number: '3' }],
      hasMarks: false,
    })
  })

  it('made before rubrics were in it is read where its rubrics are known', async () => {
    const { call } = openSetUp()
    const old = examFile(({ rubrics: _, ...file }) => file)
    expect(await call('exam.importFile', { upload: old })).toMatchObject({ status: 'draft' })
    expect(await call('rubric.list', {})).toHaveLength(1)
  })

  it.each([
    ['no JSON', upload('exam.json', '{"format": ')],
    ['an archive', upload('exam.json', Buffer.from('504b0304ff00', 'hex'))],
    ['another kind of file', upload('rubric.json', '{"format": "attune-rubric"}')],
  ])('is told from %s', async (_, file) => {
    const { refuses } = openSetUp()
    await refuses('exam.importFile', { upload: file }, 'file-not-an-exam', {})
  })

  it('of a newer Attune asks for that one', async () => {
    const { refuses } = openSetUp()
    const newer = examFile((file) => ({ ...file, formatVersion: 2, pilots: [] }))
    await refuses('exam.importFile', { upload: newer }, 'exam-file-newer', {})
  })

  it.each([
    ['a field that does not belong there', examFile((file) => ({ ...file, marks: [] })), /marks/],
    [
      'a station without a title',
      examFile(({ stations: [first, ...rest], ...file }) => ({
        ...file,
        stations: [{ ...first, title: '' }, ...rest],
      })),
      /^stations\.0\.title/,
    ],
    [
      'a name that cannot be seen',
      examFile(({ candidates: [first, ...rest], ...file }) => ({
        ...file,
        candidates: [{ ...first, name: '\u200F' }, ...rest],
      })),
      /^candidates\.0\.name/,
    ],
    [
      'a person at a station that is not in it',
      examFile(({ people: [first, ...rest], ...file }) => ({
        ...file,
        people: [{ ...first, stations: [9] }, ...rest],
      })),
      /^people\.0\.stations station 9/,
    ],
  ])('is refused with %s, and the place is named', async (_, file, says) => {
    const { refuses, call } = openSetUp()
    await refuses('exam.importFile', { upload: file }, 'exam-file-invalid')
    await expect(call('exam.importFile', { upload: file })).rejects.toSatisfy(({ params }: { params: Said }) =>
      says.test(`${params.field} ${params.problem}`.trim()),
    )
  })

  it('is refused with a number given twice', async () => {
    const { refuses } = openSetUp()
    const twice = examFile((file) => ({ ...file, candidates: [...file.candidates, file.candidates[0]] }))
    await refuses('exam.importFile', { upload: twice }, 'duplicate-candidate-number', { number: '1001' })
  })

  it('is refused with a rubric that is not here, and nothing of it stays', async () => {
    const { refuses } = openSetUp()
    const last = { ...sample.stations.at(-1), rubric: { id: 'elsewhere', version: 3 } }
    const foreign = examFile((file) => ({ ...file, stations: [...file.stations.slice(0, -1), last] }))
    await refuses('exam.importFile', { upload: foreign }, 'unknown-rubric', { rubric: 'elsewhere', version: 3 })
  })

  it('is refused in Latin-1, empty, or too large', async () => {
    const { refuses } = openSetUp()
    const latin1 = upload('exam.json', Buffer.from(sampleText.slice(0, 200) + 'é', 'latin1'))
    await refuses('exam.importFile', { upload: latin1 }, 'file-not-an-exam', {})
    await refuses('exam.importFile', { upload: upload('exam.json', '') }, 'file-not-an-exam', {})
    const large = upload('exam.json', Buffer.alloc(20_000_001, ' '))
    await refuses('exam.importFile', { upload: large }, 'file-too-large')
  })
})

describe('an exam file with a director’s own rubric', () => {
  /** The file of an exam whose two stations are rated with an own rubric, and that rubric. */
  async function examWithOwnRubric() {
    const here = openSetUp()
    const { examId, stations } = await readyExam(here)
    const copy = await here.call('rubric.duplicate', { ref: { id: shipped.id, version: 1 }, title: 'Our own' })
    const rubric = await here.call('rubric.save', { rubric: { ...copy, points: ['a', 'b', 'c', 'd', 'e'] } })
    const ref = { id: rubric.id, version: rubric.version }
    for (const { id: stationId } of stations) await here.call('station.update', { stationId, fields: { rubric: ref } })
    const file = await here.call('exam.exportFile', { examId })
    const text = readFileSync(here.shelf.find(file.id)?.path ?? '', 'utf8')
    return { ref, rubric, text, file: examFileSchema.parse(JSON.parse(text)) }
  }
  const rubricAt = async ({ call }: SetUp, examId: ExamId) => {
    const { stations } = await call('exam.get', { examId })
    return stations.map(({ rubric }) => rubric)
  }

  it('carries it whole, once, into an installation that never saw it', async () => {
    const { ref, rubric, text, file } = await examWithOwnRubric()
    expect(file.rubrics).toEqual([rubric])
    const there = openSetUp()
    const { id } = await there.call('exam.importFile', { upload: upload('exam.json', text) })
    expect((await there.call('rubric.get', ref)).rubric).toEqual(rubric)
    expect((await there.call('rubric.get', ref)).entry.shipped).toBe(false)
    expect(await rubricAt(there, id)).toEqual([ref, ref])
  })

  it('adds none that is there already', async () => {
    const { ref, text } = await examWithOwnRubric()
    const there = openSetUp()
    await there.call('exam.importFile', { upload: upload('exam.json', text) })
    const rubrics = await there.call('rubric.list', {})
    const { id } = await there.call('exam.importFile', { upload: upload('exam.json', text) })
    expect(await there.call('rubric.list', {})).toEqual(rubrics)
    expect(await rubricAt(there, id)).toEqual([ref, ref])
  })

  it('brings its words under a new name where another rubric has its id and version', async () => {
    const { ref, rubric, text } = await examWithOwnRubric()
    const there = openSetUp()
    const first = await there.call('exam.importFile', { upload: upload('exam.json', text) })
    const other = await there.call('rubric.save', { rubric: { ...rubric, points: ['1', '2', '3', '4', '5'] } })
    const second = await there.call('exam.importFile', { upload: upload('exam.json', text) })
    expect(await rubricAt(there, first.id)).toEqual([ref, ref])
    expect((await there.call('rubric.get', ref)).rubric).toEqual(other)
    const [own, again] = await rubricAt(there, second.id)
    if (!own) throw new Error('the station has no rubric')
    expect(again).toEqual(own)
    const brought = (await there.call('rubric.get', own)).rubric
    expect(brought).toMatchObject({ title: 'Our own (2)', points: rubric.points, domains: rubric.domains })
    expect(brought.id).not.toBe(rubric.id)
    expect(brought.checksum).toBe(rubricChecksum(brought))
  })

  it('is refused where somebody changed the rubric in it, and nothing of it stays', async () => {
    const { file } = await examWithOwnRubric()
    const { refuses } = openSetUp()
    const [rubric] = file.rubrics
    const changed = upload('exam.json', JSON.stringify({ ...file, rubrics: [{ ...rubric, language: 'fr' }] }))
    await refuses('exam.importFile', { upload: changed }, 'exam-file-invalid', {
      field: 'rubrics.0.checksum',
      problem: '"Our own" was changed after it was exported',
    })
  })

  it('is refused with a rubric that is not whole, or given twice', async () => {
    const { file } = await examWithOwnRubric()
    const { refuses } = openSetUp()
    const [rubric] = file.rubrics
    const broken = upload('exam.json', JSON.stringify({ ...file, rubrics: [{ ...rubric, domains: [] }] }))
    await refuses('exam.importFile', { upload: broken }, 'exam-file-invalid')
    const twice = upload('exam.json', JSON.stringify({ ...file, rubrics: [rubric, rubric] }))
    await refuses('exam.importFile', { upload: twice }, 'exam-file-invalid')
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
    expect(roster.every(({ next, remaining }) => next !== null && remaining === 48)).toBe(true)
    expect(published).toEqual([exam.id])
  })

  it('can be loaded again beside one that was played', async () => {
    const { call } = openSetUp()
    await call('exam.loadSample', {})
    await call('exam.loadSample', {})
    expect(await call('exam.list', {})).toHaveLength(2)
  })
})
