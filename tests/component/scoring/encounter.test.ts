import { expect, test, vi } from 'vitest'
import { eventIdSchema, personIdSchema } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { eventually } from '#tests/support/eventually.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import {
  encounterView,
  examinerSession,
  freshEncounterId,
  screenRubric,
  spSession,
} from '#tests/support/screen-encounter.ts'
import { screenExam } from '#tests/support/screen-exam.ts'
import { held } from '#tests/support/held.ts'
import { openSheet, row } from './support.ts'

const items = rubricItems(screenRubric)
const eventId = () => eventIdSchema.parse(crypto.randomUUID())
const allRated = items.map(({ id }) => ({ itemId: id, value: 4, eventId: eventId(), atMs: 1000 }))
const scores = {
  station: { value: 75, n: 12, reason: null },
  domains: screenRubric.domains.map(({ id }) => ({ domainId: id, score: { value: 75, n: 3, reason: null } })),
}
/** The verb at the foot of the dialog, which stands on the sheet as well. */
const finish = () => {
  const found = [...document.querySelectorAll('button')].findLast((b) => b.textContent.trim() === 'Finish encounter')
  if (found === undefined) throw new Error('there is no way to finish')
  return found
}
const field = (name: string) => {
  const found = document.querySelector<HTMLTextAreaElement>(`textarea[aria-label="${name}"]`)
  if (found === null) throw new Error(`there is no field "${name}"`)
  return found
}

test('nothing can be marked before somebody has compared the number with the badge', async () => {
  const { screen, bridge, id } = await openSheet((id) => encounterView(id, 'scheduled'), {
    'encounter.confirmIdentity': (event) => encounterView(event.encounterId).record,
  })
  expect(screen.text()).toContain('1017')
  expect(screen.has(/named it/)).toBe(false)
  await screen.key('4')
  expect(bridge.inputsOf('rating.record')).toEqual([])

  await screen.press('This is 1017')
  expect(bridge.inputsOf('encounter.confirmIdentity')).toMatchObject([{ encounterId: id }])
  await screen.key('4')
  expect(bridge.inputsOf('rating.record')).toMatchObject([{ value: 4 }])
})

test('what the director changes while the sheet is open stands on it: extra time, and the clock with it', async () => {
  const { screen, bridge, id } = await openSheet((id) => encounterView(id, 'scheduled'))
  const before = encounterView(id, 'scheduled')
  bridge.answer({
    'encounter.open': {
      ...before,
      candidate: { ...before.candidate, extraTimePercent: 25 },
      clock: { ...before.clock, remainingMs: 600_000 },
    },
    'encounter.confirmIdentity': (event) => encounterView(event.encounterId).record,
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  bridge.emit('exam.changed', { examId: before.slot.examId })
  await vi.advanceTimersByTimeAsync(2000)
  await screen.settle()
  expect(screen.text()).toContain('25% extra time')
  await screen.press('This is 1017')
  expect(document.querySelector('[role="timer"]')?.textContent).toContain('10:00')
})

test('a refused absence is forgotten with its dialog', async () => {
  const { screen } = await openSheet((id) => encounterView(id, 'scheduled'), {
    'encounter.declareAbsent': refused('storage-full'),
  })
  await screen.press('Nobody came')
  await screen.press('Unwell')
  await screen.press('Declare absent')
  expect(screen.text()).toContain('The disk is full.')
  await screen.press('Cancel')
  await screen.press('Nobody came')
  expect(screen.text()).not.toContain('The disk is full.')
})

test('a candidate who did not come is declared absent with a reason', async () => {
  const { screen, bridge } = await openSheet((id) => encounterView(id, 'scheduled'), {
    'encounter.declareAbsent': (event) => encounterView(event.encounterId, 'absent').record,
  })
  await screen.press('Nobody came')
  expect(screen.find('Declare absent')).toHaveProperty('disabled', true)
  await screen.press('Unwell')
  await screen.press('Declare absent')
  expect(bridge.inputsOf('encounter.declareAbsent')).toMatchObject([{ reason: 'Unwell' }])
  expect(screen.text()).toContain('Candidate 1017 is declared absent')
})

test('letters and digits typed into a note stay in the note', async () => {
  const { screen, bridge } = await openSheet()
  field(`Note on “${items[0]?.title ?? ''}”`).focus()
  for (const key of ['4', 'n', 'f', '0', 'Backspace']) await screen.key(key)
  expect(bridge.inputsOf('rating.record')).toEqual([])
  expect(bridge.inputsOf('mark.make')).toEqual([])
})

test('a note is kept by itself when one turns to the next behaviour', async () => {
  const { screen, bridge } = await openSheet()
  const note = field(`Note on “${items[0]?.title ?? ''}”`)
  note.value = '“So quiet now”'
  note.dispatchEvent(new Event('input'))
  await screen.key('ArrowDown')
  expect(bridge.inputsOf('note.record')).toMatchObject([{ itemId: items[0]?.id, text: '“So quiet now”' }])
  expect(field(`Note on “${items[1]?.title ?? ''}”`).value).toBe('')
})

test('what is typed when the sheet is left is kept', async () => {
  const { screen, bridge } = await openSheet()
  await screen.fill(`Note on “${items[0]?.title ?? ''}”`, 'She waited')
  await screen.router.push({ name: 'examiner-day' })
  await screen.settle()
  expect(bridge.inputsOf('note.record')).toMatchObject([{ itemId: items[0]?.id, text: 'She waited' }])
})

test('what is typed when another encounter is opened is kept where it belongs', async () => {
  const { screen, bridge, id } = await openSheet()
  await screen.fill(`Note on “${items[0]?.title ?? ''}”`, 'She waited')
  const next = freshEncounterId()
  bridge.answer({ 'encounter.open': encounterView(next) })
  await screen.router.push({ name: 'encounter', params: { encounterId: next } })
  await screen.settle()
  expect(bridge.inputsOf('note.record')).toMatchObject([{ encounterId: id, text: 'She waited' }])
  await screen.key('z', { ctrlKey: true })
  expect(bridge.inputsOf('note.record')).toHaveLength(1)
})

test('what is said with a mark is kept when the sheet is left, and when the page goes away', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('n')
  await screen.key('q')
  await screen.fill('What was said', '“So quiet”')
  dispatchEvent(new Event('pagehide'))
  expect(bridge.inputsOf('mark.annotate')).toMatchObject([{ quote: '“So quiet”' }])
  await screen.fill('What was said', '“So quiet now”')
  await screen.router.push({ name: 'examiner-day' })
  await screen.settle()
  expect(bridge.inputsOf('mark.annotate').at(-1)).toMatchObject({ quote: '“So quiet now”' })
})

test('a quotation that was taken back stays taken back when its card is closed', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('n')
  await screen.key('q')
  await screen.fill('What was said', '“So quiet”')
  screen.find('What was said').dispatchEvent(new FocusEvent('blur'))
  await screen.settle()
  await screen.press(/^Take back: words/)
  expect(screen.find('What was said')).toHaveProperty('value', '')
  await screen.press('Close')
  expect(bridge.inputsOf('mark.annotate')).toMatchObject([{ quote: '“So quiet”' }, { quote: '' }])
})

test('a phrase goes into the note with one touch', async () => {
  const { screen, bridge } = await openSheet()
  await screen.press('let the answer finish')
  await screen.press('asked what she feared')
  expect(bridge.inputsOf('note.record').at(-1)).toMatchObject({ text: 'let the answer finish; asked what she feared' })
})

test('a moment is marked by its letter and stands on the line where the host put it', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('n')
  expect(bridge.inputsOf('mark.make')).toMatchObject([{ kind: 'moment', type: 'named' }])
  expect(screen.has('2:01 named it')).toBe(true)
})

test('a red flag is marked first; its words may follow and hold up nothing', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('f')
  await screen.key('7')
  expect(bridge.inputsOf('mark.make')).toMatchObject([{ kind: 'red-flag', type: 'false-promise' }])
  await screen.key('4')
  expect(bridge.inputsOf('rating.record')).toMatchObject([{ value: 4 }])

  await screen.fill('What was said', '“It will be fine”')
  await screen.press('Close')
  expect(bridge.inputsOf('mark.annotate')).toMatchObject([{ quote: '“It will be fine”', cue: null }])
})

test('a look-alike is chosen by number', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('l')
  await screen.key('2')
  expect(bridge.inputsOf('mark.make')).toMatchObject([{ kind: 'look-alike', type: 'sympathy-script' }])
})

test('a mark on the line takes the cue it answers', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('m')
  await screen.press('2:01 missed it')
  await screen.press('1 Looks at the empty chair.')
  expect(bridge.inputsOf('mark.annotate')).toMatchObject([{ cue: 0 }])
})

test('undo takes back marks on the line and points, latest first', async () => {
  const { screen, bridge } = await openSheet()
  await screen.key('3')
  await screen.key('4')
  await screen.key('x')
  await screen.key('z', { ctrlKey: true })
  expect(bridge.inputsOf('mark.undo')).toHaveLength(1)
  expect(screen.has(/explored it$/)).toBe(false)
  await screen.key('z', { ctrlKey: true })
  expect(row(items[0]?.title ?? '').chosen).toBe('3')
  await screen.key('z', { ctrlKey: true })
  expect(row(items[0]?.title ?? '').chosen).toBeNull()
  expect(bridge.inputsOf('rating.record')).toMatchObject([{ value: 3 }, { value: 4 }, { value: 3 }, { value: null }])
})

test('finishing lists what has no mark, and lets it be answered or left with a reason', async () => {
  const { screen, bridge } = await openSheet((id) => encounterView(id, 'open', { ratings: allRated.slice(0, 10) }), {
    'encounter.submit': scores,
  })
  await screen.key('Enter', { ctrlKey: true })
  const dialog = document.querySelector('[role="dialog"]')
  expect(dialog?.textContent).toContain('2 behaviours without a mark')
  const [eleventh, twelfth] = items.slice(10)
  expect(dialog?.textContent).toContain(eleventh?.title)
  expect(dialog?.textContent).toContain(twelfth?.title)
  expect(finish().disabled).toBe(true)

  dialog?.querySelectorAll<HTMLElement>('[role="radiogroup"] button')[2]?.click()
  await screen.settle()
  await screen.press(/^4 ?Good/)
  expect(screen.text()).toContain('One thing still needs a mark or a reason')
  await screen.press('Leave it open…')
  await screen.press('The encounter was interrupted')
  expect(finish().disabled).toBe(false)
  finish().click()
  await screen.settle()
  expect(bridge.inputsOf('encounter.submit')).toMatchObject([
    { missing: [{ item: twelfth?.id, reason: 'The encounter was interrupted' }] },
  ])
})

test('a submission whose answer got lost is the same event again, and with other reasons another', async () => {
  const [, ...rated] = allRated
  const { screen, bridge } = await openSheet(
    (id) => encounterView(id, 'open', { ratings: rated, globalRating: 'pass' }),
    { 'encounter.submit': refused('host-unreachable') },
  )
  await screen.key('Enter', { ctrlKey: true })
  await screen.press('Leave it open…')
  await screen.press('Did not see or hear it')
  for (let time = 0; time < 2; time += 1) {
    finish().click()
    await screen.settle()
  }
  await screen.press('The encounter was interrupted')
  finish().click()
  await screen.settle()
  const [first, again, other] = bridge.inputsOf('encounter.submit') as { eventId: string }[]
  expect(again).toEqual(first)
  expect(other?.eventId).not.toBe(first?.eventId)
})

test('no total is seen before the global rating is given and the encounter finished', async () => {
  const { screen, bridge } = await openSheet((id) => encounterView(id, 'open', { ratings: allRated }), {
    'encounter.submit': scores,
  })
  await screen.key('Enter', { ctrlKey: true })
  expect(screen.text()).toContain('One thing still needs a mark or a reason')
  expect(screen.text()).not.toContain('75.0')
  expect(bridge.inputsOf('encounter.scores')).toEqual([])

  await screen.press(/^3 ?Pass/)
  finish().click()
  await screen.settle()
  expect(bridge.inputsOf('globalRating.record')).toMatchObject([{ value: 'pass' }])
  expect(bridge.inputsOf('encounter.submit')).toMatchObject([{ missing: [] }])
  expect(screen.text()).toContain('75.0')
  expect(screen.text()).toContain('Global rating: Pass')
})

test('a submission that is answered late finishes its own encounter, not the one that is open by then', async () => {
  const answer = held<typeof scores>()
  const { screen, bridge } = await openSheet(
    (id) => encounterView(id, 'open', { ratings: allRated, globalRating: 'pass' }),
    { 'encounter.submit': () => answer.promise },
  )
  await screen.key('Enter', { ctrlKey: true })
  finish().click()
  await screen.settle()
  const next = freshEncounterId()
  bridge.answer({ 'encounter.open': encounterView(next) })
  await screen.router.push({ name: 'encounter', params: { encounterId: next } })
  await screen.settle()
  answer.give(scores)
  await screen.settle()
  expect(screen.text()).not.toContain('75.0')
  expect(document.querySelector('[data-item]')).not.toBeNull()
})

test('an encounter cannot be finished while a mark is not on disk', async () => {
  const { screen } = await openSheet((id) => encounterView(id, 'open', { ratings: allRated, globalRating: 'pass' }), {
    'rating.record': refused('storage-full'),
  })
  await screen.key('2')
  await screen.key('Enter', { ctrlKey: true })
  expect(screen.text()).toContain('One mark is not on disk yet')
  expect(finish().disabled).toBe(true)
})

test('in a closed exam an open sheet can be read, not marked, and says why', async () => {
  const { exam } = screenExam()
  const { screen, bridge } = await openSheet(undefined, {
    'exam.list': [
      {
        exam: { ...exam, status: 'closed' },
        putAway: false,
        stations: 3,
        candidates: 3,
        encounters: 6,
        submitted: 0,
        absent: 0,
      },
    ],
  })
  expect(screen.text()).toContain('The exam is closed. Its marks can be read and not changed.')
  expect(row(items[0]?.title ?? '').element.closest('fieldset:disabled')).not.toBeNull()
  const before = bridge.calls.length
  for (const key of ['4', '0', 'Backspace', 'n', 'f', '7', 'l', '2', 'g', 'u']) await screen.key(key)
  await screen.key('Enter', { ctrlKey: true })
  const written = bridge.calls.slice(before).filter(({ channel }) => channel !== 'session.touched')
  expect(written).toEqual([])
  expect(document.querySelector('[role="dialog"]')).toBeNull()
  expect(screen.text()).not.toContain('NOT SAVED')
  await screen.key('s')
  expect(screen.text()).toContain('You are Mr Falk.')
})

test('a finished encounter of a closed exam is not handed over any more', async () => {
  const { exam } = screenExam()
  const facts = { putAway: false, stations: 3, candidates: 3, encounters: 6, submitted: 1, absent: 0 }
  const { screen, bridge } = await openSheet((id) => encounterView(id, 'submitted'), {
    'encounter.scores': scores,
    'exam.list': [{ exam, ...facts }],
  })
  expect(screen.has('Hand over to the SP')).toBe(true)
  bridge.answer({ 'exam.list': [{ exam: { ...exam, status: 'closed' }, ...facts }] })
  bridge.emit('exam.changed', { examId: exam.id })
  await eventually(() => expect(screen.has('Hand over to the SP')).toBe(false))
})

test('the sheet of the wrong candidate leads back to the door from its menu', async () => {
  const { screen, bridge, id } = await openSheet(undefined, {
    'encounter.withdrawIdentity': ({ encounterId }) => encounterView(encounterId, 'scheduled').record,
  })
  await screen.press('More deeds')
  await screen.press('This was not 1017')
  bridge.answer({ 'encounter.open': encounterView(id, 'scheduled') })
  await screen.press('Take the confirmation back')
  expect(bridge.inputsOf('encounter.withdrawIdentity')).toMatchObject([{ encounterId: id }])
  await eventually(() => expect(screen.text()).toContain('Is this the number on the badge?'))
  expect(screen.has('Nobody came')).toBe(true)
})

test('while marks stand the confirmation stays, and the sheet says what to do first', async () => {
  const { screen, bridge } = await openSheet(undefined, {
    'encounter.withdrawIdentity': refused('encounter-has-marks'),
  })
  await screen.press('More deeds')
  await screen.press('This was not 1017')
  await screen.press('Take the confirmation back')
  expect(screen.text()).toContain('Marks stand on this sheet')
  expect(bridge.inputsOf('encounter.withdrawIdentity')).toHaveLength(1)
})

test('nor is it taken back while a mark is not on disk: it would come to stand at the right candidate', async () => {
  const { screen, bridge } = await openSheet(undefined, { 'rating.record': refused('storage-full') })
  await screen.key('4')
  await screen.press('More deeds')
  await screen.press('This was not 1017')
  await screen.press('Take the confirmation back')
  expect(screen.text()).toContain('Marks stand on this sheet')
  expect(bridge.inputsOf('encounter.withdrawIdentity')).toEqual([])
})

test('a submitted encounter shows its clock and gives it no orders', async () => {
  const { screen } = await openSheet((id) => encounterView(id, 'submitted'), { 'encounter.scores': scores })
  expect(document.querySelector('[role="timer"]')).not.toBeNull()
  expect(screen.has('Pause the clock')).toBe(false)
  expect(screen.has('Extra time, end of phase')).toBe(false)
})

test('the device handed over shows no mark, and no way leads to one', async () => {
  const { screen, bridge, id } = await openSheet(
    (id) => encounterView(id, 'open', { ratings: allRated, globalRating: 'pass' }),
    { 'handover.begin': ({ encounterId }) => spSession(encounterId) },
  )
  bridge.answer({
    'sp.open': {
      encounterId: id,
      stationNumber: 3,
      stationTitle: 'A bereavement visit',
      candidateNumber: '1017',
      heavy: true,
      answers: [],
      comment: '',
      confirmation: null,
      status: 'open',
      closed: false,
    },
    'handover.end': examinerSession(),
  })
  await handOver(screen, '4711')
  expect(bridge.inputsOf('handover.begin')).toEqual([{ encounterId: id, returnCode: '4711', spId: 'sp-1' }])
  await eventually(() => expect(screen.text()).toContain('How was it for you'))
  expect(screen.router.currentRoute.value.name).toBe('sp-form')
  for (const { title } of items) expect(screen.text()).not.toContain(title)
  expect(screen.text()).not.toContain('marks on disk')
  await screen.router.push({ name: 'encounter', params: { encounterId: id } })
  expect(screen.router.currentRoute.value.name).toBe('sp-form')

  await screen.press('Give the device back')
  await screen.fill('Examiner’s return code', '4711')
  await screen.press('Take it back')
  await eventually(() => expect(screen.router.currentRoute.value.name).toBe('encounter'))
  await screen.settle()
  expect(row(items[0]?.title ?? '').chosen).toBe('4')
})

test('the one SP of the station is named', async () => {
  const { screen } = await openSheet()
  await openHandOver(screen)
  expect(screen.text()).toContain('The form is recorded as that of Robin Specimen')
})

test('of several SPs the examiner says who takes the device', async () => {
  const sps = encounterView(freshEncounterId()).sps
  const second = { id: personIdSchema.parse('sp-2'), name: 'Kim Second' }
  const { screen, bridge } = await openSheet((id) => ({ ...encounterView(id), sps: [...sps, second] }), {
    'handover.begin': refused('storage-full'),
  })
  await handOver(screen, '4711')
  expect(bridge.inputsOf('handover.begin')).toEqual([])
  await screen.fill('Who takes it?', 'sp-2')
  await screen.press('Hand over')
  expect(bridge.inputsOf('handover.begin')).toMatchObject([{ spId: 'sp-2' }])
})

test('the return code is asked for once and remembered while the window is open', async () => {
  const { screen, bridge } = await openSheet(undefined, { 'handover.begin': refused('storage-full') })
  await handOver(screen, '2468')
  await screen.press('Cancel')
  await openHandOver(screen)
  expect(screen.has('Your return code')).toBe(false)
  await screen.press('Hand over')
  expect(bridge.inputsOf('handover.begin')).toMatchObject([{ returnCode: '2468' }, { returnCode: '2468' }])
})

async function openHandOver(screen: Awaited<ReturnType<typeof openSheet>>['screen']): Promise<void> {
  screen.find('More deeds').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await screen.settle()
  await screen.press('Hand over to the SP')
}

async function handOver(screen: Awaited<ReturnType<typeof openSheet>>['screen'], code: string): Promise<void> {
  await openHandOver(screen)
  if (screen.has('Choose another code')) await screen.press('Choose another code')
  await screen.fill('Your return code', code)
  document.querySelector<HTMLFormElement>('form#hand-over')?.requestSubmit()
  await screen.settle()
  await screen.settle()
}

test('an incident reported from the sheet, whose answer got lost, is reported again as the same event', async () => {
  const { screen, bridge, id } = await openSheet(undefined, { 'incident.record': refused('host-unreachable') })
  await screen.press('More deeds')
  await screen.press('Report an incident')
  await screen.fill('What kind', 'lost-time')
  await screen.fill('What happened', 'The fire alarm rang.')
  await screen.press('Report it')
  bridge.answer({ 'incident.record': (event) => ({ eventId: event.eventId, atMs: null }) })
  await screen.press('Report it')
  const [first, again] = bridge.inputsOf('incident.record') as { encounterId: string; eventId: string }[]
  expect(first).toMatchObject({ encounterId: id })
  expect(again).toEqual(first)
  expect(screen.text()).toContain('The incident is on record.')
})

test('a refused incident is forgotten with its dialog', async () => {
  const { screen } = await openSheet(undefined, { 'incident.record': refused('storage-full') })
  const open = async () => {
    await screen.press('More deeds')
    await screen.press('Report an incident')
  }
  await open()
  await screen.fill('What kind', 'lost-time')
  await screen.fill('What happened', 'The fire alarm rang.')
  await screen.press('Report it')
  expect(screen.text()).toContain('The disk is full.')
  await screen.press('Cancel')
  await open()
  expect(screen.text()).not.toContain('The disk is full.')
})
