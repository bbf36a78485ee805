/** Deeper than any input of the contract. */
const MAX_DEPTH = 24

/** What a careless copy would write into the prototype of every object. */
const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Whether a value is data as JSON knows it: what a window sends by structured clone may be a Map, a Date or a loop, which
 * a schema of an object can take for an empty one.
 */
export function isPlainData(value: unknown, depth = 0): boolean {
  if (value === null || value === undefined) return true
  if (typeof value !== 'object')
    return typeof value !== 'bigint' && typeof value !== 'symbol' && typeof value !== 'function'
  if (depth > MAX_DEPTH) return false
  if (Array.isArray(value)) return value.every((part) => isPlainData(part, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  return Object.entries(value).every(([key, part]) => !reserved.has(key) && isPlainData(part, depth + 1))
}
