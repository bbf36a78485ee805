import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseBackupName } from '#shared/domain/backup.ts'
import { NAMELESS } from '#shared/domain/exam.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import { restoreBackup } from '#electron/store/restore.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { databaseBefore } from '#tests/migrations/database-before.ts'
import { eventually } from '#tests/support/eventually.ts'
import { filesWith } from '#tests/support/files-with.ts'
import { backup, read, restored } from '#tests/support/restoring.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  seatedAnew,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'

const [first] = slotsOf(examiner)
if (!first) throw new Error('the examiner has no encounter')
const { id: encounterId, candidateId } = first
const examId = exam.id

const keyOf = (at: TestLaptop) => read(at, (reader) => reader.keys.examKey(examId))

const trustedBy = (at: TestLaptop) => read(at, (reader) => reader.keys.trusted())

describe('the key that opens an exam’s bundles', () => {
  it('is in a backup as soon as the first package is made, and later ones make none', async () => {
    const director = await directorsLaptop({ backUp: true })
    const reasons = async () => (await director.director('backup.list', {})).map(({ why }) => why)
    await stationOf(director)
    await eventually(async () => {
      expect(await reasons()).toEqual(['package-made'])
    })
    const [made] = await director.director('backup.list', {})
    const copy = await directorsLaptop()
    mkdirSync(join(copy.dataDir, 'backups'))
    const name = made?.name ?? ''
    copyFileSync(join(director.dataDir, 'backups', name), join(copy.dataDir, 'backups', name))
    await restored(copy, { place: 'data-folder', name })
    expect(keyOf(copy)?.identity).toBe(keyOf(director)?.identity)

    await stationOf(director)
    await director.services.shutdown()
    const kept = readdirSync(join(director.dataDir, 'backups')).map((file) => parseBackupName(file)?.why)
    expect(kept.filter((why) => why === 'package-made')).toHaveLength(1)
  })

  it('is told of where no backup can be made, and the package is made all the same', async () => {
    const director = await directorsLaptop({ backUp: true })
    writeFileSync(join(director.dataDir, 'backups'), 'no folder')
    expect(await director.director.refusal('package.export', { examId })).toBe('taken')
    await eventually(async () => {
      expect((await director.director('backup.status', {})).state).toBe('failed')
    })
  })

  it('outlives restoring a backup from before the package, and so does who is trusted', async () => {
    const before = await directorsLaptop()
    const chosen = await backup(before)
    const [station, known] = [await stationOf(before), await stationOf(before)]
    await examine(station.as(examiner), encounterId, 4)
    await handOver(known, before)
    const [key, trusted] = [keyOf(before), trustedBy(before)]
    expect(trusted).toHaveLength(1)
    const director = await restored(before, chosen)
    expect(keyOf(director)).toEqual(key)
    expect(trustedBy(director)).toEqual(trusted)

    expect(await handOver(station, director)).toMatchObject({ known: 0 })
    expect((await director.director('results.encounter', { encounterId })).status).toBe('submitted')
    const { file, code, signerCode: signer } = await director.director('package.export', { examId })
    const upload = director.upload(file)
    expect(await station.director.refusal('package.import', { upload, code, signer })).toBe('taken')
  })

  it('outlives restoring a backup of a version that knew of no such key', async () => {
    const director = await directorsLaptop()
    await stationOf(director)
    const key = keyOf(director)
    await director.services.shutdown()
    const { dataDir, before } = databaseBefore(80)
    before.exec(`INSERT INTO installation (only, device, created_at) VALUES (1, 'earlier', '2026-01-01T00:00:00Z');
      INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
      VALUES ('${examId}', 'Small exam', '2026-01-01', '', 'A4', 'running', 0, '{}', '{}', '2026-01-01T00:00:00Z')`)
    before.close()
    restoreBackup(director.dataDir, join(dataDir, DATABASE_FILE), { key: null })
    expect(keyOf(director)).toEqual(key)
  })

  it('is the backup’s where a station’s laptop takes the director’s place', async () => {
    const lost = await directorsLaptop()
    const station = await stationOf(lost)
    const { name } = await backup(lost)
    const folder = join(station.dataDir, 'backups')
    mkdirSync(folder, { recursive: true })
    copyFileSync(join(lost.dataDir, 'backups', name), join(folder, name))
    const director = await restored(station, { place: 'data-folder', name })
    expect(keyOf(director)).toEqual(keyOf(lost))
    expect((await director.director('exam.get', { examId })).packageOut).not.toBeNull()
  })
})

describe('a name that was erased', () => {
  it('does not come back with an earlier backup, nor with undoing that', async () => {
    const before = await directorsLaptop()
    await examine(before.as(examiner), encounterId, 4)
    const chosen = await backup(before)
    const { candidates } = await before.director('exam.get', { examId })
    const { name, number } = candidates.find(({ id }) => id === candidateId) ?? { name: '', number: '' }
    await before.director('exam.setStatus', { examId, status: 'closed' })
    await before.director('privacy.eraseCandidate', { candidateId })

    const inUse = (at: TestLaptop) =>
      filesWith(at.dataDir, name).filter((file) => !/backups|kept-aside/.test(dirname(file).slice(at.dataDir.length)))
    expect(name).not.toBe('')
    const director = await restored(before, chosen)
    const one = (await director.director('exam.get', { examId })).candidates.find(({ id }) => id === candidateId)
    expect(one?.name).toBe(NAMELESS)
    expect(one?.number).not.toBe(number)
    expect(inUse(director)).toEqual([])
    expect(read(director, (reader) => isSound(reader.verify()))).toBe(true)

    await director.director('backup.undoRestore', {})
    const undone = seatedAnew(director)
    const again = (await undone.director('exam.get', { examId })).candidates.find(({ id }) => id === candidateId)
    expect(again?.name).toBe(NAMELESS)
    expect((await undone.director('results.encounter', { encounterId })).status).toBe('submitted')
  })

  it('does not come back where it was erased after a restoring that is undone', async () => {
    const before = await directorsLaptop()
    const director = await restored(before, await backup(before))
    await director.director('exam.setStatus', { examId, status: 'closed' })
    await director.director('privacy.eraseExam', { examId })
    await director.director('backup.undoRestore', {})
    const { candidates, people } = await seatedAnew(director).director('exam.get', { examId })
    expect([...candidates, ...people].map(({ name }) => name).every((name) => name === NAMELESS)).toBe(true)
  })
})
