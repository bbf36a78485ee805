import { expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import { useCandidateStore } from '#renderer/features/results/use-candidate-store.ts'
import { useCohortStore } from '#renderer/features/results/use-cohort-store.ts'
import { encounterIdSchema } from '#shared/domain/ids.ts'
import type { CohortResult } from '#shared/domain/results.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { openScreen } from '#tests/support/screen.ts'
import { at, cohortOf, examId, played, resultsBridge, variedDay, withoutPlace } from './played-exam.ts'

const rows = () => [...document.querySelectorAll('[role="grid"] tbody tr')]
const cellsOf = (row: number) =>
  [...(rows()[row]?.querySelectorAll('td button') ?? [])].map((cell) => cell.getAttribute('aria-label'))
const cell = (row: number, column: number) => {
  const found = document.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)
  if (!found) throw new Error(`no cell ${row}/${column}`)
  return found
}

test('the counters say in words how many encounters and marks are there', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(variedDay()), at: at() })
  expect(screen.text()).toContain('3 of 6 encounters submitted; 1 of 39 marks missing.')
  for (const count of ['1 open', '1 not begun', '1 absent', '2 of 5 patient forms in']) {
    expect(screen.text()).toContain(count)
  }
})

test('each cell says in a word what is missing', async () => {
  await openScreen(App, { bridge: resultsBridge(variedDay()), at: at() })
  expect(cellsOf(0)).toEqual(['Done, patient form in', '1 missing, patient form in'])
  expect(cellsOf(1)).toEqual(['8 open', 'Not begun'])
  expect(cellsOf(2)).toEqual(['Absent', 'Done'])
})

test('no two states share a sign', async () => {
  await openScreen(App, { bridge: resultsBridge(variedDay()), at: at() })
  const signs = ['0/0', '0/1', '1/0', '1/1', '2/0'].map((place) => {
    const [row = '0', column = '0'] = place.split('/')
    return cell(Number(row), Number(column)).querySelector('use')?.getAttribute('href')
  })
  expect(new Set(signs).size).toBe(5)
})

test('results are kept between their screens, and nothing is left of them once one goes elsewhere', async () => {
  const bridge = resultsBridge(variedDay())
  const screen = await openScreen(App, { bridge, at: at() })
  const cohort = useCohortStore()
  await screen.router.push({
    name: 'candidate-result',
    params: { examId, candidateId: cohort.cohort?.candidates[0]?.candidate.id ?? '' },
  })
  await screen.settle()
  expect(cohort.cohort).not.toBeNull()
  expect(bridge.inputsOf('results.cohort')).toHaveLength(1)
  await screen.router.push('/')
  await screen.settle()
  expect(cohort.cohort).toBeNull()
  expect(useCandidateStore().result).toBeNull()
})

test('a rest station has no column', async () => {
  await openScreen(App, { bridge: resultsBridge(variedDay()), at: at() })
  expect(document.querySelectorAll('[role="grid"] thead th')).toHaveLength(3)
})

test('a cell opens what was recorded: the missing mark with its reason', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(variedDay()), at: at() })
  cell(0, 1).click()
  await screen.settle()
  expect(screen.text()).toContain('Submitted with one mark missing.')
  expect(screen.text()).toContain('My view was blocked')
  expect(screen.text()).toContain('no mark')
})

test('an encounter that goes on shows no total', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(variedDay()), at: at() })
  cell(1, 0).click()
  await screen.settle()
  expect(screen.text()).toContain('goes on with 8 marks open')
  expect(screen.text()).toContain('Behaviours so far, in progress')
  expect(document.querySelector('aside')?.textContent).toMatch(/Station score\s*not submitted/)
})

test('Escape closes what was recorded and gives the focus back to its cell', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(variedDay()), at: at() })
  cell(0, 1).click()
  await screen.settle()
  await screen.key('Escape')
  expect(document.querySelector('aside')).toBeNull()
  expect(document.activeElement).toBe(cell(0, 1))
})

test('arrow keys move in the grid, which holds one stop for Tab', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(variedDay()), at: at() })
  cell(0, 0).focus()
  await screen.key('ArrowDown')
  await screen.key('ArrowRight')
  expect(document.activeElement).toBe(cell(1, 1))
  expect(document.querySelectorAll('[role="grid"] [tabindex="0"]')).toHaveLength(1)
  expect(cell(1, 1).tabIndex).toBe(0)
})

test('candidates with nothing missing can be put aside', async () => {
  const whole = { status: 'submitted' as const, sp: 4 }
  const data = played([whole, whole], [whole, { status: 'open', rated: 1 }], [whole, whole])
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: at() })
  expect(rows()).toHaveLength(3)
  await screen.press('Only candidates with something missing')
  expect(rows()).toHaveLength(1)
  expect(rows()[0]?.textContent).toContain('1002')
})

test('a submitted encounter without the patient form counts as something missing', async () => {
  const whole = { status: 'submitted' as const, sp: 4 }
  const data = played([whole, whole], [whole, { status: 'submitted' }], [whole, whole])
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: at() })
  await screen.press('Only candidates with something missing')
  expect(rows()).toHaveLength(1)
})

test('a late candidate without a place in the rotation is missing, and is not passed over', async () => {
  const whole = { status: 'submitted' as const, sp: 4 }
  const data = withoutPlace(played([whole, whole], [whole, whole]), 2)
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: at() })
  expect(screen.text()).not.toContain('Nothing is missing.')
  expect(screen.text()).toContain('2 not planned')
  expect(screen.text()).toContain('2 encounters are not planned')
  expect(rows()[2]?.textContent).toMatch(/Not planned\s*Not planned/)
  await screen.press('Only candidates with something missing')
  expect(rows().map((row) => row.textContent.includes('1003'))).toEqual([true])
})

test('a search that nobody fits leads back to everybody', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(variedDay()), at: at() })
  await screen.fill('Find a candidate', 'nobody')
  expect(screen.text()).toContain('No candidate fits.')
  await screen.press('Show everybody')
  expect(rows()).toHaveLength(3)
})

test('the grid fills up when encounters change, and is read once in three seconds however many do', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const bridge = resultsBridge(variedDay())
    const screen = await openScreen(App, { bridge, at: at() })
    const before = bridge.inputsOf('results.cohort').length
    const whole = { status: 'submitted' as const, sp: 4 }
    bridge.answer({ 'results.cohort': cohortOf(played([whole, whole], [whole, {}], [whole, whole])) })
    const { encounterId } = { encounterId: cohortOf(variedDay()).cells[0]?.encounterId }
    if (!encounterId) throw new Error('no encounter')
    for (let n = 0; n < 20; n += 1) bridge.emit('encounter.changed', { examId, encounterId })
    await vi.advanceTimersByTimeAsync(2999)
    expect(bridge.inputsOf('results.cohort')).toHaveLength(before)
    await vi.advanceTimersByTimeAsync(1)
    await screen.settle()
    expect(bridge.inputsOf('results.cohort')).toHaveLength(before + 1)
    expect(screen.text()).toContain('5 of 6 encounters submitted')
  } finally {
    vi.useRealTimers()
  }
})

test('after the rotation was made again a cell opens the encounter that is planned now', async () => {
  const data = variedDay()
  const bridge = resultsBridge(data)
  const screen = await openScreen(App, { bridge, at: at() })
  const { cells, ...cohort } = cohortOf(data)
  const anew = cells.map((entry) => ({ ...entry, encounterId: encounterIdSchema.parse(`${entry.encounterId}-anew`) }))
  bridge.answer({ 'results.cohort': { ...cohort, cells: anew } })
  await useCohortStore().load(examId)
  await screen.settle()
  cell(1, 1).click()
  await screen.settle()
  expect(bridge.inputsOf('results.encounter')).toEqual([{ encounterId: 'encounter-2-1002-anew' }])
})

test('a reading under way is not started twice, and what changed meanwhile is read after it', async () => {
  const held = Promise.withResolvers<CohortResult>()
  const bridge = resultsBridge(variedDay(), { 'results.cohort': () => held.promise })
  const screen = await openScreen(App, { bridge, at: at() })
  const store = useCohortStore()
  const again = [store.load(examId), store.load(examId)]
  expect(bridge.inputsOf('results.cohort')).toHaveLength(1)
  const whole = { status: 'submitted' as const, sp: 4 }
  bridge.answer({ 'results.cohort': cohortOf(played([whole, whole], [whole, {}], [whole, whole])) })
  held.resolve(cohortOf(variedDay()))
  await Promise.all(again)
  await screen.settle()
  expect(bridge.inputsOf('results.cohort')).toHaveLength(2)
  expect(screen.text()).toContain('5 of 6 encounters submitted')
})

test('the first reading shows that it goes on, where it takes longer than half a second', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const held = Promise.withResolvers<CohortResult>()
    const bridge = resultsBridge(variedDay(), { 'results.cohort': () => held.promise })
    const screen = await openScreen(App, { bridge, at: at() })
    expect(document.querySelector('progress')).toBeNull()
    await vi.advanceTimersByTimeAsync(500)
    expect(document.querySelector('progress')?.hasAttribute('value')).toBe(false)
    expect(screen.text()).toContain('Reading the results')
    held.resolve(cohortOf(variedDay()))
    await screen.settle()
    expect(document.querySelector('progress')).toBeNull()
  } finally {
    vi.useRealTimers()
  }
})

test('results that cannot be read say why and can be read again', async () => {
  const bridge = resultsBridge(variedDay(), { 'results.cohort': refused('storage-locked') })
  const screen = await openScreen(App, { bridge, at: at() })
  expect(screen.text()).toContain('Another program holds the data.')
  bridge.answer({ 'results.cohort': cohortOf(variedDay()) })
  await screen.press('Try again')
  expect(screen.text()).toContain('3 of 6 encounters submitted')
})

test('a later failure leaves the figures on the screen and says that they are from before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const bridge = resultsBridge(variedDay())
    const screen = await openScreen(App, { bridge, at: at() })
    bridge.answer({ 'results.cohort': refused('storage-locked') })
    bridge.emit('exam.changed', { examId })
    await vi.advanceTimersByTimeAsync(3000)
    await screen.settle()
    expect(screen.text()).toContain('These figures are from before')
    expect(screen.text()).toContain('3 of 6 encounters submitted')
  } finally {
    vi.useRealTimers()
  }
})

test('an exam without a rotation says what to do first', async () => {
  const data = { ...variedDay(), encounters: [] }
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: at() })
  expect(screen.text()).toContain('No encounter is planned yet')
  expect(screen.has('Go to set-up')).toBe(true)
})

test('before the first encounter the grid says that it will fill up', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(played()), at: at() })
  expect(screen.text()).toContain('Nobody has gone through a door yet.')
  expect(cellsOf(0)).toEqual(['Not begun', 'Not begun'])
})
