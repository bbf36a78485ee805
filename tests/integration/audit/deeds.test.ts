import { describe, expect, it } from 'vitest'
import { examIdSchema } from '#shared/domain/ids.ts'
import { everything, saidIn } from '#tests/support/audit-of.ts'
import { eventually } from '#tests/support/eventually.ts'
import { dataOf, examDay, type ExamDay } from '#tests/support/exam-day.ts'
import { rowsOf } from '#tests/support/every-row.ts'
import { directorsLaptop, exam, examine, examiner, laptop, slotsOf, stationOf } from '#tests/support/laptops.ts'
import { sitAs } from '#tests/support/sign-in.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { PASSPHRASE } from '../protection/protected.ts'

/** What is told with the installation, newest first. */
const told = (day: Pick<ExamDay, 'director'>, kind: 'exports' | 'backups' | 'names') =>
  saidIn(async (channel, input) => dataOf(await day.director(channel, input)), { kind })

/** Each kind of file that can be made with names, and what is told of it. */
const filesOf = (day: ExamDay) => {
  const { id: examId } = exam
  const done = async ({ id }: { id: string }) => {
    await eventually(async () => {
      const job = dataOf(await day.director('job.list', {})).find((one) => one.id === id)
      expect(job?.status).toBe('done')
    })
  }
  const ratings = async (names: boolean) => dataOf(await day.director('export.ratings', { examId, names }))
  const results = async (names: boolean) => dataOf(await day.director('export.results', { examId, names }))
  const cohort = async (names: boolean) => done(dataOf(await day.director('report.cohort', { examId, names })))
  const file = async (names: boolean) => dataOf(await day.director('exam.exportFile', { examId, names }))
  const chart = async (names: boolean) => {
    const picture = { name: 'stringency', kind: 'svg', base64: 'PHN2Zy8+' } as const
    return dataOf(await day.director('export.chart', { ...picture, namesOf: names ? examId : null }))
  }
  // A table without names leaves nothing to tell.
  const copied = async (names: boolean) => names && dataOf(await day.director('export.tableCopied', { examId }))
  const audit = (filter: ReturnType<typeof everything>) => async (names: boolean) =>
    dataOf(await day.director('audit.export', { filter, names }))
  return {
    done,
    kinds: new Map<string, (names: boolean) => Promise<unknown>>([
      ['made the table of the ratings of “Small exam” with names (CSV)', ratings],
      ['made the table of the results of “Small exam” with names (CSV)', results],
      ['made the cohort report of “Small exam” with names (PDF)', cohort],
      ['made the exam file of “Small exam” with names (JSON)', file],
      ['saved a chart of the analysis of “Small exam” with names (SVG)', chart],
      ['copied a table of the analysis of “Small exam” with names', copied],
      ['made a table of the audit of “Small exam” with names (CSV)', audit(everything({ examId }))],
      ['made a table of the audit with names (CSV)', audit(everything())],
    ]),
  }
}

describe('files that leave', () => {
  it('are told where they hold names on purpose, and not where they do not', async () => {
    const day = await examDay()
    const { kinds } = filesOf(day)
    for (const make of kinds.values()) await make(false)
    expect(await told(day, 'exports')).toEqual([])
    for (const make of kinds.values()) await make(true)
    expect(await told(day, 'exports')).toEqual([...kinds.keys()].toReversed())
  })

  it('say in their own name that they hold names, and are of an exam that there is', async () => {
    const day = await examDay()
    const chart = { name: 'stringency', kind: 'png', base64: 'iVBORw==' } as const
    expect(dataOf(await day.director('export.chart', { ...chart, namesOf: null })).name).toBe('stringency.png')
    expect(dataOf(await day.director('export.chart', { ...chart, namesOf: exam.id })).name).toBe(
      'stringency-with-names.png',
    )
    const unknown = examIdSchema.parse('no-such-exam')
    expect(await day.director('export.chart', { ...chart, namesOf: unknown })).toMatchObject({ code: 'unknown-exam' })
    expect(await day.director('export.tableCopied', { examId: unknown })).toMatchObject({ code: 'unknown-exam' })
  })

  it('are told where they are feedback, which holds the name always', async () => {
    const day = await examDay()
    const { id: examId } = exam
    const [{ id: candidateId }] = day.small.candidates
    dataOf(await day.director('report.candidate', { examId, candidateId }))
    await filesOf(day).done(dataOf(await day.director('report.feedbackBatch', { examId })))
    expect(await told(day, 'exports')).toEqual([
      'made the feedback for every candidate of “Small exam”, which holds the names (ZIP)',
      'made the feedback for candidate 1001 of “Small exam”, which holds the name (PDF)',
    ])
  })
})

describe('what a director does about the data', () => {
  it('the second folder: set, changed and taken away, and never its path', async () => {
    const day = await examDay()
    const dump = rowsOf(day.dataDir)
    const [first, second] = [tempDir(), tempDir()]
    for (const path of [first, first, second, null, null])
      dataOf(await day.director('backup.setSecondFolder', { path }))
    expect(await told(day, 'backups')).toEqual([
      'took the second folder for backups away',
      'set the second folder for backups',
      'set the second folder for backups',
    ])
    expect(dump()).not.toContain(first)
  })

  it('the day on which names are due to be erased', async () => {
    const day = await examDay()
    const { id: examId } = day.small.exam
    for (const eraseNamesOn of ['2027-01-31', '2027-01-31', null]) {
      dataOf(await day.director('privacy.setRetention', { examId, eraseNamesOn }))
    }
    expect(await told(day, 'names')).toEqual([
      'took back the day to erase the names of “Small exam”',
      'set 2027-01-31 as the day to erase the names of “Small exam”',
    ])
  })

  it('encryption: set up, with another passphrase, and taken away, each by the director who did it', async () => {
    const day = await examDay()
    dataOf(await day.director('data.prepare', { passphrase: PASSPHRASE }))
    dataOf(await day.director('data.encrypt', {}))
    await sitAs(day.director, day.small.director)
    const newPassphrase = 'another owl reads by day'
    dataOf(await day.director('data.changePassphrase', { passphrase: PASSPHRASE, newPassphrase }))
    expect(await day.director('data.decrypt', { passphrase: PASSPHRASE })).toMatchObject({ code: 'wrong-passphrase' })
    dataOf(await day.director('data.decrypt', { passphrase: newPassphrase }))
    await sitAs(day.director, day.small.director)
    const filter = everything({ kind: 'backups', personId: day.small.director.id })
    const { entries } = dataOf(await day.director('audit.list', { filter, before: null }))
    expect(entries.map(({ did }) => did)).toEqual([
      'took the encryption of the data folder away',
      'changed the passphrase of the data folder',
      'encrypted the data folder with a passphrase',
    ])
    expect(dataOf(await day.director('ledger.verify', {}))).toMatchObject({ sound: true })
  })
})

describe('laptops and packages', () => {
  it('a laptop that is believed, once, by its letters; another name for it; its name not in the ledger', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    const { code } = await station.director('laptop.own', {})
    for (const { id } of slotsOf(examiner).slice(0, 1)) await examine(station.as(examiner), id, 4)
    const { file } = await station.director('bundle.export', { examId: exam.id, since: 'start' })
    const upload = station.upload(file)
    for (const name of ['Zanzibar room', 'Zanzibar room', 'Timbuktu room']) {
      await director.director('bundle.import', { upload, trust: { code, name } })
    }
    await director.director('bundle.import', { upload, trust: null })
    const said = async () =>
      (await saidIn(director.director, { kind: 'laptops' })).filter((line) => line.includes('the laptop'))
    expect(await said()).toEqual([
      `gave the laptop with the letters ${code} another name: Timbuktu room`,
      `compared the letters ${code} of the laptop Timbuktu room and believes it from now on`,
    ])
    const { laptops } = await director.director('laptop.list', { examId: exam.id })
    await director.director('laptop.release', { device: laptops.find(({ own }) => !own)?.device ?? '' })
    expect((await said()).at(0)).toBe(
      `took the name from the laptop with the letters ${code}: its next bundle is a stranger’s`,
    )
    const tables = JSON.parse(rowsOf(director.dataDir)()) as [string, unknown][]
    expect(JSON.stringify(tables.find(([name]) => name === 'event'))).not.toMatch(/Zanzibar|Timbuktu/)
  })

  it('who signed a package, and why one was refused', async () => {
    const director = await directorsLaptop()
    const { file, code, signerCode } = await director.director('package.export', { examId: exam.id })
    const upload = director.upload(file)
    const station = await laptop()
    expect(await station.nobody.refusal('package.import', { upload, code: 'ABCD-EFGH-JKLM' })).toBe('seal-refused')
    await station.nobody('package.import', { upload, code })
    const [taken, refused] = await saidIn(station.director, { kind: 'laptops' })
    expect(taken).toBe(`took in the package of “Small exam”, signed by the laptop with the letters ${signerCode}`)
    expect(refused).toMatch(/^was refused a package: /)
    expect(refused).not.toContain('seal-refused')
  })
})
