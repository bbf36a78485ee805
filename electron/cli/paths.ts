import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultDataDir } from '#electron/services/data-folder.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

export const resourcesDir = join(root, 'resources')
export const reportWorker = new URL('../reports/worker.ts', import.meta.url)

/** The version of the software. */
export const version = (): string => {
  const { version: own } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return own
}

/** The data folder that was named, or the app's own. */
export const dataDirOf = (given: string | undefined): string =>
  resolve(given ?? defaultDataDir(process.platform, process.env, homedir()))
