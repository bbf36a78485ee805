import { AttuneError } from '#shared/contract/result.ts'
import type { Store } from '#electron/store/store.ts'

/**
 * Takes the name from a laptop that is no longer the one it was given to: what came from it stays, and its next bundle
 * is a stranger's. Throws 'not-found' for a device that nobody has named, and for this installation's own.
 */
export function releaseLaptop(store: Store, device: string): void {
  const publicKey = store.keys.keyOf(device)
  if (publicKey === null || store.installation.devices().includes(device)) throw new AttuneError('not-found')
  store.transaction(() => {
    store.keys.release(publicKey)
  })
}
