import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { diagnose, isHealthy } from '#electron/hosts/doctor.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { openStore } from '#electron/store/store.ts'
import { newEvent } from '#tests/support/exam-day.ts'
import { putSmallExam, smallExam } from '#tests/support/small-exam.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { tempDir, unwritableDir } from '#tests/support/temp-dir.ts'
import { cli, contentOf, done } from './call.ts'

const report = z.object({
  healthy: z.boolean(),
  findings: z.array(
    z.object({
      code: z.string(),
      level: z.enum(['ok', 'note', 'warning', 'wrong']),
      message: z.string().regex(/^[A-Z0-9].*\.$/),
      waysOut: z.array(z.object({ action: z.string().min(1), loses: z.string().min(1) })),
    }),
  ),
})

/** What the doctor finds; it must leave the folder as it was. */
async function examined(dataDir: string) {
  const before = contentOf(dataDir)
  const { code, out } = await cli('doctor', '--data', dataDir, '--json')
  expect(contentOf(dataDir)).toEqual(before)
  const { healthy, findings } = report.parse(JSON.parse(out.join('')))
  expect(code).toBe(healthy ? 0 : 1)
  expect(healthy).toBe(findings.every(({ level }) => level !== 'wrong'))
  for (const { level, waysOut } of findings) if (level === 'wrong') expect(waysOut).not.toEqual([])
  const found = (code: string) => findings.find((finding) => finding.code === code)
  return { healthy, findings, found, codes: findings.map(({ code: name }) => name) }
}

async function withBackup() {
  const dataDir = dataFolder()
  const store = openStore({ dataDir })
  putSmallExam(store)
  store.close()
  const [name = ''] = await done('backup', 'create', '--data', dataDir)
  return { dataDir, name, file: join(dataDir, 'attune.db') }
}

describe('the doctor', () => {
  it('finds nothing wrong with a folder where nothing is, and tells of its backups', async () => {
    const { dataDir, name } = await withBackup()
    const { healthy, found, codes } = await examined(dataDir)
    expect(healthy).toBe(true)
    expect(codes).toContain('database-sound')
    expect(found('backups')?.message).toContain(name)
  })

  it('warns of a disk that is not encrypted, in the words of the start screen, and says nothing where nobody knows', async () => {
    const { dataDir } = await withBackup()
    const of = (disk: 'plain' | 'encrypted' | 'unknown') =>
      diagnose(dataDir, { disk }).filter(({ code }) => code.startsWith('disk-') && code !== 'disk-room')
    expect(of('plain')).toMatchObject([{ code: 'disk-plain', level: 'warning' }])
    const [plain] = of('plain')
    const said = phrase('start.diskPlain').split(': ')[1]?.split('.')[0] ?? '?'
    expect(plain?.message).toContain(said)
    expect(isHealthy(diagnose(dataDir, { disk: 'plain' }))).toBe(true)
    expect(of('encrypted')).toMatchObject([{ code: 'disk-encrypted', level: 'ok' }])
    expect(of('unknown')).toEqual([])
  })

  it('says in words what --json says in fields', async () => {
    const { dataDir } = await withBackup()
    const { code, out } = await cli('doctor', '--data', dataDir)
    expect(code).toBe(0)
    expect(out.join('\n')).toMatch(/^ok +The data folder .+\n.*The database is whole/s)
  })

  it.each([
    ['gone', 'database-missing', (file: string) => rmSync(file)],
    ['another file', 'database-not-attune', (file: string) => writeFileSync(file, 'a letter to my aunt '.repeat(60))],
    ['damaged', 'database-corrupt', (file: string) => writeFileSync(file, readFileSync(file).fill(0xff, 9000, 40_000))],
    [
      'from a newer version',
      'database-newer',
      (file: string) => {
        const db = new Database(file)
        db.pragma('user_version = 99990')
        db.close()
      },
    ],
  ])(
    'whose database is %s names the backups and what restoring one loses, and never to delete',
    async (_, code, harm) => {
      const { dataDir, name, file } = await withBackup()
      harm(file)
      const { healthy, found } = await examined(dataDir)
      expect(healthy).toBe(false)
      const ways = found(code)?.waysOut ?? []
      expect(ways[0]?.action).toContain(`backup restore --data "${dataDir}" --backup ${name}`)
      expect(ways[0]?.loses).toContain('kept')
      for (const { action } of ways) expect(action).not.toMatch(/delete|remove/i)
    },
  )

  it('of a ledger that somebody edited names the first event that does not hold', async () => {
    const { dataDir, file } = await withBackup()
    const store = openStore({ dataDir })
    const { slots, exam } = smallExam()
    const [slot] = slots
    if (!slot) throw new Error('no encounter')
    const { id } = store.ledger.append({
      id: newEvent(),
      examId: exam.id,
      encounterId: slot.id,
      raterId: null,
      role: 'examiner',
      offsetMs: null,
      payload: { type: 'identity.confirmed' },
    })
    store.close()
    const db = new Database(file)
    db.exec('DROP TRIGGER event_never_changes')
    db.prepare("UPDATE event SET payload = '{}' WHERE id = ?").run(id)
    db.close()
    const { found } = await examined(dataDir)
    expect(found('ledger-broken')?.message).toContain(id)
    rmSync(join(dataDir, 'backups'), { recursive: true })
    // Of this ledger no good backup can be made.
    expect((await examined(dataDir)).found('backups-none')).toMatchObject({ level: 'warning', waysOut: [] })
  })

  it('says that the end of the ledger was cut, by a backup that goes beyond it, and what each way out loses', async () => {
    const { dataDir, file } = await withBackup()
    const record = (count: number) => {
      const store = openStore({ dataDir })
      const { slots, exam } = smallExam()
      for (const slot of slots.slice(0, count)) {
        const payload = {
          type: 'identity.confirmed',
          candidateId: slot.candidateId,
          stationId: slot.stationId,
        } as const
        const about = {
          examId: exam.id,
          encounterId: slot.id,
          raterId: null,
          role: 'examiner',
          offsetMs: null,
        } as const
        store.ledger.append({ id: newEvent(), ...about, payload })
      }
      store.close()
    }
    record(5)
    const [whole = ''] = await done('backup', 'create', '--data', dataDir)
    expect((await examined(dataDir)).found('backups')?.message).toContain('events recorded since: 0')
    const db = new Database(file)
    db.exec('DROP TRIGGER event_never_goes')
    const ends = 'SELECT max(seq) FROM event WHERE exam_id = (SELECT id FROM exam)'
    db.exec(`DELETE FROM event WHERE encounter_id IS NOT NULL AND seq > (${ends}) - 3`)
    db.close()
    const rebuilding = openStore({ dataDir })
    rebuilding.ledger.rebuildProjections()
    rebuilding.close()
    const { healthy, found } = await examined(dataDir)
    expect(healthy).toBe(false)
    const cut = found('ledger-ends-early')
    expect(cut).toMatchObject({ level: 'wrong' })
    expect(cut?.message).toMatch(new RegExp(`the backup ${whole} .* not in the database: 3\\.`))
    expect(cut?.waysOut[0]?.action).toContain(`--backup ${whole}`)
    expect(cut?.waysOut[0]?.loses).toContain('kept: 0;')
    expect(cut?.waysOut.map(({ loses }) => loses).join(' ')).toContain('the database does not: 3.')
    expect(found('backups')?.message).not.toContain('recorded since')
  })

  it('does not take a backup of what a restoring set aside for an end that was cut', async () => {
    const { dataDir, name } = await withBackup()
    const store = openStore({ dataDir })
    const [slot] = smallExam().slots
    if (!slot) throw new Error('no encounter')
    const about = {
      examId: slot.examId,
      encounterId: slot.id,
      raterId: null,
      role: 'examiner',
      offsetMs: null,
    } as const
    store.ledger.append({ id: newEvent(), ...about, payload: { type: 'identity.confirmed' } })
    store.close()
    await done('backup', 'create', '--data', dataDir)
    await done('backup', 'restore', '--data', dataDir, '--backup', name)
    expect((await examined(dataDir)).codes).not.toContain('ledger-ends-early')
    openStore({ dataDir }).close()
    expect((await examined(dataDir)).healthy).toBe(true)
    await done('backup', 'restore', '--data', dataDir, '--undo')
    expect((await examined(dataDir)).codes).not.toContain('ledger-ends-early')
  })

  it('says that a folder cannot be written to, is not there, or holds nothing', async () => {
    const unwritable = await cli('doctor', '--data', unwritableDir(), '--json')
    expect(report.parse(JSON.parse(unwritable.out.join(''))).findings).toContainEqual(
      expect.objectContaining({ code: 'folder-read-only', level: 'wrong' }),
    )
    expect((await examined(tempDir())).codes).toContain('database-none')
    const { code, out } = await cli('doctor', '--data', join(tempDir(), 'nowhere'), '--json')
    expect([code, report.parse(JSON.parse(out.join(''))).findings.map((finding) => finding.code)]).toEqual([
      1,
      ['folder-missing'],
    ])
    const aFile = join(tempDir(), 'a-file')
    writeFileSync(aFile, '')
    const { findings } = report.parse(JSON.parse((await cli('doctor', '--data', aFile, '--json')).out.join('')))
    expect(findings.map((finding) => [finding.code, finding.waysOut.map(({ action }) => action)])).toEqual([
      ['folder-missing', [phrase('terminal.doctor.ways.path.action')]],
    ])
  })

  it('warns of a folder that another program copies away', async () => {
    const { dataDir, file } = await withBackup()
    const synced = join(dataDir, 'OneDrive', 'Attune')
    mkdirSync(synced, { recursive: true })
    copyFileSync(file, join(synced, 'attune.db'))
    const { healthy, found } = await examined(synced)
    expect(healthy).toBe(true)
    expect(found('folder-synced')).toMatchObject({ level: 'warning' })
    expect(found('folder-synced')?.message).toContain('OneDrive')
  })

  it('tells of half-written files, of damaged backups and of what was kept aside', async () => {
    const { dataDir, name } = await withBackup()
    await done('backup', 'restore', '--data', dataDir, '--backup', 'latest')
    const backups = join(dataDir, 'backups')
    writeFileSync(join(backups, `.attune-${'a'.repeat(36)}.part`), '')
    const bytes = readFileSync(join(backups, name))
    bytes.writeUInt8(bytes.readUInt8(9000) ^ 1, 9000)
    writeFileSync(join(backups, name), bytes)
    const { found, codes } = await examined(dataDir)
    expect(codes).toEqual(expect.arrayContaining(['parts-left', 'kept-aside', 'backups-none']))
    expect(found('backup-damaged')).toMatchObject({ level: 'wrong' })
  })
})

describe('backups on the command line', () => {
  it('are made, listed and restored, and a restoring is undone', async () => {
    const { dataDir, name } = await withBackup()
    const [entry] = z
      .array(z.object({ name: z.string(), state: z.string(), holds: z.object({ events: z.int(), missing: z.int() }) }))
      .parse(JSON.parse((await done('backup', 'list', '--data', dataDir, '--json')).join('')))
    expect(entry).toMatchObject({ name, state: 'good', holds: { missing: 0 } })
    expect(await done('backup', 'list', '--data', dataDir)).toEqual([expect.stringContaining('Small exam')])

    const db = new Database(join(dataDir, 'attune.db'))
    db.prepare("UPDATE exam SET title = 'Changed since'").run()
    db.close()
    const title = () => {
      const present = new Database(join(dataDir, 'attune.db'), { readonly: true })
      const found = present.prepare('SELECT title FROM exam').pluck().get()
      present.close()
      return found
    }
    const restored = (await done('backup', 'restore', '--data', dataDir, '--backup', name, '--json')).join('')
    expect(JSON.parse(restored)).toMatchObject({ backup: name, missing: 0 })
    expect(title()).toBe('Small exam')
    expect(readdirSync(join(dataDir, 'kept-aside'))).toHaveLength(1)
    await done('backup', 'restore', '--data', dataDir, '--undo')
    expect(title()).toBe('Changed since')
  })

  it('are restored over a database that is damaged, which is kept as it is', async () => {
    const { dataDir, file } = await withBackup()
    const harmed = readFileSync(file).fill(0xff, 9000, 40_000)
    writeFileSync(file, harmed)
    await done('backup', 'restore', '--data', dataDir, '--backup', 'latest')
    expect((await examined(dataDir)).healthy).toBe(true)
    const [aside = ''] = readdirSync(join(dataDir, 'kept-aside'))
    expect(readFileSync(join(dataDir, 'kept-aside', aside, 'attune.db')).equals(harmed)).toBe(true)
  })

  it('refuse what is not there, what is damaged, and a call that says both or nothing', async () => {
    const { dataDir, name } = await withBackup()
    const restore = (...args: string[]) => cli('backup', 'restore', '--data', dataDir, ...args)
    expect(await restore()).toMatchObject({ code: 2 })
    expect(await restore('--undo', '--backup', name)).toMatchObject({ code: 2 })
    expect(await restore('--undo')).toMatchObject({ code: 1 })
    expect(await restore('--backup', 'yesterday')).toMatchObject({ code: 1 })
    writeFileSync(join(dataDir, 'backups', name), 'nothing of it')
    expect(await restore('--backup', name)).toMatchObject({ code: 1 })
    expect(await restore('--backup', 'latest')).toMatchObject({ code: 1 })
    expect((await examined(dataDir)).codes).toContain('database-sound')
  })
})
