import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import { eventually } from '#tests/support/eventually.ts'
import { openScreen } from '#tests/support/screen.ts'
import { at, played, resultsBridge, variedDay, type Played } from './played-exam.ts'

const rows = () =>
  [...document.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent.replace(/\s+/g, ' ').trim()),
  )
const numbers = () => rows().map(([number]) => number)
const submitted = (points: number): Played => ({ status: 'submitted', points, sp: 4 })

/** 1001 has 60, 1002 has 100, 1003 no score at all. */
const spread = () =>
  played([submitted(3), submitted(3)], [submitted(5), submitted(5)], [{ status: 'open', rated: 12 }, {}])

test('a score that cannot be given says why, and never 0', async () => {
  await openScreen(App, { bridge: resultsBridge(spread()), at: at('candidates') })
  const third = rows()[2] ?? []
  expect(third[3]).toBe('stations missing')
  expect(third.slice(5)).toEqual([
    'too few behaviours rated',
    'too few behaviours rated',
    'too few behaviours rated',
    'too few behaviours rated',
    'not submitted',
  ])
  expect(third.slice(3)).not.toContain('0')
  expect(third.slice(3)).not.toContain('0.0')
})

test('a mean over some of the stations says so', async () => {
  await openScreen(App, { bridge: resultsBridge(variedDay()), at: at('candidates') })
  expect(rows()[2]?.[2]).toBe('Incomplete')
  expect(rows()[2]?.[3]).toMatch(/^60\.0\s*1 of 2 stations$/)
})

test('figures are sorted with the highest first, then turned; what is withheld stays at the end', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(spread()), at: at('candidates') })
  await screen.press('Score')
  expect(numbers()).toEqual(['1002', '1001', '1003'])
  expect(screen.find('Score').closest('th')?.getAttribute('aria-sort')).toBe('descending')
  await screen.press('Score')
  expect(numbers()).toEqual(['1001', '1002', '1003'])
  expect(screen.find('Score').closest('th')?.getAttribute('aria-sort')).toBe('ascending')
})

test('only one outcome can be shown, and how many are', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(spread()), at: at('candidates') })
  await screen.fill('Outcome', 'incomplete')
  expect(numbers()).toEqual(['1003'])
  expect(screen.text()).toContain('1 of 3 shown')
})

test('a candidate is found by number or name, whatever the accents', async () => {
  const data = spread()
  const candidates = data.candidates.map((candidate, index) =>
    index === 1 ? { ...candidate, name: 'José Ejemplo Núñez' } : candidate,
  )
  const screen = await openScreen(App, { bridge: resultsBridge({ ...data, candidates }), at: at('candidates') })
  await screen.fill('Find a number or a name', 'jose EJ')
  expect(numbers()).toEqual(['1002'])
  await screen.fill('Find a number or a name', '1003')
  expect(numbers()).toEqual(['1003'])
  await screen.fill('Find a number or a name', 'zzz')
  expect(screen.text()).toContain('No candidate fits')
  await screen.press('Show everybody')
  expect(numbers()).toHaveLength(3)
})

test('a row leads to the candidate’s page', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(spread()), at: at('candidates') })
  await screen.press('Candidate 2')
  await eventually(() => {
    expect(screen.has('Print the report')).toBe(true)
  })
  expect(screen.router.currentRoute.value.params['candidateId']).toBe('candidate-2')
})

test('before anything is submitted there are no figures to misread', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(played()), at: at('candidates') })
  expect(screen.text()).toContain('No encounter has been submitted yet')
  expect(document.querySelector('table')).toBeNull()
})
