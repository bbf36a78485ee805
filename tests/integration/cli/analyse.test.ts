import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { cli, done, folderOfFile } from './call.ts'

const dir = folderOfFile()
let files = 0
function fileOf(text: string): string {
  const file = join(dir, `${++files}.csv`)
  writeFileSync(file, text)
  return file
}
type Figure = { value: number | null; n: number; method: string; reason?: string }
type Out = {
  layout: string
  stations: ({ station: string; n: number } & Record<string, Figure>)[]
  exam: { cut: Figure; alpha: Figure; sem: Figure; outcomes: Record<string, number>; undecided: number }
  candidates: { candidate: string; mean: Figure; outcome: string | null }[]
  gStudy: { components: Record<string, Figure>; erho2: Figure }
  groups: unknown[]
}
const analysed = async (...argv: string[]) => JSON.parse((await done('analyse', ...argv, '--json')).join('')) as Out

/** Ten candidates at three stations: the score is ten times the grade, and a little more at the second station. */
const rows = Array.from({ length: 10 }, (_, c) =>
  ['A', 'B', 'C'].map((station, s) => {
    const grade = 1 + ((c + s) % 5)
    return { candidate: `c${c}`, station, examiner: `E${station}`, score: 10 * grade + (s === 1 ? 2 : 0), grade }
  }),
).flat()
const header = 'candidate,station,examiner,score,grade'
const long = (some: readonly (typeof rows)[number][] = rows) =>
  fileOf([header, ...some.map((row) => Object.values(row).join(','))].join('\n'))

describe('an exam from a file', () => {
  it('has its cuts, reliability and outcomes, by hand', async () => {
    const { layout, stations, exam, candidates } = await analysed('--in', long(), '--max', '60')
    expect(layout).toBe('long')
    expect(stations.map(({ station, n, cut }) => [station, n, cut?.value?.toFixed(9)])).toEqual([
      ['A', 10, '20.000000000'],
      ['B', 10, '22.000000000'],
      ['C', 10, '20.000000000'],
    ])
    expect(exam.cut.value).toBeCloseTo(62 / 3, 9)
    expect(Object.values(exam.outcomes).reduce((sum, count) => sum + count)).toBe(10)
    expect(candidates[0]?.candidate).toBe('c0')
    expect(candidates[0]?.mean.value).toBeCloseTo(62 / 3, 9)
  })

  it('is the same in wide form, and in a workbook', async () => {
    const wide = [
      ['candidate', 'A', 'A grade', 'A examiner', 'B', 'B grade', 'B examiner', 'C', 'C grade', 'C examiner'],
      ...Array.from({ length: 10 }, (_, c) => [
        `c${c}`,
        ...rows.filter(({ candidate }) => candidate === `c${c}`).flatMap((row) => [row.score, row.grade, row.examiner]),
      ]),
    ]
    const { layout: _, ...expected } = await analysed('--in', long())
    expect(await analysed('--in', fileOf(wide.map((row) => row.join(';')).join('\n')))).toEqual({
      layout: 'wide',
      ...expected,
    })
    const book = join(dir, 'marks.xlsx')
    await writeXlsx(
      wide.map((row) => row.map((value) => ({ value, type: typeof value === 'number' ? Number : String }))),
    ).toFile(book)
    expect(await analysed('--in', book)).toEqual({ layout: 'wide', ...expected })
  })

  it('counts a missing station as incomplete, not as a fail', async () => {
    const gap = rows.filter(({ candidate, station }) => candidate !== 'c4' || station !== 'A')
    const { candidates, exam } = await analysed('--in', long(gap))
    expect(candidates.find(({ candidate }) => candidate === 'c4')?.outcome).toBe('incomplete')
    expect(exam.outcomes['incomplete']).toBe(1)
    expect(exam.alpha.n).toBe(9)
  })

  it('compares groups, and withholds what is of too few', async () => {
    const text = [
      `${header},site`,
      ...rows.map((row, i) => `${Object.values(row).join(',')},${i < 15 ? 'north' : 'south'}`),
    ]
    const { groups } = await analysed('--in', fileOf(text.join('\n')), '--group', 'site')
    expect(groups).toHaveLength(3)
    expect(JSON.stringify(groups)).toContain('group-too-small')
  })

  it('tells of groups from the size that was declared on, and says the size in force', async () => {
    const text = [
      `${header},site`,
      ...rows.map((row, i) => `${Object.values(row).join(',')},${i < 15 ? 'north' : 'south'}`),
    ]
    const file = fileOf(text.join('\n'))
    const of = async (...size: string[]) => {
      const told = await done('analyse', '--in', file, '--group', 'site', ...size, '--json')
      const { groups, groupComparison } = JSON.parse(told.join('')) as {
        groups: { hedgesG: Figure }[]
        groupComparison: { minimum: number }
      }
      return { minimum: groupComparison.minimum, told: groups.filter(({ hedgesG }) => hedgesG.value !== null).length }
    }
    expect(await of()).toEqual({ minimum: 10, told: 0 })
    expect(await of('--min-group', '5')).toEqual({ minimum: 5, told: 3 })
    expect(await of('--min-group', '6')).toEqual({ minimum: 6, told: 0 })
  })
})

test('sets the cuts by another method where one is named', async () => {
  const cut = async (...argv: string[]) => (await analysed('--in', long(), ...argv)).stations[0]?.['cut']?.value
  expect(await cut('--standard', 'borderline-group')).toBe(20)
  expect(await cut('--standard', 'cohen')).toBeCloseTo(30, 9)
  expect(await cut('--standard', 'cohen', '--share', '0.5')).toBeCloseTo(25, 9)
})

describe('sets the cuts by judgement', () => {
  const judges = ['station,J1,J2,J3', 'C,30,32,34', 'A,20,24,28', 'B,10,22,25']
  const angoff = (lines = judges) => ['--standard', 'angoff', '--judges', fileOf(lines.join('\n'))]

  it('of judges, station by station, and the exam’s as "stats angoff" has it', async () => {
    const { stations, exam } = await analysed('--in', long(), ...angoff())
    expect(stations.map(({ station, cut }) => [station, cut?.value])).toEqual([
      ['A', 24],
      ['B', 19],
      ['C', 32],
    ])
    const [, , , file = ''] = angoff()
    const alone = JSON.parse((await done('stats', 'angoff', '--in', file, '--json')).join('')) as { cut: Figure }
    expect(exam.cut).toEqual(alone.cut)
    expect(exam.cut).toMatchObject({ n: 3, method: 'angoff' })
  })

  it('of a committee, for the exam, which the stations are passed at', async () => {
    const rectangle = ['--min-cut', '20', '--max-cut', '40', '--min-fail', '0', '--max-fail', '0.6']
    const { stations, exam, candidates } = await analysed('--in', long(), '--standard', 'hofstee', ...rectangle)
    const means = candidates.map(({ mean }) => mean.value ?? Number.NaN)
    const scores = fileOf(means.map((mean) => `${mean}`).join('\n'))
    const alone = JSON.parse((await done('stats', 'hofstee', '--in', scores, ...rectangle, '--json')).join('')) as {
      cut: Figure
    }
    expect(exam.cut).toEqual(alone.cut)
    expect(exam.cut.method).toBe('hofstee')
    for (const { cut } of stations) expect(cut).toEqual(exam.cut)
    expect(exam.outcomes['fail']).toBe(means.filter((mean) => mean < (exam.cut.value ?? 0)).length)
  })

  it.each([
    ['a station that has no mark', [...judges, 'D,1,2,3'], 'Row 5: no mark was given at a station called “D”.'],
    ['a station twice', [...judges, 'A,1,2,3'], 'Row 5: the station “A” stands in the table twice.'],
    [
      'rows without a name',
      ['20,24', '30,31'],
      'Row 1: the rows are not named; put the stations into a first column called “station”, as the marks call them.',
    ],
    [
      'no number',
      ['station,J1', 'A,x'],
      'Row 2, column “J1”: “x” is no number; leave the cell empty where the mark is missing.',
    ],
  ])('and refuses %s in the table of judges', async (_, lines, sentence) => {
    const { code, err } = await cli('analyse', '--in', long(), ...angoff(lines))
    expect([code, err.slice(1)]).toEqual([1, [sentence]])
    expect(err[0]).toMatch(/^In .*\.csv:$/)
  })

  it.each([
    [['--standard', 'guess'], /--standard takes .* angoff or hofstee, not "guess"/],
    [['--share', '0.5'], /--share goes with --standard cohen/],
    [['--standard', 'cohen', '--judges', 'x.csv'], /--judges goes with --standard angoff/],
    [['--standard', 'angoff'], /--judges is missing/],
    [['--standard', 'hofstee', '--min-cut', '20'], /--max-cut is missing/],
  ])('%j is refused', async (argv, sentence) => {
    const said = await cli('analyse', '--in', long(), ...argv)
    expect([said.code, said.err.join('')]).toEqual([2, expect.stringMatching(sentence)])
  })
})

test('tells each examiner’s stringency by both models', async () => {
  const two = rows.flatMap((row) => [
    { ...row, examiner: 'dove' },
    { ...row, examiner: 'hawk', score: row.score - 4 - (row.score % 3) },
  ])
  type Both = { examiner: string; stringency: Figure; mixed: Figure }
  const { examiners } = (await analysed('--in', long(two))) as unknown as { examiners: Both[] }
  const hawk = examiners.find(({ examiner }) => examiner === 'hawk')
  expect(hawk?.stringency.value).toBeGreaterThan(2)
  expect(hawk?.mixed.value).toBeGreaterThan(0)
  expect(hawk?.mixed.value).toBeLessThan(hawk?.stringency.value ?? 0)
})

test('a person reads what came out in lines', async () => {
  const lines = await done('analyse', '--in', long())
  expect(lines[0]).toMatch(/^cut: 20\.67 .*n 3$/)
  expect(lines.some((line) => /^station +n +mean/.test(line))).toBe(true)
})

describe('whatever the file holds, a figure is withheld with its reason, and nothing crashes', () => {
  const only = (keep: (row: (typeof rows)[number]) => boolean) => long(rows.filter(keep))
  it.each([
    ['one candidate', () => only(({ candidate }) => candidate === 'c0'), ['one-candidate']],
    ['one station', () => only(({ station }) => station === 'A'), ['one-item']],
    ['no variance', () => long(rows.map((row) => ({ ...row, score: 30, grade: 3 }))), ['no-variance']],
    [
      'every mark missing',
      () => fileOf([header, 'c0,A,E,,', 'c1,A,E,,', 'c1,B,E,,'].join('\n')),
      ['no-complete-candidate', 'no-data'],
    ],
  ])('%s', async (_, make, reasons) => {
    const { exam } = await analysed('--in', make())
    expect(exam.alpha.value).toBeNull()
    expect(reasons).toContain(exam.alpha.reason)
  })

  it('names row and column of what it cannot read, with --json as JSON too', async () => {
    const file = fileOf([header, 'c0,A,E,"12,5",3', 'c1,A,E,12,9'].join('\n'))
    const { code, out, err } = await cli('analyse', '--in', file, '--json')
    expect(code).toBe(1)
    expect(err).toEqual([
      'Row 2, column “score”: “12,5” has a comma; write 12.5, with a point.',
      'Row 3, column “grade”: “9” is no grade of the scale from 0 to 5.',
    ])
    expect(JSON.parse(out.join(''))).toMatchObject({
      problems: [
        { row: 2, column: 'score', code: 'decimal-comma' },
        { row: 3, column: 'grade', code: 'grade-outside-scale' },
      ],
    })
  })

  it('says it as JSON too where there is no row to name', async () => {
    const { code, out, err } = await cli('analyse', '--in', fileOf(`${header}\n`), '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out.join(''))).toEqual({
      problems: [{ row: null, column: null, code: 'file-empty', params: {}, sentence: err.join('') }],
    })
  })

  it.each([
    [['--borderline', '9'], '--borderline takes a grade of the scale from 0 to 5'],
    [['--borderline', '0', '--grades', '1-5'], '--borderline takes a grade of the scale from 1 to 5'],
    [['--min-stations', '4'], '--min-stations asks for 4, and the file has 3'],
  ])('refuses a rule that the exam has no place for: %s', async (rule, sentence) => {
    const said = await cli('analyse', '--in', long(), ...rule)
    expect(said).toMatchObject({ code: 2, out: [], err: [expect.stringContaining(sentence)] })
  })

  it('takes no table of bare numbers for an exam', async () => {
    const said = await cli('analyse', '--in', fileOf('9,2,5,8\n6,1,3,2'))
    expect(said).toMatchObject({ code: 1, out: [], err: ['Row 1: no column is called “candidate”.'] })
  })

  it('is refused with a header alone, and with a NUL byte, which is said', async () => {
    expect(await cli('analyse', '--in', fileOf(`${header}\n`))).toMatchObject({
      code: 1,
      err: [expect.stringContaining('nothing in the file')],
    })
    const said = await cli('analyse', '--in', fileOf(`${header}\nc0,A,E,1\u0000,3`))
    expect(said.code).toBe(1)
    expect(said.err.join(' ')).toMatch(/NUL byte.*line 2/)
  })

  it('says which column it leaves out for want of a name', async () => {
    const { code, err } = await cli('analyse', '--in', fileOf('candidate,A,,B\n1,3,9,4\n2,4,9,5'))
    expect({ code, err }).toEqual({
      code: 0,
      err: ['Row 1: column 3 has no name, and is left out with what stands in it (cells filled: 2).'],
    })
  })

  it('tells the first twenty of many', async () => {
    const file = fileOf([header, ...Array.from({ length: 30 }, (_, i) => `c${i},A,E,x,3`)].join('\n'))
    const { err } = await cli('analyse', '--in', file)
    expect(err).toHaveLength(21)
    expect(err.at(-1)).toBe('… and 10 more.')
  })

  it.each([
    [['--max', 'x'], /--max takes a number/],
    [['--max', '0'], /--max takes a number above 0/],
    [['--grades', '5-1'], /--grades takes/],
    [['--sem', '-1'], /--sem/],
    [['--min-stations', '1.5'], /--min-stations takes a whole number/],
    [['--group', 'site', '--min-group', '1'], /--min-group takes a whole number from 2 to 10000, not "1"/],
    [['--group', 'site', '--min-group', '2.5'], /--min-group takes a whole number/],
    [['--min-group', '5'], /--min-group goes with --group/],
  ] as const)('%j is refused', async (argv, sentence) => {
    const said = await cli('analyse', '--in', long(), ...argv)
    expect(said.code).toBe(2)
    expect(said.err.join('\n')).toMatch(sentence)
  })
})
