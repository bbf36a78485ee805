import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import type { AuditEntry, AuditFilter } from '#shared/contract/parts/audit.ts'
import { personIdSchema } from '#shared/domain/ids.ts'
import type { LedgerEvent } from '#shared/domain/ledger-event.ts'
import { createSignInLog } from '#electron/services/session/sign-in-log.ts'
import type { LedgerEntry } from '#electron/store/ledger.ts'
import { storageErrorCode } from '#electron/store/storage-error.ts'
import { openReader } from '#electron/store/store.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import { dataOf, encounterAt, examDay, newEvent, type ExamDay } from '#tests/support/exam-day.ts'
import { PIN } from '#tests/support/sign-in.ts'

const WRONG = '000000'

const about: AuditFilter = {
  ...{ examId: null, personId: null, candidateId: null, stationId: null, kind: null, device: null },
  ...{ from: null, to: null, text: '' },
}

const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '')

/** What the audit view tells, oldest first, from the entry on that stands at `from`. */
async function told(day: ExamDay, filter: Partial<AuditFilter> = {}): Promise<AuditEntry[]> {
  const { entries } = dataOf(await day.director('audit.list', { filter: { ...about, ...filter }, before: null }))
  return entries.toReversed()
}

const lines = (entries: readonly AuditEntry[]) =>
  entries.map(({ person, role, did }) => plain(`${person ?? role} ${did}`))

const countIn = (dataDir: string): number => {
  const reader = openReader(dataDir)
  try {
    return [...reader.events()].length
  } finally {
    reader.close()
  }
}

const signIn = (day: ExamDay, personId: ExamDay['small']['examiner']['id'], pin: string) =>
  day.window('a window of somebody')('session.signIn', { personId, pin })

describe('what happens at signing in', () => {
  it('stands in the audit view: who signed in, was refused, had to wait, locked the window and left', async () => {
    const day = await examDay({ idleLock: true })
    const before = (await told(day)).length
    const { id } = day.small.examiner
    for (let i = 0; i < 5; i++) await signIn(day, id, WRONG)
    day.pass(30)
    dataOf(await signIn(day, id, PIN))
    const window = day.window('a window of somebody')
    dataOf(await window('session.lock', {}))
    dataOf(await signIn(day, id, PIN))
    dataOf(await window('session.leave', {}))
    await signIn(day, personIdSchema.parse('nobody-here'), PIN)
    expect(lines((await told(day)).slice(before))).toEqual([
      ...Array.from({ length: 4 }, () => 'system refused a wrong PIN of examiner-1'),
      'system refused a wrong PIN of examiner-1; seconds to wait before the next try: 30',
      'examiner-1 signed in',
      'examiner-1 locked the window',
      'examiner-1 signed in',
      'examiner-1 signed out',
      'system refused a sign-in as somebody who is not here',
    ])
    expect(new Set((await told(day, { kind: 'sign-ins' })).map(({ kind }) => kind))).toEqual(new Set(['sign-ins']))
    // Those of one person, whoever did it.
    const own = lines(await told(day, { personId: day.small.sp.id }))
    expect(own).toEqual(['sp-1 signed in'])
    expect(lines(await told(day, { personId: id })).some((line) => line.includes('wrong PIN'))).toBe(true)
    day.pass(500)
    dataOf(await day.director('session.touched', {}))
    day.pass(100)
    const idle = lines(await told(day)).filter((line) => line.includes('untouched'))
    expect(idle.toSorted()).toEqual(
      ['examiner-1', 'examiner-2', 'sp-1'].map((who) => `${who} left a window untouched until it locked`),
    )
  })

  it('and what is done about PINs and directors', async () => {
    const day = await examDay()
    const before = (await told(day, { kind: 'accounts' })).length
    const [examId, directorId] = [day.small.exam.id, day.small.director.id]
    dataOf(await day.director('account.givePins', { examId, personIds: [day.small.sp.id] }))
    const { directors } = dataOf(await day.director('account.addDirector', { name: 'Second', pin: '135790' }))
    const second = directors.find(({ name }) => name === 'Second')?.id ?? directorId
    dataOf(await day.director('account.renameDirector', { directorId: second, name: 'Other' }))
    dataOf(await day.director('account.changePin', { pin: PIN, newPin: '864200' }))
    const { recoveryKey } = dataOf(await day.director('account.newKey', { pin: '864200' }))
    dataOf(await day.director('account.removeDirector', { directorId: second }))
    dataOf(await day.director('account.recover', { directorId, recoveryKey, pin: '975310' }))
    const wrong = '22222-22222-22222-22222-22222'
    await day.window('start')('account.recover', { directorId, recoveryKey: wrong, pin: '975310' })
    expect(lines((await told(day, { kind: 'accounts' })).slice(before))).toEqual([
      'director-1 gave sp-1 a PIN',
      // Who did nothing under it keeps no name here.
      'director-1 made — a director',
      'director-1 gave the director — this name',
      'director-1 changed the own PIN',
      'director-1 made a new recovery key',
      'director-1 took — out of the directors',
      'director-1 got a new PIN with the recovery key',
      'director-1 made a new recovery key',
    ])
    expect(lines(await told(day, { kind: 'sign-ins' }))).toContain('system refused a wrong recovery key')
    expect(lines(await told(day, { kind: 'sign-ins' }))).toContain('sp-1 was asked for the new PIN at another window')
  })

  it('is written by ids alone: no name, no PIN, no hash', async () => {
    const day = await examDay()
    dataOf(await day.director('account.addDirector', { name: 'Wilhelmina Quux', pin: '531975' }))
    await signIn(day, day.small.examiner.id, '918273')
    await signIn(day, personIdSchema.parse('a-name-that-was-typed'), '918273')
    const reader = openReader(day.dataDir)
    const events = JSON.stringify([
      ...reader.audit.newestFirst({ ...about, types: null, fromMs: null, toMs: null }, null),
    ])
    reader.close()
    for (const secret of ['Wilhelmina', '531975', '918273', 'scrypt', 'a-name-that-was-typed', PIN])
      expect(events).not.toContain(secret)
    expect(events).toContain(day.small.examiner.id)
  })

  it('belongs to the installation: an exam and its bundles stay as they are, and the ledger verifies', async () => {
    const day = await examDay()
    const examId = day.small.exam.id
    const encounterId = encounterAt(day.small, 1, 1)
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    const proof = dataOf(await day.director('ledger.proof', { examId }))
    const first = dataOf(await day.director('bundle.export', { examId, since: 'start' }))
    for (let i = 0; i < 3; i++) await signIn(day, day.small.examiner.id, i === 1 ? WRONG : PIN)
    expect(dataOf(await day.director('ledger.proof', { examId }))).toEqual(proof)
    expect(dataOf(await day.director('bundle.export', { examId, since: 'start' })).events).toBe(first.events)
    expect(readFileSync(day.services.findFile(first.file.id)?.path ?? '').length).toBeGreaterThan(0)
    const reader = openReader(day.dataDir)
    const verification = reader.verify()
    reader.close()
    expect(isSound(verification)).toBe(true)
    expect(verification.chains.find((chain) => chain.examId === null)?.events).toBeGreaterThanOrEqual(7)
  })

  it('is no mark: whoever has only signed in can still be taken out of the exam', async () => {
    const day = await examDay()
    expect(dataOf(await day.director('person.remove', { personId: day.small.otherExaminer.id }))).toEqual({})
  })
})

describe('a flood of refused sign-ins', () => {
  it('leaves as many events as tries that were looked at, however many come', async () => {
    const day = await examDay()
    const before = countIn(day.dataDir)
    for (let round = 0; round < 12; round += 1) {
      await Promise.all(Array.from({ length: 50 }, () => signIn(day, day.small.examiner.id, WRONG)))
      day.pass(10)
    }
    // Five at once, and in two minutes one each after 30 s and after 60 s more.
    expect(countIn(day.dataDir) - before).toBe(7)
  })

  it('in names that are not here, or that have no PIN, leaves no more', async () => {
    const day = await examDay()
    const { examId } = day.small.examiner
    const added = dataOf(
      await day.director('person.add', { examId, fields: { name: 'Newcomer', role: 'sp', stationIds: [] } }),
    )
    const before = countIn(day.dataDir)
    for (let round = 0; round < 12; round += 1) {
      for (let i = 0; i < 20; i += 1) await signIn(day, personIdSchema.parse(`nobody-${round}-${i}`), WRONG)
      for (let i = 0; i < 20; i += 1) await signIn(day, added.id, WRONG)
      day.pass(10)
    }
    expect(countIn(day.dataDir) - before).toBe(14)
  })
})

describe('a disk that takes no writes', () => {
  it('lets people sign in, tells the screens, and how many events are missing is written later', () => {
    const disk = { full: false }
    const written: LedgerEntry[] = []
    const said: unknown[] = []
    const log = createSignInLog({
      store: {
        ledger: {
          appendAll: (entries: readonly LedgerEntry[]): LedgerEvent[] => {
            if (disk.full) throw new Database.SqliteError('full', 'SQLITE_FULL')
            written.push(...entries)
            return []
          },
        },
      },
      monitor: { refused: (code) => said.push(code), wrote: () => said.push('wrote') },
      storageCodeOf: storageErrorCode,
      ids: () => `id-${written.length}`,
      now: () => 0,
    })
    const by = { role: 'examiner', personId: personIdSchema.parse('examiner-1') } as const
    log.note(by, { type: 'session.began' })
    disk.full = true
    log.note(by, { type: 'session.ended' })
    log.refused(by.personId, 0)
    disk.full = false
    log.note(by, { type: 'session.began' })
    log.note(by, { type: 'session.ended' })
    expect(said).toEqual(['wrote', 'storage-full', 'storage-full', 'wrote', 'wrote'])
    expect(written.map(({ payload }) => payload)).toEqual([
      { type: 'session.began' },
      { type: 'sign-ins.unrecorded', count: 2 },
      { type: 'session.began' },
      { type: 'session.ended' },
    ])
  })
})
