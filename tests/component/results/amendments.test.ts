import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import { amendmentSchema, conflictSchema, type Said } from '#shared/domain/amendment.ts'
import type { PersonId } from '#shared/domain/ids.ts'
import { sayingSchema } from '#shared/domain/ledger-event.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { refused, type FakeBridge } from '#tests/support/fake-bridge.ts'
import { openScreen, type Screen } from '#tests/support/screen.ts'
import { smallExam } from '#tests/support/small-exam.ts'
import { at, played, resultsBridge, type Played } from './played-exam.ts'

const { rubric, examiner, sp } = smallExam()
const [item] = rubricItems(rubric)
if (!item) throw new Error('the rubric has no behaviours')
const itemId = item.id
const title = rubric.domains[0]?.items[0]?.title ?? ''
const by = { id: examiner.id, name: 'Dr Ada Sample', role: 'examiner' as const }
const said = (value: number, more: Partial<Said> = {}): Said => ({
  eventId: `said-${value}` as Said['eventId'],
  says: { type: 'rating.recorded', itemId, value },
  isSilence: false,
  by,
  at: '2026-11-14T09:03:00Z',
  atMs: 202_000,
  device: 'aaaabbbb',
  laptop: null,
  own: true,
  ...more,
})
const conflict = conflictSchema.parse({
  subject: `rating ${itemId}`,
  about: null,
  heads: [said(4), said(2, { own: false, laptop: 'Spare laptop' })],
})
const saved = { eventId: 'event-9' as never, atMs: null }
const people = {
  'account.list': { directors: [{ id: 'd-2' as PersonId, name: 'Prof Other', samplePin: null }], recoverable: true },
  'exam.roster': [
    {
      person: { id: examiner.id, role: 'examiner' as const, name: 'Dr Ada Sample' },
      stations: [1],
      pin: 'own' as const,
    },
    { person: { id: sp.id, role: 'sp' as const, name: 'Sam Patient' }, stations: [1], pin: 'own' as const },
  ],
}
const day = (first: Played) => played([{ status: 'submitted', points: 3, ...first }, { status: 'submitted' }])
const dialog = () => document.querySelector('[role="dialog"]')?.textContent ?? ''
const select = async (screen: Screen, name: string, label: string) => {
  const list = screen.find(name) as HTMLSelectElement
  const option = [...list.options].find((entry) => entry.text === label)
  if (!option) throw new Error(`no option ${label} among ${[...list.options].map(({ text }) => text).join(', ')}`)
  list.value = option.value
  list.dispatchEvent(new Event('change', { bubbles: true }))
  await screen.settle()
}

async function correcting(bridge: FakeBridge): Promise<Screen> {
  const screen = await openScreen(App, { bridge, at: at() })
  const cell = document.querySelector<HTMLElement>('[data-row="0"][data-column="0"]')
  cell?.click()
  await screen.settle()
  await screen.press(`Correct this mark: ${title}`)
  return screen
}

test('a mark is corrected with a value, a reason and a second person, and nothing is sent before all are there', async () => {
  const bridge = resultsBridge(day({}), { ...people, 'mark.correct': saved })
  const screen = await correcting(bridge)
  expect(dialog()).toContain(title)
  expect(dialog()).toContain('It says now: 3 Adequate')
  await screen.press('Correct the mark')
  for (const complaint of [
    'That is what the mark says already.',
    'Say why',
    'Choose who signs.',
    'The second person enters their PIN.',
  ]) {
    expect(dialog()).toContain(complaint)
  }
  expect(screen.find('New value').getAttribute('aria-invalid')).toBe('true')
  await select(screen, 'New value', '5 Tailored and checked')
  expect(screen.find('New value').getAttribute('aria-invalid')).toBeNull()
  await select(screen, 'Name', 'Dr Ada Sample, Examiner')
  await screen.fill('Reason', '  ')
  await screen.fill('Their PIN', '135790')
  await screen.press('Correct the mark')
  expect(bridge.inputsOf('mark.correct')).toEqual([])
  await screen.fill('Reason', ' a slip of the finger ')
  await screen.press('Correct the mark')
  expect(bridge.inputsOf('mark.correct')).toMatchObject([
    {
      encounterId: 'encounter-1-1001',
      says: { type: 'rating.recorded', itemId, value: 5 },
      reason: 'a slip of the finger',
      secondId: examiner.id,
      pin: '135790',
    },
  ])
  expect(document.querySelector('[role="dialog"]')).toBeNull()
  expect(screen.text()).toContain(`Corrected: ${title}.`)
})

test('a red flag that was forgotten is added with about when, a reason and a second person', async () => {
  const bridge = resultsBridge(day({}), { ...people, 'mark.correct': saved })
  const screen = await openScreen(App, { bridge, at: at() })
  document.querySelector<HTMLElement>('[data-row="0"][data-column="0"]')?.click()
  await screen.settle()
  await screen.press('Add a red flag or a moment')
  expect(dialog()).not.toContain('It says now')
  await screen.press('Add it')
  const complaintAt = (field: string) =>
    (screen.find(field).getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' ')
  expect(complaintAt('What happened')).toBe('Choose what happened.')
  expect(complaintAt('About which minute')).toContain('Say about when it happened')
  const flag = rubric.redFlags[0]
  await select(screen, 'What happened', `Red flag: ${flag?.label ?? ''}`)
  await screen.fill('About which minute', '4')
  await screen.fill('What was said, if known', 'No allergy was asked for.')
  await screen.fill('Reason', 'the patient told of it afterwards')
  await select(screen, 'Name', 'Dr Ada Sample, Examiner')
  await screen.fill('Their PIN', '135790')
  await screen.press('Add it')
  const [sent] = bridge.inputsOf('mark.correct')
  expect(sent).toMatchObject({
    says: {
      type: 'mark.added',
      kind: 'red-flag',
      markType: flag?.id,
      atMs: 240_000,
      quote: 'No allergy was asked for.',
    },
    reason: 'the patient told of it afterwards',
    secondId: examiner.id,
  })
  expect(screen.text()).toContain(`Added: ${flag?.label ?? ''}.`)
})

test('who may sign are the other directors and the examiners: no standardized patient', async () => {
  const screen = await correcting(resultsBridge(day({}), people))
  const list = screen.find('Name') as HTMLSelectElement
  expect([...list.options].map(({ text }) => text)).toEqual([
    'Choose a person',
    'Prof Other, Program director',
    'Dr Ada Sample, Examiner',
  ])
})

test('a wrong PIN is told with the tries that are left, and tried again it is the same entry', async () => {
  const wrong = refused('wrong-pin', { waitSeconds: 0, left: 3 })
  const bridge = resultsBridge(day({}), { ...people, 'mark.correct': wrong })
  const screen = await correcting(bridge)
  await select(screen, 'New value', 'no opportunity')
  await select(screen, 'Name', 'Prof Other, Program director')
  await screen.fill('Reason', 'as on paper')
  await screen.fill('Their PIN', '000000')
  await screen.press('Correct the mark')
  expect(dialog()).toContain('3 more tries')
  expect((screen.find('Their PIN') as HTMLInputElement).value).toBe('')
  bridge.answer({ 'mark.correct': saved })
  await screen.fill('Their PIN', '135790')
  await screen.press('Correct the mark')
  const [first, second] = bridge.inputsOf('mark.correct') as { eventId: string; pin: string }[]
  expect(second?.eventId).toBe(first?.eventId)
  expect(second?.pin).toBe('135790')
})

test('both values stay where the mark stands: who changed it, with whom, when and why', async () => {
  const amendment = amendmentSchema.parse({
    eventId: 'amended',
    cause: 'correction',
    subject: `rating ${itemId}`,
    about: null,
    was: [said(2)],
    is: said(3).says,
    by: { id: 'd-1', name: 'Prof Dana Director', role: 'director' },
    second: by,
    reason: 'a slip of the finger',
    at: '2026-11-15T08:00:00Z',
  })
  const screen = await openScreen(App, { bridge: resultsBridge(day({ amendments: [amendment] })), at: at() })
  document.querySelector<HTMLElement>('[data-row="0"][data-column="0"]')?.click()
  await screen.settle()
  const text = screen.text().replaceAll(/\s+/g, ' ')
  expect(text).toContain('Was 2 Formulaic, corrected to 3 Adequate.')
  expect(text).toMatch(/Prof Dana Director with Dr Ada Sample, .*2026.*: a slip of the finger/)
})

test('a red flag that was decided anew tells its reason once', async () => {
  const reviewed = (decision: 'upheld' | 'dismissed', reason: string) => ({
    type: 'red-flag.reviewed' as const,
    markId: 'mark-1',
    review: { decision, reason, reviewerId: examiner.id },
  })
  const reason = 'heard again on tape'
  const amendment = amendmentSchema.parse({
    eventId: 'amended',
    cause: 'correction',
    subject: 'review mark-1',
    about: { kind: 'red-flag', type: 'humiliates' },
    was: [said(2, { says: sayingSchema.parse(reviewed('upheld', 'she mocked him')) })],
    is: reviewed('dismissed', reason),
    by: { id: 'd-1', name: 'Prof Dana Director', role: 'director' },
    second: by,
    reason,
    at: '2026-11-15T08:00:00Z',
  })
  const screen = await openScreen(App, { bridge: resultsBridge(day({ amendments: [amendment] })), at: at() })
  document.querySelector<HTMLElement>('[data-row="0"][data-column="0"]')?.click()
  await screen.settle()
  const text = screen.text().replaceAll(/\s+/g, ' ')
  expect(text).toContain(`Was upheld: she mocked him, corrected to dismissed: ${reason}.`)
  expect(text).toContain('Prof Dana Director with Dr Ada Sample')
  expect(text.split(reason)).toHaveLength(2)
})

test('laptops that contradict each other stand first in what needs a look, and side by side where one decides', async () => {
  const bridge = resultsBridge(day({ points: 4, conflicts: [conflict] }), { 'conflict.resolve': saved })
  const screen = await openScreen(App, { bridge, at: at('attention') })
  const groups = [...document.querySelectorAll('h2')].map((heading) => heading.textContent.trim())
  expect(groups[0]).toContain('Laptops contradict each other')
  expect(screen.text()).toContain(`${title}: 4 Responsive / 2 Formulaic`)
  await screen.press('Decide')
  const text = dialog().replaceAll(/\s+/g, ' ')
  expect(text).toMatch(/4 Responsive\s*This laptop\s*Dr Ada Sample/)
  expect(text).toMatch(/2 Formulaic\s*Spare laptop\s*Dr Ada Sample.*by that laptop’s clock · 3:22 into the encounter/)
  await screen.press('Let it stand')
  expect(dialog()).toContain('Choose the one that stands.')
  expect(dialog()).toContain('Say why')
  await screen.press(/^2 Formulaic/)
  await screen.fill('Reason', ' the first was a practice run ')
  await screen.press('Let it stand')
  expect(bridge.inputsOf('conflict.resolve')).toMatchObject([
    {
      encounterId: 'encounter-1-1001',
      heads: ['said-4', 'said-2'],
      chosen: 'said-2',
      reason: 'the first was a practice run',
    },
  ])
  expect(document.querySelector('[role="dialog"]')).toBeNull()
})

test('of a laptop that submitted without the mark it says what it means to let that stand', async () => {
  const silent = said(2, { isSilence: true, own: false, laptop: 'Spare laptop' })
  const heads = { ...conflict, heads: [said(4), silent] }
  const screen = await openScreen(App, { bridge: resultsBridge(day({ conflicts: [heads] })), at: at('attention') })
  expect(screen.text()).toContain(`${title}: 4 Responsive / submitted without it`)
  await screen.press('Decide')
  const [marked, without] = [...document.querySelectorAll('[role="dialog"] label')].map(
    ({ textContent }) => textContent,
  )
  expect(without).toContain('If this stands, it stays empty.')
  expect(marked).not.toContain('stays empty')
})

test('an encounter that laptops contradict each other about has no score and says why', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(day({ conflicts: [conflict] })), at: at() })
  expect(screen.text()).toContain('one mark undecided between laptops')
  const cell = document.querySelector<HTMLElement>('[data-row="0"][data-column="0"]')
  expect(cell?.getAttribute('aria-label')).toContain('1 contradictory')
  cell?.click()
  await screen.settle()
  expect(screen.text()).toContain('There is no score until you decide.')
  expect(screen.has(`Decide: ${title}`)).toBe(true)
  // What is undecided is decided first, then it can be corrected.
  expect(screen.has(`Correct this mark: ${title}`)).toBe(false)
})
