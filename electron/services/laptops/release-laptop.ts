import { AttuneError } from '#shared/contract/result.ts'
import type { Session } from '#shared/domain/session.ts'
import { entryAbout } from '#electron/services/set-up/set-up.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import type { Store } from '#electron/store/store.ts'

type Parts = { store: Store; ids: () => string }

/**
 * Takes the name from a laptop that is no longer the one it was given to: what came from it stays, and its next bundle
 * is a stranger's. Throws 'not-found' for a device that nobody has named, and for this installation's own.
 */
export function releaseLaptop({ store, ids }: Parts, device: string, session: Session | null): void {
  const publicKey = store.keys.keyOf(device)
  const isNamed = store.keys.trusted().some((key) => key.publicKey === publicKey)
  if (publicKey === null || !isNamed || store.installation.devices().includes(device))
    throw new AttuneError('not-found')
  const payload = { type: 'laptop.released', code: keyCode(publicKey) } as const
  store.ledger.append(entryAbout(ids, { examId: null, session }, payload), () => {
    store.keys.release(publicKey)
  })
}
