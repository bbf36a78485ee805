import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { rubricItems } from '#shared/domain/rubric.ts'
import { eventIdSchema } from '#shared/domain/ids.ts'
import { describeBackups, makeBackup } from '#electron/files/backups.ts'
import { backupsIn, backupsOf, type Walked } from '#electron/store/backup-file.ts'
import { newestVersion } from '#electron/store/migrations/index.ts'
import { keptAsideIn } from '#electron/store/restore.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { empathyRubric, putSmallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { codeOf } from '#tests/support/exam-day.ts'
import { testServices } from '#tests/support/services.ts'
import { cli } from '../cli/call.ts'

/** A folder with marks and a good backup, of which a mark was changed by SQL afterwards. */
async function changedBySql() {
  const dataDir = dataFolder()
  const store = openStore({ dataDir })
  const { exam, slots, examiner } = putSmallExam(store)
  const [slot] = slots
  if (!slot) throw new Error('no encounter')
  for (const { id: itemId } of rubricItems(empathyRubric())) {
    store.ledger.append({
      id: eventIdSchema.parse(`event-${itemId}`),
      examId: exam.id,
      encounterId: slot.id,
      raterId: examiner.id,
      role: 'examiner',
      offsetMs: 1,
      payload: { type: 'rating.recorded', itemId, value: 3 },
    })
  }
  store.close()
  const good = await makeBackup({ dataDir, why: 'asked', second: null })
  const db = new Database(join(dataDir, DATABASE_FILE))
  db.exec(`DROP TRIGGER event_never_changes; UPDATE event SET payload = replace(payload, '"value":3', '"value":5')`)
  db.close()
  return { dataDir, good: good.name }
}

const listed = (dataDir: string, walked?: Walked) =>
  describeBackups({ dataDir, second: null }, null, newestVersion, null, walked)

describe('a backup of a ledger that was changed outside Attune', () => {
  it('is made and told apart: the command fails, the list names it, and the good one before it is what is offered', async () => {
    const { dataDir, good } = await changedBySql()
    const { code, out, err } = await cli('backup', 'create', '--data', dataDir)
    expect(code).toBe(1)
    expect(err.join('')).toMatch(/no good backup: the ledger was changed/)
    expect(listed(dataDir)).toMatchObject([
      { name: out[0], state: 'ledger-broken', holds: { exams: [{}] } },
      { name: good, state: 'good' },
    ])
    expect((await cli('backup', 'list', '--data', dataDir)).out[0]).toMatch(/LEDGER BROKEN/)
    const { out: said } = await cli('doctor', '--data', dataDir)
    expect(said.join('\n')).toContain(`--backup ${good}`)
    expect(said.join('\n')).not.toContain(`--backup ${out[0] ?? ''}`)
    expect(said.join('\n')).toMatch(/made of a ledger that was changed outside Attune, or was damaged: 1\./)
    expect((await cli('backup', 'restore', '--data', dataDir, '--backup', 'latest')).out[0]).toContain(good)
    expect((await cli('verify', '--data', dataDir)).code).toBe(0)
  })

  it('is restored at the terminal only for whoever was told that it is broken: better than nothing', async () => {
    const { dataDir } = await changedBySql()
    const [broken = ''] = (await cli('backup', 'create', '--data', dataDir)).out
    const restore = ['backup', 'restore', '--data', dataDir, '--backup', broken]
    const refused = await cli(...restore)
    expect(refused.code).toBe(1)
    expect(refused.err.join('')).toContain(`The ledger of the backup "${broken}" is broken`)
    expect(keptAsideIn(dataDir)).toEqual([])
    const { code, out } = await cli(...restore, '--even-broken')
    expect(code).toBe(0)
    expect(out[0]).toContain(broken)
  })

  it('is restored in the app only where the director said so', async () => {
    const { dataDir } = await changedBySql()
    const [name = ''] = (await cli('backup', 'create', '--data', dataDir)).out
    const services = await testServices({ dataDir })
    const director = services.seat({ role: 'director', examId: null, personId: null })
    const chosen = { place: 'data-folder' as const, name }
    expect(codeOf(await director('backup.restore', chosen))).toBe('backup-ledger-broken')
    expect(keptAsideIn(dataDir)).toEqual([])
    expect(codeOf(await director('backup.restore', { ...chosen, evenBroken: true }))).toBe('accepted')
    expect(keptAsideIn(dataDir)).toHaveLength(1)
    await services.shutdown()
  })

  it('pushes out no good one, however many are made', async () => {
    const { dataDir, good } = await changedBySql()
    for (let n = 1; n <= 8; n += 1) await makeBackup({ dataDir, why: 'asked', second: null, now: Date.now() + n })
    expect(backupsIn(backupsOf(dataDir)).map(({ file }) => file)).toContain(good)
  })

  it('is what the director reads, not that all is well', async () => {
    const { dataDir } = await changedBySql()
    const services = await testServices({ dataDir })
    const director = services.seat({ role: 'director', examId: null, personId: null })
    expect(await director('backup.create', {})).toMatchObject({ ok: true, data: { state: 'ledger-broken' } })
    await services.shutdown()
  })

  it('is walked once: what is known of the same bytes is not found out again', async () => {
    const { dataDir } = await changedBySql()
    const walked: Walked = new Map()
    expect(listed(dataDir, walked)).toMatchObject([{ state: 'good' }])
    for (const digest of walked.keys()) walked.set(digest, false)
    expect(listed(dataDir, walked)).toMatchObject([{ state: 'ledger-broken' }])
  })
})
