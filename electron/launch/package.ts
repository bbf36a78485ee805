import { join } from 'node:path'
import { build } from 'electron-builder'
import { packageConfig } from '../../.config/electron-builder.ts'
import { buildIfStale } from './build.ts'
import { fetchElectron, findElectron } from './electron-program.ts'

const root = join(import.meta.dirname, '..', '..')
const electronPackage = join(root, 'node_modules', 'electron')

/** Makes the installers for this system in `dist/`; answers what is lacking, or null when they are there. */
async function makeInstallers(): Promise<string | null> {
  if (findElectron(electronPackage, {}) === null) {
    console.log('Fetching Electron, once; this takes two minutes at most…')
    const reason = await fetchElectron(electronPackage)
    if (reason !== null)
      return `Installers need Electron's program, which could not be fetched (${reason}): try again where github.com can be reached, or set ELECTRON_MIRROR to a copy.`
  }
  if (!buildIfStale(root, 'everything')) return 'The app could not be built; the reason stands above.'
  try {
    await build({ projectDir: root, config: { ...packageConfig, electronDist: join(electronPackage, 'dist') } })
    return null
  } catch (error) {
    return `The installers could not be made: ${error instanceof Error ? error.message : String(error)}`
  }
}

const lack = await makeInstallers()
if (lack !== null) {
  console.error(lack)
  process.exitCode = 1
}
