import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import { whatIf } from '#shared/measurement/analysis/what-if.ts'
import { openScreen } from '#tests/support/screen.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { analysisBridge, at, overviewOf, setUpOf, soundExam } from './analysis-host.ts'

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

test('more stations to be passed than count is told at the entry, withheld, and not to be decided on', async () => {
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'what-if') })
  const withheld = 'The rule asks for more stations to be passed than count, so nobody could pass.'
  await screen.fill('Stations to be passed at least', '3')
  expect(screen.text()).not.toContain(withheld)
  await screen.press('2 Station 2')
  const entry = screen.find('Stations to be passed at least')
  expect(entry.getAttribute('aria-invalid')).toBe('true')
  expect(screen.text()).toContain('Only 2 stations count, so nobody could pass more.')
  expect(screen.text()).toContain(withheld)
  expect(screen.find('Decide on this standard')).toHaveProperty('disabled', true)
  await screen.fill('Stations to be passed at least', '2')
  expect(entry.getAttribute('aria-invalid')).toBeNull()
  expect(screen.find('Decide on this standard')).toHaveProperty('disabled', false)
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

test('the whole rule is said: in force, and before a decision on another', async () => {
  const bridge = analysisBridge(data)
  const screen = await openScreen(App, { bridge, at: at(data, 'what-if') })
  const redFlags = 'A red flag that was upheld fails a candidate, whatever the score'
  expect(screen.text().split(redFlags)).toHaveLength(2)
  await screen.press('Decide on this standard')
  const dialog = document.querySelector('[role="dialog"]')?.textContent ?? ''
  expect(dialog).toContain('By borderline regression.')
  expect(dialog).toContain(redFlags)
  expect(dialog).toMatch(/Mark to pass \d+\.\d/)
})

test('stations that could not be read are said to be missing, and are read on another try', async () => {
  const bridge = analysisBridge(data, { 'exam.get': refused('internal') })
  const screen = await openScreen(App, { bridge, at: at(data, 'what-if') })
  expect(screen.text()).toContain('The stations could not be read, so none can be left out or judged until they are.')
  expect(screen.has(/Station 2/)).toBe(false)
  bridge.answer({ 'exam.get': setUpOf(data) })
  await screen.press('Try again')
  expect(screen.text()).not.toContain('The stations could not be read')
  await screen.press('2 Station 2')
  expect(tried(bridge.inputsOf('analysis.whatIf').at(-1))).toMatchObject({ excluded: [data.stations[1]?.id] })
})

/** The exam with what two judges gave typed in for all of its stations. */
async function judgedScreen() {
  const bridge = analysisBridge(data)
  const screen = await openScreen(App, { bridge, at: at(data, 'what-if') })
  await screen.fill('Method', 'angoff')
  await screen.fill('Judges', '2')
  for (const station of [1, 2, 3]) {
    await screen.fill(`Judge 1, station ${station} Station ${station}`, '44')
    await screen.fill(`Judge 2, station ${station} Station ${station}`, '56')
  }
  return { bridge, screen }
}
const grid = () => document.querySelector('section[aria-labelledby="what-if-judges"] table')
const rowOf = (station: number) => grid()?.querySelectorAll<HTMLTableRowElement>('tbody tr')[station - 1]
const figuresOf = (row: Element | null | undefined) =>
  [...(row?.querySelectorAll('td') ?? [])].slice(0, 2).map((cell) => cell.textContent)

test('what judges gave becomes a mean and its error for each station and the exam, from the host', async () => {
  const { bridge, screen } = await judgedScreen()
  expect(figuresOf(rowOf(2))).toEqual(['50.0', '6.00'])
  // The first is below the second at every station, so their means differ as much.
  expect(figuresOf(grid()?.querySelector('tfoot tr'))).toEqual(['50.0', '6.00'])
  expect(tried(bridge.inputsOf('analysis.whatIf').at(-1))).toMatchObject({
    method: 'angoff',
    judged: data.stations.map(({ id }) => ({ stationId: id, cuts: [44, 56] })),
  })
  expect(screen.find('Decide on this standard')).toHaveProperty('disabled', false)
})

test.each([
  ['12,5', 'Judge 2: “12,5” has a comma. Write the decimals with a point.'],
  ['120', 'Judge 2: “120” lies outside 0 to 100.'],
  ['-1', 'Judge 2: “-1” lies outside 0 to 100.'],
  ['half', 'Judge 2: “half” is not a number.'],
  ['', 'Judge 2 has given nothing here yet, so there is no mean.'],
])('a cell with “%s” is told in one sentence at its cell, and its station has no mean', async (typed, sentence) => {
  const { screen } = await judgedScreen()
  const cell = screen.find('Judge 2, station 1 Station 1')
  await screen.fill('Judge 2, station 1 Station 1', typed)
  const said = document.getElementById(cell.getAttribute('aria-describedby') ?? '')
  expect(said?.textContent.trim()).toBe(sentence)
  expect(cell.getAttribute('aria-invalid')).toBe(typed === '' ? null : 'true')
  expect(figuresOf(rowOf(1))).toEqual(['–', '–'])
  expect(figuresOf(rowOf(3))).toEqual(['50.0', '6.00'])
  expect(screen.find('Decide on this standard')).toHaveProperty('disabled', true)
  await screen.fill('Judge 2, station 1 Station 1', '56')
  expect(cell.getAttribute('aria-describedby')).toBeNull()
  expect(figuresOf(rowOf(1))).toEqual(['50.0', '6.00'])
})

test('one judge is no error, and that is said; a number of judges that is none is told', async () => {
  const { screen } = await judgedScreen()
  await screen.fill('Judges', '1')
  expect(figuresOf(rowOf(1))).toEqual(['44.0', '–'])
  expect(screen.text()).toContain('It is the opinion of one judge, so there is no error to give.')
  await screen.fill('Judges', '0')
  expect(screen.text()).toContain('A whole number from 1 to 30.')
  expect(screen.text()).toContain('An entry is missing or outside its range.')
})

test('what judges gave outlasts a refused call, another method, another screen and fewer judges', async () => {
  const { bridge, screen } = await judgedScreen()
  bridge.answer({ 'analysis.whatIf': refused('internal') })
  await screen.fill('Judge 1, station 1 Station 1', '40')
  expect(document.querySelector('[role="alert"]')).not.toBeNull()
  bridge.answer({ 'analysis.whatIf': ({ scenario }) => whatIf(data, scenario) })
  await screen.fill('Method', 'cohen')
  await screen.fill('Method', 'angoff')
  await screen.fill('Judges', '1')
  await screen.press('Overview')
  await screen.press('What if')
  await screen.fill('Judges', '2')
  expect(screen.find('Judge 1, station 1 Station 1')).toHaveProperty('value', '40')
  expect(figuresOf(rowOf(1))).toEqual(['48.0', '8.00'])
})

test('a table from a spreadsheet is pasted from the cell on, with the judges that it has; what has no place is told', async () => {
  const { screen } = await judgedScreen()
  const paste = (name: string, text: string) => {
    const event = new Event('paste', { bubbles: true, cancelable: true })
    Object.assign(event, { clipboardData: { getData: () => text } })
    screen.find(name).dispatchEvent(event)
    return screen.settle()
  }
  await paste('Judge 2, station 2 Station 2', '50\t60\r\n52\t62\r\n99\t99\r\n')
  const values = [2, 3].map((station) =>
    [1, 2, 3].map(
      (judge) => (screen.find(`Judge ${judge}, station ${station} Station ${station}`) as HTMLInputElement).value,
    ),
  )
  expect(values).toEqual([
    ['44', '50', '60'],
    ['44', '52', '62'],
  ])
  expect(screen.text()).toContain('2 cells of what you pasted had no place in the table.')
  expect(screen.text()).toContain('Judge 3 has given nothing here yet')
})

test('down and Enter go to the next station, up goes back', async () => {
  const { screen } = await judgedScreen()
  screen.find('Judge 2, station 1 Station 1').focus()
  const here = () => document.activeElement?.getAttribute('aria-label')
  await screen.key('Enter')
  expect(here()).toBe('Judge 2, station 2 Station 2')
  await screen.key('ArrowDown')
  await screen.key('ArrowDown')
  expect(here()).toBe('Judge 2, station 3 Station 3')
  await screen.key('ArrowUp')
  expect(here()).toBe('Judge 2, station 2 Station 2')
})

test('an answer to what was tried before is not decided on', async () => {
  const { bridge, screen } = await judgedScreen()
  let answer = (): void => undefined
  bridge.answer({
    'analysis.whatIf': async ({ scenario }) => {
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      return whatIf(data, scenario)
    },
  })
  await screen.fill('Judge 1, station 1 Station 1', '40')
  expect(screen.find('Decide on this standard')).toHaveProperty('disabled', true)
  await screen.fill('Judge 1, station 1 Station 1', '42')
  await screen.fill('Judge 1, station 1 Station 1', '43')
  answer()
  await screen.settle()
  expect(screen.find('Decide on this standard')).toHaveProperty('disabled', true)
  answer()
  await screen.settle()
  // The last that was typed is what was asked.
  expect(tried(bridge.inputsOf('analysis.whatIf').at(-1))).toMatchObject({ judged: [{ cuts: [43, 56] }, {}, {}] })
  expect(screen.find('Decide on this standard')).toHaveProperty('disabled', false)
})
