import { expect, test, vi } from 'vitest'
import App from '#renderer/App.vue'
import { fileRefSchema, type FileRef } from '#shared/contract/parts/common.ts'
import { declaredStandard } from '#shared/domain/standard.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { openScreen } from '#tests/support/screen.ts'
import { onPoints } from '#tests/support/small-exam.ts'
import { at, examId, played, redFlag, resultsBridge, withoutPlace, type Played } from './played-exam.ts'

const page = (number: 1 | 2 | 3) => at(`candidates/candidate-${number}`)
const submitted = (points: number, more: Played = {}): Played => ({ status: 'submitted', points, sp: 4, ...more })
const pdf = fileRefSchema.parse({ id: 'file-1', name: 'feedback-1001.pdf', mime: 'application/pdf', bytes: 40_000 })
const headings = () => [...document.querySelectorAll('main h2')].map((head) => head.textContent.trim())

test('the page reads like the report: outcome and its rule first', async () => {
  const data = played([submitted(4, { note: '“It feels very quiet now.”' }), submitted(3)])
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: page(1) })
  expect(screen.text()).toContain('Mean 70.0 of 100; the pass mark is 60. 2 of 2 stations passed; one is needed.')
  expect(screen.text()).toContain('The mean reaches the pass mark, and enough stations are passed.')
  expect(screen.text()).toContain('“It feels very quiet now.”')
  expect(headings()).toEqual([
    'Profile',
    'Scores',
    'Moments',
    'Patient beside examiner',
    'What the patients answered',
    'Station by station',
    'Action plan',
    'How to read this',
  ])
})

test('a mean below the pass mark says so', async () => {
  const screen = await openScreen(App, {
    bridge: resultsBridge(played([submitted(3), submitted(2)])),
    at: page(1),
  })
  expect(screen.text()).toContain('Not passed')
  expect(screen.text()).toContain('The mean is below the pass mark.')
})

test('a figure just below the pass mark is never rounded up to it, nor the mark to another', async () => {
  const data = played([submitted(3), submitted(3)])
  const standard = declaredStandard({ passRule: { passMark: 60.04, minStationsPassed: 0 } })
  const strict = { ...data, standard }
  const screen = await openScreen(App, { bridge: resultsBridge(strict), at: page(1) })
  expect(screen.text()).toContain('Mean 60.0 of 100; the pass mark is 60.04.')
  const row = [...document.querySelectorAll('table tbody tr')].find((tr) => tr.textContent.includes('Station 1'))
  expect(row?.textContent).toContain('60.04')
})

test('the note on the whole encounter stands out before a quoted behaviour, as on paper', async () => {
  const words = { note: '“It feels very quiet now.”', generalNote: 'Calm from the first minute.' }
  const data = played([submitted(4, words), submitted(4, { note: words.note })])
  await openScreen(App, { bridge: resultsBridge(data), at: page(1) })
  const table = document.querySelector('section[aria-labelledby="scores"]')
  const stoodOut = [...(table?.querySelectorAll('tbody tr td:last-child') ?? [])].map((cell) => cell.textContent.trim())
  expect(stoodOut).toEqual([words.generalNote, words.note])
})

test('a station without a score says why and makes the outcome incomplete, never 0', async () => {
  const data = played([submitted(4), { status: 'absent', absenceReason: 'Unwell' }])
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: page(1) })
  expect(screen.text()).toContain('One station has no score, so no outcome is given yet.')
  const row = [...document.querySelectorAll('table tbody tr')].find((tr) => tr.textContent.includes('Station 2'))
  expect(row?.textContent).toContain('absent')
  expect(row?.textContent).not.toMatch(/\b0(\.0)?\b/)
})

test('the level reached and the next one stand in the rubric’s words', async () => {
  const screen = await openScreen(App, {
    bridge: resultsBridge(played([submitted(3), submitted(3)])),
    at: page(1),
  })
  expect(screen.text()).toContain('level 3 of 5')
  expect(screen.text()).toMatch(/Level 4: \w/)
})

test.each([
  { scales: [5], told: 'rated against 5 described levels, each worth 20 points, from 20 to 100.' },
  { scales: [5, 3], told: '3 to 5 of them, each worth an equal share of 100 points.' },
])('what a level is worth is said of scales of $scales points', async ({ scales, told }) => {
  const data = played([submitted(3), submitted(3)])
  const rubrics = scales.flatMap((length, index) =>
    data.rubrics.map((rubric) => ({ ...onPoints(rubric, length), version: index + 1 })),
  )
  const screen = await openScreen(App, { bridge: resultsBridge({ ...data, rubrics }), at: page(1) })
  expect(screen.text()).toContain(told)
})

test('a red flag is shown to the director with what became of it', async () => {
  const data = played([submitted(4, { marks: [redFlag()] }), submitted(4)])
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: page(1) })
  expect(screen.text()).toContain('In review')
  expect(screen.text()).toContain('False promise · Station 1, 4:10')
  expect(screen.text()).toContain('Waits for review')
})

test('the report is made and saved', async () => {
  const bridge = resultsBridge(played([submitted(4), submitted(4)]), { 'report.candidate': pdf })
  const screen = await openScreen(App, { bridge, at: page(1) })
  await screen.press('Print the report')
  expect(bridge.inputsOf('report.candidate')).toEqual([{ examId, candidateId: 'candidate-1' }])
  expect(bridge.saved).toEqual([pdf])
  expect(screen.text()).toContain('feedback-1001.pdf was saved.')
})

test('a report that cannot be made says why', async () => {
  const bridge = resultsBridge(played([submitted(4), submitted(4)]), { 'report.candidate': refused('report-failed') })
  const screen = await openScreen(App, { bridge, at: page(1) })
  await screen.press('Print the report')
  expect(screen.text()).toContain('The report could not be made.')
  expect(bridge.saved).toEqual([])
})

test('one goes on to the next candidate and no further than the last', async () => {
  const screen = await openScreen(App, {
    bridge: resultsBridge(played([submitted(4), submitted(4)])),
    at: page(2),
  })
  expect(screen.text()).toContain('2 of 3')
  await screen.press('Next candidate')
  expect(screen.router.currentRoute.value.params['candidateId']).toBe('candidate-3')
  expect(screen.text()).toContain('Candidate 1003')
  expect(screen.find('Next candidate').hasAttribute('disabled')).toBe(true)
})

test('a candidate whom nobody has seen yet has no figures to misread', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(played()), at: page(1) })
  expect(screen.text()).toContain('No encounter of this candidate is submitted yet')
  expect(headings()).not.toContain('Profile')
})

test('a candidate without a place in the rotation is not called complete', async () => {
  const data = withoutPlace(played([submitted(4), submitted(4)]), 2)
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: page(3) })
  expect(screen.text()).toContain('This candidate has no encounter in the rotation.')
  expect(screen.text()).toContain('0 of 2 stations complete')
})

test('an unknown candidate says so', async () => {
  const bridge = resultsBridge(played(), { 'results.candidate': refused('unknown-candidate') })
  const screen = await openScreen(App, { bridge, at: page(1) })
  expect(screen.text()).toContain('There is no such candidate in this exam.')
})

test('a report that takes long shows that it is being written', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const held = Promise.withResolvers<FileRef>()
    const bridge = resultsBridge(played([submitted(4), submitted(4)]), { 'report.candidate': () => held.promise })
    const screen = await openScreen(App, { bridge, at: page(1) })
    await screen.press('Print the report')
    expect(document.querySelector('progress')).toBeNull()
    await vi.advanceTimersByTimeAsync(500)
    expect(document.querySelector('progress')?.hasAttribute('value')).toBe(false)
    expect(screen.text()).toContain('Writing the report')
    held.resolve(pdf)
    await screen.settle()
    expect(document.querySelector('progress')).toBeNull()
    expect(screen.text()).toContain('feedback-1001.pdf was saved.')
  } finally {
    vi.useRealTimers()
  }
})
