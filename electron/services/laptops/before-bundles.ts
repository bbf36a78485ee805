/** Bundles that come together, as forty that are dropped at once, are one import. */
const APART_MS = 60_000

/**
 * Keeps a copy of the data before bundles are taken in: one for all that come within a minute of the moment at which it
 * was begun, before the first of them. The minute is not drawn out by what comes in it, and no copy from before a restart
 * counts. `now` on an axis that nobody can set back.
 */
export function beforeBundles(keep: () => Promise<void>, now: () => number): () => Promise<void> {
  let kept: { at: number; copy: Promise<void> } | null = null
  return () => {
    if (kept === null || now() - kept.at >= APART_MS) {
      const copy = keep()
      const own = { at: now(), copy }
      kept = own
      copy.catch(() => {
        if (kept === own) kept = null
      })
    }
    return kept.copy
  }
}
