import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cli, done, filesIn, folderOfFile, type Said } from './call.ts'

const folder = folderOfFile()
const out = join(folder, 'out')
const data = join(folder, 'data')
const SMALL = ['--candidates', '4', '--stations', '3']

let said: Said
beforeAll(async () => {
  said = await cli('demo', '--out', out, '--data', data, ...SMALL, '--json')
})

const rows = (file: string): Record<string, string>[] =>
  parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), { columns: true })
const pagesOf = async (file: string): Promise<string[]> => [...(await readPdf(readFileSync(file))).pages]

/** What a file says, the code of the ledger aside: no two installations write the same chain. */
const contentBut = async (file: string): Promise<string[]> =>
  file.endsWith('.pdf')
    ? (await pagesOf(file)).map((page) => page.replaceAll(/\b[A-Z]{4}-[A-Z]{4}\b/g, 'CODE').replaceAll(/\s+/g, ' '))
    : [readFileSync(file, 'utf8')]

describe('a demo', () => {
  it('sums up as JSON in its last line', () => {
    expect(said.code).toBe(0)
    expect(said.out).toHaveLength(1)
    const sum = JSON.parse(said.out[0] ?? '') as Record<string, unknown>
    expect(Object.keys(sum)).toEqual([
      'candidates',
      'stations',
      'encounters',
      'ratings',
      'feedbackPdfs',
      'cohortPdf',
      'seconds',
    ])
    expect(sum).toEqual({
      candidates: 4,
      stations: 3,
      encounters: 12,
      ratings: 144,
      feedbackPdfs: 4,
      cohortPdf: join(out, 'cohort.pdf'),
      seconds: expect.any(Number) as number,
    })
    expect(sum['seconds']).toBeGreaterThan(0)
  })

  it('tells a person who watches how far it is', () => {
    expect(said.err).toContain('Played 12 of 12 encounters')
    expect(said.err).toContain('Wrote 4 of 4 feedback reports')
  })

  it('writes a report for each candidate, one for the cohort, two tables, and nothing else', () => {
    expect(filesIn(out)).toEqual([
      'cohort.pdf',
      'feedback/1001.pdf',
      'feedback/1002.pdf',
      'feedback/1003.pdf',
      'feedback/1004.pdf',
      'ratings.csv',
      'results.csv',
    ])
    expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('plays every encounter: what it counts is in the tables', () => {
    const ratings = rows(join(out, 'ratings.csv'))
    // Twelve behaviours, the global rating and seven statements of the patient in each of twelve encounters.
    const expected = ['rating', 'global-rating', 'sp-answer']
    expect(ratings.filter(({ kind }) => expected.includes(kind ?? ''))).toHaveLength(12 * 20)
    const points = ratings.filter(({ domain, value }) => domain !== '' && value !== '')
    expect(points).toHaveLength(144)
    const results = rows(join(out, 'results.csv'))
    expect(results.map(({ candidate }) => candidate)).toEqual(['1001', '1002', '1003', '1004'])
    for (const { outcome } of results) expect(['pass', 'fail']).toContain(outcome)
  })

  it('writes reports that a PDF reader opens, each about its own candidate and plainly on invented persons', async () => {
    const names = new Map(rows(join(out, 'results.csv')).map(({ candidate, name }) => [candidate, name]))
    for (const number of names.keys()) {
      const pages = await pagesOf(join(out, 'feedback', `${number ?? ''}.pdf`))
      expect(pages).toHaveLength(2)
      expect(pages[0]).toContain(`Candidate ${number ?? ''}`)
      for (const page of pages) expect(page).toContain('invented persons')
    }
    expect((await pagesOf(join(out, 'cohort.pdf'))).join('\n')).toContain('12 of 12 encounters submitted')
  })

  it('keeps the exam in the data folder that was named', async () => {
    const [exam] = JSON.parse((await done('exam', 'list', '--data', data, '--json')).join('')) as unknown[]
    expect(exam).toMatchObject({ encounters: 12, submitted: 12, status: 'running' })
  })

  it('plays the same day with the same seed, but for the code of its ledger, and leaves no data folder where none was named', async () => {
    const again = join(tempDir(), 'deep', 'out')
    const temporary = tempDir()
    const before = process.env['TMPDIR']
    process.env['TMPDIR'] = temporary
    onTestFinished(() => {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
    })
    const lines = await done('demo', '--out', again, ...SMALL, '--seed', '1')
    expect(lines).toEqual([
      expect.stringMatching(/^4 feedback reports, the cohort report and two tables are in \S+ \([\d.]+ s\)\.$/),
    ])
    expect(filesIn(again)).toEqual(filesIn(out))
    for (const file of filesIn(out)) {
      expect(await contentBut(join(again, file)), file).toEqual(await contentBut(join(out, file)))
    }
    expect(readdirSync(temporary)).toEqual([])
  })

  it('leaves no folder behind that it made for nothing', async () => {
    const dir = tempDir()
    writeFileSync(join(dir, 'data'), 'a file')
    const { code } = await cli('demo', '--out', join(dir, 'a', 'b'), '--data', join(dir, 'data'))
    expect(code).toBe(1)
    expect(existsSync(join(dir, 'a'))).toBe(false)
    mkdirSync(join(dir, 'kept'))
    await cli('demo', '--out', join(dir, 'kept'), '--data', join(dir, 'data'))
    expect(existsSync(join(dir, 'kept'))).toBe(true)
  })
})

describe('a second demo into the same folders, with another seed', () => {
  const used = join(folder, 'used')
  const reused = join(folder, 'reused')
  let last: string | undefined
  beforeAll(async () => {
    cpSync(data, used, { recursive: true })
    cpSync(out, reused, { recursive: true })
    // A candidate of an earlier, larger day, and files that no demo made.
    copyFileSync(join(out, 'feedback', '1004.pdf'), join(reused, 'feedback', '1009.pdf'))
    writeFileSync(join(reused, 'feedback', 'notes.pdf'), 'mine')
    writeFileSync(join(reused, 'feedback', 'notes.txt'), 'mine')
    const {
      code,
      out: lines,
      err,
    } = await cli('demo', '--out', reused, '--data', used, ...SMALL, '--seed', '2', '--json')
    expect(code).toBe(0)
    expect(err).toContain('The data folder was not new: the sample exam was added to what it holds')
    last = lines.at(-1)
  })

  it('plays another day', () => {
    const points = (dir: string) => rows(join(dir, 'ratings.csv')).map(({ value }) => value)
    expect(points(reused)).not.toEqual(points(out))
  })

  it('replaces the reports of the earlier day, and leaves files that are not its own', () => {
    expect(JSON.parse(last ?? '')).toMatchObject({ feedbackPdfs: 4 })
    expect(readdirSync(join(reused, 'feedback')).toSorted()).toEqual([
      '1001.pdf',
      '1002.pdf',
      '1003.pdf',
      '1004.pdf',
      'notes.pdf',
      'notes.txt',
    ])
  })

  it('adds an exam to the data, and leaves the one that was there as it is', async () => {
    const exams = JSON.parse((await done('exam', 'list', '--data', used, '--json')).join('')) as { id: string }[]
    expect(exams).toMatchObject([{ submitted: 12 }, { submitted: 12 }])
    const [before] = JSON.parse((await done('exam', 'list', '--data', data, '--json')).join('')) as { id: string }[]
    const again = join(tempDir(), 'ratings.csv')
    await done('export', 'ratings', '--names', '--data', used, '--exam', before?.id ?? '', '--out', again)
    expect(readFileSync(again).equals(readFileSync(join(out, 'ratings.csv')))).toBe(true)
  })
})
