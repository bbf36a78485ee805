import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { examIdSchema } from '#shared/domain/ids.ts'
import { openReader } from '#electron/store/store.ts'
import { analysisReadings } from '#electron/threads/analysis-readings.ts'
import { cli, contentOf, done, folderOfFile } from './call.ts'

const dir = folderOfFile()
const data = join(dir, 'data')
let exam = ''
beforeAll(async () => {
  await done('demo', '--data', data, '--out', join(dir, 'out'), '--candidates', '6', '--stations', '4')
  const [only] = JSON.parse((await done('exam', 'list', '--data', data, '--json')).join('')) as { id: string }[]
  exam = only?.id ?? ''
})

const call = (...more: string[]) => done('analyse', '--data', data, '--exam', exam, ...more)
const figures = async (...more: string[]) =>
  JSON.parse((await call('--json', ...more)).join('')) as Record<string, object>

/** Everybody of the exam, as the app knows them. */
function known() {
  const store = openReader(data)
  const examId = examIdSchema.parse(exam)
  const people = store.people.ofExam(examId)
  const candidates = store.candidates.ofExam(examId)
  const patients = analysisReadings.patients(store, examId)
  store.close()
  return { people, candidates, patients }
}

describe('an exam that was held here', () => {
  it('has every part of the analysis, with the figures of the app', async () => {
    const parts = await figures()
    expect(Object.keys(parts)).toEqual([
      'exam',
      'overview',
      'stations',
      'reliability',
      'examiners',
      'patients',
      'groups',
    ])
    expect(parts['patients']).toEqual(JSON.parse(JSON.stringify(known().patients)))
    expect(parts['stations']).toHaveLength(4)
  })

  it('tells of groups from the size that was declared on', async () => {
    expect((await figures())['groups']).toMatchObject({ minimum: 10 })
    expect((await figures('--min-group', '2'))['groups']).toMatchObject({ minimum: 2 })
    expect(await cli('analyse', '--data', data, '--exam', exam, '--min-group', '2')).toMatchObject({
      code: 2,
      err: [expect.stringContaining('--min-group goes with --json')],
    })
  })

  it('names nobody unless it is asked to', async () => {
    const { people, candidates } = known()
    const whole = JSON.stringify(await figures()) + (await call()).join('\n')
    for (const { id, name } of people) {
      expect(whole).not.toContain(id)
      expect(whole).not.toContain(name)
    }
    for (const { id, number } of candidates) {
      expect(whole).not.toContain(id)
      expect(whole).not.toContain(`"${number}"`)
    }
    const named = JSON.stringify(await figures('--names'))
    const examiners = people.filter(({ role }) => role === 'examiner')
    expect(examiners.length).toBeGreaterThan(0)
    for (const { name } of examiners) expect(named).toContain(name)
    for (const { number } of candidates) expect(named).toContain(`"id":"${number}"`)
  })

  it('is told in lines too: figures, what needs a look, stations, what SPs saw', async () => {
    const lines = await call()
    expect(lines[0]).toMatch(/^cut by borderline regression: /)
    expect(lines.some((line) => /^station +n +mean/.test(line))).toBe(true)
    expect(lines.some((line) => /^cues that met a response: /.test(line))).toBe(true)
    const { domains } = known().patients.cues
    expect(domains.map(({ title }) => title)).toContain('Perspective-taking')
    for (const { title, share } of domains) {
      const line = lines.find((one) => one.startsWith(`cues of ${title} that met a response: `))
      expect(line, title).toMatch(new RegExp(`, n ${share.n}$`))
    }
  })

  it('is only read', async () => {
    const before = contentOf(data)
    await figures()
    expect(contentOf(data)).toEqual(before)
  })

  it.each([
    [['--data', data, '--exam', 'none'], 1, /"none"/],
    [['--exam', 'x', '--in', 'marks.csv'], 2, /--in is for a file/],
    [['--exam', 'x', '--borderline', '3'], 2, /--borderline is for a file/],
    [['--in', 'marks.csv', '--names'], 2, /--names goes with --exam/],
  ] as const)('%j is refused', async (argv, code, sentence) => {
    const said = await cli('analyse', ...argv)
    expect(said.code).toBe(code)
    expect(said.err.join('\n')).toMatch(sentence)
  })
})
