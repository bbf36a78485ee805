import { expect, test } from 'vitest'
import App from '#renderer/App.vue'
import { examinersSchema } from '#shared/contract/parts/people-measures.ts'
import { examinerMeasures } from '#shared/measurement/analysis/examiner-measures.ts'
import { measureExam } from '#shared/measurement/analysis/exam-measures.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { clipboard } from '#tests/support/clipboard.ts'
import { allRated, recordedExam } from '#tests/support/recorded-exam.ts'
import { openScreen } from '#tests/support/screen.ts'
import { analysisBridge, at, soundExam } from './analysis-host.ts'
import { panel, rowsOf } from './panels.ts'

const levels = ['clear-fail', 'borderline', 'pass', 'good', 'excellent']

/** Two examiners who both meet candidates at each of three stations; Ada gives less. The first station has patients' forms. */
const crossed = (): ExamData =>
  recordedExam({
    stations: [{}, {}, {}],
    candidates: Array.from({ length: 8 }, () => ({})),
    record: (candidate, station) => {
      const isAda = (candidate + station) % 2 === 0
      const points = ([2, 3, 4, 5, 4, 3, 5, 2] as const)[(candidate * 3 + station) % 8] ?? 3
      const given = isAda ? ([1, 1, 1, 2, 3, 4] as const)[points] : points
      const examiner = isAda ? 'ada' : 'bob'
      const sp = station === 0 ? { sp: Array.from({ length: 7 }, () => points) } : {}
      return { status: 'submitted', examiner, ratings: allRated(given), globalRating: levels[given - 1] ?? '', ...sp }
    },
  })

const names = examinersSchema.shape.names.parse([
  { id: 'ada', name: 'Ada Adams' },
  { id: 'bob', name: 'Bob Bell' },
])
const examinersOf = (data: ExamData) =>
  analysisBridge(data, {
    'analysis.examiners': () => examinersSchema.parse({ ...examinerMeasures(data, measureExam(data)), names }),
  })

const lines = (text: string) => text.split('\n').map((line) => line.split('\t'))

test('a table is copied with codes for names, and with each interval in columns of its own', async () => {
  const data = crossed()
  const copied = clipboard()
  const screen = await openScreen(App, { bridge: examinersOf(data), at: at(data, 'examiners') })
  const [first] = rowsOf('Examiners with their stringency in points')
  expect(first?.[0]).toBe('E1 Ada Adams')
  await screen.press('Copy as a table: Examiners with their stringency in points')
  const [head, ...rows] = lines(await copied.text())
  expect(head?.slice(3)).toEqual([
    'Mean as given',
    ...['Least squares', '95 % from', '95 % to'],
    ...['Mixed model', '95 % from', '95 % to'],
    'In words',
  ])
  expect(rows.map(([who]) => who)).toEqual(['E1', 'E2'])
  // As a spreadsheet reads a number.
  expect(rows.map((row) => row.slice(4, 7).every((cell) => /^[-+]?\d+\.\d$/.test(cell)))).toEqual([true, true])
  expect(rows[1]?.[4]).toMatch(/^-/)
  expect(`${await copied.text()}${await copied.html()}`).not.toMatch(/Adams|Bell/)
})

test('candidates of the Rasch model leave counted, the ablest first, and not by the number on their badge', async () => {
  const data = crossed()
  const copied = clipboard()
  const screen = await openScreen(App, { bridge: examinersOf(data), at: at(data, 'examiners') })
  await screen.press('Show the candidates who fit least')
  await screen.press('Copy as a table: Candidates')
  const [, ...rows] = lines(await copied.text())
  const shown = rowsOf('Candidates')
  expect(rows.map(([who]) => who).toSorted()).toEqual(shown.map((_, place) => `C${place + 1}`).toSorted())
  const ablest = rows.toSorted((a, b) => Number(b[2]) - Number(a[2]))[0]
  expect(ablest?.[0]).toBe('C1')
  expect(await copied.text()).not.toMatch(/\b100\d\b/)
})

test('a cell over several columns is copied once, with nothing after it', async () => {
  const data = crossed()
  const copied = clipboard()
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'patients') })
  await screen.press('Copy as a table: Agreement of examiner and patient')
  const [head, ...rows] = lines(await copied.text())
  expect(rows.map((row) => row.length)).toEqual(rows.map(() => head?.length))
  expect(rows[0]?.slice(0, 2)).toEqual(['All encounters', '8'])
  const last = rows.at(-1)
  expect(last?.slice(0, 3)).toEqual(['3 Station 3', '0', expect.stringMatching(/^Withheld\. /)])
  expect(last?.slice(3).join('')).toBe('')
})

test('figures are copied with their interval, n, method, and why one is withheld', async () => {
  const data = soundExam()
  const copied = clipboard()
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'reliability') })
  await screen.press('Copy as a table: Do the stations agree about the candidates?')
  const [head, alpha] = lines(await copied.text())
  expect(head).toEqual(['Figure', 'Value', '95 % from', '95 % to', 'n', 'Method', 'Withheld because'])
  const decimal: unknown = expect.stringMatching(/^-?\d\.\d\d$/)
  expect(alpha?.slice(0, 5)).toEqual(['Cronbach’s α', decimal, decimal, decimal, '6'])
  await screen.press('Stations')
  await screen.press(/^1\s*Station 1/)
  await screen.press('Copy as a table: Do the examiners of the station differ?')
  const [, ...withheld] = lines(await copied.text())
  expect(withheld.map(([name, value]) => [name, value])).toEqual([
    ['Between examiners, η²', ''],
    ['Between examiners, ω²', ''],
    ['F', ''],
    ['p', ''],
  ])
  expect(new Set(withheld.map((row) => row[6])).size).toBe(1)
})

test('why several figures are withheld is said once, with what they are called', async () => {
  const data = soundExam()
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data, 'stations') })
  await screen.press(/^1\s*Station 1/)
  const text = panel('Do the examiners of the station differ?')
  expect(text).toContain('Between examiners, η²; Between examiners, ω²; F; p: withheld.')
  expect(text.match(/withheld/gi)).toHaveLength(1)
})

test('outcomes are copied as they are counted', async () => {
  const data = soundExam()
  const copied = clipboard()
  const screen = await openScreen(App, { bridge: analysisBridge(data), at: at(data) })
  await screen.press('Copy as a table: Who passes by the mark in force?')
  const [head, ...rows] = lines(await copied.text())
  expect(head).toEqual(['Outcome', 'Candidates'])
  expect(rows.map(([outcome]) => outcome)).toEqual(['Pass', 'Fail', 'Incomplete', 'In review'])
  expect(rows.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(6)
})
