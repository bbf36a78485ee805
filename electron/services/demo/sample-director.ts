import { randomUUID } from 'node:crypto'
import { personIdSchema } from '#shared/domain/ids.ts'
import type { DataKey } from '#electron/store/connection.ts'
import { openStore } from '#electron/store/store.ts'

const NAME = 'Sample Director'

/**
 * Puts a director with the PIN that the start screen tells into a data folder that has none, for whoever looks at a
 * simulated day; one that has directors is left as it is.
 */
export function addSampleDirector(dataDir: string, key: DataKey | null): void {
  const store = openStore({ dataDir, key })
  try {
    if (store.accounts.directors().length > 0) return
    const id = personIdSchema.parse(randomUUID())
    store.transaction(() => {
      store.accounts.putDirector({ id, name: NAME })
      store.accounts.setSamplePin(id)
    })
  } finally {
    store.close()
  }
}
