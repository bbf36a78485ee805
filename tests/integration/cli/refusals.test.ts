import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '#electron/store/store.ts'
import { fromRoot } from '#tests/support/services.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { tempDir, unwritableDir } from '#tests/support/temp-dir.ts'
import { cli, contentOf, folderOfFile, type Said } from './call.ts'

const folder = folderOfFile()
const data = join(folder, 'data')
const out = join(folder, 'out')
const aFile = join(folder, 'notes.txt')

beforeAll(() => {
  mkdirSync(data)
  const store = openStore({ dataDir: data })
  putSmallExam(store)
  store.close()
  writeFileSync(aFile, 'mine')
})

/** One sentence to a person on stderr, nothing on stdout, no stack, and everything in the folder as it was. */
function expectSentence({ code, out: results, err }: Said, expected: number, ...parts: string[]) {
  expect([code, results]).toEqual([expected, []])
  expect(err).toHaveLength(1)
  expect(err[0]).toMatch(/^(?:[A-Z"/]|--)[^\n]*\.$/)
  expect(err[0]).not.toMatch(/node:|\.ts\b|\bat .+:\d+|undefined|null|\[object/)
  for (const part of parts) expect(err[0]).toContain(part)
}

async function refused(argv: readonly string[], expected: number, ...parts: string[]) {
  const before = contentOf(folder)
  expectSentence(await cli(...argv), expected, ...parts)
  expect(contentOf(folder)).toEqual(before)
  expect(existsSync(out)).toBe(false)
}

const cohort = (...more: string[]) => ['report', 'cohort', '--data', data, '--out', join(out, 'c.pdf'), ...more]
const candidate = (...more: string[]) => ['report', 'candidate', '--data', data, '--out', join(out, 'c.pdf'), ...more]

describe('a call whose words are wrong is refused with what to do', () => {
  it.each(
    [
      [['frobnicate'], 'no command "frobnicate"', '--help'],
      [['report'], '"report candidate" and "report cohort"'],
      [['report', 'everybody'], '"report everybody"', '"report cohort"'],
      [['exam', 'lost'], '"exam list"'],
      [['demo'], '--out is missing', '"demo --help"'],
      [['demo', '--out'], '--out needs a value'],
      [['demo', '--out', ''], '--out is missing'],
      [['demo', '--out', '--json'], '--out needs a value'],
      [['demo', '--out', out, '--colour', 'red'], 'no option --colour'],
      [['demo', '--out', out, 'more'], '"more" is one word too many'],
      [['demo', '--out', out, '--json=yes'], '--json takes no value'],
      [['exam', 'list', '-x'], 'no option -x'],
      [cohort(), '--exam is missing'],
      [candidate('--exam', 'exam-1'), '--candidate is missing'],
      [['export', 'ratings', '--data', data, '--exam', 'exam-1'], '--out is missing'],
      [['exam', 'list', '--data', ''], '--data is missing'],
      [['bundle', 'import', aFile, '--data', data, '--trust', 'FOO'], '--trust takes CODE=NAME', '"FOO"'],
      [['rubric', 'check'], 'One FILE'],
      [['rubric', 'check', 'a', 'b'], 'One FILE'],
    ].map(([argv, ...parts]) => [argv as string[], parts as string[]] as const),
  )('%j', async (argv, parts) => {
    await refused(argv, 2, ...parts)
  })

  it.each([
    ['--candidates', '0', 'from 1 to 2000'],
    ['--candidates', 'abc', 'from 1 to 2000'],
    ['--candidates', '100000', 'from 1 to 2000'],
    ['--candidates', '2.5', 'from 1 to 2000'],
    ['--stations', '0', 'from 1 to 36'],
    ['--stations', '40', 'from 1 to 36'],
    ['--seed', 'x', 'from 0 to 4294967295'],
  ])('demo %s %s', async (option, value, range) => {
    await refused(['demo', '--out', out, option, value], 2, option, `"${value}"`, range)
  })

  it('says whether a file or a folder is wanted', async () => {
    await refused(['demo', '--out', aFile], 2, aFile, 'a folder is needed')
    await refused(['export', 'results', '--data', data, '--exam', 'exam-1', '--out', data], 2, data, 'a file is needed')
  })
})

describe('what is not there is refused by its name', () => {
  it('an exam', async () => {
    await refused(cohort('--exam', 'exam-9'), 1, '"exam-9"', '"exam list"')
    await refused(cohort('--exam', '../../etc'), 1, '"../../etc"')
    await refused(candidate('--exam', 'exam-9', '--candidate', '1001'), 1, '"exam-9"')
    for (const table of ['ratings', 'results']) {
      await refused(['export', table, '--data', data, '--exam', 'x', '--out', join(out, 'x.csv')], 1, '"x"')
    }
  })

  it('a candidate', async () => {
    await refused(candidate('--exam', 'exam-1', '--candidate', '9999'), 1, '"9999"', 'Check the number')
  })

  it('a data folder', async () => {
    const none = join(folder, 'none')
    await refused(['exam', 'list', '--data', none], 1, none, 'nothing was made', '--data')
    await refused(['backup', 'list', '--data', none], 1, none, 'nothing was made', '--data')
    await refused(['exam', 'list', '--data', aFile], 1, aFile)
    await refused(['backup', 'list', '--data', aFile], 1, aFile, 'nothing was made', '--data')
    expect(existsSync(none)).toBe(false)
  })
})

describe('what cannot be written to', () => {
  it('as a data folder, is named', async () => {
    await refused(['demo', '--out', out, '--data', aFile], 1, aFile, 'cannot be used')
    await refused(['demo', '--out', out, '--data', unwritableDir()], 1, unwritableDir(), 'cannot be written to')
  })

  it('as the place of a result, is named', async () => {
    await refused(['demo', '--out', join(aFile, 'out')], 1, aFile, 'could not be written')
    await refused(['demo', '--out', join(unwritableDir(), 'out')], 1, unwritableDir(), 'could not be written')
    const inside = ['--data', data, '--exam', 'exam-1', '--out', join(aFile, 'x')]
    await refused(['report', 'cohort', ...inside], 1, 'could not be written')
    await refused(['export', 'ratings', ...inside], 1, 'could not be written')
  })
})

describe('what is meant for a stick', () => {
  it.each([['package'], ['bundle']])('a %s is not written to this disk while the stick is out', async (what) => {
    const stick = join(folder, 'stick')
    const file = join(stick, `x.attune-${what}`)
    await refused([what, 'export', '--data', data, '--exam', 'exam-1', '--out', file], 1, stick, 'Put the stick in')
    expect(existsSync(stick)).toBe(false)
  })
})

describe('a database that cannot be used', () => {
  const calls = (dataDir: string) => [
    ['exam', 'list', '--data', dataDir],
    ['report', 'cohort', '--data', dataDir, '--exam', 'exam-1', '--out', join(out, 'c.pdf')],
    ['export', 'results', '--data', dataDir, '--exam', 'exam-1', '--out', join(out, 'r.csv')],
    ['demo', '--data', dataDir, '--out', out],
  ]

  /** The folder of a sound database, which `spoil` makes unusable. */
  async function allRefused(spoil: (file: string) => void, ...parts: string[]) {
    const dataDir = tempDir()
    const file = join(dataDir, 'attune.db')
    copyFileSync(join(data, 'attune.db'), file)
    spoil(file)
    const before = readFileSync(file)
    for (const argv of calls(dataDir)) await refused(argv, 1, ...parts)
    expect(readFileSync(file).equals(before)).toBe(true)
  }

  it('as it comes from a newer version, is left alone', async () => {
    await allRefused(
      (file) => {
        const db = new Database(file)
        db.pragma('user_version = 99990')
        db.close()
      },
      'newer Attune',
      'left as it is',
    )
  })

  it('as it is no database at all, is left alone', async () => {
    await allRefused((file) => {
      writeFileSync(file, 'a letter to my aunt, longer than a header of a hundred bytes '.repeat(9))
    }, 'not a database of Attune')
  })

  it("as it is another program's, is left alone", async () => {
    await allRefused((file) => {
      const db = new Database(file)
      db.pragma('application_id = 7')
      db.close()
    }, 'not a database of Attune')
  })

  it.each([
    ['table', 'DROP TABLE rating'],
    ['column', 'ALTER TABLE exam RENAME COLUMN title TO name'],
  ])('as a %s of it is gone, is called damaged', async (_, harm) => {
    const dataDir = tempDir()
    const file = join(dataDir, 'attune.db')
    copyFileSync(join(data, 'attune.db'), file)
    const db = new Database(file)
    db.exec(harm)
    db.close()
    await refused(['verify', '--data', dataDir], 1, 'is damaged', 'must not be deleted', '"doctor"')
    const { code, out: found } = await cli('doctor', '--data', dataDir, '--json')
    expect([code, found.join('')]).toEqual([1, expect.stringContaining('"database-corrupt"')])
  })

  it('as it is damaged, is left alone', async () => {
    await allRefused((file) => {
      const bytes = readFileSync(file)
      writeFileSync(file, bytes.fill(0xa5, 4096, Math.min(bytes.length, 40_960)))
    }, 'left as it is')
  })
})

describe('beside a running app', () => {
  it('nothing is played into its folder, and whoever has it is named; what only reads is done', async () => {
    const host = fork(fromRoot('tests/support/hold-folder.ts'), [data], { execArgv: [] })
    onTestFinished(() => void host.kill('SIGKILL'))
    await once(host, 'message')
    await refused(['demo', '--out', out, '--data', data], 1, data, 'Attune in the browser', `process ${host.pid ?? ''}`)
    expect((await cli('exam', 'list', '--data', data)).code).toBe(0)
  })
})

describe('the program', () => {
  const run = async (...argv: string[]): Promise<Said> => {
    const child = spawn(process.execPath, [fromRoot('electron/cli/main.ts'), ...argv], {
      env: { ...process.env, NODE_COMPILE_CACHE: fromRoot('node_modules/.cache/node') },
    })
    const said = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text))
    const [code] = (await once(child, 'close')) as [number]
    const lines = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))
    return { code, out: lines(said.out), err: lines(said.err) }
  }

  it('ends with the code of its command, results on stdout, sentences on stderr', async () => {
    expectSentence(await run('frobnicate'), 2, 'frobnicate')
    expectSentence(await run('exam', 'list', '--data', join(folder, 'none')), 1, 'There is no database of Attune')
    expect(await run('exam', 'list', '--data', data)).toEqual({
      code: 0,
      out: [expect.stringContaining('Small exam')],
      err: [],
    })
  })

  it('does not end as if all were well where nobody reads what it says', async () => {
    const child = spawn(process.execPath, [fromRoot('electron/cli/main.ts'), 'verify', '--data', data])
    child.stdout.destroy()
    expect(await once(child, 'close')).toEqual([141, null])
  })
})
