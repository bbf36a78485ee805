import { expect, test } from 'vitest'
import { candidateSchema, personSchema } from '#shared/domain/exam.ts'
import { useToasts } from '#renderer/ui/use-toasts.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { draftExam, finding, openSetup, setupHost, valueOf } from './setup-host.ts'

const noRotation = { 'exam.readiness': [finding({})] }

function leave(): void {
  document.activeElement?.dispatchEvent(new Event('change', { bubbles: true }))
}

test('the next number is proposed, and a candidate is added after a name is given', async () => {
  const host = setupHost()
  host.bridge.answer({
    'candidate.add': ({ fields }) => candidateSchema.parse({ ...fields, id: 'candidate-4', examId: 'exam-1' }),
  })
  const screen = await openSetup(host, 'people')
  expect(valueOf(screen, 'Number')).toBe('1004')
  await screen.press('Add')
  expect(screen.text()).toContain('Enter a name.')
  await screen.fill('Name', ' Ada New ')
  await screen.fill('Extra time', '25 %')
  await screen.press('Add')
  expect(host.bridge.inputsOf('candidate.add')).toEqual([
    { examId: 'exam-1', fields: { number: '1004', name: 'Ada New', group: '', extraTimePercent: 25 } },
  ])
  expect(valueOf(screen, 'Number')).toBe('1005')
  expect(valueOf(screen, 'Name')).toBe('')
})

test('a number that is taken is told before anything is sent', async () => {
  const host = setupHost()
  const screen = await openSetup(host, 'people')
  await screen.fill('Number', '1001')
  await screen.fill('Name', 'Ada New')
  await screen.press('Add')
  expect(screen.text()).toContain('Another candidate has this number.')
  expect(host.bridge.inputsOf('candidate.add')).toEqual([])
})

test('a cell is saved when it is left, and taken back by undo', async () => {
  const host = setupHost()
  const screen = await openSetup(host, 'people')
  await screen.fill('Name of candidate 1001', 'Zoë Beispiel')
  screen.find('Name of candidate 1001').focus()
  leave()
  await screen.settle()
  expect(host.data.candidates[0]?.name).toBe('Zoë Beispiel')
  await screen.press('Undo')
  expect(host.data.candidates[0]?.name).toBe('Candidate 1')
  expect(valueOf(screen, 'Name of candidate 1001')).toBe('Candidate 1')
})

test('a cell that cannot be right says why and is not saved; Escape brings back what is stored', async () => {
  const host = setupHost()
  const screen = await openSetup(host, 'people')
  await screen.fill('Extra time of candidate 1001, in percent', '250')
  const cell = screen.find('Extra time of candidate 1001, in percent')
  cell.focus()
  leave()
  await screen.settle()
  expect(screen.text()).toContain('A whole number of percent from 0 to 200.')
  expect(cell.getAttribute('aria-invalid')).toBe('true')
  expect(host.bridge.inputsOf('candidate.update')).toEqual([])
  await screen.key('Escape')
  expect(valueOf(screen, 'Extra time of candidate 1001, in percent')).toBe('')
})

test('extra time for a candidate whose clock runs already is said to be given at that station', async () => {
  const draft = draftExam()
  const running = { ...draft, exam: { ...draft.exam, status: 'running' as const } }
  const host = setupHost(running, { 'clock.ofCandidate': [4] })
  const screen = await openSetup(host, 'people')
  await screen.fill('Extra time of candidate 1001, in percent', '25')
  screen.find('Extra time of candidate 1001, in percent').focus()
  leave()
  await screen.settle()
  const text =
    'Station 4: the clock of candidate 1001 runs already, with the time it began with. Extra time for this encounter is given there, beside the clock.'
  // The time was saved: this is no failure.
  expect(useToasts().toasts).toMatchObject([{ kind: 'note', stays: true, text }])
})

test('a cell that the host refuses says why and shows what is stored', async () => {
  const host = setupHost(draftExam(), { 'candidate.update': refused('duplicate-candidate-number', { number: '1002' }) })
  const screen = await openSetup(host, 'people')
  await screen.fill('Number of candidate 1001', '1002')
  screen.find('Number of candidate 1001').focus()
  leave()
  await screen.settle()
  expect(screen.text()).toMatch(/already has (this number|the number 1002)/)
  expect(valueOf(screen, 'Number of candidate 1001')).toBe('1001')
})

test('a candidate is removed at once while there is no rotation, and can be brought back', async () => {
  const host = setupHost(draftExam(), noRotation)
  host.bridge.answer({
    'candidate.remove': {},
    'candidate.add': ({ fields }) => candidateSchema.parse({ ...fields, id: 'candidate-9', examId: 'exam-1' }),
  })
  const screen = await openSetup(host, 'people')
  await screen.press('Remove 1002')
  expect(host.bridge.inputsOf('candidate.remove')).toEqual([{ candidateId: 'candidate-2' }])
  expect(screen.has('Name of candidate 1002')).toBe(false)
  await screen.press('Undo')
  expect(host.bridge.inputsOf('candidate.add')).toEqual([
    { examId: 'exam-1', fields: { number: '1002', name: 'Candidate 2', group: '', extraTimePercent: 0 } },
  ])
  expect(screen.has('Name of candidate 1002')).toBe(true)
})

test('taking a candidate out of a rotation is asked first', async () => {
  const host = setupHost(draftExam(), { 'candidate.remove': {} })
  const screen = await openSetup(host, 'people')
  await screen.press('Remove 1002')
  expect(screen.text()).toContain('Remove candidate 1002, Candidate 2?')
  expect(host.bridge.inputsOf('candidate.remove')).toEqual([])
  await screen.press('Remove the candidate')
  expect(host.bridge.inputsOf('candidate.remove')).toEqual([{ candidateId: 'candidate-2' }])
})

test('a candidate is found by number or name, accents aside', async () => {
  const data = draftExam()
  const candidates = data.candidates.map((one, i) => ({ ...one, name: ['Zoë', 'Łukasz', 'Ελένη'][i] ?? one.name }))
  const screen = await openSetup(setupHost({ ...data, candidates }), 'people')
  await screen.fill('Find a candidate', 'zoe')
  expect(screen.has('Name of candidate 1001')).toBe(true)
  expect(screen.has('Name of candidate 1002')).toBe(false)
  expect(screen.text()).toContain('1 of 3')
})

test('a long list comes by portions', async () => {
  const data = draftExam()
  const candidates = Array.from({ length: 300 }, (_, i) =>
    candidateSchema.parse({ ...data.candidates[0], id: `candidate-${i}`, number: String(1001 + i) }),
  )
  const screen = await openSetup(setupHost({ ...data, candidates }), 'people')
  expect(screen.has('Number of candidate 1250')).toBe(true)
  expect(screen.has('Number of candidate 1251')).toBe(false)
  await screen.press('Show 50 more (50 left)')
  expect(screen.has('Number of candidate 1300')).toBe(true)
})

test('an examiner is added with a role and stations', async () => {
  const host = setupHost()
  host.bridge.answer({ 'person.add': ({ fields }) => personSchema.parse({ ...fields, id: 'sp-2', examId: 'exam-1' }) })
  const screen = await openSetup(host, 'people?list=staff')
  await screen.fill('Name', 'Robin Specimen')
  await screen.fill('Role', 'sp')
  await screen.press('Stations of the new person: No station')
  await screen.press('2 Station 2')
  await screen.press('Add')
  expect(host.bridge.inputsOf('person.add')).toEqual([
    { examId: 'exam-1', fields: { role: 'sp', name: 'Robin Specimen', stationIds: ['station-2'] } },
  ])
  expect(screen.has('Name of Robin Specimen')).toBe(true)
})

test('somebody who gave marks stays, and the reason is told', async () => {
  const host = setupHost(draftExam({ hasMarks: true }), { 'person.remove': refused('person-has-marks') })
  const screen = await openSetup(host, 'people?list=staff')
  await screen.press('Remove examiner-1')
  expect(screen.text()).toContain('Take the stations away from this person instead')
  expect(screen.has('Name of examiner-1')).toBe(true)
})

test('whom a package sent somewhere stays in the list, and the reason is given; who came after can go', async () => {
  const data = draftExam()
  const [first] = data.candidates
  if (!first) throw new Error('there are no candidates')
  const screen = await openSetup(setupHost({ ...data, packageOut: { stations: [], candidates: [first.id] } }), 'people')
  expect(screen.text()).toContain('those of the rotation stay')
  expect(screen.find('1001 cannot be removed: a package of the exam was made')).toHaveProperty('disabled', true)
  expect(screen.find('Remove 1002')).toHaveProperty('disabled', false)
})

test('once a package was made, everybody who works at the exam stays', async () => {
  const host = setupHost(draftExam({ packageOut: { stations: [], candidates: [] } }))
  const screen = await openSetup(host, 'people?list=staff')
  expect(screen.text()).toContain('Take the stations from whoever is not needed.')
  expect(screen.find('examiner-1 cannot be removed: a package of the exam was made')).toHaveProperty('disabled', true)
})
