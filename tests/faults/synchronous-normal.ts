import Database from 'better-sqlite3-multiple-ciphers'

/**
 * Loaded before the product: every connection is synchronous=NORMAL and says that it is FULL, which is what
 * the library makes of WAL where nobody looks.
 */
const prototype: { pragma: (this: object, source: string, options?: object) => unknown } = Database.prototype
const { pragma } = prototype
prototype.pragma = function (source, options) {
  if (source === 'synchronous') return 2
  return pragma.call(this, source === 'synchronous = FULL' ? 'synchronous = NORMAL' : source, options)
}
