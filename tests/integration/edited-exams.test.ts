import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { directorsLaptop, exam, examine, examiner, newEvent, slotsOf, type TestLaptop } from '#tests/support/laptops.ts'
import { cli } from './cli/call.ts'

const examId = exam.id
const [first] = slotsOf(examiner)

/** What somebody does who has the file and a tool for SQL. */
function edit({ dataDir }: TestLaptop, sql: string): void {
  const db = new Database(join(dataDir, DATABASE_FILE))
  db.exec('DROP TRIGGER event_never_changes; DROP TRIGGER event_never_goes')
  db.pragma('foreign_keys = OFF')
  db.exec(sql)
  db.close()
}

const verified = async ({ dataDir }: TestLaptop) => {
  const { code, err } = await cli('verify', '--data', dataDir)
  return { code, said: err.join('\n') }
}

async function marked(): Promise<TestLaptop> {
  const director = await directorsLaptop()
  if (!first) throw new Error('the small exam has other encounters')
  await examine(director.as(examiner), first.id, 4)
  return director
}

async function closed(): Promise<TestLaptop> {
  const director = await marked()
  await director.director('exam.setStatus', { examId, status: 'closed' })
  await director.services.shutdown()
  return director
}

describe('of a closed exam', () => {
  const setUp = /cues.* than event \S+ told of/
  it.each([
    ['its closing statement', "DELETE FROM event WHERE payload ->> 'type' = 'exam.stated'", /statement .* is gone/],
    ['all that is about the installation', "DELETE FROM event WHERE exam_id = ''", /statement .* is gone/],
    ['that it is closed', "UPDATE exam SET status = 'running'", /was opened or closed after event/],
    ['itself', 'DELETE FROM exam', /"encounter" of encounter encounter-1-1001/],
    ['the cues', "UPDATE station SET cues = '[]' WHERE number = 1", setUp],
    ['extra time', 'UPDATE candidate SET extra_time_percent = 50', setUp],
    ['a role', "UPDATE person SET role = 'sp' WHERE id = 'examiner-2'", setUp],
  ])('%s cannot be changed in the file unseen', async (_what, sql, sentence) => {
    const director = await closed()
    expect(await verified(director)).toEqual({ code: 0, said: '' })
    edit(director, sql)
    const { code, said } = await verified(director)
    expect(code).toBe(1)
    expect(said).toMatch(sentence)
  })

  it('what is wrong is told to the director in words', async () => {
    const director = await marked()
    await director.director('exam.setStatus', { examId, status: 'closed' })
    edit(director, "UPDATE exam SET status = 'running'; DELETE FROM event WHERE exam_id = ''")
    const { sound, setUps } = await director.director('ledger.verify', {})
    expect({ sound, problems: setUps.map(({ problem }) => problem) }).toEqual({
      sound: false,
      problems: ['status', 'unstated'],
    })
    expect(setUps.every(({ exam: title, says }) => title === 'Small exam' && says?.includes('closed'))).toBe(true)
  })
})

it('an exam that is closed, and goes back into preparation, each by the app, is as the ledger says', async () => {
  const director = await directorsLaptop()
  for (const status of ['draft', 'closed', 'draft', 'closed'] as const) {
    await director.director('exam.setStatus', { examId, status })
    await director.director('exam.putAway', { examId, away: status === 'closed' })
    expect(await verified(director)).toEqual({ code: 0, said: '' })
  }
})

it('a set-up that was told before cues, extra time and roles counted is held against what counted then', async () => {
  const director = await directorsLaptop()
  await director.services.shutdown()
  const store = openStore({ dataDir: director.dataDir })
  store.ledger.append({
    ...{ id: newEvent(), examId, encounterId: null, raterId: null, role: 'director', offsetMs: null },
    payload: {
      type: 'exam.status-changed',
      status: 'running',
      // What the version of then told of the small exam.
      setUp: '29a1cc40167dfc613d7580aa4ac57f283f1bd71a614e22d3564172c146e13f45',
    },
  })
  store.close()
  expect((await verified(director)).code).toBe(0)
  edit(director, "UPDATE station SET kind = 'rest' WHERE number = 2")
  expect((await verified(director)).code).toBe(1)
})
