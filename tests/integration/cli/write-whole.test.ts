import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AttuneError } from '#shared/contract/result.ts'
import { writeWhole, writeWholeFiles } from '#electron/files/write-whole.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const inFolder = (...files: string[]) => {
  const folder = tempDir()
  for (const file of files) writeFileSync(join(folder, file), 'before')
  return folder
}

describe('a file that is written whole', () => {
  it('replaces the earlier one at once, and leaves nothing beside it', async () => {
    const folder = inFolder('cohort.pdf')
    const target = join(folder, 'cohort.pdf')
    await writeWhole(target, async (part) => {
      await writeFile(part, 'after')
      expect(readFileSync(target, 'utf8')).toBe('before')
    })
    expect(readFileSync(target, 'utf8')).toBe('after')
    expect(readdirSync(folder)).toEqual(['cohort.pdf'])
  })

  it.each([
    ['the disk is full', Object.assign(new Error('no space left'), { code: 'ENOSPC' }), 'file-write-failed'],
    ['the work is cancelled', new AttuneError('cancelled'), 'cancelled'],
  ])('leaves the earlier one as it was when %s in the middle', async (_why, error, code) => {
    const folder = inFolder('cohort.pdf')
    const failing = writeWhole(join(folder, 'cohort.pdf'), async (part) => {
      await writeFile(part, 'half')
      throw error
    })
    await expect(failing).rejects.toMatchObject({ code })
    expect(readFileSync(join(folder, 'cohort.pdf'), 'utf8')).toBe('before')
    expect(readdirSync(folder)).toEqual(['cohort.pdf'])
  })

  it('is refused where a folder has its name, which stays', async () => {
    const folder = tempDir()
    mkdirSync(join(folder, 'cohort.pdf', 'inside'), { recursive: true })
    await expect(writeWhole(join(folder, 'cohort.pdf'), (part) => writeFile(part, 'x'))).rejects.toMatchObject({
      code: 'file-write-failed',
      params: { file: 'cohort.pdf' },
    })
    expect(readdirSync(folder)).toEqual(['cohort.pdf'])
    expect(readdirSync(join(folder, 'cohort.pdf'))).toEqual(['inside'])
  })
})

describe('files that are written whole into a folder', () => {
  const fill =
    (...names: string[]) =>
    async (part: string) => {
      mkdirSync(part)
      for (const name of names) await writeFile(join(part, name), 'after')
    }

  it('replace those of the same name and leave others; the folder is made where it is missing', async () => {
    const folder = inFolder('1001.pdf', '1009.pdf')
    expect((await writeWholeFiles(folder, fill('1001.pdf', '1002.pdf'))).toSorted()).toEqual(['1001.pdf', '1002.pdf'])
    expect(readdirSync(folder).toSorted()).toEqual(['1001.pdf', '1002.pdf', '1009.pdf'])
    expect(readFileSync(join(folder, '1001.pdf'), 'utf8')).toBe('after')
    expect(await writeWholeFiles(join(folder, 'new'), fill('1001.pdf'))).toEqual(['1001.pdf'])
  })

  it('leave everything as it was when the work ends in the middle', async () => {
    const folder = tempDir()
    const target = join(folder, 'feedback')
    mkdirSync(target)
    writeFileSync(join(target, '1001.pdf'), 'before')
    const failing = writeWholeFiles(target, async (part) => {
      await fill('1001.pdf', '1002.pdf')(part)
      throw new AttuneError('cancelled')
    })
    await expect(failing).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(folder)).toEqual(['feedback'])
    expect(readdirSync(target)).toEqual(['1001.pdf'])
    expect(readFileSync(join(target, '1001.pdf'), 'utf8')).toBe('before')
  })
})
