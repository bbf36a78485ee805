import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AttuneError } from '#shared/contract/result.ts'
import { defaultDataDir } from '#electron/files/data-folder.ts'
import { isUsableFolder } from '#electron/files/usable-folder.ts'
import { required, UsageError } from './command.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

export const resourcesDir = join(root, 'resources')
export const reportWorker = new URL('../threads/worker.ts', import.meta.url)

/** The version of the software. */
export const version = (): string => {
  const { version: own } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return own
}

/** An absolute path; a relative one is taken from where the person typed the command, which npm leaves for its root. */
export const pathOf = (typed: string): string =>
  resolve((process.env['npm_lifecycle_event'] === 'cli' && process.env['INIT_CWD']) || process.cwd(), typed)

/** The data folder that was named, or the app's own. */
export const dataDirOf = (given: string | undefined): string =>
  given === undefined ? defaultDataDir(process.platform, process.env, homedir()) : pathOf(required(given, 'data'))

/** The file that `--out` names. Throws UsageError where that is missing or a folder. */
export function outFile(given: string | undefined): string {
  const file = pathOf(required(given, 'out'))
  if (kindOf(file) === 'folder') throw new UsageError(`--out names the folder ${file}, and a file is needed`)
  return file
}

/**
 * The same of a file that is meant for a stick or a share: a folder made in the place of one that is not there would lie
 * on this disk. Throws 'folder-unusable' as well.
 */
export function outFileInFolder(given: string | undefined): string {
  const file = outFile(given)
  const folder = dirname(file)
  if (!isUsableFolder(folder)) throw new AttuneError('folder-unusable', { folder })
  return file
}

/** The folder that `--out` names, which need not be there. Throws UsageError where that is missing or a file. */
export function outFolder(given: string | undefined): string {
  const folder = pathOf(required(given, 'out'))
  if (kindOf(folder) === 'file') throw new UsageError(`--out names the file ${folder}, and a folder is needed`)
  return folder
}

/** What lies there; a link is what it leads to. */
export function kindOf(path: string): 'file' | 'folder' | 'nothing' {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? 'nothing' : found.isDirectory() ? 'folder' : 'file'
}
