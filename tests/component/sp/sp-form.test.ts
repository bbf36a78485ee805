import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import type { SpForm } from '#shared/contract/parts/encounters.ts'
import { eventIdSchema, type EncounterId } from '#shared/domain/ids.ts'
import { spStatements } from '#shared/domain/sp-form.ts'
import { eventually } from '#tests/support/eventually.ts'
import { refused, type Answers } from '#tests/support/fake-bridge.ts'
import { openScreen } from '#tests/support/screen.ts'
import {
  encounterView,
  examHost,
  examinerSession,
  freshEncounterId,
  spSession,
} from '#tests/support/screen-encounter.ts'
import { held } from '#tests/support/held.ts'

const formOf = (encounterId: EncounterId, over: Partial<SpForm> = {}): SpForm => ({
  encounterId,
  stationNumber: 3,
  stationTitle: 'A bereavement visit',
  candidateNumber: '1017',
  heavy: false,
  confirmation: null,
  answers: [],
  comment: '',
  status: 'open',
  closed: false,
  ...over,
})

async function openForm({
  form = {},
  answers = {},
  held = true,
}: { form?: Partial<SpForm>; answers?: Answers; held?: boolean } = {}) {
  const id = freshEncounterId()
  const bridge = examHost({
    'session.get': spSession(held ? id : null),
    'sp.open': formOf(id, form),
    'sp.submit': formOf(id, { ...form, status: 'submitted' }),
    ...answers,
  })
  const screen = await openScreen(App, { bridge, at: `/sp/${id}` })
  return { id, bridge, screen }
}

/** Answers the statement at a place, counted from 0. */
function answer(place: number, words: string): void {
  const choice = [...(document.querySelectorAll('fieldset fieldset')[place]?.querySelectorAll('label') ?? [])].find(
    (label) => label.textContent.includes(words),
  )
  choice?.querySelector('input')?.click()
}

test('seven statements are answered with one touch each, and each answer is kept at once', async () => {
  const { bridge, screen } = await openForm()
  expect(document.querySelectorAll('fieldset fieldset')).toHaveLength(7)
  answer(0, 'mostly')
  answer(3, 'not applicable')
  await screen.settle()
  expect(bridge.inputsOf('sp.answer')).toMatchObject([
    { statement: spStatements[0], value: 4 },
    { statement: spStatements[3], value: 'not-applicable' },
  ])
  expect(screen.text()).toContain('2 of 7 answered')
})

test('a device that is lent says why it shows nothing else, and what brings it back', async () => {
  const { screen } = await openForm()
  expect(screen.text()).toContain('this form alone until the examiner’s return code is given, after a restart too')
})

test('the form is handed in from four answers on; "not applicable" is none', async () => {
  const { bridge, screen } = await openForm()
  for (const place of [0, 1, 2]) answer(place, 'partly')
  answer(3, 'not applicable')
  await screen.settle()
  expect(screen.text()).toContain('one more answer from 1 to 5 is needed')
  expect(screen.find('Hand in the form')).toHaveProperty('disabled', true)
  answer(4, 'completely')
  await screen.settle()
  await screen.press('Hand in the form')
  expect(bridge.inputsOf('sp.submit')).toHaveLength(1)
  expect(screen.text()).toContain('Thank you')
})

test('an answer that cannot be saved says so and keeps the form from being handed in', async () => {
  const { bridge, screen } = await openForm({ answers: { 'sp.answer': refused('storage-full') } })
  for (const place of [0, 1, 2, 3]) answer(place, 'partly')
  await screen.settle()
  expect(screen.text()).toMatch(/NOT SAVED: 4 answers\. The disk is full\./)
  await screen.press('Hand in the form')
  expect(bridge.inputsOf('sp.submit')).toEqual([])
})

test('answers a closed exam does not take are kept, shown with what they say, and sent once it is open', async () => {
  const closed = { 'sp.answer': refused('exam-closed'), 'sp.comment': refused('exam-closed') }
  const { bridge, screen, id } = await openForm({ answers: closed })
  answer(0, 'mostly')
  await screen.fill('Anything the program director should know', 'He looked away')
  document.querySelector('textarea')?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
  await screen.settle()
  expect(screen.text()).toContain('NOT SAVED: 2 answers. The exam is closed.')
  expect(screen.text()).toContain('There was room for what I had to say. · 4, mostly')
  expect(screen.text()).toContain('Your comment · He looked away')
  bridge.answer({
    'sp.answer': ({ eventId }) => ({ eventId, atMs: null }),
    'sp.comment': ({ eventId }) => ({ eventId, atMs: null }),
  })
  await screen.press('Try it again')
  expect(screen.text()).not.toContain('NOT SAVED')
  expect(bridge.inputsOf('sp.answer')).toMatchObject([{ encounterId: id, value: 4 }, { value: 4 }])
})

test('an answer that was turned away for good is shown to be written down, and leaves the form', async () => {
  const { screen, bridge } = await openForm({ answers: { 'sp.answer': refused('encounter-closed') } })
  answer(0, 'a little')
  await screen.settle()
  expect(screen.text()).toContain('There was room for what I had to say. · 2, a little')
  await screen.press('I have seen it')
  expect(screen.text()).not.toContain('NOT SAVED')
  expect(bridge.inputsOf('sp.open')).toHaveLength(2)
  expect(document.querySelector('input:checked')).toBeNull()
})

test('the comment is kept when one turns away from it', async () => {
  const { bridge, screen } = await openForm()
  await screen.fill('Anything the program director should know', 'Look at me')
  document.querySelector('textarea')?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
  await screen.settle()
  expect(bridge.inputsOf('sp.comment')).toMatchObject([{ text: 'Look at me' }])
})

test('the comment is kept when the form is left while it is typed', async () => {
  const { bridge, screen } = await openForm({ held: false })
  await screen.fill('Anything the program director should know', 'Look at me')
  await screen.router.push({ name: 'sp-day' })
  await screen.settle()
  expect(bridge.inputsOf('sp.comment')).toMatchObject([{ text: 'Look at me' }])
})

test('a form handed in and answered late is thanked for as itself, not as the one that is open by then', async () => {
  const answer = held<SpForm>()
  const answers = spStatements.map((statement) => ({ statement, value: 4 as const }))
  const { bridge, screen, id } = await openForm({
    form: { answers },
    answers: { 'sp.submit': () => answer.promise },
    held: false,
  })
  await screen.press('Hand in the form')
  const next = freshEncounterId()
  bridge.answer({ 'sp.open': formOf(next, { candidateNumber: '1018' }) })
  await screen.router.push({ name: 'sp-form', params: { encounterId: next } })
  await screen.settle()
  answer.give(formOf(id, { answers, status: 'submitted' }))
  await screen.settle()
  expect(screen.text()).not.toContain('Thank you')
  expect(screen.text()).toContain('1018')
})

test('after a heavy station the SP is helped out of the role before the device goes back', async () => {
  const { screen } = await openForm({ form: { heavy: true, status: 'submitted' } })
  expect(screen.text()).toContain('Step out of the role')
  expect(screen.has('Examiner’s return code')).toBe(false)
  await screen.press('I am out of it')
  expect(screen.has('Examiner’s return code')).toBe(true)
})

test('in a closed exam the form is read, not filled in, and says why; open again it takes answers', async () => {
  const { bridge, screen, id } = await openForm({ form: { closed: true } })
  expect(screen.text()).toContain('The exam is closed: the form can be read, not filled in.')
  expect(document.querySelectorAll('fieldset:disabled input, fieldset:disabled textarea').length).toBeGreaterThan(7)
  expect(screen.find('Hand in the form')).toHaveProperty('disabled', true)
  bridge.answer({ 'sp.open': formOf(id) })
  bridge.emit('exam.changed', { examId: examinerSession().examId ?? (id as never) })
  await eventually(() => expect(screen.text()).not.toContain('The exam is closed'))
  expect(document.querySelector('fieldset:disabled')).toBeNull()
})

test('once the identity is confirmed anew, an answer given again names the new confirmation', async () => {
  const [old, anew] = ['confirmed-first', 'confirmed-anew'].map((event) => eventIdSchema.parse(event))
  const { bridge, screen, id } = await openForm({
    form: { confirmation: old ?? null },
    answers: {
      'sp.answer': (input) =>
        input.confirmation === anew ? { eventId: input.eventId, atMs: null } : refused('confirmation-withdrawn'),
    },
    held: false,
  })
  answer(0, 'a little')
  await eventually(() => expect(screen.text()).toContain('NOT SAVED: one answer'))
  bridge.answer({ 'sp.open': formOf(id, { confirmation: anew ?? null }) })
  bridge.emit('encounter.changed', { examId: examinerSession().examId ?? (id as never), encounterId: id })
  await eventually(() => expect(bridge.inputsOf('sp.open')).toHaveLength(2))
  await screen.settle()
  answer(0, 'mostly')
  await screen.settle()
  expect(bridge.inputsOf('sp.answer')).toMatchObject([{ confirmation: old }, { confirmation: anew, value: 4 }])
})

test('a form that was handed in elsewhere is thanked for here', async () => {
  const { bridge, screen, id } = await openForm({ held: false })
  bridge.answer({ 'sp.open': formOf(id, { status: 'submitted' }) })
  bridge.emit('encounter.changed', { examId: examinerSession().examId ?? (id as never), encounterId: id })
  await eventually(() => expect(screen.text()).toContain('Thank you'))
})

test('a wrong return code says so, with the time until the next try counts', async () => {
  const { screen, bridge } = await openForm({
    form: { status: 'submitted' },
    answers: { 'handover.end': refused('wrong-return-code', { waitSeconds: 4 }) },
  })
  await screen.fill('Examiner’s return code', '1111')
  document.querySelector('form')?.requestSubmit()
  await screen.settle()
  expect(screen.text()).toContain('The next try is open in 4 seconds.')
  expect(screen.text()).toContain('start it with --take-back')
  await screen.fill('Examiner’s return code', '2222')
  expect(screen.find('Take it back')).toHaveProperty('disabled', true)
  expect(bridge.inputsOf('handover.end')).toHaveLength(1)
})

test('the right code brings the examiner back to the encounter', async () => {
  const { screen, id } = await openForm({
    form: { status: 'submitted' },
    answers: {
      'handover.end': examinerSession(),
      'encounter.open': ({ encounterId }) => encounterView(encounterId, 'open'),
    },
  })
  await screen.fill('Examiner’s return code', '4711')
  document.querySelector('form')?.requestSubmit()
  await eventually(() => {
    expect(screen.router.currentRoute.value).toMatchObject({ name: 'encounter', params: { encounterId: id } })
  })
})

test('in a window of their own the SP goes back to the list', async () => {
  const { screen } = await openForm({ form: { status: 'submitted' }, held: false })
  expect(screen.has('Your candidates')).toBe(true)
  expect(screen.has('Examiner’s return code')).toBe(false)
})

test('the SP’s list puts the encounter that waits for the form first, and follows the exam', async () => {
  const rows = ['1016', '1017', '1018'].map((candidateNumber, i) => ({
    slot: { ...encounterView(freshEncounterId()).slot, round: i + 1, startsAtSecond: 36_000 + i * 600 },
    stationNumber: 3,
    stationTitle: 'A bereavement visit',
    candidateNumber,
    spStatus: i === 0 ? ('submitted' as const) : ('open' as const),
    status: i < 2 ? ('submitted' as const) : ('scheduled' as const),
  }))
  const part = { number: 3, title: 'A bereavement visit', heavy: false, spBrief: '', script: '', cues: [] }
  const bridge = examHost({ 'session.get': spSession(), 'sp.schedule': rows, 'sp.parts': [part] })
  const screen = await openScreen(App, { bridge, at: '/sp' })
  expect(screen.text()).toMatch(/Waits for your form ?1017/)
  const headings = [...document.querySelectorAll('h1, h2')].map((heading) => heading.textContent)
  expect(headings).toEqual(['Your day', 'Your part', 'Your candidates'])
  expect(screen.has('1018')).toBe(false)
  bridge.answer({ 'sp.schedule': rows.map((row) => ({ ...row, candidateNumber: `${row.candidateNumber}-A` })) })
  bridge.emit('exam.changed', { examId: encounterView(freshEncounterId()).slot.examId })
  await eventually(() => expect(screen.text()).toMatch(/Waits for your form ?1017-A/))
  await screen.press('Fill in the form')
  await eventually(() => {
    expect(screen.router.currentRoute.value).toMatchObject({ params: { encounterId: rows[1]?.slot.id } })
  })
})

test('an encounter that still goes on stands there as such, with what its clock says', async () => {
  const view = encounterView(freshEncounterId())
  const row = { slot: view.slot, stationNumber: 3, stationTitle: 'A visit', candidateNumber: '1017' }
  const bridge = examHost({
    'session.get': spSession(),
    'sp.schedule': [{ ...row, spStatus: 'open', status: 'open' }],
    'sp.parts': [],
    'clock.get': { ...view.clock, status: 'running', phase: 'encounter', remainingMs: 204_000 },
  })
  const screen = await openScreen(App, { bridge, at: '/sp' })
  expect(screen.text()).toMatch(/Under way ?1017.*The clock runs: Encounter, 3:24 left/)
  bridge.answer({ 'sp.schedule': [{ ...row, spStatus: 'open', status: 'submitted' }] })
  bridge.emit('encounter.changed', { examId: view.slot.examId, encounterId: view.slot.id })
  await eventually(() => expect(screen.text()).toMatch(/Waits for your form ?1017/))
})

test('the SP reads the own part on the day’s list, before and during the day', async () => {
  const part = {
    number: 3,
    title: 'A bereavement visit',
    heavy: true,
    spBrief: 'Quiet; look at the floor.',
    script: 'You are Mr Falk.\nYour wife died in March.',
    cues: ['Looks at the empty chair.'],
  }
  const bare = { number: 5, title: 'A refusal', heavy: false, spBrief: '', script: '', cues: [] }
  const bridge = examHost({ 'session.get': spSession(), 'sp.parts': [part, bare] })
  const screen = await openScreen(App, { bridge, at: '/sp' })
  expect(screen.text()).toContain('No encounter is planned for you')
  const papers = [...document.querySelectorAll('details')].map((entry) => entry.textContent.replaceAll(/\s+/gu, ' '))
  expect(papers[0]).toMatch(/Station 3: A bereavement visit.*a heavy role.*How to play it ?Quiet; look at the floor\./)
  expect(papers[0]).toMatch(/Script ?You are Mr Falk\. Your wife.*Cues you give ?Looks at the empty chair\./)
  expect(papers[1]).toMatch(/Station 5: A refusal.*Nothing is written for this station yet/)
})
