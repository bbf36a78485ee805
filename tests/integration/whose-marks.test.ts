import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  newEvent,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { openSetUp, readyExam } from './setup/open-set-up.ts'
import { cli, done } from './cli/call.ts'

const [first, second] = firstTwo()

function edit({ dataDir }: TestLaptop, sql: string): void {
  const db = new Database(join(dataDir, DATABASE_FILE))
  db.exec('DROP TRIGGER IF EXISTS event_never_changes')
  db.pragma('foreign_keys = OFF')
  db.exec(sql)
  db.close()
}

async function verified({ services, dataDir }: TestLaptop) {
  await services.shutdown()
  const { code, err } = await cli('verify', '--data', dataDir)
  return { code, err }
}

/** What exchanges the marks of two candidates at a station. */
const exchange = `
  CREATE TABLE was AS SELECT id, candidate_id FROM encounter WHERE id IN ('${first.id}', '${second.id}');
  UPDATE encounter SET candidate_id = id WHERE id IN ('${first.id}', '${second.id}');
  UPDATE encounter SET candidate_id = (SELECT candidate_id FROM was WHERE was.id <> encounter.id)
    WHERE id IN ('${first.id}', '${second.id}');
  DROP TABLE was;`

/** A running exam in which one candidate did well and another badly. */
async function running(): Promise<TestLaptop> {
  const director = await directorsLaptop()
  await examine(director.as(examiner), first.id, 5)
  await examine(director.as(examiner), second.id, 1)
  return director
}

describe('whose marks they are', () => {
  it('is said with every confirmation: two candidates who were exchanged in the file are named', async () => {
    const director = await running()
    const check = await director.director('ledger.verify', {})
    expect(check).toMatchObject({ sound: true, differing: 0 })
    edit(director, exchange)
    const { code, err } = await verified(director)
    expect(code).toBe(1)
    for (const { id } of [first, second]) {
      expect(err.join('\n')).toMatch(
        new RegExp(`BROKEN: what stands in "encounter" of encounter ${id} is not what event`),
      )
    }
    const doctor = await cli('doctor', '--data', director.dataDir)
    expect([doctor.code, doctor.out.join(' ')]).toEqual([1, expect.stringContaining('(places: 2)')])
  })

  it.each([
    ['the station', `UPDATE encounter SET station_id = 'another' WHERE id = '${first.id}'`],
    ['an encounter that is gone', `DELETE FROM encounter WHERE id = '${first.id}'`],
  ])('is not believed where another is %s', async (_what, sql) => {
    const director = await running()
    edit(director, sql)
    const { code, err } = await verified(director)
    expect([code, err[0]]).toEqual([1, expect.stringContaining(`"encounter" of encounter ${first.id}`)])
  })

  it('is told of in words where the director verifies', async () => {
    const director = await running()
    edit(director, exchange)
    const { sound, differing, differingSay } = await director.director('ledger.verify', {})
    expect([sound, differing]).toEqual([false, 2])
    expect(differingSay).toHaveLength(2)
  })

  it('is not asked of events of before it was told', async () => {
    const director = await directorsLaptop()
    await director.services.shutdown()
    const store = openStore({ dataDir: director.dataDir })
    store.ledger.append({
      ...{ id: newEvent(), examId: first.examId, encounterId: first.id, raterId: examiner.id },
      ...{ role: 'examiner', offsetMs: null, payload: { type: 'identity.confirmed' } },
    })
    store.close()
    edit(director, exchange)
    expect((await cli('verify', '--data', director.dataDir)).code).toBe(0)
  })

  it('comes with the marks from a station, and is held against the plan here', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    await examine(station.as(examiner), first.id, 5)
    await examine(station.as(examiner), second.id, 1)
    await handOver(station, director)
    expect(await verified(director)).toEqual({ code: 0, err: [] })
    edit(director, exchange)
    expect((await cli('verify', '--data', director.dataDir)).code).toBe(1)
  })
})

function firstTwo() {
  const [one, other] = slotsOf(examiner)
  if (!one || !other) throw new Error('the small exam has other encounters')
  return [one, other] as const
}

const examId = exam.id
const candidate = (number: string) => ({ number, name: 'Late Comer', group: '', extraTimePercent: 0 })
/** A running exam of which the ledger told, with a change that makes no mark another. */
const told = async () => {
  const director = await running()
  await director.director('exam.update', { examId, fields: { site: 'Skills lab' } })
  return director
}

describe('the set-up of a running exam', () => {
  it.each([
    ['the pass mark', `UPDATE exam SET pass_rule = replace(pass_rule, '"passMark":60', '"passMark":40')`],
    ['the timing', `UPDATE exam SET timing = replace(timing, '"encounterSeconds":', '"encounterSeconds":1')`],
    ['a station', "UPDATE station SET kind = 'rest' WHERE number = 2"],
    ['who comes when', `UPDATE encounter SET round = round + 10 WHERE id = '${first.id}'`],
  ])('is held against what the ledger told last: %s that is changed in the file is seen', async (_what, sql) => {
    const director = await told()
    expect(await verified(director)).toEqual({ code: 0, err: [] })
    edit(director, sql)
    const { code, err } = await cli('verify', '--data', director.dataDir)
    expect([code, err[0]]).toEqual([1, expect.stringMatching(/^BROKEN: the pass mark.* than event \S+ told of/)])
    const doctor = await cli('doctor', '--data', director.dataDir)
    expect([doctor.code, doctor.out.join(' ')]).toEqual([1, expect.stringMatching(/than the ledger says: 1\./)])
  })

  it('is told of in words where the director verifies', async () => {
    const director = await told()
    edit(director, `UPDATE exam SET pass_rule = replace(pass_rule, '"passMark":60', '"passMark":40')`)
    const { sound, setUps } = await director.director('ledger.verify', {})
    expect(sound).toBe(false)
    expect(setUps.map(({ exam: title, says }) => `${title}: ${says ?? ''}`)).toEqual([
      expect.stringMatching(/^Small exam: .* changed the place of the open exam$/),
    ])
  })

  it('does not hold titles, texts and names: they make no mark another', async () => {
    const director = await told()
    edit(director, "UPDATE station SET title = 'Other'; UPDATE identity SET name = 'Other'")
    expect(await verified(director)).toEqual({ code: 0, err: [] })
  })

  it('is told of anew by each change in the app', async () => {
    const director = await told()
    await director.director('candidate.add', { examId, fields: candidate('2001') })
    await director.director('rotation.generate', { examId })
    expect(await director.director('ledger.verify', {})).toMatchObject({ sound: true, setUps: [] })
    edit(director, 'DELETE FROM encounter WHERE round > 3')
    expect((await verified(director)).code).toBe(1)
  })

  it('is told of when the exam starts, and when it is closed', async () => {
    const at = openSetUp()
    const { examId: started } = await readyExam(at)
    const hash = at.store.proofs.setUpHash(started) ?? 'none'
    for (const status of ['running', 'closed'] as const) {
      const before = at.dump().split(hash).length
      await at.call('exam.setStatus', { examId: started, status })
      expect(at.dump().split(hash)).toHaveLength(before + 1)
    }
  })

  it('may be another after the exam went back into preparation, and is told of at the next start', async () => {
    const director = await directorsLaptop()
    await director.director('exam.setStatus', { examId, status: 'draft' })
    await director.director('exam.update', { examId, fields: { passRule: { passMark: 70, minStationsPassed: 1 } } })
    expect(await director.director('ledger.verify', {})).toMatchObject({ sound: true })
  })

  it('comes with a package, again and again, and with what a backup brings back', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    await examine(station.as(examiner), first.id, 5)
    await director.director('candidate.add', { examId, fields: candidate('2001') })
    const { file, code, signerCode: signer } = await director.director('package.export', { examId })
    expect(await station.director('ledger.verify', {})).toMatchObject({ sound: true })
    await station.director('package.import', { upload: director.upload(file), code, signer })
    expect(await verified(station)).toEqual({ code: 0, err: [] })
    await done('backup', 'create', '--data', station.dataDir)
    await done('backup', 'restore', '--data', station.dataDir, '--backup', 'latest')
    expect((await cli('verify', '--data', station.dataDir)).code).toBe(0)
    edit(station, `UPDATE exam SET pass_rule = replace(pass_rule, '"passMark":60', '"passMark":40')`)
    expect((await cli('verify', '--data', station.dataDir)).code).toBe(1)
  })
})
