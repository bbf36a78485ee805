import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { saveCopy } from '#electron/files/save-copy.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const source = () => {
  const path = join(tempDir(), 'source')
  writeFileSync(path, Buffer.alloc(200_000, 7))
  return path
}

it('replaces what was there by the whole copy, and leaves nothing else', async () => {
  const folder = tempDir()
  const target = join(folder, 'cohort.pdf')
  writeFileSync(target, 'before')
  await saveCopy(source(), target)
  expect(readFileSync(target).equals(Buffer.alloc(200_000, 7))).toBe(true)
  expect(readdirSync(folder)).toEqual(['cohort.pdf'])
})

it('leaves what was there when the copy cannot be made', async () => {
  const folder = tempDir()
  const target = join(folder, 'cohort.pdf')
  writeFileSync(target, 'before')
  await expect(saveCopy(join(folder, 'gone'), target)).rejects.toMatchObject({ code: 'file-write-failed' })
  expect(readFileSync(target, 'utf8')).toBe('before')
  expect(readdirSync(folder)).toEqual(['cohort.pdf'])
})

it('leaves no half-made file where the target is a folder', async () => {
  const folder = tempDir()
  mkdirSync(join(folder, 'cohort.pdf', 'inside'), { recursive: true })
  await expect(saveCopy(source(), join(folder, 'cohort.pdf'))).rejects.toMatchObject({ code: 'file-write-failed' })
  expect(readdirSync(folder)).toEqual(['cohort.pdf'])
  expect(existsSync(join(folder, 'cohort.pdf', 'inside'))).toBe(true)
})
