import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { chained } from '#electron/store/chain.ts'
import { eventFromRow, type ChainedRow } from '#electron/store/event-row.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  laptop,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { cli } from '../cli/call.ts'

const [first, second] = slotsOf(examiner)
if (!first || !second) throw new Error('the small exam has other encounters')

/** What somebody does to the director's database who has a tool for SQL, and thinks of the projections too. */
async function edit({ services, dataDir }: TestLaptop, work: (db: Database.Database) => void): Promise<void> {
  await services.shutdown()
  const db = new Database(join(dataDir, DATABASE_FILE))
  db.exec('DROP TRIGGER IF EXISTS event_never_changes; DROP TRIGGER IF EXISTS event_never_goes')
  work(db)
  db.close()
  const store = openStore({ dataDir })
  store.ledger.rebuildProjections()
  store.close()
}

/** The station's chain on the director's laptop. */
const ofStation = (device: string) => `exam_id = 'exam-1' AND device = '${device}'`
const deviceOf = (rows: Database.Database) =>
  rows.prepare<[], string>("SELECT device FROM event WHERE exam_id = 'exam-1' LIMIT 1").pluck().get() ?? ''

/** Changes the events of a chain and makes every hash of it fit. */
function writeAnew(db: Database.Database, chain: string, change: (payload: string) => string): void {
  const rows = db.prepare<[], ChainedRow>(`SELECT * FROM event WHERE ${chain} ORDER BY seq`).all()
  const put = db.prepare('UPDATE event SET payload = ?, prev = ?, hash = ? WHERE id = ?')
  let prev = rows[0]?.prev ?? ''
  for (const row of rows) {
    const made = chained(eventFromRow({ ...row, payload: change(row.payload) }), prev)
    put.run(made.payload, made.prev, made.hash, made.id)
    prev = made.hash
  }
}

async function handedOver() {
  const director = await directorsLaptop()
  const station = await stationOf(director)
  await examine(station.as(examiner), first?.id ?? ('' as never), 4)
  await handOver(station, director)
  return { director, station }
}

const verify = async ({ dataDir }: TestLaptop) => {
  const { code, out, err } = await cli('verify', '--data', dataDir)
  return { code, said: [...out, ...err].join('\n') }
}

describe('what came from another laptop', () => {
  it.each([
    ['a mark in the midst of it', 'seq = 5', 5],
    ['the end of it', 'seq > 7', 8],
    ['all of it', 'true', 1],
  ])('is missed where %s is gone: verify and doctor name the first event', async (_what, which, seq) => {
    const { director, station } = await handedOver()
    await edit(director, (db) => db.exec(`DELETE FROM event WHERE ${ofStation(deviceOf(db))} AND ${which}`))
    const { code, said } = await verify(director)
    expect(code).toBe(1)
    expect(said).toMatch(new RegExp(`BROKEN: event number ${seq} of \\S+ came from another laptop and is gone\\.`))
    expect(said).not.toMatch(/not here yet/)
    const doctor = await cli('doctor', '--data', director.dataDir)
    expect(doctor.code).toBe(1)
    expect(doctor.out.join('\n')).toMatch(new RegExp(`event ${seq} of \\S+ came from another laptop and is gone`))
    await station.services.shutdown()
  })

  it('is told from another that was put in its place, however well its chain was made anew', async () => {
    const { director } = await handedOver()
    await edit(director, (db) => {
      writeAnew(db, ofStation(deviceOf(db)), (payload) => payload.replace('"value":4', '"value":1'))
    })
    const { code, said } = await verify(director)
    expect(code).toBe(1)
    expect(said).toMatch(/is another than the one that came from that laptop/)
  })

  it('is whole again once the bundle of that laptop came again', async () => {
    const { director, station } = await handedOver()
    const { file } = await station.director('bundle.export', { examId: exam.id, since: 'start' })
    await edit(director, (db) => db.exec(`DELETE FROM event WHERE ${ofStation(deviceOf(db))} AND seq = 5`))
    expect(await verify(director)).toMatchObject({ code: 1 })
    const again = await laptop({ dataDir: director.dataDir })
    await again.director('bundle.import', { upload: station.upload(file), trust: null })
    await again.services.shutdown()
    expect(await verify(director)).toMatchObject({ code: 0 })
  })

  it('may wait for what lies before it: a bundle that begins late breaks nothing, nor does what fills the gap', async () => {
    const { director, station } = await handedOver()
    const [, , third] = slotsOf(examiner)
    await examine(station.as(examiner), second.id, 3)
    // Exported and saved, and lost on its way.
    const { file } = await station.director('bundle.export', { examId: exam.id, since: 'last' })
    await station.director('bundle.saved', { fileId: file.id })
    await examine(station.as(examiner), third?.id ?? ('' as never), 2)
    await handOver(station, director, 'last')
    const { code, said } = await verify(director)
    expect(code).toBe(0)
    expect(said).toMatch(/not here yet/)
    await handOver(station, director)
    const filled = await verify(director)
    expect(filled.code).toBe(0)
    expect(filled.said).not.toMatch(/not here yet/)
  })

  it('is not asked for where the import did not yet note how far it came', async () => {
    const { director } = await handedOver()
    await edit(director, (db) => {
      writeAnew(db, "exam_id = ''", (payload) => payload.replace(/"heads":\[.*?\],/, ''))
      db.exec(`DELETE FROM event WHERE ${ofStation(deviceOf(db))} AND seq = 5`)
    })
    const { code, said } = await verify(director)
    expect(code).toBe(0)
    expect(said).toMatch(/not here yet/)
  })
})
