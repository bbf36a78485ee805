import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { AttuneError } from '#shared/contract/result.ts'
import { createFileShelf, safeFileName } from '#electron/files/file-shelf.ts'
import { saveCopy } from '#electron/files/save-copy.ts'
import { writeShelved } from '#electron/files/shelved.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { failureOf } from './open-set-up.ts'

const csv = { name: 'ratings.csv', mime: 'text/csv' }

describe('the shelf of finished files', () => {
  it('keeps a file until it is asked for by its id', async () => {
    const shelf = createFileShelf(join(tempDir(), 'outbox'))
    const ref = await shelf.put({ ...csv, bytes: 'Zoë' })
    expect(ref).toEqual({ ...csv, id: ref.id, bytes: 4 })
    const found = shelf.find(ref.id)
    expect(found).toMatchObject(csv)
    expect(readFileSync(found?.path ?? '', 'utf8')).toBe('Zoë')
    expect(shelf.find('another')).toBeNull()
    expect(shelf.find('../outbox')).toBeNull()
  })

  it('takes what is written straight to its path', async () => {
    const shelf = createFileShelf(join(tempDir(), 'outbox'))
    const write = async (path: string) => {
      await Promise.resolve()
      writeFileSync(path, '12345')
    }
    const ref = await shelf.put({ ...csv, write })
    expect(ref.bytes).toBe(5)
  })

  it('is empty at the start of a run and when it is cleared', async () => {
    const dir = join(tempDir(), 'outbox')
    mkdirSync(dir)
    writeFileSync(join(dir, 'left-behind'), 'a name and a mark')
    const shelf = createFileShelf(dir)
    expect(existsSync(dir)).toBe(false)
    const ref = await shelf.put({ ...csv, bytes: 'x' })
    shelf.clear()
    expect(shelf.find(ref.id)).toBeNull()
    expect(existsSync(dir)).toBe(false)
    await shelf.put({ ...csv, bytes: 'x' })
    expect(readdirSync(dir)).toHaveLength(1)
  })

  it('keeps nothing half-written, and hands on why', async () => {
    const dir = join(tempDir(), 'outbox')
    const shelf = createFileShelf(dir)
    const stop = (path: string) => {
      writeFileSync(path, 'half')
      throw new AttuneError('cancelled')
    }
    expect(await failureOf(() => shelf.put({ ...csv, write: stop }))).toEqual({ code: 'cancelled', params: {} })
    const nothing = await failureOf(() => shelf.put({ ...csv, write: () => undefined }))
    expect(nothing).toEqual({ code: 'file-write-failed', params: { file: 'ratings.csv' } })
    expect(readdirSync(dir)).toEqual([])
  })

  it('says which file it could not write', async () => {
    const dir = join(tempDir(), 'outbox')
    const shelf = createFileShelf(dir)
    writeFileSync(dir, 'a file where the folder should be')
    chmodSync(dir, 0o600)
    const failure = await failureOf(() => shelf.put({ ...csv, bytes: 'x' }))
    expect(failure).toEqual({ code: 'file-write-failed', params: { file: 'ratings.csv' } })
  })
})

describe('the shelf of an encrypted folder', () => {
  const secret = 'Zoë: 4 of 5'
  const onDisk = (dir: string) => readdirSync(dir).map((name) => readFileSync(join(dir, name)))

  it('holds nothing that can be read on the disk, and gives what was put there', async () => {
    const dir = join(tempDir(), 'outbox')
    const shelf = createFileShelf(dir, { encrypted: true })
    const ref = await shelf.put({ ...csv, bytes: secret })
    expect(ref.bytes).toBe(Buffer.byteLength(secret))
    expect(onDisk(dir).some((bytes) => bytes.includes('Zoë'))).toBe(false)
    const found = shelf.find(ref.id)
    expect(found).toMatchObject({ ...csv, path: null, bytes: ref.bytes })
    for (const target of ['once.csv', 'twice.csv'].map((name) => join(tempDir(), name))) {
      await saveCopy(found?.read ?? '', target)
      // Names and marks are for whoever saved them, not for every account of the computer.
      if (process.platform !== 'win32') expect(statSync(target).mode & 0o077).toBe(0)
      expect(readFileSync(target, 'utf8')).toBe(secret)
    }
  })

  it('takes what is written straight to its path with its key, and an empty file', async () => {
    const dir = join(tempDir(), 'outbox')
    const shelf = createFileShelf(dir, { encrypted: true })
    const pieces = Array.from({ length: 100 }, (_, n) => `${n}`.repeat(5000))
    const large = await shelf.put({ ...csv, write: (path) => writeShelved(path, pieces, shelf.key) })
    const empty = await shelf.put({ ...csv, bytes: '' })
    expect([large.bytes, empty.bytes]).toEqual([pieces.join('').length, 0])
    expect(await text(shelf.find(large.id)?.read() ?? Readable.from([]))).toBe(pieces.join(''))
    expect(await text(shelf.find(empty.id)?.read() ?? Readable.from([]))).toBe('')
  })

  it('gives out nothing whole that was changed on the disk', async () => {
    const dir = join(tempDir(), 'outbox')
    const shelf = createFileShelf(dir, { encrypted: true })
    const { id } = await shelf.put({ ...csv, bytes: secret })
    const [file = ''] = readdirSync(dir)
    const bytes = readFileSync(join(dir, file))
    bytes[14] = (bytes[14] ?? 0) ^ 1
    writeFileSync(join(dir, file), bytes)
    const target = join(tempDir(), 'ratings.csv')
    const failure = await failureOf(() => saveCopy(shelf.find(id)?.read ?? '', target))
    expect(failure).toMatchObject({ code: 'file-write-failed' })
    expect(existsSync(target)).toBe(false)
  })
})

describe('the name of a file', () => {
  it.each([
    ['Feedback 1001.pdf', 'Feedback 1001.pdf'],
    ['../../etc/passwd', '-..-etc-passwd'],
    ['a\\b:c*d?"e<f>g|h.csv', 'a-b-c-d--e-f-g-h.csv'],
    ['Zoë \u202Efdp.exe\u0000', 'Zoë fdp.exe'],
    ['  .hidden. ', 'hidden'],
    ['CON.json', 'file-CON.json'],
    ['…', '…'],
    ['', 'file-'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe)
  })

  it('is cut, not its ending', () => {
    const safe = safeFileName(`${'非'.repeat(300)}.attune-exam.json`)
    expect(safe).toHaveLength(120)
    expect(safe.endsWith('非.attune-exam.json')).toBe(true)
  })
})
