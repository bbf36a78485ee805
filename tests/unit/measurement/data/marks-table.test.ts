import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problemWords } from '#shared/measurement/data/data-problem.ts'
import type { MarksColumns } from '#shared/measurement/data/marks-columns.ts'
import { readMarksTable, type MarksScale } from '#shared/measurement/data/marks-table.ts'

const scale: MarksScale = { maxScore: 40, grades: { low: 0, high: 5 }, groupColumn: null }
const tableOf = (text: string) => {
  const [header = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(';'))
  return { header, rows: rows.map((cells, i) => ({ row: i + 2, cells })) }
}
const read = (text: string, given: Partial<MarksScale> = {}) => readMarksTable(tableOf(text), { ...scale, ...given })
const sentences = (text: string, given: Partial<MarksScale> = {}) => read(text, given).problems.map(problemWords)

describe('a file with a line a mark', () => {
  test('is read by the names of its columns; an empty cell is missing', () => {
    const { layout, marks, problems } = read(`
      Student ID;Station;Assessor;Marks;Global rating;Site
      1001;A;E1;31.5;4;north
      1002;A;;;;north`)
    expect({ layout, problems }).toEqual({ layout: 'long', problems: [] })
    expect(marks).toEqual([
      { candidate: '1001', station: 'A', examiner: 'E1', score: 31.5, grade: 4, group: null },
      { candidate: '1002', station: 'A', examiner: null, score: null, grade: null, group: null },
    ])
  })

  test('takes groups from the column that was named', () => {
    const text = 'candidate;station;score;Site\n1;A;3;north\n2;A;4;\n1;B;4;north'
    expect(read(text, { groupColumn: 'site' }).marks.map(({ group }) => group)).toEqual(['north', null, 'north'])
    expect(sentences(text, { groupColumn: 'language' })).toEqual(['Row 1: no column is called “language”.'])
    expect(sentences(`${text}\n2;C;4;south\n2;D;4;north`, { groupColumn: 'site' })).toEqual([
      'Row 6, column “Site”: candidate 2 is in “north” here and in “south” before.',
    ])
  })

  test('two examiners of one encounter are two marks', () => {
    expect(read('candidate;station;examiner;score\n1;A;E1;3\n1;A;E2;4').marks).toHaveLength(2)
  })
})

describe('a file with a line a candidate', () => {
  test('has a column of scores for each station, with grade and examiner beside it', () => {
    const { layout, marks, problems } = read(`
      candidate;Chest pain;Chest pain grade;Chest pain examiner;S2 score;s2_grade
      1001;31;4;E1;20;2
      1002;;;;22;`)
    expect({ layout, problems }).toEqual({ layout: 'wide', problems: [] })
    const [first, second, third, fourth] = marks
    expect(first).toEqual({
      candidate: '1001',
      station: 'Chest pain',
      examiner: 'E1',
      score: 31,
      grade: 4,
      group: null,
    })
    expect(second).toEqual({ candidate: '1001', station: 'S2', examiner: null, score: 20, grade: 2, group: null })
    expect(third).toMatchObject({ candidate: '1002', score: null, grade: null })
    expect(fourth).toMatchObject({ score: 22, grade: null })
  })

  test('gives the marks of the same file in long form, whatever they are', () => {
    const cell = fc.option(fc.integer({ min: 0, max: 40 }), { nil: null })
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), (scores) => {
        const text = (value: number | null) => (value === null ? '' : String(value))
        const wide = ['candidate;A;B', ...scores.map(([a, b], i) => `c${i};${text(a)};${text(b)}`)]
        const long = scores.flatMap(([a, b], i) => [`c${i};A;${text(a)}`, `c${i};B;${text(b)}`])
        expect(read(wide.join('\n')).marks).toEqual(read(['candidate;station;score', ...long].join('\n')).marks)
      }),
    )
  })
})

test.each([
  ['no candidate column', 'station;score\nA;3', 'Row 1: no column is called “candidate”.'],
  ['no station', 'candidate\n1', 'Row 1: no column is called “station”, nor is there one for each station.'],
  [
    'a total beside the stations',
    'candidate;A;B;Total\n1;3;4;7',
    'Row 1: the column “Total” is read as the score of one line a mark, but no column is called “station”. In a table with a line a candidate, take “Total” out.',
  ],
  [
    'a column twice in other letters',
    'candidate;station;score;Score\n1;A;3;4',
    'Row 1: two columns are called “Score”.',
  ],
  [
    'a comma that parts a cell in two',
    'candidate;station;score;grade\n1;A;12;5;3',
    'Row 2: “3” stands beyond the last column, “grade”. A comma within a value parts it in two: put it in quotation marks, and write 12.5, not 12,5.',
  ],
  [
    'a comma that may part thousands',
    'candidate;station;score\n1;A;1,234',
    'Row 2, column “score”: “1,234” has a comma that may part decimals or thousands; for thousands write 1234, else a point.',
  ],
  [
    'a number no figure can be computed with',
    'candidate;station;score\n1;A;1e308',
    'Row 2, column “score”: “1e308” is too large or too close to 0 for a mark.',
  ],
  ['no score', 'candidate;station;grade\n1;A;3', 'Row 1: no column is called “score”.'],
  ['a column twice', 'candidate;A;A\n1;3;4', 'Row 1: two columns are called “A”.'],
  [
    'a decimal comma',
    'candidate;station;score\n1;A;12,5',
    'Row 2, column “score”: “12,5” has a comma; write 12.5, with a point.',
  ],
  [
    'a word for a score',
    'candidate;station;Marks\n1;A;absent',
    'Row 2, column “Marks”: “absent” is no number; leave the cell empty where the mark is missing.',
  ],
  [
    'a grade off the scale',
    'candidate;station;score;grade\n1;A;3;2\n2;A;3;9',
    'Row 3, column “grade”: “9” is no grade of the scale from 0 to 5.',
  ],
  [
    'a grade between two',
    'candidate;station;score;grade\n1;A;3;2.5',
    'Row 2, column “grade”: “2.5” is no grade of the scale from 0 to 5.',
  ],
  ['a score off the scale', 'candidate;station;score\n1;A;41', 'Row 2, column “score”: “41” is no score from 0 to 40.'],
  [
    'two marks for one cell',
    'candidate;station;score\n1;A;3\n2;A;4\n1;A;5',
    'Row 4, column “score”: candidate 1 has a mark at station A already, in row 2.',
  ],
  ['nobody in a row', 'candidate;station;score\n;A;3', 'Row 2, column “candidate”: the candidate is missing.'],
  ['no station in a row', 'candidate;station;score\n1;;3', 'Row 2, column “station”: the station is missing.'],
])('%s is named by row and column', (_, text, sentence) => {
  expect(sentences(text)).toEqual([sentence])
})

test('every problem of a file is told, in the order of its rows', () => {
  expect(read('candidate;station;score\n1;A;x\n;B;3\n1;C;4,5').problems.map(({ row, code }) => [row, code])).toEqual([
    [2, 'not-a-number'],
    [3, 'candidate-missing'],
    [4, 'decimal-comma'],
  ])
})

test('without a declared maximum any score is read', () => {
  expect(read('candidate;station;score\n1;A;-3e2', { maxScore: null }).marks[0]?.score).toBe(-300)
})

describe('what a spreadsheet could not compute', () => {
  test('is no mark and no name: each by its row and column', () => {
    expect(sentences('candidate;station;score;grade\n1;A;#DIV/0!;3\n#N/A;A;3;3\n2;A;=SUM(B1:B3);#REF!')).toEqual([
      'Row 2, column “score”: the spreadsheet has an error there, “#DIV/0!”; mend it, or leave the cell empty where the mark is missing.',
      'Row 3, column “candidate”: the spreadsheet has an error there, “#N/A”; mend it, or leave the cell empty where the mark is missing.',
      'Row 4, column “score”: the formula “=SUM(B1:B3)” has no stored value; open the file in a spreadsheet program, let it compute, and save it.',
      'Row 4, column “grade”: the spreadsheet has an error there, “#REF!”; mend it, or leave the cell empty where the mark is missing.',
    ])
  })

  test('an examiner who is an error is a problem in a wide table too', () => {
    expect(sentences('candidate;A;A examiner\n1;3;#NAME?')).toEqual([
      expect.stringContaining('Row 2, column “A examiner”: the spreadsheet has an error there'),
    ])
  })
})

describe('a column without a name', () => {
  test('is told where something stands in it, and passed over where nothing does', () => {
    const { marks, problems, notes } = read('candidate;A;;B;\n1;3;99;4;\n2;5;98;6;')
    expect({ problems, marks: marks.length }).toEqual({ problems: [], marks: 4 })
    expect(notes.map(problemWords)).toEqual([
      'Row 1: column 3 has no name, and is left out with what stands in it (cells filled: 2).',
    ])
  })
})

describe('columns that were chosen', () => {
  const text = 'Kandidat;Ort;Punkte;Note;Pruefer\n1;A;3;2;E1\n2;A;4;3;E2'
  const long = { layout: 'long', candidate: 0, station: 1, score: 2, examiner: 4, grade: 3, group: null } as const
  const chosen = (columns: MarksColumns, of = text) => readMarksTable(tableOf(of), scale, columns)

  test('are read whatever they are called', () => {
    expect(chosen(long).marks[1]).toEqual({
      ...{ candidate: '2', station: 'A', examiner: 'E2', score: 4, grade: 3, group: null },
    })
  })

  test('must each be chosen for one thing, and those that are needed must be', () => {
    const said = (columns: MarksColumns) => chosen(columns).problems.map(problemWords)
    expect(said({ ...long, grade: 2 })).toEqual(['Row 1: the column “Punkte” is chosen for two things.'])
    expect(said({ ...long, candidate: null })).toEqual(['Row 1: no column is called “candidate”.'])
    expect(said({ ...long, score: null })).toEqual(['Row 1: no column is called “score”.'])
  })

  test('leave out of a wide table what is no station', () => {
    const wide = { layout: 'wide', candidate: 0, group: 1, leftOut: [3] } as const
    const { marks, problems } = chosen({ ...wide, leftOut: [3] }, 'who;site;A;total;B\n1;north;3;99;4')
    expect(problems).toEqual([])
    expect(marks.map(({ station, group }) => [station, group])).toEqual([
      ['A', 'north'],
      ['B', 'north'],
    ])
  })
})
