import { hash } from 'node:crypto'
import type { AdministrativePayload } from '#shared/domain/ledger-event.ts'
import type { Session } from '#shared/domain/session.ts'
import { entryAbout } from '#electron/services/set-up/set-up.ts'
import type { Store } from '#electron/store/store.ts'

type Refused = Extract<AdministrativePayload, { type: 'bundle.refused' | 'package.refused' }>
type Parts = { store: Pick<Store, 'ledger'>; ids: () => string }

/**
 * Tells the audit that a file was refused: once for each file, reason and person, so that trying the same again and again
 * fills no ledger, not after a restart either. `file`: null where it could not be read.
 */
export async function noteRefusal(
  { store, ids }: Parts,
  payload: Refused,
  { file, session }: { file: Uint8Array<ArrayBuffer> | null; session: Session | null },
): Promise<void> {
  const which = file === null ? ids() : await digestOf(file)
  const same = [payload.type, payload.problem, session?.role ?? '', session?.personId ?? '', which].join('\n')
  const id = `refused-${hash('sha256', same, 'hex').slice(0, 48)}`
  store.ledger.append(entryAbout(() => id, { examId: null, session }, payload))
}

/** Of a large file this takes long: not on the thread that takes marks. */
const digestOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
