import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import type { Upload } from '#shared/contract/parts/common.ts'
import { statementFile } from '#shared/domain/proof.ts'
import { DATABASE_FILE, openReader } from '#electron/store/store.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cli } from './cli/call.ts'

const examId = exam.id
function slotAt(index: number) {
  const slot = slotsOf(examiner)[index]
  if (!slot) throw new Error('the small exam has other encounters')
  return slot
}
const [first, second] = [slotAt(0), slotAt(1)] as const

const close = (at: TestLaptop) => at.director('exam.setStatus', { examId, status: 'closed' })

async function bundleOf(station: TestLaptop): Promise<Upload> {
  const { file } = await station.director('bundle.export', { examId, since: 'last' })
  await station.director('bundle.saved', { fileId: file.id })
  return station.upload(file)
}

async function take(at: TestLaptop, from: TestLaptop, upload: Upload) {
  const { code } = await from.director('laptop.own', {})
  return at.director('bundle.import', { upload, trust: { code, name: `Laptop ${code}` } })
}

/** A director who closed the exam while the station's first bundle had not come, but the one after it. */
async function closedOverAGap() {
  const director = await directorsLaptop()
  const station = await stationOf(director)
  await examine(station.as(examiner), first.id, 3)
  const early = await bundleOf(station)
  await examine(station.as(examiner), second.id, 3)
  await take(director, station, await bundleOf(station))
  await close(director)
  return { director, fill: () => take(director, station, early) }
}

const check = async (at: TestLaptop) => {
  const { sound, statements } = await at.director('ledger.verify', {})
  return { sound, statements: statements.map(({ problem, eventsAfter }) => ({ problem, eventsAfter })) }
}

/** The newest statement of the exam, saved as a file. */
function saved({ dataDir }: TestLaptop): string {
  const reader = openReader(dataDir)
  const signed = reader.proofs.statement(examId)
  reader.close()
  if (!signed) throw new Error('no statement')
  const file = join(tempDir(), 'statement.json')
  writeFileSync(file, statementFile(signed))
  return file
}

function edit({ dataDir }: TestLaptop, sql: string): void {
  const db = new Database(join(dataDir, DATABASE_FILE))
  db.exec('DROP TRIGGER event_never_changes; DROP TRIGGER event_never_goes')
  db.exec(sql)
  db.close()
}

describe('a closing statement that was made while events had not come yet', () => {
  it('holds before they come and after, and counts them as coming after it', async () => {
    const { director, fill } = await closedOverAGap()
    expect(await check(director)).toEqual({ sound: true, statements: [{ problem: null, eventsAfter: 0 }] })
    const { new: filled } = await fill()
    expect(filled).toBeGreaterThan(0)
    expect(await check(director)).toEqual({ sound: true, statements: [{ problem: null, eventsAfter: filled }] })
    expect((await director.director('ledger.proof', { examId })).statement).toMatchObject({ eventsAfter: filled })
  })

  it('does not hold where an event that was here is taken out behind the gap', async () => {
    const { director } = await closedOverAGap()
    const file = saved(director)
    expect((await cli('verify', '--statement', file, '--data', director.dataDir)).code).toBe(0)
    edit(
      director,
      `CREATE TEMP TABLE gone AS SELECT id FROM event WHERE payload ->> 'type' = 'rating.recorded' ORDER BY seq LIMIT 1 OFFSET 2;
       DELETE FROM rating WHERE event_id IN (SELECT id FROM gone); DELETE FROM event WHERE id IN (SELECT id FROM gone)`,
    )
    expect(await check(director)).toMatchObject({ sound: false, statements: [{ problem: 'cut' }] })
    const { code, err } = await cli('verify', '--statement', file, '--data', director.dataDir)
    expect([code, err.join(' ')]).toEqual([1, expect.stringMatching(/are not here\.$/)])
  })

  it('does not hold where a mark is taken off the screens', async () => {
    const { director } = await closedOverAGap()
    const file = saved(director)
    edit(director, 'DELETE FROM rating')
    const { err } = await cli('verify', '--statement', file, '--data', director.dataDir)
    expect(err.join(' ')).toMatch(/other numbers of encounters and marks/)
  })
})

it('the statement of a station, of which some events have not come to the director, is not taken to be wrong', async () => {
  const director = await directorsLaptop()
  const station = await stationOf(director)
  await examine(station.as(examiner), first.id, 3)
  const early = await bundleOf(station)
  await examine(station.as(examiner), second.id, 3)
  await close(director)
  const { file, code: letters } = await director.director('package.export', { examId })
  await station.director('package.import', { upload: director.upload(file), code: letters })
  await station.director('ledger.state', { examId })
  await take(director, station, await bundleOf(station))
  expect((await check(director)).statements).toMatchObject([{ problem: null }, { problem: null }])
  await take(director, station, early)
  await handOver(station, director)
  expect(await check(director)).toMatchObject({ sound: true, statements: [{ problem: null }, { problem: null }] })
})
