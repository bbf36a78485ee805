import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { inQuickFolder } from '#tests/support/quick-folder.ts'

it('what tests write is gone with the folder that they wrote it to, when they fail too', async () => {
  const seen: string[] = []
  const write = (folder: string) => {
    seen.push(folder)
    writeFileSync(join(folder, 'file'), 'content')
    return Promise.resolve(7)
  }
  expect(await inQuickFolder(write)).toBe(7)
  await expect(
    inQuickFolder(async (folder) => {
      await write(folder)
      throw new Error('failed')
    }),
  ).rejects.toThrow('failed')
  expect(new Set(seen).size).toBe(2)
  for (const folder of seen) expect(existsSync(folder)).toBe(false)
})
