import { lstatSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArrivedBundle, ImportedBundle, Laptops } from '#shared/contract/parts/laptops.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { MAX_BUNDLE_BYTES } from '#shared/domain/bundle.ts'
import type { Session } from '#shared/domain/session.ts'
import { stackOf, type Log } from '#electron/base/log.ts'
import { isUsableFolder } from '#electron/files/usable-folder.ts'
import { BUNDLE_ENDING } from './bundle-file.ts'
import { importBundle, type ImportParts, type Trust } from './bundle-import.ts'

/** How often the folder is looked at. A share or a stick tells nobody that a file has come, so it has to be asked. */
const LOOK_MS = 3000

const FOLDER = 'bundle-folder'
const TAKEN = 'bundle-folder-taken'

/** The folder whose bundles are taken in by themselves, on the laptop that collects an exam. */
export type BundleFolder = {
  state(): Laptops['watched']
  /** Throws 'folder-unusable'. */
  watch(path: string | null): void
  /** Looks once; a file is taken in at the second look that finds it as it was. */
  look(): Promise<void>
  /** Takes in a file that lies there. Throws AttuneError: 'not-found', or as `importBundle` does. */
  fetch(name: string, trust: Trust | null, session: Session | null): Promise<ImportedBundle>
  /** A laptop was named: what came from strangers is tried again. */
  askAgain(): void
  stop(): void
}

type Parts = ImportParts & { log: Log }

export function createBundleFolder(parts: Parts): BundleFolder {
  const { store, events, log } = parts
  const arrived = new Map<string, ArrivedBundle>()
  /** By name: as which size and time a file was seen, and as which it was taken in or refused. */
  let seen = new Map<string, string>()
  const settled = readTaken()
  let there = true
  let looking: Promise<void> | null = null

  const path = () => store.settings.get(FOLDER)

  function readTaken(): Map<string, string> {
    const text = store.settings.get(TAKEN)
    return new Map(text === null ? [] : (JSON.parse(text) as [string, string][]))
  }

  /** What is taken in stays so over a restart; what was refused is tried once more then. */
  function noteTaken(): void {
    const taken = [...settled].filter(([name]) => !arrived.get(name)?.failure)
    try {
      store.settings.set(TAKEN, JSON.stringify(taken))
    } catch (error) {
      // They would be read once more after a restart, and be known.
      log.error('what was taken in could not be noted', { error: stackOf(error) })
    }
  }

  async function take(
    folder: string,
    name: string,
    trust: Trust | null,
    session: Session | null,
  ): Promise<ImportedBundle> {
    const sign = signOf(folder, name)
    if (sign === null) throw new AttuneError('not-found')
    settled.set(name, sign.text)
    try {
      const read = () => contentOf(join(folder, name), name, sign.size)
      const imported = await importBundle(parts, { read, trusted: trust === null ? [] : [trust] }, session)
      arrived.set(name, { name, imported, failure: null })
      noteTaken()
      return imported
    } catch (error) {
      const { code, params } = error instanceof AttuneError ? error : new AttuneError('internal')
      arrived.set(name, { name, imported: null, failure: { code, params } })
      throw error
    } finally {
      events.publish('bundle.arrived', {}, (session) => session?.role === 'director')
    }
  }

  async function lookInto(folder: string): Promise<void> {
    const now = bundlesIn(folder)
    if (there !== (now !== null)) {
      there = now !== null
      events.publish('bundle.arrived', {}, (session) => session?.role === 'director')
    }
    if (now === null) return
    const ready = [...now].filter(([name, sign]) => seen.get(name) === sign && settled.get(name) !== sign)
    seen = now
    for (const [name] of ready) {
      if (path() !== folder) return
      await take(folder, name, null, null).catch((error: unknown) => {
        if (!(error instanceof AttuneError)) log.error('a bundle could not be taken in', { error: stackOf(error) })
      })
    }
  }

  const lookAround = async (): Promise<void> => {
    const watched = path()
    if (watched !== null) await lookInto(watched)
  }

  const folder: BundleFolder = {
    state: () => {
      const watched = path()
      return watched === null ? null : { path: watched, there, arrived: [...arrived.values()].toReversed() }
    },
    watch: (to) => {
      if (to !== null && !isUsableFolder(to)) throw new AttuneError('folder-unusable', { folder: to })
      if (to === path()) return
      if (to === null) store.settings.remove(FOLDER)
      else store.settings.set(FOLDER, to)
      arrived.clear()
      seen.clear()
      settled.clear()
      there = true
      noteTaken()
      events.publish('bundle.arrived', {}, (session) => session?.role === 'director')
      void folder.look()
    },
    look: () =>
      (looking ??= lookAround()
        .catch((error: unknown) => {
          log.error('the watched folder could not be looked at', { error: stackOf(error) })
        })
        .finally(() => {
          looking = null
        })),
    fetch: async (name, trust, session) => {
      const watched = path()
      if (watched === null || !bundlesIn(watched)?.has(name)) throw new AttuneError('not-found')
      const imported = await take(watched, name, trust, session)
      if (trust !== null) folder.askAgain()
      return imported
    },
    askAgain: () => {
      for (const { name, failure } of arrived.values()) if (failure?.code === 'bundle-stranger') settled.delete(name)
    },
    stop: () => {
      clearInterval(timer)
    },
  }
  const timer = setInterval(() => void folder.look(), LOOK_MS).unref()
  return folder
}

type Sign = { text: string; size: number }

/** How a file lies there: null for none, and for what is no plain file (a link may lead anywhere). */
function signOf(folder: string, name: string): Sign | null {
  try {
    const found = lstatSync(join(folder, name))
    return found.isFile() ? { text: `${found.size} ${Math.floor(found.mtimeMs)}`, size: found.size } : null
  } catch {
    return null
  }
}

/** The bundles of a folder and how each lies there; null where the folder cannot be read. */
function bundlesIn(folder: string): Map<string, string> | null {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(BUNDLE_ENDING))
    return new Map(
      names.flatMap((name) => {
        const sign = signOf(folder, name)
        return sign === null ? [] : [[name, sign.text] as const]
      }),
    )
  } catch {
    return null
  }
}

async function contentOf(path: string, name: string, size: number): Promise<Uint8Array<ArrayBuffer>> {
  if (size > MAX_BUNDLE_BYTES) throw new AttuneError('file-too-large', { name, limitMb: MAX_BUNDLE_BYTES / 1e6 })
  try {
    return await readFile(path)
  } catch (error) {
    throw new AttuneError('file-unreadable', { name }, { cause: error })
  }
}
