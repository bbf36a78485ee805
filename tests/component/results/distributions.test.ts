import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import { openScreen } from '#tests/support/screen.ts'
import { at, played, resultsBridge, type Played } from './played-exam.ts'

const submitted = (points: number, sp?: number): Played => ({
  status: 'submitted',
  points,
  ...(sp !== undefined && { sp }),
})
const pictures = () => [...document.querySelectorAll('[role="img"]')].map((svg) => svg.getAttribute('aria-label') ?? '')

test('each histogram can be heard: how many scores lie where', async () => {
  const data = played([submitted(3), submitted(3)], [submitted(5), submitted(5)])
  await openScreen(App, { bridge: resultsBridge(data), at: at('distributions') })
  expect(pictures()[0]).toBe('Exam score: 2 scores, mean 80.0. 60 to 70: 1; 90 to 100: 1')
})

test('every chart has its figures as a table', async () => {
  await openScreen(App, {
    bridge: resultsBridge(played([submitted(3), submitted(3)])),
    at: at('distributions'),
  })
  for (const section of document.querySelectorAll('main section')) {
    expect(section.querySelector('details table')).not.toBeNull()
  }
})

test('examiner and patient stand side by side with their n', async () => {
  const data = played([submitted(3, 4), submitted(3)], [submitted(5, 4), submitted(5)])
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: at('distributions') })
  expect(screen.text()).toMatch(/Examiner, n 2\s*Patient, n 2/)
  expect(screen.text()).toMatch(/Examiner, n 2\s*Patient, n 0/)
  expect(pictures().at(-1)).toBe('Examiner: 2 scores, mean 80.0, from 60.0 to 100.0. Patient: no score yet.')
})

test('the difference stands with the two means that it is made of', async () => {
  const pair = submitted(3, 4)
  const data = played([pair, submitted(5)], [pair, submitted(5, 3)], [submitted(4, 4), submitted(3)])
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: at('distributions') })
  // 60, 60 and 80 against 80 three times.
  expect(screen.text()).toMatch(/−13\.3\s*66\.7 − 80\.0/)
})

test('a figure that cannot be computed says why, never 0', async () => {
  const data = played([submitted(3, 4), submitted(3)], [submitted(5, 4), submitted(5)])
  await openScreen(App, { bridge: resultsBridge(data), at: at('distributions') })
  const row = [...document.querySelectorAll('main tbody tr')].find((tr) => tr.textContent.includes('Examiner, n 2'))
  const cells = [...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent.trim())
  expect(cells.slice(-2)).toEqual(['below three pairs', 'below three pairs'])
})

test('three pairs that do not vary have a difference but no correlation', async () => {
  const data = played([submitted(3, 4), submitted(3)], [submitted(3, 5), submitted(3)], [submitted(3, 5), submitted(3)])
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: at('distributions') })
  expect(screen.text()).toMatch(/no spread\s*−33\.3/)
})
