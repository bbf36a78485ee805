import { expect, test } from 'vitest'
import { problemWords } from '#shared/measurement/data/data-problem.ts'
import { readNumberTable } from '#shared/measurement/data/number-table.ts'

const read = (...lines: string[]) => readNumberTable(lines.map((line, i) => ({ row: i + 1, cells: line.split(';') })))

test('numbers need no header, and an empty cell is missing', () => {
  expect(read('1;2', '3;', '4')).toMatchObject({
    header: null,
    names: null,
    rows: [
      [1, 2],
      [3, null],
      [4, null],
    ],
    problems: [],
  })
})

test('a header names the columns, and a column of names is left out', () => {
  expect(read('target;J1;J2', 'a;1;2', 'b;3;−4')).toMatchObject({
    header: ['J1', 'J2'],
    names: ['a', 'b'],
    rows: [
      [1, 2],
      [3, -4],
    ],
    problems: [],
  })
  expect(read('grade;score', '2;20.5')).toMatchObject({ header: ['grade', 'score'], rows: [[2, 20.5]] })
})

test('rows with names need no header', () => {
  const named = {
    header: null,
    names: ['a', 'b'],
    rows: [
      [1, 2],
      [3, 4],
    ],
    lines: [1, 2],
    problems: [],
  }
  expect(read('a;1;2', 'b;3;4')).toEqual(named)
  expect(read('target;1;2', 'a;1;2', 'b;3;4')).toEqual({ ...named, header: ['1', '2'], lines: [2, 3] })
  expect(read('score', '1', '2')).toMatchObject({ header: ['score'], names: null, rows: [[1], [2]] })
})

test('a column that names the rows is left out though the names are numbers', () => {
  const same = {
    rows: [
      [5, 6],
      [7, 8],
    ],
    names: ['1', '2'],
    problems: [],
  }
  expect(read(';J1;J2', '1;5;6', '2;7;8')).toMatchObject(same)
  expect(read('Candidate ID;J1;J2', '1;5;6', '2;7;8')).toMatchObject(same)
  expect(read(';1;2', '1;5;6', '2;7;8')).toMatchObject(same)
  expect(read(';1;2', 'a;5;6', 'b;7;8')).toMatchObject({ ...same, names: ['a', 'b'], header: ['1', '2'] })
  // An empty first cell is a missing mark where what stands around it does not count up.
  expect(read(';4;2', '1;5;6', '2;7;8')).toMatchObject({
    header: null,
    names: null,
    rows: [
      [null, 4, 2],
      [1, 5, 6],
      [2, 7, 8],
    ],
  })
  expect(read(';1', '1;5').rows).toEqual([
    [null, 1],
    [1, 5],
  ])
})

test('whatever else is no number is named by row and column', () => {
  expect(read('a;b', '1;12,5', '2;x').problems.map(problemWords)).toEqual([
    'Row 2, column “b”: “12,5” has a comma; write 12.5, with a point.',
    'Row 3, column “b”: “x” is no number; leave the cell empty where the mark is missing.',
  ])
  expect(read('a;b', '1;2', '1;1;5').problems).toMatchObject([{ row: 3, column: 'b', code: 'too-many-cells' }])
  expect(read('1;2', '1;1e-300').problems).toMatchObject([{ row: 2, column: '2', code: 'number-too-far' }])
  expect(read('1;2', '1;1,5').problems).toMatchObject([{ row: 2, column: '2' }])
})

test('a table of counts is square, of whole numbers from 0 up', () => {
  const counts = (...lines: string[]) =>
    readNumberTable(
      lines.map((line, i) => ({ row: i + 1, cells: line.split(';') })),
      { ofCounts: true },
    )
  expect(counts('4;0', ';3')).toMatchObject({
    problems: [],
    rows: [
      [4, 0],
      [null, 3],
    ],
  })
  expect(counts(';low;high', 'low;4;-1', 'high;2.5;3').problems.map(problemWords)).toEqual([
    'Row 2, column “high”: “-1” is no count, a whole number from 0 up.',
    'Row 3, column “low”: “2.5” is no count, a whole number from 0 up.',
  ])
  expect(counts('4;0;1', '2;3;1').problems).toEqual([
    { row: 2, column: null, code: 'not-square', params: { rows: 2, columns: 3 } },
  ])
  expect(read('4;-1').problems).toEqual([])
  expect(counts().problems).toEqual([])
})

test('nothing at all is a table without rows', () => {
  expect(read()).toEqual({ header: null, names: null, rows: [], lines: [], problems: [] })
})

test('a table of very many rows is read', () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => ({ row: i + 1, cells: ['1', '2'] }))
  expect(readNumberTable(rows).rows).toHaveLength(200_000)
})
