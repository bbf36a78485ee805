import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { KEY_FILE, makeKey, readKeyFile, writeKeyFile } from '#electron/files/key-file.ts'
import { isProtected, unlockFolder } from '#electron/files/protection.ts'
import { hasDatabase, openReader } from '#electron/store/store.ts'
import { dataOf } from '#tests/support/exam-day.ts'
import { QUICK } from '#tests/support/sign-in.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cli, done } from '../cli/call.ts'
import { PASSPHRASE, protectedDay, recordIn } from './protected.ts'

/** An encrypted backup with its key file beside it, as it lies on a stick, and a new folder on another computer. */
async function backupAndNewFolder() {
  const day = await protectedDay()
  await recordIn(day)
  dataOf(await day.director('backup.create', {}))
  await day.services.shutdown()
  const stick = tempDir()
  const kept = readdirSync(day.second)
  for (const name of kept) copyFileSync(join(day.second, name), join(stick, name))
  const backup = join(stick, kept.find((name) => name.endsWith('.db')) ?? '')
  const passphrase = join(tempDir(), 'passphrase')
  writeFileSync(passphrase, PASSPHRASE)
  const elsewhere = join(tempDir(), 'elsewhere')
  mkdirSync(elsewhere)
  const restore = ['backup', 'restore', '--data', elsewhere, '--backup', backup, '--passphrase-file', passphrase]
  return { backup, elsewhere, restore }
}

it('an encrypted backup that could not be restored leaves a new folder new', async () => {
  const { backup, elsewhere, restore } = await backupAndNewFolder()
  appendFileSync(backup, 'what a stick that is failing adds')
  expect((await cli(...restore)).code).toBe(1)
  expect(existsSync(join(elsewhere, KEY_FILE))).toBe(false)
  expect(hasDatabase(elsewhere)).toBe(false)
})

it('a restoring that was cut before the last step is opened with the passphrase of the backup', async () => {
  const { elsewhere, restore } = await backupAndNewFolder()
  // Of a set-up that was begun once: it belongs to no data.
  const stale = (await makeKey('another passphrase', QUICK)).file
  await done(...restore)
  const own = readKeyFile(join(elsewhere, KEY_FILE))
  await writeKeyFile(elsewhere, stale)
  expect(isProtected(elsewhere)).toBe(true)
  const key = await unlockFolder(elsewhere, { passphrase: PASSPHRASE })
  expect(readKeyFile(join(elsewhere, KEY_FILE))).toEqual(own)
  const reader = openReader(elsewhere, key)
  expect([...reader.events()].length).toBeGreaterThan(2)
  reader.close()
  await expect(unlockFolder(elsewhere, { passphrase: 'another passphrase' })).rejects.toMatchObject({
    code: 'wrong-passphrase',
  })
})
