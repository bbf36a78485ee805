import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { examFileSchema, type ExamFile } from '#shared/domain/exam-file.ts'
import { domainIdSchema, stationIdSchema, type ExamId } from '#shared/domain/ids.ts'
import { parseRubricFile, rubricChecksum } from '#electron/services/set-up/rubric-file.ts'
import { openSetUp, readyExam, resourcesDir, upload, type SetUp } from './open-set-up.ts'

type Said = { field: string; problem: string }

const sampleText = readFileSync(join(resourcesDir, 'sample-exam', 'exam.json'), 'utf8')
const shipped = parseRubricFile(readFileSync(join(resourcesDir, 'rubrics', 'empathy-1.json'), 'utf8'))
const unknownStation = stationIdSchema.parse('unknown')
const sample = examFileSchema.parse(JSON.parse(sampleText))

/** The sample's file, changed. */
const examFile = (change: (file: ExamFile) => object) =>
  upload('exam.json', JSON.stringify(change(structuredClone(sample))))

describe('an exam file', () => {
  it('carries an exam to another installation and back', async () => {
    const here = openSetUp()
    const { examId } = await readyExam(here)
    const ref = await here.call('exam.exportFile', { examId, names: true })
    expect(ref).toMatchObject({ name: 'Spring OSCE-with-names.attune-exam.json', mime: 'application/json' })
    const bytes = readFileSync(here.shelf.find(ref.id)?.path ?? '')
    expect(bytes).toHaveLength(ref.bytes)

    const there = openSetUp()
    const exam = await there.call('exam.importFile', { upload: upload(ref.name, bytes) })
    const again = await there.call('exam.exportFile', { examId: exam.id, names: true })
    expect(readFileSync(there.shelf.find(again.id)?.path ?? '', 'utf8')).toBe(bytes.toString())
    expect(await there.call('exam.get', { examId: exam.id })).toMatchObject({
      exam: { title: 'Spring OSCE', status: 'draft', sample: false },
      stations: [{ title: 'Bad news' }, { title: 'Anger', circuit: 2 }],
      candidates: [{ number: '1' }, { number: '2' }, { number: '3' }],
      hasMarks: false,
      packageOut: null,
    })
  })

  it('carries the domain that a cue asks for; one without any is for an Attune of before as well', async () => {
    const here = openSetUp()
    const { examId, stations } = await readyExam(here)
    const fileOf = async (at: SetUp, id: ExamId) => {
      const ref = await at.call('exam.exportFile', { examId: id, names: true })
      return readFileSync(at.shelf.find(ref.id)?.path ?? '')
    }
    const stationId = stations[0]?.id ?? unknownStation
    const cue = { text: 'She looks away.', lookFor: '' }
    await here.call('station.update', { stationId, fields: { cues: [cue] } })
    expect(JSON.parse((await fileOf(here, examId)).toString())).toMatchObject({ formatVersion: 1 })

    const domain = shipped.domains[1]?.id ?? domainIdSchema.parse('none')
    await here.call('station.update', { stationId, fields: { cues: [{ ...cue, domain }] } })
    const bytes = await fileOf(here, examId)
    expect(JSON.parse(bytes.toString())).toMatchObject({ formatVersion: 2 })
    const there = openSetUp()
    const { id } = await there.call('exam.importFile', { upload: upload('exam.json', bytes) })
    const [station] = (await there.call('exam.get', { examId: id })).stations
    expect(station?.cues).toEqual([{ ...cue, domain }])
    expect((await fileOf(there, id)).toString()).toBe(bytes.toString())
  })

  it('of before cues asked for domains is read', async () => {
    const { call } = openSetUp()
    const old = examFile(({ stations, ...file }) => ({
      ...file,
      formatVersion: 1,
      stations: stations.map((station) => ({ ...station, cues: station.cues.map(({ domain: _, ...cue }) => cue) })),
    }))
    const { id: examId } = await call('exam.importFile', { upload: old })
    const { stations } = await call('exam.get', { examId })
    expect(stations[0]?.cues.map(({ text }) => text)).toEqual(sample.stations[0]?.cues.map(({ text }) => text))
  })

  it('is read with a sign in the place of half a character, as the database keeps it', async () => {
    const { call } = openSetUp()
    const text = sampleText.replace(/"title": "[^"]*/, (title) => `${title} \\ud83d`)
    const exam = await call('exam.importFile', { upload: upload('exam.json', text) })
    expect(exam.title).toBe(`${sample.exam.title} \ufffd`)
  })

  it('names nobody unless somebody says so, and can be read all the same', async () => {
    const here = openSetUp()
    const { examId } = await readyExam(here)
    const known = await here.call('exam.get', { examId })
    const ref = await here.call('exam.exportFile', { examId })
    const bytes = readFileSync(here.shelf.find(ref.id)?.path ?? '')
    const { candidates, people } = examFileSchema.parse(JSON.parse(bytes.toString()))
    for (const { name } of [...known.candidates, ...known.people]) {
      expect(name).not.toBe('')
      expect(bytes.toString()).not.toContain(`"${name}"`)
    }
    expect(candidates.map(({ number }) => number)).toEqual(candidates.map(({ name }) => name))
    expect(candidates).toHaveLength(known.candidates.length)
    expect(people).toHaveLength(known.people.length)
    const there = openSetUp()
    const exam = await there.call('exam.importFile', { upload: upload(ref.name, bytes) })
    expect((await there.call('exam.get', { examId: exam.id })).people).toHaveLength(known.people.length)
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
    const newer = examFile((file) => ({ ...file, formatVersion: 3, pilots: [] }))
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
