import type { GivenBundle } from '#shared/contract/parts/laptops.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { MAX_BUNDLE_BYTES } from '#shared/domain/bundle.ts'
import type { Session } from '#shared/domain/session.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { FileShelf } from '#electron/files/file-shelf.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import { createBundleExport, PUT_FOLDER } from './bundle-export.ts'
import type { BundleFolder } from './bundle-folder.ts'
import { importBundle, type ImportParts } from './bundle-import.ts'
import { laptopsOf } from './laptop-list.ts'
import { releaseLaptop } from './release-laptop.ts'

type Parts = ImportParts & { shelf: FileShelf; version: string; folder: BundleFolder }

/** What laptops recorded on its way to the director, and one result out of it. */
export function createBundleHandlers(parts: Parts): HandlersOf<'bundle' | 'laptop'> {
  const { store, folder } = parts
  return {
    ...createBundleExport(parts),
    'bundle.import': async ({ upload, trust }, { session }) => {
      const imported = await importBundle(
        parts,
        { read: () => contentOf(upload), trusted: [trust ?? []].flat() },
        session,
      )
      if (trust !== null) folder.askAgain()
      return imported
    },
    'bundle.fetch': ({ name, trust }, { session }) => folder.fetch(name, trust, session),
    'bundle.watch': ({ path }) => {
      folder.watch(path)
      return {}
    },
    'laptop.list': ({ examId }) => ({ ...laptopsOf(store, examId, parts.wallNow()), watched: folder.state() }),
    'laptop.release': ({ device }, { session }) => {
      releaseLaptop(parts, device, session)
      parts.events.publish('bundle.arrived', {}, (session) => session?.role === 'director')
      return {}
    },
    'laptop.own': (_, { session }) => ({
      code: keyCode(store.installation.publicKey()),
      folder: handsOver(session) ? store.settings.get(PUT_FOLDER) : null,
    }),
  }
}

/** Throws 'file-too-large'. */
function contentOf(given: GivenBundle): Uint8Array<ArrayBuffer> {
  if ('bytes' in given) {
    throw new AttuneError('file-too-large', { name: given.name, limitMb: MAX_BUNDLE_BYTES / 1e6 })
  }
  return Buffer.from(given.base64, 'base64')
}

const handsOver = (session: Session | null): boolean => session?.role === 'examiner' || session?.role === 'director'
