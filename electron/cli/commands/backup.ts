import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { AttuneError } from '#shared/contract/result.ts'
import type { BackupEntry } from '#shared/domain/backup.ts'
import { phrase } from '#shared/locales/phrase.ts'
import { describeBackups, makeBackup, pathOfBackup, type BackupPlaces } from '#electron/files/backups.ts'
import { holdFolder, openDataFolder } from '#electron/files/data-folder.ts'
import { backupLine } from '#electron/hosts/backup-line.ts'
import { newestVersion } from '#electron/store/migrations/index.ts'
import { peekAt } from '#electron/store/peek.ts'
import { restoreBackup, undoRestore } from '#electron/store/restore.ts'
import { readOptions, UsageError, type Command } from '../command.ts'
import { dataDirOf, pathOf } from '../paths.ts'

const options = { data: { type: 'string' }, json: { type: 'boolean', default: false } } as const

const placesOf = (dataDir: string): BackupPlaces => ({ dataDir, second: peekAt(dataDir)?.secondFolder ?? null })

const listed = (places: BackupPlaces): BackupEntry[] =>
  describeBackups(places, peekAt(places.dataDir)?.heads ?? null, newestVersion)

export const backupCreate: Command = {
  name: 'backup create',
  summary: 'Makes a verified backup of a data folder, beside a running app too.',
  usage: `attune backup create [--data DIR] [--json]

  --data DIR    the data folder (default: the app's own)
  --json        one JSON object: name, at, bytes, and whether the second folder has it`,
  run: async (args, io) => {
    const values = readOptions(args, options)
    const dataDir = dataDirOf(values.data)
    const made = await makeBackup({ why: 'asked', ...placesOf(dataDir) })
    if (values.json) io.out(JSON.stringify({ ...made, at: new Date(made.at).toISOString() }))
    else io.out(made.name)
    if (made.second === 'failed') io.err(phrase('terminal.backup.secondFailed'))
    return 0
  },
}

export const backupList: Command = {
  name: 'backup list',
  summary: 'Lists the backups of a data folder with what each holds, each read whole.',
  usage: `attune backup list [--data DIR] [--json]

  --data DIR    the data folder (default: the app's own)
  --json        one JSON array`,
  run: (args, io) => {
    const values = readOptions(args, options)
    const entries = listed(placesOf(dataDirOf(values.data)))
    if (values.json) io.out(JSON.stringify(entries))
    else if (entries.length === 0) io.out(phrase('terminal.backup.none'))
    else for (const entry of entries) io.out(backupLine(entry))
    return Promise.resolve(0)
  },
}

export const backupRestore: Command = {
  name: 'backup restore',
  summary: 'Puts a backup in the place of the present data, which is kept aside; --undo brings that back.',
  usage: `attune backup restore --backup NAME|latest|FILE [--data DIR] [--json]
attune backup restore --undo [--data DIR] [--json]

  --backup NAME    a name that "backup list" tells, "latest" for the newest good one, or the path of a backup's file
  --undo           brings back what the last restoring, or the last undoing, kept aside
  --data DIR       the data folder (default: the app's own); the app must be closed
  --json           one JSON object: what was restored, where the other data is kept, and how many events went with it`,
  run: (args, io) => {
    const values = readOptions(args, {
      ...options,
      backup: { type: 'string' },
      undo: { type: 'boolean', default: false },
    })
    if (values.undo === (values.backup !== undefined)) throw new UsageError('either --backup or --undo is needed')
    const given = dataDirOf(values.data)
    if (!existsSync(given)) throw new AttuneError('database-missing', { folder: given })
    const dataDir = openDataFolder(given)
    const held = holdFolder(dataDir, { host: 'cli', pid: process.pid })
    try {
      const done = values.undo
        ? undoRestore(dataDir)
        : restoreBackup(dataDir, chosen(placesOf(dataDir), values.backup ?? ''))
      if (values.json) io.out(JSON.stringify(done))
      else {
        const { backup, keptAside, missing } = done
        io.out(backup === null ? phrase('terminal.backup.undone') : phrase('terminal.backup.restored', { backup }))
        if (keptAside !== null) io.out(phrase('terminal.backup.aside', { folder: `kept-aside/${keptAside}` }))
        if (missing !== null && missing > 0) io.out(phrase('terminal.backup.missing', { count: missing }))
      }
    } finally {
      held.release()
    }
    return Promise.resolve(0)
  },
}

/** The path of the backup that was typed. Throws 'backup-not-found'. */
function chosen(places: BackupPlaces, typed: string): string {
  const name = typed === 'latest' ? (listed(places).find(({ state }) => state === 'good')?.name ?? '') : typed
  const path =
    pathOfBackup(places, { place: 'data-folder', name }) ?? pathOfBackup(places, { place: 'second-folder', name })
  if (path !== null) return path
  if (name.includes('/') || name.includes('\\') || isAbsolute(name) || existsSync(pathOf(name))) return pathOf(name)
  throw new AttuneError('backup-not-found', { backup: typed })
}
