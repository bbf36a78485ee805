/** Bundles that come one after another are one import. */
const APART_MS = 60_000

/** Keeps a copy of the data before bundles are taken in: one for all that come within a minute of the first. */
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
