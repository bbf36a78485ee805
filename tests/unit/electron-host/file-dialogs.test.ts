import { createReadStream, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { pickFile, saveFile } from '#electron/main/file-dialogs.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const ref = { id: '6f0d3a52-8f5e-4a7b-9a3e-0d6b6f2f6a11', name: 'faked.exe', mime: 'application/pdf', bytes: 4 }

function shelf() {
  const path = join(tempDir(), 'on-the-shelf')
  writeFileSync(path, '%PDF')
  const read = () => createReadStream(path)
  return vi.fn(() => ({ path, name: 'C-07 Ольга.pdf', mime: 'application/pdf', bytes: 4, read }))
}

const choosing = (filePath: string) => vi.fn(() => Promise.resolve({ canceled: filePath === '', filePath }))

describe('saving a report', () => {
  it('suggests the name that the host gave it, not the one of the caller, in the given folder', async () => {
    const showSaveDialog = choosing('')
    const answer = await saveFile(ref, { findFile: shelf(), folder: '/home/ana', showSaveDialog })
    expect(answer).toEqual({ ok: true, data: { saved: false } })
    expect(showSaveDialog).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        defaultPath: join('/home/ana', 'C-07 Ольга.pdf'),
        filters: [{ name: 'PDF', extensions: ['pdf'] }],
      }),
    )
  })

  it('leaves the whole file where the person said, and nothing else beside it', async () => {
    const folder = tempDir()
    const target = join(folder, 'report.pdf')
    writeFileSync(target, 'an older report, and a longer one')
    const answer = await saveFile(ref, { findFile: shelf(), folder, showSaveDialog: choosing(target) })
    expect(answer).toEqual({ ok: true, data: { saved: true } })
    expect(readFileSync(target, 'utf8')).toBe('%PDF')
    expect(readdirSync(folder)).toEqual(['report.pdf'])
  })

  it('says so when it cannot be written', async () => {
    const target = join(tempDir(), 'gone', 'report.pdf')
    const answer = await saveFile(ref, { findFile: shelf(), folder: '/', showSaveDialog: choosing(target) })
    expect(answer).toEqual({ ok: false, code: 'file-write-failed', params: { file: 'report.pdf' } })
  })

  it('opens no dialog for a file that is not there, nor for what is not a file', async () => {
    const showSaveDialog = choosing('/anywhere')
    const parts = { findFile: () => null, folder: '/', showSaveDialog }
    expect(await saveFile(ref, parts)).toMatchObject({ ok: false, code: 'not-found' })
    expect(await saveFile({ ...ref, id: '../../etc/passwd' }, parts)).toMatchObject({ ok: false, code: 'bad-input' })
    expect(showSaveDialog).not.toHaveBeenCalled()
  })
})

describe('choosing a file', () => {
  const opening = (...filePaths: string[]) =>
    vi.fn(() => Promise.resolve({ canceled: filePaths.length === 0, filePaths }))

  it('offers the kinds that are asked for and reads the one chosen', async () => {
    const path = join(tempDir(), 'candidates.csv')
    writeFileSync(path, 'number,name\n')
    const showOpenDialog = opening(path)
    expect(await pickFile(['.csv', '.xlsx'], { showOpenDialog })).toEqual({
      ok: true,
      data: { name: 'candidates.csv', base64: Buffer.from('number,name\n').toString('base64') },
    })
    expect(showOpenDialog).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ filters: [expect.objectContaining({ extensions: ['csv', 'xlsx'] })] }),
    )
  })

  it.each(['.attune-package', '.attune-bundle'])('takes %s for a kind of file', async (kind) => {
    expect(await pickFile([kind], { showOpenDialog: opening() })).toEqual({ ok: true, data: null })
  })

  it('gives nothing when the person cancels', async () => {
    expect(await pickFile(['.csv'], { showOpenDialog: opening() })).toEqual({ ok: true, data: null })
  })

  it('refuses a file of more than 20 MB without reading it', async () => {
    const path = join(tempDir(), 'big.csv')
    writeFileSync(path, Buffer.alloc(20_000_001))
    expect(await pickFile(['.csv'], { showOpenDialog: opening(path) })).toEqual({
      ok: false,
      code: 'file-too-large',
      params: { name: 'big.csv', limitMb: 20 },
    })
  })

  it('says so when the file cannot be read, and does not call it empty', async () => {
    const showOpenDialog = opening(join(tempDir(), 'gone.csv'))
    expect(await pickFile(['.csv'], { showOpenDialog })).toEqual({
      ok: false,
      code: 'file-unreadable',
      params: { name: 'gone.csv' },
    })
  })

  it.each([[[]], [['csv']], ['.csv'], [['.c/v']]])('refuses %j as a list of kinds', async (accept) => {
    const showOpenDialog = opening('/etc/passwd')
    expect(await pickFile(accept, { showOpenDialog })).toMatchObject({ ok: false, code: 'bad-input' })
    expect(showOpenDialog).not.toHaveBeenCalled()
  })
})
