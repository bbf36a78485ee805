import { expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import type { Output } from '#shared/contract/contract.ts'
import type { RubricEntry } from '#shared/contract/parts/exams.ts'
import type { Failure } from '#shared/contract/result.ts'
import { rubricIdSchema } from '#shared/domain/ids.ts'
import { keepDraft } from '#renderer/features/rubrics/rubric-draft.ts'
import type { Rubric } from '#shared/domain/rubric.ts'
import { refused, type Answers } from '#tests/support/fake-bridge.ts'
import { held } from '#tests/support/held.ts'
import { openScreen } from '#tests/support/screen.ts'
import { draftExam, entryOf, openTab, rest, rubric, setupHost, valueOf } from './setup-host.ts'

const own: Rubric = { ...rubric, id: rubricIdSchema.parse('mine'), title: 'Mine' }

/** Opens a rubric on a host that keeps it. */
async function opened(over: Partial<RubricEntry> = {}, answers: Answers = {}) {
  const host = setupHost(draftExam())
  const stored = { rubric: own, entry: entryOf({ ref: { id: own.id, version: 1 }, shipped: false, ...over }) }
  host.bridge.answer({
    'rubric.get': () => stored,
    'rubric.save': ({ rubric: sent }) => {
      stored.rubric = sent
      return sent
    },
    ...answers,
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const screen = await openScreen(App, { bridge: host.bridge, at: '/rubrics/mine/1?exam=exam-1' })
  return { host, screen, stored, saves: () => host.bridge.inputsOf('rubric.save') as { rubric: Rubric }[] }
}

test('an empty anchor is refused in words and nothing is saved until it says something', async () => {
  const { screen, saves } = await opened()
  await screen.fill('2 Formulaic', ' ')
  await rest(screen)
  expect(screen.text()).toContain('Describe this point by something one can see or hear.')
  expect(screen.text()).toContain('Not saved: one place has to be mended first')
  await screen.fill('Name', 'Asks for their view')
  await rest(screen)
  expect(saves()).toEqual([])
  await screen.fill('2 Formulaic', 'Asks because the sheet says so.')
  await rest(screen)
  expect(saves()).toHaveLength(1)
  const item = saves()[0]?.rubric.domains[0]?.items[0]
  expect(item?.title).toBe('Asks for their view')
  expect(item?.anchors[1]).toBe('Asks because the sheet says so.')
  expect(screen.text()).toContain('All changes are on disk')
})

test('what has to be mended is counted on its part, and shown with the cursor in it', async () => {
  const { screen } = await opened()
  await screen.fill('2 Formulaic', '')
  await openTab(screen, 'Moments')
  expect(screen.find(/^Behaviours/).textContent).toContain('1 to mend')
  await screen.press('Show it')
  await screen.settle()
  expect(document.activeElement).toBe(screen.find('2 Formulaic'))
})

test.each([
  [
    { inUse: true },
    'Candidates were rated with this rubric, or may be, since a package took it to the stations: its words stay as they are.',
  ],
  [{ shipped: true }, 'This rubric comes with Attune and stays as it is.'],
])('a rubric that is %j is read, not edited, and says how to change it', async (over, sentence) => {
  const { screen } = await opened(over)
  expect(screen.text()).toContain(sentence)
  expect(screen.text()).toContain('duplicate it and edit the copy')
  expect(document.querySelectorAll('main input, main textarea, main select')).toHaveLength(0)
  expect(screen.has('Remove')).toBe(false)
  const anchors = own.domains.flatMap(({ items }) => items.flatMap((item) => item.anchors))
  expect(anchors.filter((anchor) => !screen.text().includes(anchor))).toEqual([])
})

test('a copy is opened to be edited', async () => {
  const copy = { ...own, id: rubricIdSchema.parse('copy'), title: 'Mine (copy)' }
  const { host, screen } = await opened({ inUse: true })
  host.bridge.answer({
    'rubric.duplicate': copy,
    'rubric.get': { rubric: copy, entry: entryOf({ ref: { id: copy.id, version: 1 }, shipped: false }) },
  })
  await screen.press('Duplicate')
  expect(host.bridge.inputsOf('rubric.duplicate')).toEqual([{ ref: { id: 'mine', version: 1 }, title: 'Mine (copy)' }])
  expect(screen.router.currentRoute.value.fullPath).toBe('/rubrics/copy/1?exam=exam-1')
  expect(screen.has('Name')).toBe(true)
})

test('a rubric that came into use in the meantime is not overwritten and becomes read-only', async () => {
  const { host, screen, stored } = await opened()
  host.bridge.answer({ 'rubric.save': refused('rubric-in-use', { title: 'Mine', reason: 'in-use' }) })
  stored.entry = { ...stored.entry, inUse: true }
  await screen.fill('Name', 'Something else')
  await rest(screen)
  expect(screen.text()).toContain('its words stay as they are')
  expect(screen.text()).not.toContain('Something else')
  expect(screen.has('Name')).toBe(false)
})

test('a point that is added asks for its description in every behaviour; one removed takes them along', async () => {
  const { screen, saves } = await opened()
  await openTab(screen, 'Title and scale')
  await screen.press('Add a highest point')
  await rest(screen)
  expect(screen.text()).toContain('Not saved: 13 places have to be mended first')
  expect(saves()).toEqual([])
  await screen.press('Remove point 6')
  await screen.press('Remove point 1')
  await rest(screen)
  const saved = saves().at(-1)?.rubric
  expect(saved?.points).toEqual(own.points.slice(1))
  expect(saved?.domains.map(({ items }) => items.map(({ anchors }) => anchors))).toEqual(
    own.domains.map(({ items }) => items.map(({ anchors }) => anchors.slice(1))),
  )
})

test('a scale keeps three points at least', async () => {
  const { screen } = await opened()
  await openTab(screen, 'Title and scale')
  await screen.press('Remove point 5')
  await screen.press('Remove point 4')
  expect(screen.find('Remove point 1')).toHaveProperty('disabled', true)
})

test('behaviours are added, moved and removed, and each step is taken back by undo', async () => {
  const { screen, stored } = await opened()
  const titles = () => stored.rubric.domains[0]?.items.map(({ title }) => title)
  const before = titles() ?? []
  await screen.press(`Move down: ${before[0] ?? ''}`)
  await rest(screen)
  expect(titles()).toEqual([before[1], before[0], before[2]])
  await screen.press(`Remove: ${before[0] ?? ''}`)
  await rest(screen)
  expect(titles()).toEqual([before[1], before[2]])
  await screen.press('Undo')
  await rest(screen)
  expect(titles()).toEqual([before[1], before[0], before[2]])
})

test('a weight of −1 and a key that is taken are told in words', async () => {
  const { screen, saves } = await opened()
  await screen.fill('Weight', '-1')
  expect(screen.text()).toContain('Enter a number above 0.')
  await screen.fill('Weight', '2')
  await rest(screen)
  expect(saves().at(-1)?.rubric.domains[0]?.items[0]?.weight).toBe(2)
  await openTab(screen, 'Moments')
  await screen.fill('Key', 'x')
  expect(screen.text()).toContain('X is the key of two moments.')
  await screen.fill('Key', 'f')
  expect(screen.text()).toContain('The scoring screen keeps F for itself.')
  await rest(screen)
  expect(saves()).toHaveLength(1)
})

const discard = 'Go back to what is saved'

/** As it was left at an earlier visit: one anchor says nothing, and one weight is taken out. */
const unfinished: Rubric = {
  ...own,
  domains: own.domains.map((domain, d) => ({
    ...domain,
    items: domain.items.map((item, i) =>
      d + i > 0
        ? item
        : { ...item, title: 'Asks for their view', weight: '' as unknown as number, anchors: item.anchors.with(1, '') },
    ),
  })),
}

test('what was unfinished comes back, says so, and is forgotten once it is saved', async () => {
  keepDraft(unfinished)
  const { screen, saves } = await opened()
  expect(screen.text()).toContain('What was not finished at your last visit is back.')
  expect([valueOf(screen, 'Name'), valueOf(screen, '2 Formulaic')]).toEqual(['Asks for their view', ''])
  await screen.fill('2 Formulaic', 'Asks because the sheet says so.')
  await screen.fill('Weight', '2')
  await rest(screen)
  expect(saves().at(-1)?.rubric.domains[0]?.items[0]).toMatchObject({ title: 'Asks for their view', weight: 2 })
  expect(screen.has(discard)).toBe(false)
  expect(localStorage).toHaveLength(0)
})

test('what was unfinished may be given up for what is saved, and undo brings it back', async () => {
  keepDraft(unfinished)
  const { screen } = await opened()
  await screen.press(discard)
  expect(valueOf(screen, '2 Formulaic')).toBe(own.domains[0]?.items[0]?.anchors[1])
  expect(localStorage).toHaveLength(0)
  await screen.press('Undo')
  expect(valueOf(screen, '2 Formulaic')).toBe('')
})

test('a kept rubric that is not made like one of this version is passed over', async () => {
  localStorage.setItem('attune.rubric-draft/mine/1', JSON.stringify({ ...own, title: '', points: 'five' }))
  const { screen } = await opened()
  expect(screen.has(discard)).toBe(false)
  expect(valueOf(screen, 'Name')).toBe(own.domains[0]?.items[0]?.title)
})

test('leaving with something to mend is not asked: it is there again on return', async () => {
  const { screen } = await opened()
  await screen.fill('2 Formulaic', '')
  await screen.press('Back to the exam’s set-up')
  await vi.dynamicImportSettled()
  await screen.settle()
  expect(screen.router.currentRoute.value.name).toBe('exam-setup')
  await screen.router.push('/rubrics/mine/1?exam=exam-1')
  await screen.settle()
  expect(valueOf(screen, '2 Formulaic')).toBe('')
})

test('leaving with something to mend is asked first where the device has no room to keep it', async () => {
  const full = (): never => {
    throw new DOMException('', 'QuotaExceededError')
  }
  const nothing = () => null
  vi.stubGlobal('localStorage', { length: 0, key: nothing, getItem: nothing, setItem: full, removeItem: nothing })
  const { screen } = await opened()
  await screen.fill('2 Formulaic', '')
  await screen.press('Back to the exam’s set-up')
  await screen.settle()
  expect(screen.text()).toContain('Go on without saving?')
  await screen.press('Stay here')
  expect(screen.router.currentRoute.value.name).toBe('rubric-editor')
  expect(valueOf(screen, '2 Formulaic')).toBe('')
})

test('removing one’s own rubric is asked first; a station that uses it keeps it', async () => {
  const { host, screen } = await opened({}, { 'rubric.remove': refused('rubric-in-use', { reason: 'stations' }) })
  await screen.press('Remove')
  expect(host.bridge.inputsOf('rubric.remove')).toEqual([])
  const verbs = [...document.querySelectorAll<HTMLElement>('[role="alertdialog"] footer button')]
  verbs.at(-1)?.click()
  await screen.settle()
  expect(host.bridge.inputsOf('rubric.remove')).toEqual([{ id: 'mine', version: 1 }])
  expect(screen.router.currentRoute.value.name).toBe('rubric-editor')
})

test('a rubric opened after one that could not be saved is not said to be unsaved', async () => {
  const { host, screen } = await opened({}, { 'rubric.save': refused('storage-full') })
  await screen.fill('Name', 'Something else')
  await rest(screen)
  expect(screen.text()).toContain('The disk is full.')
  const other = { ...own, id: rubricIdSchema.parse('other'), title: 'Another' }
  host.bridge.answer({
    'rubric.get': { rubric: other, entry: entryOf({ ref: { id: other.id, version: 1 }, shipped: false }) },
  })
  await screen.router.push('/rubrics/other/1')
  await screen.settle()
  expect(screen.text()).toContain('Another')
  expect(screen.text()).toContain('All changes are on disk')
  expect(screen.text()).not.toContain('The disk is full.')
})

test('no rubric stands under the address of another one, while that is read and when it cannot be', async () => {
  const answer = held<Output<'rubric.get'> | Failure>()
  const { host, screen, stored } = await opened({}, {})
  host.bridge.answer({ 'rubric.get': ({ id }) => (id === 'late' ? answer.promise : refused('unknown-rubric')) })
  await screen.router.push('/rubrics/late/1')
  await screen.settle()
  expect(screen.text()).not.toContain('Mine')
  await screen.router.push('/rubrics/gone/1')
  await screen.settle()
  answer.give(stored)
  await screen.settle()
  expect(screen.text()).not.toContain('Mine')
  expect(screen.has('Try again')).toBe(true)
})
