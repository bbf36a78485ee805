import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import { openScreen } from '#tests/support/screen.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { analysisBridge, at, overviewOf, soundExam } from './analysis-host.ts'

const data = soundExam()
const tried = (input: unknown) => (input as { scenario: Record<string, unknown> }).scenario

test('another rule is tried, and everybody who would change sides is named', async () => {
  const bridge = analysisBridge(data)
  const screen = await openScreen(App, { bridge, at: at(data, 'what-if') })
  expect(screen.text()).toContain('What would it change?')
  await screen.fill('Method', 'cohen')
  await screen.fill('Share of the 95th percentile, %', '90')
  expect(tried(bridge.inputsOf('analysis.whatIf').at(-1))).toMatchObject({ method: 'cohen', share: 0.9 })
  expect(screen.text()).toMatch(/candidates? would have another outcome/)
  expect(bridge.inputsOf('analysis.decide')).toEqual([])
})

test('an entry that is missing is told, and nothing is asked of the host', async () => {
  const bridge = analysisBridge(data)
  const screen = await openScreen(App, { bridge, at: at(data, 'what-if') })
  const before = bridge.inputsOf('analysis.whatIf').length
  await screen.fill('Stations to be passed at least', '')
  expect(screen.text()).toContain('An entry is missing or outside its range.')
  expect(bridge.inputsOf('analysis.whatIf')).toHaveLength(before)
  expect(screen.has('Decide on this standard')).toBe(false)
})

test('a decision asks for a reason; refused it says why and stays open, taken it is told', async () => {
  const bridge = analysisBridge(data, { 'analysis.decide': refused('reason-missing') })
  const screen = await openScreen(App, { bridge, at: at(data, 'what-if') })
  await screen.press('Decide on this standard')
  await screen.press('Decide')
  expect(screen.text()).toContain('A reason is missing.')
  bridge.answer({ 'analysis.decide': overviewOf(data).standard })
  await screen.fill('Reason', ' The board met. ')
  await screen.press('Decide')
  expect(screen.text()).toContain('The standard is in force.')
  expect(bridge.inputsOf('analysis.decide').at(-1)).toMatchObject({
    scenario: { method: 'borderline-regression' },
    reason: 'The board met.',
  })
})
