import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCsv } from '#electron/files/csv.ts'

const BOM = '\uFEFF'
/** Read by somebody who takes every kind of line end for one. */
const cells = (text: string): string[][] => parse(text.slice(BOM.length), { record_delimiter: ['\r\n', '\n', '\r'] })

describe('a CSV file', () => {
  it('begins with the mark that tells a spreadsheet that it is UTF-8, and ends each line with CR LF', () => {
    expect(toCsv(['number', 'name'], [[1017, 'Žofie']])).toBe(`${BOM}number,name\r\n1017,Žofie\r\n`)
  })

  it('has a header alone where there is nothing to tell', () => {
    expect(toCsv(['number', 'name'], [])).toBe(`${BOM}number,name\r\n`)
  })

  it('quotes what would end a cell or a line', () => {
    expect(toCsv(['a'], [['one, two'], ['say "oh"'], ['first\nsecond'], ['first\r\nsecond']])).toBe(
      `${BOM}a\r\n"one, two"\r\n"say ""oh"""\r\n"first\nsecond"\r\n"first\r\nsecond"\r\n`,
    )
  })

  it('keeps withheld figures empty, and 0 a figure', () => {
    expect(toCsv(['a', 'b', 'c'], [[null, 0, -1.5]])).toBe(`${BOM}a,b,c\r\n,0,-1.5\r\n`)
  })

  it.each([
    ['calm;=1+1', "calm;'=1+1"],
    ['calm\t@SUM(1)', "calm\t'@SUM(1)"],
    ['calm\n-2+3', "calm\n'-2+3"],
    ['calm; =1; +2', "calm; '=1; '+2"],
    ['3-4; a=b', '3-4; a=b'],
  ])('begins no formula for a spreadsheet that ends a cell elsewhere: %j', (text, written) => {
    expect(cells(toCsv(['a'], [[text]]))[1]).toEqual([written])
  })

  it.each([
    ['=HYPERLINK("http://example.org","x")'],
    ['+1'],
    ['-1'],
    ['@SUM(1)'],
    ['  =1'],
    ['\t=1'],
    ['\r=1'],
    ['\n=1'],
    ['\u00A0=1'],
    ['＝1'],
    ['＋1'],
    ['－1'],
    ['＠x'],
    ['\u200B=1'],
    ['\u0000=1'],
    ['\uFEFF=1'],
    ['\ttext'],
  ])('keeps a text that a spreadsheet would run a text: %j', (text) => {
    const [, [cell = ''] = []] = cells(toCsv(['a'], [[text]]))
    expect(cell.startsWith("'")).toBe(true)
    expect(cell.replaceAll("'", '')).toBe(text)
  })

  it.each([['Ada'], ['a=1'], ['1-2'], ["'quoted'"], ['“Oh.”'], ['…'], ['(–)']])(
    'leaves other text as it is: %j',
    (text) => {
      expect(cells(toCsv(['a'], [[text]]))).toEqual([['a'], [text]])
    },
  )

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc
      .array(fc.constantFrom('"', ',', ';', '\r', '\n', '\r\n', ' ', '=', '-', '@', "'", BOM, 'é', '山', 'علي'), {
        maxLength: 8,
      })
      .map((parts) => parts.join('')),
  )
  const number = fc.double({ min: -1000, max: 1000, noNaN: true })
  const table = fc.integer({ min: 1, max: 5 }).chain((width) => {
    const value = fc.oneof(text, number, fc.constant(null))
    return fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 })
  })

  it('gives back the cells that were put into it, whatever they hold', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const columns = (rows[0] ?? []).map((_, index) => `column ${index}`)
        const [header, ...read] = cells(toCsv(columns, rows))
        expect(header).toEqual(columns)
        expect(read).toHaveLength(rows.length)
        rows.forEach((row, r) => {
          row.forEach((value, c) => {
            const cell = read[r]?.[c] ?? ''
            // But for what keeps it a text.
            if (typeof value === 'string') expect(cell.replaceAll("'", '')).toBe(value.replaceAll("'", ''))
            else expect(cell).toBe(value === null ? '' : String(value))
          })
        })
      }),
      { numRuns: 300 },
    )
  })

  it('holds no text that a spreadsheet would run', () => {
    fc.assert(
      fc.property(text, (any) => {
        const [, [cell = ''] = []] = cells(toCsv(['a'], [[any]]))
        for (const part of cell.split(/[;\t\r\n]/)) expect(part.trimStart()).not.toMatch(/^[=+\-@＝＋－＠]/u)
      }),
      { numRuns: 300 },
    )
  })
})
