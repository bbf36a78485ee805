import { describe, expect, it, test } from 'vitest'
import { cli, csvIn, done, folderOfFile } from './call.ts'

const csv = csvIn(folderOfFile())
const json = async (...argv: string[]): Promise<unknown> => JSON.parse((await done(...argv, '--json')).join(''))

describe('what cannot be read is named', () => {
  it('by row and column', async () => {
    const file = csv([
      ['x', 'y'],
      ['1', '2'],
      ['"12,5"', 'x'],
    ])
    const { code, err, out } = await cli('stats', 'agreement', '--in', file)
    expect({ code, out }).toEqual({ code: 1, out: [] })
    expect(err).toEqual([
      'Row 3, column “x”: “12,5” has a comma; write 12.5, with a point.',
      'Row 3, column “y”: “x” is no number; leave the cell empty where the mark is missing.',
    ])
  })

  it.each([
    ['a file that is not there', ['stats', 'icc', '--in', '/nowhere/at-all.csv'], 1, /cannot be read/],
    ['no file', ['stats', 'icc'], 2, /--in is missing/],
    ['a level that is none', ['stats', 'krippendorff', '--in', 'x.csv', '--level', 'fancy'], 2, /--level takes/],
    ['weights that are none', ['stats', 'kappa', '--in', 'x.csv', '--weights', 'cubic'], 2, /--weights takes/],
    ['a design that is none', ['stats', 'gstudy', '--in', 'x.csv', '--design', 's:p'], 2, /--design takes/],
    ['sizes that are none', ['stats', 'gstudy', '--in', 'x.csv', '--d-study', 'ns=0'], 2, /--d-study takes/],
    ['no borderline grade', ['stats', 'brm', '--in', 'x.csv'], 2, /--borderline is missing/],
  ] as const)('%s', async (_, argv, code, sentence) => {
    const said = await cli(...argv)
    expect(said.code).toBe(code)
    expect(said.err.join('\n')).toMatch(sentence)
  })

  it('a cell of a table of counts that is no count, and a table that is not square', async () => {
    const said = await cli(
      'stats',
      'kappa',
      '--in',
      csv([
        [5, -1],
        [1.5, 5],
      ]),
      '--json',
    )
    expect(said.code).toBe(1)
    expect(said.err).toEqual([
      'Row 1, column “2”: “-1” is no count, a whole number from 0 up.',
      'Row 2, column “1”: “1.5” is no count, a whole number from 0 up.',
    ])
    expect(JSON.parse(said.out.join(''))).toMatchObject({
      problems: [
        { row: 1, column: '2' },
        { row: 2, column: '1' },
      ],
    })
    expect((await cli('stats', 'kappa', '--in', csv([[5, 1, 0]]))).err).toEqual([
      expect.stringMatching(/^Row 1: the table ends here with 1 rows of 3 columns\. .* write 0 /),
    ])
  })

  it('a comma in the first line of a file without a header', async () => {
    const file = csv([
      ['c1', 'A', 'E', '"12,5"'],
      ['c2', 'A', 'E', 7],
    ])
    expect((await cli('stats', 'stringency', '--in', file)).err).toEqual([
      'Row 1, column “score”: “12,5” has a comma; write 12.5, with a point.',
    ])
  })

  it('an empty file', async () => {
    expect(await cli('stats', 'icc', '--in', csv([]))).toMatchObject({
      code: 1,
      err: [expect.stringMatching(/nothing/)],
    })
  })
})

describe('where every mark is missing, the measure says why it is withheld', () => {
  const hofstee = ['hofstee', '--min-cut', '1', '--max-cut', '2', '--min-fail', '0', '--max-fail', '1']
  const blank = [
    [null, null],
    [null, null],
  ]
  it.each([
    ...[['icc'], ['alpha'], ['krippendorff'], ['kappa'], ['agreement'], ['brm', '--borderline', '2']],
    ...[['cohen'], ['angoff'], hofstee],
  ])('%s', async (...measure) => {
    for (const rows of [blank, [measure[0] === 'brm' ? ['grade', 'score'] : ['x', 'y'], ...blank]]) {
      const said = await done('stats', ...measure, '--in', csv(rows), '--json')
      const figures = said.join('').match(/"value":[^,]+,"n":0,"method":"[^"]+","reason":"[^"]+"/g) ?? []
      expect(figures.length).toBeGreaterThan(0)
      for (const figure of figures) expect(figure).toMatch(/^"value":null,.*"reason":"no-data"$/)
    }
  })
})

test('a file without a header may begin with a missing score', async () => {
  const scores = [null, 8, 6, 9, 7, 7]
  const rows = scores.map((score, i) => [`c${i % 3}`, `s${i < 3 ? 1 : 2}`, `e${i % 2}`, score])
  const named = [['candidate', 'station', 'examiner', 'score'], ...rows]
  for (const measure of ['stringency', 'mfrm', 'gstudy']) {
    expect(await json('stats', measure, '--in', csv(rows))).toEqual(await json('stats', measure, '--in', csv(named)))
  }
})
