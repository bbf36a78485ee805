/** Deeper than any input of the contract. */
const MAX_DEPTH = 24

/** What a careless copy would write into the prototype of every object. */
const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Whether a value is data as JSON knows it, no deeper than any input: what a window sends by structured clone may be a
 * Map, a Date or a loop, which a schema of an object can take for an empty one. `isText`: what its strings must be.
 */
export function isPlainData(value: unknown, isText = (_text: string) => true, depth = 0): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return isText(value)
  if (typeof value !== 'object')
    return typeof value !== 'bigint' && typeof value !== 'symbol' && typeof value !== 'function'
  if (depth > MAX_DEPTH) return false
  if (Array.isArray(value)) return value.every((part) => isPlainData(part, isText, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  return Object.entries(value).every(
    ([key, part]) => !reserved.has(key) && key.isWellFormed() && isPlainData(part, isText, depth + 1),
  )
}

/**
 * Whether no string holds half a character: the database would keep another text than the ledger, and its proof would
 * never hold again.
 */
export const isWholeData = (value: unknown): boolean => isPlainData(value, (text) => text.isWellFormed())

/**
 * The same plain data with U+FFFD for each half of a character, which is left where a field cuts what is typed at its
 * length: whoever typed it is not refused.
 */
export function wholeData(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wholeData)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, wholeData(part)]))
}
