import { existsSync } from 'node:fs'
import { basename, isAbsolute } from 'node:path'
import { AttuneError } from '#shared/contract/result.ts'
import type { BackupEntry } from '#shared/domain/backup.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { describeBackups, makeBackup, pathOfBackup, type BackupPlaces } from '#electron/files/backups.ts'
import { keepCopyOf, keepKeyFile, writeKeyFile } from '#electron/files/key-file.ts'
import { unlockBackup } from '#electron/files/protection.ts'
import { holdFolder, openDataFolder } from '#electron/files/data-folder.ts'
import { backupLine } from '#electron/hosts/backup-line.ts'
import { backupsOf } from '#electron/store/backup-file.ts'
import { isEncrypted, opensWith } from '#electron/store/connection.ts'
import { newestVersion } from '#electron/store/migrations/index.ts'
import { peekAt } from '#electron/store/peek.ts'
import { restoreBackup, undoRestore, type Restored } from '#electron/store/restore.ts'
import { readOptions, UsageError, type Command } from '../command.ts'
import { folderOf, folderOptions, secretOf, withEither, type Folder } from '../folder.ts'
import { kindOf, pathOf } from '../paths.ts'

const options = { ...folderOptions, json: { type: 'boolean', default: false } } as const

const placesOf = ({ dataDir, key }: Folder): BackupPlaces => ({
  dataDir,
  second: peekAt(dataDir, key)?.secondFolder ?? null,
})

const listed = (folder: Folder): BackupEntry[] =>
  describeBackups(placesOf(folder), peekAt(folder.dataDir, folder.key)?.heads ?? null, newestVersion, folder.key)

export const backupCreate: Command = {
  name: 'backup create',
  summary: 'Makes a verified backup of a data folder, beside a running app too.',
  usage: `attune backup create [--data DIR] [--json]

  --data DIR    the data folder (default: the app's own)
  --json        one JSON object: name, at, bytes, whether the second folder has it, and whether its ledger holds

Ends with 1 where the ledger is broken: the copy is made, but it is no good backup.`,
  run: async (args, io) => {
    const values = readOptions(args, options)
    const folder = await folderOf(values, io)
    const { broken, ...kept } = await makeBackup({ why: 'asked', key: folder.key, ...placesOf(folder) })
    const ledgerHolds = broken === null
    if (values.json) io.out(JSON.stringify({ ...kept, ledgerHolds, at: new Date(kept.at).toISOString() }))
    else io.out(kept.name)
    if (kept.second === 'failed') io.err(phrase('terminal.backup.secondFailed'))
    if (!ledgerHolds) io.err(phrase('terminal.backup.ledgerBroken'))
    return ledgerHolds ? 0 : 1
  },
}

export const backupList: Command = {
  name: 'backup list',
  summary: 'Lists the backups of a data folder with what each holds, each read whole.',
  usage: `attune backup list [--data DIR] [--json]

  --data DIR    the data folder (default: the app's own)
  --json        one JSON array`,
  run: async (args, io) => {
    const values = readOptions(args, options)
    const folder = await folderOf(values, io)
    // What a typing error names has no backups either, and nothing would tell the two apart.
    if (kindOf(folder.dataDir) !== 'folder') throw new AttuneError('database-missing', { folder: folder.dataDir })
    const entries = listed(folder)
    if (values.json) io.out(JSON.stringify(entries))
    else if (entries.length === 0) io.out(phrase('terminal.backup.none'))
    else for (const entry of entries) io.out(backupLine(entry))
    return 0
  },
}

export const backupRestore: Command = {
  name: 'backup restore',
  summary: 'Puts a backup in the place of the present data, which is kept aside; --undo brings that back.',
  usage: `attune backup restore --backup NAME|latest|FILE [--even-broken] [--data DIR] [--json]
attune backup restore --undo [--data DIR] [--json]

  --backup NAME    a name that "backup list" tells, "latest" for the newest good one, or the path of a backup's file
  --even-broken    restores a backup whose ledger is broken too, which is refused otherwise
  --undo           brings back what the last restoring, or the last undoing, kept aside
  --data DIR       the data folder (default: the app's own); the app must be closed
  --json           one JSON object: what was restored, where the other data is kept, and how many events went with it`,
  run: async (args, io) => {
    const values = readOptions(args, {
      ...options,
      backup: { type: 'string' },
      undo: { type: 'boolean', default: false },
      'even-broken': { type: 'boolean', default: false },
    })
    if (values.undo === (values.backup !== undefined)) throw new UsageError('either --backup or --undo is needed')
    const { dataDir: given, key } = await folderOf(values, io)
    if (!existsSync(given)) throw new AttuneError('database-missing', { folder: given })
    const dataDir = openDataFolder(given)
    const folder = { dataDir, key }
    const held = holdFolder(dataDir, { host: 'cli', pid: process.pid })
    try {
      const done = values.undo
        ? undoRestore(dataDir, { key })
        : await restoreInto(folder, chosen(folder, values.backup ?? ''), values['even-broken'], () =>
            secretOf(values, io),
          )
      if (values.json) io.out(JSON.stringify(done))
      else {
        const { backup, keptAside, missing, goneOn } = done
        io.out(backup === null ? phrase('terminal.backup.undone') : phrase('terminal.backup.restored', { backup }))
        if (keptAside !== null) io.out(phrase('terminal.backup.aside', { folder: `kept-aside/${keptAside}` }))
        if (missing !== null && missing > 0) io.out(phrase('terminal.backup.missing', { count: missing }))
        if (goneOn.length > 0) io.out(phrase('terminal.backup.goneOn', { count: goneOn.length }))
      }
    } finally {
      held.release()
    }
    return 0
  },
}

/**
 * Restores a backup, also one that was encrypted with another key than the folder's: the passphrase of the key file that
 * lies beside it opens it, and a folder that is not encrypted itself takes that key file over.
 */
async function restoreInto(
  { dataDir, key }: Folder,
  path: string,
  evenBroken: boolean,
  ask: () => Promise<string | null>,
): Promise<Restored> {
  if (!isEncrypted(path) || (key !== null && opensWith(path, key))) {
    return restoreBackup(dataDir, path, { key, evenBroken })
  }
  const typed = await ask()
  if (typed === null) throw new AttuneError('backup-locked', { backup: basename(path) })
  const own = await withEither(typed, (secret) => unlockBackup(path, secret))
  if (key !== null) return restoreBackup(dataDir, path, { key, backupKey: own.key, evenBroken })
  const backups = backupsOf(dataDir)
  // One that is there may be that of backups.
  await keepKeyFile(dataDir, backups).catch(() => undefined)
  // First: data that is encrypted without its key file would be lost. Beside the backups, where it is found by whoever
  // unlocks: in the folder itself, without the data, it would look as if that were gone.
  await keepCopyOf(own.file, backups)
  const restored = restoreBackup(dataDir, path, { key, backupKey: own.key, evenBroken })
  await writeKeyFile(dataDir, own.file)
  return restored
}

/** The path of the backup that was typed. Throws 'backup-not-found'. */
function chosen(folder: Folder, typed: string): string {
  const places = placesOf(folder)
  const name = typed === 'latest' ? (listed(folder).find(({ state }) => state === 'good')?.name ?? '') : typed
  const path =
    pathOfBackup(places, { place: 'data-folder', name }) ?? pathOfBackup(places, { place: 'second-folder', name })
  if (path !== null) return path
  if (name.includes('/') || name.includes('\\') || isAbsolute(name) || existsSync(pathOf(name))) return pathOf(name)
  throw new AttuneError('backup-not-found', { backup: typed })
}
