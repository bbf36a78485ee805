import { isProtected, keyFileOf } from '#electron/files/protection.ts'
import type { DataKey } from '#electron/store/connection.ts'

/** The key of the data folder that this process holds, for as long as it holds it; in memory alone. */
export type DataLock = {
  /** null: the folder is in plain, or locked. */
  key(): DataKey | null
  isLocked(): boolean
  /** What the folder is encrypted with from now on; null: in plain. */
  hold(key: DataKey | null): void
}

/**
 * Looks at a folder whose database nobody in this process has open. `given`: the key, where the host has it already.
 * Throws what `keyFileOf` throws, where nobody could unlock it.
 */
export function createDataLock(dataDir: string, given: DataKey | null): DataLock {
  let key = isProtected(dataDir) ? given : null
  let locked = isProtected(dataDir) && given === null
  if (locked) keyFileOf(dataDir)
  return {
    key: () => key,
    isLocked: () => locked,
    hold: (now) => {
      key = now
      locked = false
    },
  }
}
