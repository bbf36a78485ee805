/** Keeps what was asked for lately. */
export interface Recent<T> {
  /** The value of `key`, made where it is not kept. */
  get(key: string, make: () => T): T
}

/** At most twice `limit` values are kept; those that nobody asked for in a while go together. */
export function createRecent<T>(limit: number): Recent<T> {
  let young = new Map<string, T>()
  let old = new Map<string, T>()
  return {
    get: (key, make) => {
      const known = young.get(key)
      if (known !== undefined) return known
      const value = old.get(key) ?? make()
      if (young.size >= limit) {
        old = young
        young = new Map()
      }
      young.set(key, value)
      return value
    },
  }
}
