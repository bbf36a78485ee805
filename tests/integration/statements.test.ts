import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { DATABASE_FILE, openReader, openStore } from '#electron/store/store.ts'
import { signedStatementSchema, statementFile, type SignedStatement } from '#shared/domain/proof.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  laptop,
  newEvent,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cli } from './cli/call.ts'

function firstSlot() {
  const [slot] = slotsOf(examiner)
  if (!slot) throw new Error('the small exam has other encounters')
  return slot
}
const first = firstSlot()

const examId = exam.id
const close = (at: TestLaptop) => at.director('exam.setStatus', { examId, status: 'closed' })

function edit({ dataDir }: TestLaptop, sql: string): void {
  const db = new Database(join(dataDir, DATABASE_FILE))
  db.exec('DROP TRIGGER IF EXISTS event_never_changes; DROP TRIGGER IF EXISTS event_never_goes')
  db.pragma('foreign_keys = OFF')
  db.exec(sql)
  db.close()
}

function readSigningKey({ dataDir }: TestLaptop): string {
  const db = new Database(join(dataDir, DATABASE_FILE), { readonly: true })
  const key = db.prepare<[], string>('SELECT signing_key FROM installation').pluck().get()
  db.close()
  return String(key)
}

/** The types of the events that are about an exam as a whole or the installation. */
function administrative({ dataDir }: TestLaptop): string[] {
  const reader = openReader(dataDir)
  try {
    return [...reader.events()].map(({ type }) => type).filter((type) => /^exam\.|^statement\./.test(type))
  } finally {
    reader.close()
  }
}

/** The closing statement as the director saves it. */
async function saved(at: TestLaptop): Promise<string> {
  const file = await at.director('ledger.statement', { examId })
  const kept = join(tempDir(), file.name)
  copyFileSync(at.services.findFile(file.id)?.path ?? '', kept)
  return kept
}

async function closedExam() {
  const director = await directorsLaptop()
  await examine(director.as(examiner), first.id, 4)
  await close(director)
  return { director, file: await saved(director) }
}

const altered = (file: string, change: (signed: SignedStatement) => object): string => {
  const signed = signedStatementSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const other = join(tempDir(), 'statement.json')
  writeFileSync(other, JSON.stringify({ ...signed, ...change(signed) }))
  return other
}

describe('an exam', () => {
  it('is not closed without its statement: where that cannot be signed, it goes on as it was', async () => {
    const director = await directorsLaptop()
    await examine(director.as(examiner), first.id, 4)
    edit(director, "CREATE TABLE kept AS SELECT * FROM installation; UPDATE installation SET signing_key = 'none'")
    expect(await director.director.refusal('exam.setStatus', { examId, status: 'closed' })).toBe('internal')
    expect((await director.director('exam.get', { examId })).exam.status).toBe('running')
    expect(administrative(director)).toEqual([])
    edit(director, 'UPDATE installation SET signing_key = (SELECT signing_key FROM kept); DROP TABLE kept')
    await close(director)
    expect(administrative(director)).toEqual(['exam.status-changed', 'exam.stated'])
  })
})

describe('a closing statement that was saved', () => {
  it('is checked for its signature anywhere, and against the data folder it was made of', async () => {
    const { director, file } = await closedExam()
    const apart = await cli('verify', '--statement', file)
    expect(apart).toMatchObject({ code: 0, err: [] })
    expect(apart.out[0]).toMatch(/as it was signed with [A-Z]{4}-[A-Z]{4}, for ledger [A-Z]{4}-[A-Z]{4}\.$/)
    const beside = await cli('verify', '--statement', file, '--data', director.dataDir)
    expect(beside).toMatchObject({ code: 0, err: [] })
    expect(beside.out).toContain('The key is this installation’s own.')
    const out = join(tempDir(), 'statement.json')
    expect((await cli('export', 'statement', '--exam', examId, '--out', out, '--data', director.dataDir)).code).toBe(0)
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(file, 'utf8'))
  })

  it('is refused where a word of it is another, or it is something else', async () => {
    const { director, file } = await closedExam()
    const more = altered(file, ({ statement }) => ({
      statement: { ...statement, counts: { ...statement.counts, marks: 99 } },
    }))
    const { code, err } = await cli('verify', '--statement', more)
    expect([code, err]).toEqual([1, ['BROKEN: statement.json is not as it was signed.']])
    const nothing = altered(file, () => ({ format: 'something' }))
    expect((await cli('verify', '--statement', nothing)).code).toBe(1)
    const json = await cli('verify', '--statement', more, '--data', director.dataDir, '--json')
    expect(JSON.parse(json.out.join(''))).toMatchObject({ sound: false, problem: 'forged' })
  })

  it.each([
    ['counts events that were cut', "DELETE FROM event WHERE exam_id = 'exam-1' AND seq > 3", /are not here\.$/],
    ['was of other events', "UPDATE event SET hash = 'another' WHERE exam_id = 'exam-1'", /replaced by others\.$/],
    ['tells of other numbers', 'DELETE FROM rating', /other numbers of encounters and marks/],
    ['is of an exam that is not here', "DELETE FROM event WHERE exam_id = 'exam-1'", /holds nothing of this exam/],
  ])('%s: it does not hold', async (_what, sql, sentence) => {
    const { director, file } = await closedExam()
    await director.services.shutdown()
    edit(director, sql)
    const { code, err } = await cli('verify', '--statement', file, '--data', director.dataDir)
    expect(code).toBe(1)
    expect(err.join('\n')).toMatch(sentence)
  })
})

describe('a closing statement of somebody else', () => {
  it('does not hold for a ledger that is another, or by a key that nobody compared', async () => {
    const { file } = await closedExam()
    const other = await directorsLaptop()
    await examine(other.as(examiner), first.id, 4)
    await close(other)
    const { code, err } = await cli('verify', '--statement', file, '--data', other.dataDir)
    expect(code).toBe(1)
    expect(err.join('\n')).toMatch(/are not here\.$/)
  })

  it('does not hold by a key that nobody has compared, whatever it says', async () => {
    const { director, file } = await closedExam()
    // The same ledger in the hands of somebody else, who has another key.
    const other = await directorsLaptop()
    await other.services.shutdown()
    await director.services.shutdown()
    const key = readSigningKey(other)
    edit(director, `UPDATE installation SET signing_key = '${key}'`)
    const { code, err } = await cli('verify', '--statement', file, '--data', director.dataDir)
    expect(code).toBe(1)
    expect(err.join('\n')).toMatch(/^NOT KNOWN: /)
  })
})

describe('the closing statement of a station', () => {
  it('travels in its bundle, once, and is held against what the director has', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    await examine(station.as(examiner), first.id, 4)
    await close(director)
    const { file, code: letters } = await director.director('package.export', { examId })
    await station.director('package.import', { upload: director.upload(file), code: letters })
    await station.director('ledger.state', { examId })
    for (let times = 0; times < 2; times += 1) await handOver(station, director)
    expect(administrative(director).filter((type) => type === 'statement.received')).toHaveLength(1)
    const told = await director.director('ledger.verify', {})
    const { code: own } = await director.director('laptop.own', {})
    expect(told.sound).toBe(true)
    const theirs = told.statements.filter(({ keyCode }) => keyCode !== own)
    // After it: the director's closing.
    expect(theirs).toMatchObject([{ problem: null, eventsAfter: 1 }])
    // It is the laptop's, not the director's own.
    expect((await director.director('ledger.proof', { examId })).statement?.keyCode).toBe(own)
    const { code, out } = await cli('verify', '--statement', await saved(station), '--data', director.dataDir)
    expect(code).toBe(0)
    expect(out.join('\n')).toMatch(/The key is that of Laptop /)
    await director.services.shutdown()
    edit(director, "DELETE FROM event WHERE exam_id = 'exam-1' AND seq > 3")
    expect((await cli('verify', '--data', director.dataDir)).code).toBe(1)
  })

  it('is written as the file that the director saves', async () => {
    const { file } = await closedExam()
    const text = readFileSync(file, 'utf8')
    expect(statementFile(signedStatementSchema.parse(JSON.parse(text)))).toBe(text)
  })
})

describe('the set-up of a closed exam', () => {
  const changes: [what: string, sql: string][] = [
    ['the pass mark', `UPDATE exam SET pass_rule = replace(pass_rule, '"passMark":', '"passMark":1')`],
    ['the timing', `UPDATE exam SET timing = replace(timing, '"encounterSeconds":', '"encounterSeconds":1')`],
    ['a station', "UPDATE station SET kind = 'rest' WHERE number = 2"],
    ['who met whom', "UPDATE encounter SET candidate_id = 'somebody-else' WHERE id = (SELECT min(id) FROM encounter)"],
    ['a rubric', 'UPDATE rubric SET body = replace(body, \'"title":"\', \'"title":"Other \')'],
  ]

  it.each(changes)('is stated with it: %s that is changed in the file breaks the statement', async (_what, sql) => {
    const { director, file } = await closedExam()
    await director.services.shutdown()
    expect(await cli('verify', '--data', director.dataDir)).toMatchObject({ code: 0 })
    edit(director, sql)
    const { code, err } = await cli('verify', '--data', director.dataDir)
    expect([code, err.join(' ')]).toEqual([1, expect.stringMatching(/is another than when its closing statement of/)])
    expect((await cli('verify', '--statement', file, '--data', director.dataDir)).code).toBe(1)
    const doctor = await cli('doctor', '--data', director.dataDir)
    expect([doctor.code, doctor.out.join(' ')]).toEqual([1, expect.stringMatching(/statements that do not hold: 1\./)])
  })

  it('may change where the exam was opened again, and is stated anew at the next close', async () => {
    const { director } = await closedExam()
    await director.services.shutdown()
    const store = openStore({ dataDir: director.dataDir })
    store.ledger.append({
      id: newEvent(),
      examId,
      encounterId: null,
      raterId: null,
      role: 'director',
      offsetMs: null,
      payload: { type: 'exam.status-changed', status: 'running' },
    })
    const open = store.exams.get(examId)
    if (!open) throw new Error('no exam')
    store.exams.put({ ...open, status: 'running', passRule: { ...open.passRule, passMark: 70 } })
    store.close()
    expect((await cli('verify', '--data', director.dataDir)).code).toBe(0)
    const again = await laptop({ dataDir: director.dataDir })
    await close(again)
    await again.services.shutdown()
    expect((await cli('verify', '--data', director.dataDir)).code).toBe(0)
    edit(director, `UPDATE exam SET pass_rule = replace(pass_rule, '"passMark":70', '"passMark":40')`)
    expect((await cli('verify', '--data', director.dataDir)).code).toBe(1)
  })

  it('is the same once names were erased, the exam was put away and its marks came from elsewhere', async () => {
    const director = await directorsLaptop()
    const station = await stationOf(director)
    await examine(station.as(examiner), first.id, 4)
    await close(director)
    await handOver(station, director)
    await director.director('exam.putAway', { examId, away: true })
    await director.director('privacy.setRetention', { examId, eraseNamesOn: '2030-01-01' })
    await director.director('privacy.eraseCandidate', { candidateId: first.candidateId })
    await director.director('privacy.eraseExam', { examId })
    expect((await cli('verify', '--data', director.dataDir)).code).toBe(0)
  })

  it('is not asked of a statement of before it was stated', async () => {
    const { director } = await closedExam()
    const [signed] = statementsOf(director)
    expect(signed?.statement.setUp?.rubrics).toHaveLength(1)
    const { setUp: _, ...before } = signed?.statement ?? {}
    expect(signedStatementSchema.safeParse({ ...signed, statement: before }).success).toBe(true)
  })
})

function statementsOf({ dataDir }: TestLaptop): SignedStatement[] {
  const reader = openReader(dataDir)
  try {
    return [reader.proofs.statement(examId)].filter((signed) => signed !== null)
  } finally {
    reader.close()
  }
}
