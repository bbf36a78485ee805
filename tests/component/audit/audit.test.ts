import { expect, test } from 'vitest'
import { auditEntrySchema, type AuditFilter, type LedgerCheck } from '#shared/contract/parts/audit.ts'
import { eventIdSchema, examIdSchema } from '#shared/domain/ids.ts'
import AuditView from '#renderer/features/audit/AuditView.vue'
import { fakeBridge, refused } from '#tests/support/fake-bridge.ts'
import { held } from '#tests/support/held.ts'
import { openScreen } from '#tests/support/screen.ts'
import { smallExam } from '#tests/support/small-exam.ts'

const { exam, examiner, candidates, stations } = smallExam()
const examId = exam.id

const entry = auditEntrySchema.parse({
  ...{ id: 'event-1', stamp: '1', at: '2026-11-14T10:00:00Z', device: 'aabb', seq: 1 },
  ...{ person: 'Robin Specimen', role: 'examiner', kind: 'marks', candidate: '1001', station: 1, was: '2', is: '4' },
  did: 'changed Naming the emotion of candidate 1001 at station 1 from 2 to 4',
})
const sound: LedgerCheck = {
  sound: true,
  events: 12,
  chains: [{ device: 'aabb', own: true, examId, exam: 'Small exam', events: 12, missing: 0, code: 'ABCD-EFGH' }],
  ...{ broken: null, differing: 0, differingSay: [], statements: [], setUps: [] },
}

const host = (more: Parameters<typeof fakeBridge>[0] = {}) =>
  fakeBridge({
    'session.get': { role: 'director', examId: null, personId: null, handedOver: null },
    'audit.list': { entries: [entry], older: 'older-place', total: 120 },
    'audit.choices': {
      people: [{ id: examiner.id, name: 'Robin Specimen', role: 'examiner' }],
      candidates: candidates.map(({ id, number }) => ({ id, number })),
      stations: stations.map(({ id, number, title }) => ({ id, number, title })),
      devices: [
        { device: 'aabb', own: true, name: null },
        { device: 'ccdd', own: false, name: 'Station 3' },
        { device: 'eeff', own: false, name: null },
      ],
    },
    'ledger.verify': sound,
    ...more,
  })
const open = (bridge: ReturnType<typeof host>) => openScreen(AuditView, { bridge, at: `/exams/${examId}/audit` })
const asked = (bridge: ReturnType<typeof host>) =>
  bridge.inputsOf('audit.list').at(-1) as { filter: AuditFilter; before: string | null }

test('every entry reads across: who, what they did, and on which device', async () => {
  const screen = await open(host())
  expect(screen.text()).toContain('Robin Specimen')
  expect(screen.text()).toContain('changed Naming the emotion of candidate 1001 at station 1 from 2 to 4')
  expect(screen.text()).toContain('120 entries')
})

test('a laptop is told by what the director calls it, and by its letters where nobody named it', async () => {
  const by = (device: string) => ({ ...entry, id: eventIdSchema.parse(`by-${device}`), device })
  const entries = [entry, by('ccdd'), by('eeff')]
  await open(host({ 'audit.list': { entries, older: null, total: 3 } }))
  const cells = [...document.querySelectorAll('tbody tr td:last-child')].map(({ textContent }) => textContent)
  expect(cells).toEqual(['This laptop', 'Station 3', 'eeff'])
})

test('a filter is asked of the host, and older entries from where the page ends', async () => {
  const bridge = host()
  const screen = await open(bridge)
  await screen.fill('Person', examiner.id)
  expect(asked(bridge)).toMatchObject({ filter: { examId, personId: examiner.id }, before: null })
  await screen.press('Older')
  expect(asked(bridge)).toMatchObject({ filter: { personId: examiner.id }, before: 'older-place' })
})

test('a filter that lets nothing through is said, and can be cleared', async () => {
  const bridge = host({ 'audit.list': { entries: [], older: null, total: 0 } })
  const screen = await open(bridge)
  expect(screen.text()).toContain('Nothing is recorded here yet.')
  await screen.fill('Kind', 'clock')
  expect(screen.text()).toContain('No entry fits the filter.')
  await screen.press('Clear the filter')
  expect(asked(bridge).filter.kind).toBeNull()
})

test('verifying says that the ledger is sound, with the codes to compare with paper', async () => {
  const bridge = host()
  const screen = await open(bridge)
  await screen.fill('Code on paper (optional)', 'abcd efgh')
  bridge.answer({
    'ledger.verify': { ...sound, found: { exam: 'Small exam', writtenAt: '2026-11-14T10:00:00Z', eventsAfter: 3 } },
  })
  screen.find('Verify').closest('form')?.requestSubmit()
  await screen.settle()
  expect(bridge.inputsOf('ledger.verify')).toEqual([{ code: 'abcd efgh' }])
  expect(screen.text()).toContain('Sound: 12 events in one chain,')
  expect(screen.text()).toContain('ABCD-EFGH')
  expect(screen.text()).toContain('3 events came after it.')
})

test('a broken ledger is named in words, with what was stated and what to do', async () => {
  const examOf = examIdSchema.parse(examId)
  const broken: LedgerCheck = {
    ...sound,
    sound: false,
    broken: { id: 'e', device: 'aabb', seq: 7, problem: 'altered', says: 'Robin Specimen rated it with 5' },
    ...{ differing: 1, differingSay: ['Robin Specimen rated it with 2'] },
    statements: [
      {
        ...{ examId: examOf, exam: 'Small exam', statedAt: '2026-11-14T10:00:00Z' },
        ...{ code: 'ABCD-EFGH', keyCode: 'KEYC-ODEX', eventsAfter: 0, problem: 'cut' },
      },
    ],
  }
  const screen = await open(host({ 'ledger.verify': broken }))
  screen.find('Verify').closest('form')?.requestSubmit()
  await screen.settle()
  for (const words of [
    'Not sound',
    'Event 7 of aabb is not as it was written.',
    'It now says: Robin Specimen rated it with 5',
    'What the screens show is not what the ledger says, in one place.',
    'The ledger says: Robin Specimen rated it with 2',
    'are not here.',
    'Keep this data folder as it is',
  ])
    expect(screen.text()).toContain(words)
})

test.each([
  ['set-up', 'or the roles of Small exam are others than the ledger says'],
  ['status', 'Small exam was opened or closed outside Attune: the ledger says otherwise.'],
  ['unstated', 'Small exam was closed, and the closing statement that was written with it is gone.'],
] as const)(
  'an exam with a break of the kind %s is named, with what the ledger last told of it',
  async (problem, words) => {
    const broken: LedgerCheck = {
      ...sound,
      sound: false,
      setUps: [{ exam: 'Small exam', problem, says: 'Robin Specimen closed the exam' }],
    }
    const screen = await open(host({ 'ledger.verify': broken }))
    screen.find('Verify').closest('form')?.requestSubmit()
    await screen.settle()
    const [told, ...more] = [...document.querySelectorAll('[role="status"] ul:first-of-type li')]
    expect(more).toEqual([])
    expect(told?.textContent).toContain(words)
    expect(told?.querySelector('p')?.textContent).toBe(
      'The ledger last told of it when somebody did this: Robin Specimen closed the exam',
    )
    expect(screen.text()).toContain('Keep this data folder as it is')
  },
)

test('a ledger that cannot be read says so, and is read again', async () => {
  const bridge = host({ 'audit.list': refused('storage-failed') })
  const screen = await open(bridge)
  expect(screen.text()).not.toContain('entries')
  bridge.answer({ 'audit.list': { entries: [entry], older: null, total: 1 } })
  await screen.press('Try again')
  expect(screen.text()).toContain('One entry')
})

test('while the ledger is walked it is not begun twice, and a refusal says why', async () => {
  const answer = held<LedgerCheck>()
  const bridge = host({ 'ledger.verify': () => answer.promise })
  const screen = await open(bridge)
  const verify = async () => {
    screen.find('Verify').closest('form')?.requestSubmit()
    await screen.settle()
  }
  await verify()
  expect(screen.find('Verify')).toHaveProperty('disabled', true)
  answer.give(sound)
  await screen.settle()
  expect(screen.text()).toContain('Sound:')
  bridge.answer({ 'ledger.verify': refused('storage-failed') })
  await verify()
  expect(screen.text()).not.toContain('Sound:')
  expect(screen.text()).toContain('The disk')
})
