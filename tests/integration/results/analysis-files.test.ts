import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Input } from '#shared/contract/contract.ts'
import type { ErrorCode } from '#shared/contract/result.ts'
import { problemWords } from '#shared/measurement/data/data-problem.ts'
import { workbook, workbookWith } from '#tests/integration/setup/lists.ts'
import { testServices } from '#tests/support/services.ts'
import { sitAsDirector } from '#tests/support/sign-in.ts'
import { callerOf } from '#tests/support/whole-app.ts'

let services: Awaited<ReturnType<typeof testServices>>
let director: ReturnType<typeof callerOf>
beforeEach(async () => {
  services = await testServices()
  director = callerOf(services, 'director')
  await sitAsDirector(director)
})

const header = ['candidate', 'station', 'examiner', 'score', 'grade']
/** Ten candidates at three stations: the score is ten times the grade, and a little more at the second station. */
const cells = Array.from({ length: 10 }, (_, c) =>
  ['A', 'B', 'C'].map((station, s) => {
    const grade = 1 + ((c * (s + 1)) % 5)
    return { candidate: `c${c}`, station, examiner: `E${station}`, score: 10 * grade + (s === 1 ? 2 : c % 3), grade }
  }),
).flat()
const long = [header, ...cells.map((cell) => Object.values(cell))]
const wide = [
  ['candidate', 'A', 'A grade', 'A examiner', 'B', 'B grade', 'B examiner', 'C', 'C grade', 'C examiner'],
  ...Array.from({ length: 10 }, (_, c) => [
    `c${c}`,
    ...cells
      .filter(({ candidate }) => candidate === `c${c}`)
      .flatMap((cell) => [cell.score, cell.grade, cell.examiner]),
  ]),
]
const csv = (rows: readonly (readonly (string | number)[])[]) => rows.map((row) => row.join(',')).join('\n')
const upload = (content: string | Uint8Array, name = 'marks.csv') => ({
  name,
  base64: Buffer.from(content as string).toString('base64'),
})
const scale = { maxScore: 60, grades: { low: 0, high: 5 } }
const rule = { borderline: 2, minStationsPassed: 0, semMultiple: 0 }
const look = (content: string | Uint8Array, name?: string) =>
  director('analysis.readFile', { upload: upload(content, name), columns: null, scale })
async function analysed(content: string | Uint8Array, more: Partial<Input<'analysis.file'>> = {}) {
  const { columns } = await look(content)
  return director('analysis.file', { upload: upload(content), columns, scale, rule, ...more })
}
async function examined(content: string | Uint8Array) {
  const { columns } = await look(content)
  return director('analysis.fileExaminers', { upload: upload(content), columns, scale, rule })
}

test('a file says what is in it before it is analysed', async () => {
  const { columns, problems, notes, ...found } = await look(csv(long))
  expect({ problems, notes }).toEqual({ problems: [], notes: [] })
  expect(columns).toEqual({
    ...{ layout: 'long', candidate: 0, station: 1, examiner: 2, score: 3, grade: 4, group: null },
  })
  expect(found).toEqual({
    ...{ header, rows: 30, candidates: 10, stations: ['A', 'B', 'C'], examiners: 3 },
    ...{ scored: 30, missing: 0, graded: 30, highest: 52, grades: [1, 5], problemCount: 0 },
  })
})

test('the analysis is the same of a long and a wide file, as CSV and as a workbook', async () => {
  const expected = await analysed(csv(long))
  expect(expected.exam.cut.value).toBeCloseTo(
    expected.stations.reduce((sum, { cut }) => sum + (cut.value ?? NaN) / 3, 0),
    9,
  )
  expect(expected.exam.candidates).toBe(10)
  expect(expected.stations.map(({ title, n, grades }) => [title, n, grades[0]])).toEqual([
    ['A', 10, '0'],
    ['B', 10, '0'],
    ['C', 10, '0'],
  ])
  expect(expected.reliability.gStudy.design).toMatchObject({ name: 'p×s', raters: 'one-a-station' })
  expect(await analysed(csv(wide))).toEqual(expected)
  expect(await analysed(await workbook(long))).toEqual(expected)
  expect(await analysed(await workbook(wide))).toEqual(expected)
})

test('columns that are called otherwise are chosen, and a group column compares groups', async () => {
  const other = [
    ['Kandidat', 'Ort', 'Wer', 'Punkte', 'Note', 'Kurs'],
    ...cells.map((cell, i) => [...Object.values(cell), i < 15 ? 'x' : 'y']),
  ]
  const columns = { layout: 'long', candidate: 0, station: 1, examiner: 2, score: 3, grade: 4, group: 5 } as const
  const { candidates, groups } = await director('analysis.file', { upload: upload(csv(other)), columns, scale, rule })
  expect(candidates).toHaveLength(10)
  expect(groups?.comparisons.map(({ number, title }) => [number, title])).toEqual([
    [1, 'A'],
    [2, 'B'],
    [3, 'C'],
  ])
  expect(groups?.groups.map(({ name, candidates: size }) => [name, size])).toEqual([
    ['x', 5],
    ['y', 5],
  ])
})

test('a column that is called group is the groups, unless another is chosen', async () => {
  const { columns, problems } = await look('candidate,A,Group\n1,3,x\n2,4,y')
  expect({ columns, problems }).toEqual({
    columns: { layout: 'wide', candidate: 0, group: 2, leftOut: [] },
    problems: [],
  })
})

test('examiners of a file have the mixed model and the Rasch model, under the names that the file has', async () => {
  const changing = cells.map((cell, i) => ({ ...cell, examiner: `Dr ${'KLM'[(i + Math.floor(i / 3)) % 3]}` }))
  const { examiners, stations, rasch, candidates } = await examined(csv([header, ...changing.map(Object.values)]))
  expect(examiners.map(({ personId, stations: at }) => [personId, at])).toEqual([
    ['Dr K', 3],
    ['Dr L', 3],
    ['Dr M', 3],
  ])
  expect(examiners.every(({ leastSquares, mixed }) => leastSquares.value !== null && mixed.value !== null)).toBe(true)
  expect(rasch.examiners.map(({ id }) => id).toSorted()).toEqual(['Dr K', 'Dr L', 'Dr M'])
  expect(stations.map(({ number, title, examiners: met }) => [number, title, met])).toEqual([
    [1, 'A', 3],
    [2, 'B', 3],
    [3, 'C', 3],
  ])
  expect(candidates[0]).toEqual({ id: 'c0', number: 'c0' })
})

test.each(['long', 'wide'] as const)('the %s template is read as it stands', async (layout) => {
  const { id } = await director('export.marksTemplate', { layout })
  const bytes = readFileSync(services.findFile(id)?.path ?? '')
  const { columns, problems, notes, candidates, stations, missing } = await look(bytes)
  expect({ layout: columns.layout, group: columns.group, problems, notes }).toEqual({
    ...{ layout, group: layout === 'long' ? 5 : 1 },
    ...{ problems: [], notes: [] },
  })
  expect({ candidates, stations, missing }).toEqual({
    ...{ candidates: 3, stations: ['Breaking bad news', 'Chest pain'], missing: 1 },
  })
})

test('who is marked by two examiners is one point, with the mean of both grades', async () => {
  const { stations } = await analysed('candidate,station,examiner,score,grade\n1,A,x,10,1\n1,A,y,20,2\n2,A,x,30,3')
  expect(stations[0]?.points).toEqual([
    { grade: 1.5, score: 15, count: 1 },
    { grade: 3, score: 30, count: 1 },
  ])
})

describe('what is wrong is told by row and column', () => {
  const mark = (...rows: string[]) => [header.join(','), ...rows].join('\n')
  test.each<[string, string | Promise<Buffer>, string]>([
    ['no candidate column', 'who,A\n1,3', 'no column is called “candidate”'],
    ['a decimal comma', mark('c1,A,E,"12,5",3'), 'Row 2, column “score”: “12,5” has a comma; write 12.5'],
    ['a grade off the scale', mark('c1,A,E,12,9'), 'Row 2, column “grade”: “9” is no grade of the scale from 0 to 5'],
    ['a score above the highest', mark('c1,A,E,61,3'), 'Row 2, column “score”: “61” is no score from 0 to 60'],
    ['two marks for one cell', mark('c1,A,E,1,1', 'c1,A,E,2,2'), 'Row 3, column “score”: candidate c1 has a mark'],
    [
      'an error in a workbook',
      workbookWith(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>candidate</t></is></c><c r="B1" t="inlineStr"><is><t>A</t></is></c></row>' +
          '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>',
      ),
      'Row 2, column “A”: the spreadsheet has an error there, “#DIV/0!”',
    ],
    [
      'a formula without a stored value',
      workbookWith(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>candidate</t></is></c><c r="B1" t="inlineStr"><is><t>A</t></is></c></row>' +
          '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>C2&amp;D2</f></c></row>',
      ),
      'Row 2, column “A”: the formula “=C2&D2” has no stored value',
    ],
  ])('%s', async (_, content, sentence) => {
    const file = await content
    const { problems, columns } = await look(file)
    expect(problems.map(problemWords)).toEqual([expect.stringContaining(sentence)])
    await expect(director('analysis.file', { upload: upload(file), columns, scale, rule })).rejects.toThrow(
      'was refused: bad-input',
    )
  })

  test('a formula that has a value, and one that came out empty, are what they came out as', async () => {
    const { problems, highest, missing } = await look(
      await workbookWith(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>candidate</t></is></c><c r="B1" t="inlineStr"><is><t>A</t></is></c></row>' +
          '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>3+4</f><v>7</v></c></row>' +
          '<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="str"><f>""</f><v></v></c></row>',
      ),
    )
    expect({ problems, highest, missing }).toEqual({ problems: [], highest: 7, missing: 1 })
  })

  test('of many the first hundred come, and how many there are', async () => {
    const { problems, problemCount } = await look(mark(...Array.from({ length: 137 }, (_, i) => `c${i},A,E,x,3`)))
    expect([problems.length, problemCount]).toEqual([100, 137])
  })

  test('a column without a name is told', async () => {
    const { notes, stations } = await look('candidate,A,,B\n1,3,9,4')
    expect([stations, notes.map(problemWords)]).toEqual([['A', 'B'], [expect.stringContaining('column 3 has no name')]])
  })
})

describe('a file that is none is refused as a whole', () => {
  test.each<[string, string | Uint8Array, string, ErrorCode]>([
    ['empty', '', 'marks.csv', 'file-empty'],
    ['a header alone', header.join(','), 'marks.csv', 'file-empty'],
    ['a NUL byte', 'candidate,A\n1,3\u0000', 'marks.csv', 'file-not-text'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]), 'marks.csv', 'file-not-utf8'],
    ['a workbook by name alone', 'candidate,A\n1,3', 'marks.xlsx', 'file-not-a-workbook'],
    ['too many rows', `candidate,A\n${'1,3\n'.repeat(500_001)}`, 'marks.csv', 'file-too-many-rows'],
    ['too big', Buffer.alloc(20_000_001, 'a'), 'marks.csv', 'file-too-large'],
  ])('%s', async (_, content, name, code) => {
    await expect(look(content, name)).rejects.toThrow(`was refused: ${code}`)
  })
})

describe('what the marks cannot say is withheld with its reason', () => {
  const only = (keep: (cell: (typeof cells)[number]) => boolean) =>
    csv([header, ...cells.filter(keep).map((cell) => Object.values(cell))])
  test.each<[string, string, string]>([
    ['one candidate', only(({ candidate }) => candidate === 'c0'), 'one-candidate'],
    ['one station', only(({ station }) => station === 'A'), 'one-item'],
    [
      'no variance',
      csv([header, ...cells.map((cell) => Object.values({ ...cell, score: 30, grade: 3 }))]),
      'no-variance',
    ],
    ['all missing', csv([header, ['c0', 'A', 'E', '', ''], ['c1', 'B', 'E', '', '']]), 'no-complete-candidate'],
  ])('%s', async (_, content, reason) => {
    const { reliability } = await analysed(content)
    expect(reliability.alpha).toMatchObject({ value: null, reason })
  })

  test('one examiner, and examiners who share no candidate, are not compared', async () => {
    const one = await examined(csv([header, ...cells.map((cell) => Object.values({ ...cell, examiner: 'E' }))]))
    expect(one.examiners.map(({ leastSquares, mixed }) => [leastSquares.value, mixed.value])).toEqual([[null, null]])
    const apart = await examined(csv(long))
    expect(apart.examiners.map(({ set }) => set)).toEqual([null, null, null])
  })
})
