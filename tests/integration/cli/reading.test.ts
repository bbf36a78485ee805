import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import { examIdSchema } from '#shared/domain/ids.ts'
import { openStore } from '#electron/store/store.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { fromRoot } from '#tests/support/services.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cli, contentOf, done, filesIn, folderOfFile } from './call.ts'

const data = folderOfFile()
beforeAll(() => {
  const store = openStore({ dataDir: data })
  putSmallExam(store)
  store.close()
})

const commands = [
  'demo',
  'report candidate',
  'report cohort',
  'report examiner',
  'report session',
  'export ratings',
  'export results',
  'exam list',
  'rubric check',
  'ledger list',
  'soak',
  'verify',
  'backup create',
  'backup list',
  'backup restore',
  'doctor',
  'analyse',
  'stats icc',
  'stats alpha',
  'stats krippendorff',
  'stats kappa',
  'stats brm',
  'stats cohen',
  'stats angoff',
  'stats hofstee',
  'stats agreement',
  'stats gstudy',
  'stats mfrm',
  'stats stringency',
]

describe('help', () => {
  it.each(commands)('of "%s" says what it is for and how it is called', async (name) => {
    for (const flag of ['--help', '-h']) {
      const { code, out, err } = await cli(...name.split(' '), flag)
      expect([code, err]).toEqual([0, []])
      const lines = out.join('\n').split('\n')
      expect(lines[0]).toMatch(/^[A-Z].+\.$/)
      expect(lines[2]).toMatch(new RegExp(`^attune ${name} `))
      for (const option of lines[2]?.match(/--[\w-]+/g) ?? [])
        expect(lines.slice(3).join('\n')).toContain(`  ${option} `)
    }
  })

  it('lists every command, each with what it does', async () => {
    for (const word of ['--help', '-h', 'help']) {
      const lines = await done(word)
      for (const name of commands) expect(lines.filter((line) => line.startsWith(`  ${name} `))).toHaveLength(1)
    }
  })

  it('is given, with a failure, to somebody who names no command', async () => {
    const { code, out } = await cli()
    expect(code).toBe(2)
    expect(out.join('\n')).toContain('rubric check')
  })

  it('of a first word lists what may stand behind it', async () => {
    const lines = await done('report', '--help')
    expect(lines.map((line) => line.trim().split('  ')[0])).toEqual([
      'report candidate',
      'report cohort',
      'report examiner',
      'report session',
    ])
  })
})

describe('exam list', () => {
  it('names each exam with its id, day and how far it is', async () => {
    expect(await done('exam', 'list', '--data', data)).toEqual([
      'exam-1  2026-11-14  running  0 of 9 encounters submitted  Small exam',
    ])
  })

  it('gives the same as JSON', async () => {
    expect(JSON.parse((await done('exam', 'list', '--data', data, '--json')).join(''))).toEqual([
      expect.objectContaining({
        id: 'exam-1',
        title: 'Small exam',
        heldOn: '2026-11-14',
        status: 'running',
        encounters: 9,
        submitted: 0,
      }),
    ])
  })

  it('tells which exams are put away, and leaves none out', async () => {
    const dataDir = dataFolder()
    const store = openStore({ dataDir })
    const { exam } = putSmallExam(store)
    store.exams.setPutAway(exam.id, true)
    store.close()
    expect(await done('exam', 'list', '--data', dataDir)).toEqual([
      expect.stringMatching(/Small exam {2}\(put away\)$/),
    ])
    const [entry] = JSON.parse((await done('exam', 'list', '--data', dataDir, '--json')).join('')) as unknown[]
    expect(entry).toMatchObject({ id: 'exam-1', putAway: true })
  })

  it('says that there is none yet', async () => {
    const empty = dataFolder()
    openStore({ dataDir: empty }).close()
    expect(await done('exam', 'list', '--data', empty)).toEqual(['No exam yet.'])
    expect(await done('exam', 'list', '--data', empty, '--json')).toEqual(['[]'])
  })
})

describe('a report or a table', () => {
  const write = async (words: string, file: string, ...more: string[]) =>
    done(...words.split(' '), '--data', data, '--exam', 'exam-1', '--out', file, ...more)

  it('of a candidate is that candidate’s feedback', async () => {
    const file = join(tempDir(), 'new', 'folder', '1002.pdf')
    expect(await write('report candidate', file, '--candidate', '1002')).toEqual([file])
    const { pages } = await readPdf(readFileSync(file))
    expect(pages[0]).toContain('Candidate 1002')
    expect(pages[0]).not.toContain('1001')
  })

  it('of the cohort is about everybody', async () => {
    const file = join(tempDir(), 'cohort.pdf')
    expect(await write('report cohort', file)).toEqual([file])
    const text = (await readPdf(readFileSync(file))).pages.join('\n')
    for (const number of ['1001', '1002', '1003']) expect(text).toContain(number)
  })

  it('of an examiner is their own letter, to one by name or id or to each', async () => {
    const dir = tempDir()
    const people = () => {
      const store = openStore({ dataDir: data })
      const examiners = store.people.ofExam(examIdSchema.parse('exam-1')).filter(({ role }) => role === 'examiner')
      store.close()
      return examiners
    }
    const [examiner, other] = people()
    if (!examiner || !other) throw new Error('the exam has two examiners')
    for (const who of [examiner.id, examiner.name]) {
      const file = join(dir, 'letter.pdf')
      expect(await write('report examiner', file, '--examiner', who)).toEqual([file])
      const text = (await readPdf(readFileSync(file))).pages.join('\n')
      expect(text).toContain(examiner.name)
      expect(text).not.toContain(other.name)
    }
    await write('report examiner', join(dir, 'all'), '--examiner', 'all')
    expect(filesIn(join(dir, 'all'))).toHaveLength(people().length)
    const said = await cli(
      ...['report', 'examiner', '--data', data, '--exam', 'exam-1'],
      ...['--out', join(dir, 'x.pdf'), '--examiner', 'Nobody'],
    )
    expect(said.code).toBe(1)
    expect(filesIn(dir)).not.toContain('x.pdf')
  })

  it.each(['ratings', 'results'])('of %s is CSV for a spreadsheet', async (table) => {
    const file = join(tempDir(), `${table}.csv`)
    expect(await write(`export ${table}`, file, '--names')).toEqual([file])
    const text = readFileSync(file, 'utf8')
    expect(text.startsWith('\uFEFF')).toBe(true)
    const rows: Record<string, string>[] = parse(text.slice(1), { columns: true })
    expect(new Set(rows.map(({ candidate }) => candidate))).toEqual(new Set(['1001', '1002', '1003']))
  })

  it.each(['ratings', 'results'])('of %s names nobody unless it is asked to', async (table) => {
    const file = join(tempDir(), `${table}.csv`)
    await write(`export ${table}`, file)
    const text = readFileSync(file, 'utf8')
    expect(text).not.toMatch(/Candidate \d|100[123]|examiner-\d|sp-1/)
    const rows: Record<string, string>[] = parse(text.slice(1), { columns: true })
    expect(new Set(rows.map(({ candidate }) => candidate)).size).toBe(3)
  })

  it('of the cohort names candidates only when it is asked to', async () => {
    const file = join(tempDir(), 'cohort.pdf')
    await write('report cohort', file)
    expect((await readPdf(readFileSync(file))).pages.join('\n')).not.toContain('Candidate 1')
    await write('report cohort', file, '--names')
    expect((await readPdf(readFileSync(file))).pages.join('\n')).toContain('Candidate 1')
  })

  it('replaces an earlier file whole, leaves nothing beside it, and changes nothing in the data', async () => {
    const dir = tempDir()
    const before = contentOf(data)
    for (const [words, name] of [
      ['report cohort', 'cohort.pdf'],
      ['export ratings', 'ratings.csv'],
    ] as const) {
      writeFileSync(join(dir, name), 'before')
      await write(words, join(dir, name))
      expect(readFileSync(join(dir, name), 'utf8')).not.toContain('before')
    }
    expect(filesIn(dir)).toEqual(['cohort.pdf', 'ratings.csv'])
    expect(contentOf(data)).toEqual(before)
  })
})

describe('rubric check', () => {
  const shipped = fromRoot('resources/rubrics/empathy-1.json')
  const text = readFileSync(shipped, 'utf8')
  const check = (content: string) => {
    const file = join(tempDir(), 'rubric.json')
    writeFileSync(file, content)
    return cli('rubric', 'check', file)
  }
  const lineWith = (needle: string) => text.slice(0, text.indexOf(needle)).split('\n').length

  it('says what a sound rubric holds', async () => {
    expect(await done('rubric', 'check', shipped)).toEqual(['Clinical empathy, version 1: 12 behaviours, sound.'])
  })

  it('names the line of a behaviour whose anchor is missing', async () => {
    const anchors = /"anchors": \[\s*"[^"]*",/
    const { code, out, err } = await check(text.replace(anchors, '"anchors": ['))
    expect([code, out]).toEqual([1, []])
    expect(err).toEqual([
      expect.stringMatching(new RegExp(`rubric\\.json, line ${lineWith('"anchors"')}: .+ describes 4 of 5 points$`)),
    ])
  })

  it('names the line of a weight of −1', async () => {
    const { code, err } = await check(text.replace(/"weight": 1/, '"weight": -1'))
    expect(code).toBe(1)
    expect(err).toEqual([expect.stringMatching(new RegExp(`line ${lineWith('"weight"')}: .*-1.*more than 0`))])
  })

  it('says where a file stops being JSON, and that one is not there', async () => {
    expect((await check(text.slice(0, 500))).err).toEqual([expect.stringMatching(/line \d+: /)])
    const none = join(tempDir(), 'none.json')
    const { code, err } = await cli('rubric', 'check', none)
    expect(code).toBe(1)
    expect(err).toEqual([`${none} cannot be read; check the path and that you may read it.`])
  })

  it('says that a text was changed after it was published', async () => {
    const { code, err } = await check(text.replace('"Clinical empathy"', '"Clinical apathy"'))
    expect(code).toBe(1)
    expect(err).toEqual([expect.stringContaining('checksum')])
  })
})
