import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AttuneError } from '#shared/contract/result.ts'
import { createFileShelf, safeFileName } from '#electron/files/file-shelf.ts'
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
