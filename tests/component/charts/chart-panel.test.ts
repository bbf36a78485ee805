import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import type { ChartTheme } from '#shared/charts/chart.ts'
import { examIdSchema, fileIdSchema } from '#shared/domain/ids.ts'
import { examinerForest, type ExaminerStringency } from '#shared/charts/examiner-forest.ts'
import { heatMap } from '#shared/charts/heat-map.ts'
import { connect } from '#renderer/api.ts'
import { i18n } from '#renderer/i18n.ts'
import ChartPanel from '#renderer/ui/charts/ChartPanel.vue'
import { provideChartSource } from '#renderer/ui/charts/chart-source.ts'
import { forestWords, heatWords } from '#shared/charts/chart-words.ts'
import { useToasts } from '#renderer/ui/use-toasts.ts'
import { chartTheme, say } from '#tests/support/charts.ts'
import { clipboard } from '#tests/support/clipboard.ts'
import { fakeBridge, refused } from '#tests/support/fake-bridge.ts'
import { LaptopWide } from '#tests/support/laptop-wide.ts'

const examiners: ExaminerStringency[] = [
  { examiner: 'Dr A', n: 12, value: -2, ci95: [-3, -1] },
  { examiner: 'Dr <C>', n: 9, value: 1.25, ci95: null },
]

let panel: VueWrapper | null = null

const draws = (rows: readonly ExaminerStringency[]) => (theme: ChartTheme) =>
  examinerForest(rows, theme, forestWords(say))

/** The same without names. */
const people = {
  examId: examIdSchema.parse('exam-1'),
  draw: draws(examiners.map((one, at) => ({ ...one, examiner: `E${at + 1}` }))),
}

/** The panel as wide as on a laptop, in the colours of the tests. */
function shown(rows: readonly ExaminerStringency[] = examiners, more: { people?: typeof people } = {}): VueWrapper {
  panel = mount(ChartPanel, {
    props: {
      ...more,
      title: 'Which examiners were harsh?',
      caveat: 'Few scores, wide intervals.',
      fileName: 'stringency',
      draw: draws(rows),
    },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  return panel
}

const tokens = { ink: chartTheme.ink, soft: chartTheme.soft, line: chartTheme.line, card: chartTheme.ground }
const colours = { ...tokens, accent: chartTheme.accent, indigo: '#3f51b5', magenta: '#b0306a', ochre: '#8f5b00' }

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', LaptopWide)
  for (const [name, colour] of Object.entries(colours)) document.documentElement.style.setProperty(`--${name}`, colour)
  document.documentElement.style.setProperty('--teal', '#0f6b63')
  document.documentElement.style.setProperty('--font', '"Inter Variable", sans-serif')
})

afterEach(() => {
  panel?.unmount()
  panel = null
  document.documentElement.removeAttribute('style')
})

const button = (name: string) => {
  const found = panel?.findAll('button').find((one) => one.text() === name)
  if (!found) throw new Error(`no button ${name}`)
  return found
}
const stage = () => (panel as VueWrapper).get('[role=application]')
const said = () => (panel as VueWrapper).get('[aria-live]').text()

/** Charts are drawn with the page's next frame. */
const isDrawn = () =>
  vi.waitFor(() => {
    expect(stage().get('svg').text()).toContain('Dr A')
  })

test('a chart stands under its question and above its caveat, drawn as SVG', async () => {
  const text = shown().text()
  expect(text.startsWith('Which examiners were harsh?')).toBe(true)
  expect(text).toContain('Few scores, wide intervals.')
  await isDrawn()
  expect(stage().attributes('aria-label')).toMatch(/^Stringency of 2 examiners.*Arrow keys/)
})

test('the table takes the chart’s place, and the chart comes back', async () => {
  shown()
  expect(panel?.find('table').exists()).toBe(false)
  await button('Show as table').trigger('click')
  expect(button('Show as table').attributes('aria-pressed')).toBe('true')
  const cells = panel?.findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))
  expect(cells).toEqual([
    ['Dr <C>', '1.3', '–', '–', '9'],
    ['Dr A', '-2.0', '-3.0', '-1.0', '12'],
  ])
  await button('Show as table').trigger('click')
  await isDrawn()
})

test('arrow keys go from figure to figure and say each; leaving ends it', async () => {
  shown()
  await flushPromises()
  expect(said()).toBe('')
  const pressed = async (key: string) => {
    await stage().trigger('keydown', { key })
    return said()
  }
  expect(await pressed('ArrowRight')).toBe('Dr <C>: +1.3, from 9 scores')
  expect(await pressed('ArrowDown')).toBe('Dr A: −2.0 (−3.0 to −1.0), from 12 scores')
  expect(await pressed('ArrowRight')).toMatch(/^Dr A/)
  expect(await pressed('ArrowLeft')).toMatch(/^Dr <C>/)
  expect(await pressed('End')).toMatch(/^Dr A/)
  expect(await pressed('Home')).toMatch(/^Dr <C>/)
  await stage().trigger('blur')
  expect(said()).toBe('')
})

test('where figures stand in rows, the arrows up and down go from row to row', async () => {
  const columns = ['A', 'B'].map((name) => ({ name, short: name, cut: null }))
  const map = { rows: ['1', '2', '3'], columns, from: 0, to: 100 }
  const values = [
    [1, 2],
    [3, 4],
    [5, 6],
  ]
  panel = mount(ChartPanel, {
    props: {
      ...{ title: 'Where did candidates lose marks?', fileName: 'marks-lost' },
      draw: (theme: ChartTheme) => heatMap({ ...map, values }, theme, heatWords(say, 'candidate')),
    },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  await flushPromises()
  const keys = [
    'ArrowRight',
    'ArrowRight',
    'ArrowDown',
    'ArrowDown',
    'ArrowDown',
    'ArrowUp',
    'ArrowLeft',
    'ArrowUp',
    'ArrowUp',
  ]
  const heard: string[] = []
  for (const key of keys) {
    await stage().trigger('keydown', { key })
    heard.push(said().slice(0, 4))
  }
  expect(heard).toEqual(['1, A', '1, B', '2, B', '3, B', '3, B', '2, B', '2, A', '1, A', '1, A'])
})

test('the table is copied with tabs and as HTML, in which no name is markup', async () => {
  const copied = clipboard()
  shown()
  await button('Copy table').trigger('click')
  await flushPromises()
  expect((await copied.text()).split('\n').slice(1)).toEqual(['Dr <C>\t1.3\t\t\t9', 'Dr A\t-2.0\t-3.0\t-1.0\t12'])
  expect(await copied.html()).toContain('<td>Dr &lt;C&gt;</td><td>1.3</td>')
  expect(useToasts().toasts.map(({ text }) => text)).toEqual(['The table is copied.'])
})

test('where copying is refused the table is shown, to be marked by hand', async () => {
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({} as unknown as Clipboard)
  shown()
  await button('Copy table').trigger('click')
  await flushPromises()
  expect(panel?.find('table').exists()).toBe(true)
  expect(useToasts().toasts.map(({ kind }) => kind)).toEqual(['failed'])
})

test('names stay on the screen: the table and what is copied have none, until they are asked for', async () => {
  const { text, html } = clipboard()
  const bridge = fakeBridge({ 'export.tableCopied': {} })
  connect(bridge)
  shown(examiners, { people })
  await isDrawn()
  const copied = async () => {
    await button('Copy table').trigger('click')
    await flushPromises()
    return [await text(), await html()].join()
  }
  expect(await copied()).not.toContain('Dr')
  expect(await copied()).toContain('E2\t1.3')
  await button('Show as table').trigger('click')
  expect(panel?.get('table').text()).not.toContain('Dr')
  await panel?.get('input[type=checkbox]').setValue(true)
  expect(panel?.get('table').text()).toContain('Dr A')
  expect(bridge.inputsOf('export.tableCopied')).toEqual([])
  expect(await copied()).toContain('Dr A\t-2.0')
  expect(bridge.inputsOf('export.tableCopied')).toEqual([{ examId: 'exam-1' }])
})

test('a table with names that the audit could not be told of is not copied', async () => {
  const { write } = clipboard()
  connect(fakeBridge({ 'export.tableCopied': refused('internal') }))
  shown(examiners, { people })
  await panel?.get('input[type=checkbox]').setValue(true)
  await button('Copy table').trigger('click')
  await flushPromises()
  expect(write).not.toHaveBeenCalled()
  expect(useToasts().toasts.map(({ kind }) => kind)).toEqual(['failed'])
})

test('where copying is refused, what is shown to be marked by hand has no names either', async () => {
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({} as unknown as Clipboard)
  shown(examiners, { people })
  await button('Copy table').trigger('click')
  await flushPromises()
  expect(panel?.get('table').text()).toContain('E1')
  expect(panel?.get('table').text()).not.toContain('Dr')
})

test('a picture is saved without names, or with them and then says of which exam', async () => {
  const bridge = fakeBridge({
    'export.chart': ({ name, base64 }) => ({
      id: fileIdSchema.parse('11111111-1111-4111-8111-111111111111'),
      ...{ name, mime: 'image/svg+xml', bytes: base64.length },
    }),
  })
  connect(bridge)
  shown(examiners, { people })
  const save = async (times: number) => {
    await button('Save SVG').trigger('click')
    await vi.waitFor(() => {
      expect(bridge.saved).toHaveLength(times)
    })
  }
  await save(1)
  await panel?.get('input[type=checkbox]').setValue(true)
  await save(2)
  const inputs = bridge.inputsOf('export.chart') as { base64: string; namesOf: string | null }[]
  expect(inputs.map(({ namesOf }) => namesOf)).toEqual([null, 'exam-1'])
  const pictures = inputs.map(({ base64 }) => Buffer.from(base64, 'base64').toString('utf8'))
  expect(pictures[0]).toContain('E1')
  expect(pictures.map((svg) => svg.includes('Dr A'))).toEqual([false, true])
})

test('the picture is saved through the host, and tells in words what it shows', async () => {
  const bridge = fakeBridge({
    'export.chart': ({ name, kind, base64 }) => ({
      id: fileIdSchema.parse('11111111-1111-4111-8111-111111111111'),
      name: `${name}.${kind}`,
      mime: 'image/svg+xml',
      bytes: base64.length,
    }),
  })
  connect(bridge)
  shown()
  await button('Save SVG').trigger('click')
  await vi.waitFor(() => {
    expect(bridge.saved.map(({ name }) => name)).toEqual(['stringency.svg'])
  })
  const [input] = bridge.inputsOf('export.chart') as { base64: string }[]
  const svg = Buffer.from(input?.base64 ?? '', 'base64').toString('utf8')
  expect(svg).toMatch(/^<svg[^>]*><title>Which examiners were harsh\?<\/title><desc>Stringency of 2 examiners/)
  expect(svg).toContain('Dr A')
  expect(svg).toContain('font-family:Inter Variable, sans-serif;')
})

/** The SVG that a panel saves which stands on a screen of this source. */
async function savedFrom(source: string | null, props: Partial<InstanceType<typeof ChartPanel>['$props']> = {}) {
  const bridge = fakeBridge({
    'export.chart': ({ name, kind, base64 }) => ({
      id: fileIdSchema.parse('11111111-1111-4111-8111-111111111111'),
      ...{ name: `${name}.${kind}`, mime: 'image/svg+xml', bytes: base64.length },
    }),
  })
  connect(bridge)
  const title = 'Which examiners were harsh?'
  const given = { title, fileName: 'stringency', draw: draws(examiners), ...props }
  const Screen = {
    setup() {
      if (source !== null) provideChartSource(source)
      return () => h(ChartPanel, given)
    },
  }
  panel = mount(Screen, { global: { plugins: [i18n] }, attachTo: document.body })
  await isDrawn()
  await button('Save SVG').trigger('click')
  await vi.waitFor(() => {
    expect(bridge.saved).toHaveLength(1)
  })
  const [input] = bridge.inputsOf('export.chart') as { base64: string }[]
  const markup = Buffer.from(input?.base64 ?? '', 'base64').toString('utf8')
  // The parser of the tests knows no CDATA.
  const parsed = new DOMParser().parseFromString(markup.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, ''), 'image/svg+xml')
  expect(parsed.querySelector('parsererror')).toBeNull()
  return parsed.documentElement
}

/** Lines of text that are not the chart’s own. */
const linesOf = (svg: Element) => [...svg.querySelectorAll(':scope > g:first-of-type > text')]

test('the picture says its question, what it shows, its caveat and whose figures they are, as text', async () => {
  const caveat = 'Few scores & wide intervals. '.repeat(12).trim()
  const svg = await savedFrom('Autumn · Sample data: every person here is invented', { caveat })
  const lines = linesOf(svg)
  const words = lines.map((line) => line.textContent)
  expect(words.join(' ')).toMatch(/^Which examiners were harsh\? Stringency of 2 examiners, from Dr <C>/)
  expect(words.join(' ')).toContain(caveat)
  expect(words.at(-1)).toBe('Autumn · Sample data: every person here is invented')
  expect(words.filter((line) => line.startsWith('Few') || line.includes('intervals')).length).toBeGreaterThan(2)
  const bottom = Number(svg.getAttribute('height'))
  for (const line of lines) expect(Number(line.getAttribute('y'))).toBeLessThan(bottom)
})

test('on a screen that names no source, and without a caveat, the picture ends with the chart', async () => {
  const words = linesOf(await savedFrom(null)).map((line) => line.textContent)
  expect(words[0]).toBe('Which examiners were harsh?')
  expect(words.join(' ')).toMatch(/leave out 0\.$|leaves out 0\.$/)
})

test('the picture is dark on white, whatever the colours of the screen', async () => {
  for (const [name, colour] of [
    ['card', '#101418'],
    ['ink', '#f0f0f0'],
    ['soft', '#a0a0a0'],
  ] as const)
    document.documentElement.style.setProperty(`--${name}`, colour)
  const svg = await savedFrom('Autumn', { caveat: 'Few scores.' })
  expect(svg.querySelector(':scope > rect')?.getAttribute('fill')).toBe('#ffffff')
  for (const screen of ['#101418', '#f0f0f0', '#a0a0a0']) expect(svg.outerHTML).not.toContain(screen)
})

test('colours that the build has shortened are the same colours', async () => {
  document.documentElement.style.setProperty('--card', '#fff')
  const grounds: string[] = []
  panel = mount(ChartPanel, {
    props: {
      title: 'Which examiners were harsh?',
      fileName: 'stringency',
      draw: (theme: ChartTheme) => {
        grounds.push(theme.ground)
        return examinerForest(examiners, theme, forestWords(say))
      },
    },
    global: { plugins: [i18n] },
  })
  await flushPromises()
  expect(new Set(grounds)).toEqual(new Set(['#ffffff']))
})

test('nothing to draw is a sentence, without chart, table or deeds', () => {
  const empty = shown([])
  expect(empty.text()).toContain('No examiner’s stringency could be computed.')
  expect(empty.find('[role=application]').exists()).toBe(false)
  expect(empty.findAll('button')).toEqual([])
})
