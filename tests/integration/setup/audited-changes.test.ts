import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input } from '#shared/contract/contract.ts'
import { auditOf, everything, saidIn } from '#tests/support/audit-of.ts'
import { rowsOf } from '#tests/support/every-row.ts'
import { dataOf, examDay, examDayWith, type ExamDay } from '#tests/support/exam-day.ts'
import { smallExam } from '#tests/support/small-exam.ts'
import { trials } from '../contract/trials.ts'
import { closed, examId } from '../contract/trials/so-far.ts'
import type { Trial } from '../contract/trials/trial.ts'

type Part = 'exam' | 'station' | 'candidate' | 'person' | 'import' | 'rotation' | 'rubric'
type SetUpChannel = Extract<ChannelName, `${Part}.${string}`>

const ROTATION_GONE = 'made the rotation of the open exam anew: 0 encounters in place of 9'

/**
 * What each call leaves in the audit of an exam that is open for marks, in words; nothing of one that changes nothing of
 * that exam. A new channel of the set-up without a row does not compile.
 */
const table: Record<SetUpChannel, readonly string[]> = {
  'exam.list': [],
  'exam.roster': [],
  'exam.get': [],
  'exam.create': [],
  'exam.update': ['changed the title of the open exam'],
  // Its words stand with the installation: the exam has no audit any more.
  'exam.remove': [],
  'exam.setStatus': ['closed the exam'],
  // Only of a closed one.
  'exam.putAway': ['closed the exam'],
  'exam.readiness': [],
  'exam.importFile': [],
  'exam.exportFile': [],
  'exam.loadSample': [],
  'station.add': ['added station 4 to the open exam'],
  'station.update': ['changed the title of station 1'],
  'station.move': ['made station 1 number 2', 'made station 2 number 1'],
  'station.remove': ['removed station 4 from the open exam', 'added station 4 to the open exam', ROTATION_GONE],
  'candidate.add': ['added candidate 2001 to the open exam'],
  'candidate.update': ['changed the extra time of candidate 1001 from 0 % to 25 %'],
  'candidate.remove': ['added candidate — to the open exam', 'took candidate 2001 out of the open exam'],
  'person.add': ['added New SP to the open exam as a standardized patient'],
  'person.update': ['gave Renamed, a standardized patient, this name'],
  'person.remove': ['took —, a standardized patient, out of the open exam'],
  'import.preview': [],
  'import.apply': ['added candidate 3001 to the open exam'],
  'rotation.generate': ['made the rotation of the open exam anew: 9 encounters in place of 9'],
  'rotation.get': [],
  'rubric.list': [],
  'rubric.get': [],
  'rubric.duplicate': [],
  // Of a rubric that no open exam is rated with; see below.
  'rubric.save': [],
  'rubric.remove': [],
}

type Filter = Input<'audit.list'>['filter']
const listOf = (day: ExamDay) => async (channel: 'audit.list', input: Input<'audit.list'>) =>
  dataOf(await day.director(channel, input))
const told = (day: ExamDay, more: Partial<Filter> = {}) => saidIn(listOf(day), { ...examId(day), ...more })

/** Every row of the open exam's own set-up. */
function setUpOf(day: ExamDay, dump: string): string {
  const tables = JSON.parse(dump) as [string, Record<string, unknown>[]][]
  const own = ({ id, exam_id }: Record<string, unknown>) => (exam_id ?? id) === day.small.exam.id
  const names = ['exam', 'station', 'candidate', 'person', 'encounter']
  return JSON.stringify(tables.filter(([name]) => names.includes(name)).map(([name, rows]) => [name, rows.filter(own)]))
}

const rows = Object.entries(table) as [SetUpChannel, readonly string[]][]

async function callAsTried(day: ExamDay, channel: SetUpChannel) {
  const trial = trials[channel] as Trial<SetUpChannel>
  const window = trial.by === 'nobody' ? day.window('nobody') : day[trial.by]
  dataOf(await window(channel, await trial.good(day)))
}

test.for(rows.filter(([, says]) => says.length > 0))('%s of an open exam: %j', async ([channel, says]) => {
  const day = await examDay()
  await callAsTried(day, channel)
  expect((await told(day)).toSorted()).toEqual(says.toSorted())
  expect(dataOf(await day.director('ledger.verify', {}))).toMatchObject({ sound: true, setUps: [] })
})

test('what leaves nothing in the audit of an open exam has changed nothing of it', async () => {
  const day = await examDay()
  const dump = rowsOf(day.dataDir)
  const before = setUpOf(day, dump())
  const silent = rows.filter(([channel, says]) => says.length === 0 && channel !== 'exam.remove')
  for (const [channel] of silent) {
    await callAsTried(day, channel)
    expect(setUpOf(day, dump()), channel).toBe(before)
  }
  expect(dataOf(await day.director('ledger.verify', {}))).toMatchObject({ sound: true })
  expect(await told(day)).toEqual([])
})

test('an exam that was open and is removed is told of with the installation', async () => {
  const day = await examDay()
  await callAsTried(day, 'exam.remove')
  expect(await told(day, { examId: null, kind: 'exam' })).toEqual(['removed an exam in which nothing was recorded'])
})

const update = <C extends 'exam.update' | 'station.update' | 'candidate.update' | 'person.update'>(
  channel: C,
  fields: Input<C>['fields'],
  says: string,
) => ({ channel, fields, says })

const updates = [
  update('exam.update', { heldOn: '2026-11-15' }, 'changed the day of the open exam'),
  update('exam.update', { site: 'Skills lab' }, 'changed the place of the open exam'),
  update(
    'exam.update',
    { timing: { ...smallExam().exam.timing, encounterSeconds: 600 } },
    'changed the timing of the open exam',
  ),
  update('exam.update', { paper: 'LETTER' }, 'changed the paper size of the open exam'),
  update('exam.update', { passRule: { passMark: 55, minStationsPassed: 1 } }, 'changed the pass mark from 60 to 55'),
  update(
    'exam.update',
    { passRule: { passMark: 55, minStationsPassed: 2 } },
    'changed how many stations must be passed from 1 to 2',
  ),
  update('station.update', { rubric: null }, 'changed the rubric that station 1 is rated with'),
  update('station.update', { kind: 'rest' }, 'changed whether station 1 is rated or rested at'),
  update('station.update', { circuit: 2 }, 'put station 1 into another circuit'),
  update('station.update', { cues: [] }, 'changed the cues of station 1'),
  update('station.update', { script: 'Another', spBrief: 'Calmly' }, 'changed the texts of station 1'),
  update('station.update', { heavy: true }, 'changed whether station 1 is heavy to play'),
  update('candidate.update', { name: 'Another Name' }, 'changed the name of candidate 1007'),
  update('candidate.update', { group: 'B' }, 'put candidate 1007 into another group'),
  update('candidate.update', { number: '1007' }, 'gave candidate 1007 another number: 1007 in place of 1001'),
  update('person.update', { role: 'examiner' }, 'made Sam Sample an examiner'),
  update('person.update', { stationIds: [] }, 'changed the stations of Sam Sample, an examiner'),
]

// Candidates are told by the number that they have now.
test('every field that is changed has a sentence of its own', async () => {
  const day = await examDay()
  const { exam, stations, candidates, sp } = day.small
  const of = {
    'exam.update': { examId: exam.id },
    'station.update': { stationId: stations[0].id },
    'candidate.update': { candidateId: candidates[0].id },
    'person.update': { personId: sp.id },
  }
  for (const { channel, fields } of updates) {
    dataOf(await day.director(channel, { ...of[channel], fields } as never))
  }
  const said = await told(day, { kind: 'set-up' })
  expect(dataOf(await day.director('ledger.verify', {}))).toMatchObject({ sound: true, setUps: [] })
  expect(said.toReversed()).toEqual(updates.map(({ says }) => says.replace('Sam Sample', sp.name)))
})

test('the words of a rubric that an open exam is rated with', async () => {
  const day = await examDay()
  const { id, version } = day.small.rubric
  const own = dataOf(await day.director('rubric.duplicate', { ref: { id, version }, title: 'Our own' }))
  const [{ id: stationId }] = day.small.stations
  const rubric = { id: own.id, version: own.version }
  dataOf(await day.director('station.update', { stationId, fields: { rubric } }))
  dataOf(await day.director('rubric.save', { rubric: { ...own, title: 'Ours since today' } }))
  expect(await told(day)).toEqual([
    'changed the words of the rubric of station 1',
    'changed the rubric that station 1 is rated with',
  ])
})

test('who changed it, when and on which device; found by the candidate and the station that it is about', async () => {
  const day = await examDay()
  const [station] = day.small.stations
  const [candidate, other] = day.small.candidates
  dataOf(await day.director('candidate.update', { candidateId: candidate.id, fields: { extraTimePercent: 25 } }))
  dataOf(await day.director('station.update', { stationId: station.id, fields: { title: 'Another' } }))
  const [entry] = await auditOf(listOf(day), { ...examId(day), candidateId: candidate.id })
  expect(entry).toMatchObject({ person: day.small.director.name, role: 'director', candidate: '1001', kind: 'set-up' })
  expect(entry).toMatchObject({ was: '0', is: '25', at: '2026-11-14T09:00:00.000Z' })
  expect(await told(day, { candidateId: other.id })).toEqual([])
  expect(await told(day, { stationId: station.id })).toEqual(['changed the title of station 1'])
})

test('nothing is written of what is refused, or is as it was', async () => {
  const day = await examDay()
  const [candidate, other] = day.small.candidates
  const taken = { candidateId: candidate.id, fields: { number: other.number } }
  expect(await day.director('candidate.update', taken)).toMatchObject({ code: 'duplicate-candidate-number' })
  dataOf(await day.director('candidate.update', { candidateId: candidate.id, fields: { number: candidate.number } }))
  expect(await told(day)).toEqual([])
})

test('nothing is written of an exam that is still in preparation', async () => {
  const day = await examDayWith((store, { exam }) => {
    store.exams.put({ ...exam, status: 'draft' })
  })
  dataOf(await day.director('exam.update', { ...examId(day), fields: { title: 'Other' } }))
  const [{ id: candidateId }] = day.small.candidates
  dataOf(await day.director('candidate.remove', { candidateId }))
  expect(await told(day)).toEqual([])
})

test('the numbers on badges are in no event, in no table without names, and go with the candidate', async () => {
  const day = await examDay()
  const dump = rowsOf(day.dataDir)
  const [{ id: candidateId }, gone] = day.small.candidates
  const filter = everything({ ...examId(day), kind: 'set-up' })
  dataOf(await day.director('candidate.update', { candidateId, fields: { number: 'badge-77' } }))
  dataOf(await day.director('candidate.update', { candidateId, fields: { number: 'badge-88' } }))
  dataOf(await day.director('candidate.remove', { candidateId: gone.id }))
  const table = async (names: boolean) => {
    const file = dataOf(await day.director('audit.export', { filter, names }))
    return readFileSync(day.services.findFile(file.id)?.path ?? '', 'utf8')
  }
  expect(await table(true)).toContain('badge-88 in place of badge-77')
  expect(await table(true)).toContain(`took candidate ${gone.number} out`)
  expect(await table(false)).not.toMatch(/badge-\d|in place of/)
  const events = (JSON.parse(dump()) as [string, unknown[]][]).find(([name]) => name === 'event')
  expect(JSON.stringify(events)).not.toMatch(/badge-\d/)
  await closed(day)
  dataOf(await day.director('privacy.eraseCandidate', { candidateId }))
  expect(dump()).not.toMatch(/badge-\d/)
  expect(await told(day, { candidateId })).toContainEqual(
    expect.stringMatching(/^gave candidate X-\w+ another number$/),
  )
  const former = () => (JSON.parse(dump()) as [string, { name: string }[]][]).find(([name]) => name === 'identity')?.[1]
  expect(former()?.map(({ name }) => name)).toContain(gone.number)
  dataOf(await day.director('privacy.eraseExam', examId(day)))
  expect(former()?.map(({ name }) => name)).not.toContain(gone.number)
  expect(dataOf(await day.director('ledger.verify', {}))).toMatchObject({ sound: true })
})
