import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AttuneError } from '#shared/contract/result.ts'
import { holdFolder, LOCK_FILE, openDataFolder } from '#electron/files/data-folder.ts'
import { dataOf, examDay } from '#tests/support/exam-day.ts'
import { tempDir, unwritableDir } from '#tests/support/temp-dir.ts'
import { sitAsDirector } from '#tests/support/sign-in.ts'

const holder = fileURLToPath(new URL('../support/hold-folder.ts', import.meta.url))

/** A second process that has the folder when this returns. */
async function heldByAnotherProcess(dir: string): Promise<ChildProcess> {
  const child = fork(holder, [dir], { execArgv: [] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  expect(await once(child, 'message')).toContain('held')
  return child
}

function refusalOf(action: () => unknown): AttuneError {
  try {
    action()
  } catch (error) {
    if (error instanceof AttuneError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const us = { host: 'cli', pid: process.pid } as const

describe('a data folder', () => {
  it.each([
    [['Dropbox', 'attune'], 'Dropbox'],
    [['attune'], null],
  ])('at %o tells the director on the screen which service copies it away: %s', async (path, service) => {
    const { director } = await examDay({ dataDir: join(tempDir(), ...path) })
    expect(dataOf(await director('privacy.disk', {}))).toMatchObject({ syncedBy: service })
  })

  it('is made where it is missing, for its owner alone', () => {
    const dir = join(tempDir(), 'a', 'b')
    expect(openDataFolder(dir)).toBe(dir)
    if (process.platform !== 'win32') expect(statSync(dir).mode & 0o777).toBe(0o700)
    expect(readdirSync(dir)).toEqual([])
  })

  it('that cannot be written to is refused with its path', () => {
    const folder = unwritableDir()
    expect(refusalOf(() => openDataFolder(folder))).toMatchObject({ code: 'storage-read-only', params: { folder } })
    expect(refusalOf(() => openDataFolder(join(folder, 'attune')))).toMatchObject({ code: 'storage-read-only' })
  })

  it('whose path names a file is refused, and the file is left alone', () => {
    const file = join(tempDir(), 'notes.txt')
    writeFileSync(file, 'mine')
    expect(refusalOf(() => openDataFolder(file)).code).toBe('storage-failed')
    expect(statSync(file).size).toBe(4)
  })
})

describe('one writer at a time', () => {
  it('names who has the folder: the host, the process and since when', async () => {
    const dir = tempDir()
    const before = Date.now()
    const child = await heldByAnotherProcess(dir)
    const { code, params } = refusalOf(() => holdFolder(dir, us))
    expect(code).toBe('folder-in-use')
    expect(params).toMatchObject({ folder: dir, host: 'web', pid: child.pid })
    const since = Date.parse(String(params['since']))
    expect(since).toBeGreaterThanOrEqual(before)
    expect(since).toBeLessThanOrEqual(Date.now())
  })

  it('is free again once the holder was killed without a chance to tidy up', async () => {
    const dir = tempDir()
    const child = await heldByAnotherProcess(dir)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(existsSync(join(dir, `${LOCK_FILE}.json`))).toBe(true)
    holdFolder(dir, us).release()
  })

  it('is free again once the holder has let go, and nobody is named any more', async () => {
    const dir = tempDir()
    const child = await heldByAnotherProcess(dir)
    child.send('release')
    await once(child, 'exit')
    expect(existsSync(join(dir, `${LOCK_FILE}.json`))).toBe(false)
    holdFolder(dir, us).release()
  })

  it('is free again though the app could not end cleanly', async () => {
    const day = await examDay()
    dataOf(await day.director('report.feedbackBatch', { examId: day.small.exam.id }))
    const window = 'a window that is gone'
    await sitAsDirector(day.window(window))
    day.services.events.subscribe(window, (event) => {
      if (event.name === 'job.progressed' && event.payload.status === 'cancelled') throw new Error('not heard')
    })
    await expect(day.services.shutdown()).rejects.toThrow('not heard')
    holdFolder(day.dataDir, us).release()
  })

  it('holds against a second try of the same process, which does not open it to others either', async () => {
    const dir = tempDir()
    const { release } = holdFolder(dir, us)
    expect(refusalOf(() => holdFolder(dir, us))).toMatchObject({ code: 'folder-in-use', params: { pid: process.pid } })
    const other = fork(holder, [dir], { execArgv: [], silent: true })
    expect(await once(other, 'exit')).toEqual([1, null])
    release()
    holdFolder(dir, us).release()
  })

  it('still says that the folder is taken where the holder has not written its name', async () => {
    const dir = tempDir()
    await heldByAnotherProcess(dir)
    writeFileSync(join(dir, `${LOCK_FILE}.json`), '{"host":"so')
    expect(refusalOf(() => holdFolder(dir, us))).toMatchObject({ code: 'folder-in-use', params: { folder: dir } })
  })
})
