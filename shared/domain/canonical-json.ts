/**
 * JSON with one spelling for each value: object keys in order of their UTF-16 code units, no white space, numbers and
 * strings as ECMAScript writes them (the rules of RFC 8785). Hashes are taken over this text, so what JSON cannot
 * carry is refused rather than dropped.
 *
 * @throws TypeError naming the place, for undefined, NaN, an infinity, bigint, symbol, function, or an object that is
 * neither a plain object nor an array.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$')
}

function write(value: unknown, place: string): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${place}: ${value} has no place in JSON`)
    return JSON.stringify(value)
  }
  // Array.from visits the holes of a sparse array as undefined; map would skip them.
  if (Array.isArray(value)) return `[${Array.from(value, (entry, i) => write(entry, `${place}[${i}]`)).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) {
    const fields = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => `${JSON.stringify(key)}:${write(entry, `${place}.${key}`)}`)
    return `{${fields.join(',')}}`
  }
  throw new TypeError(`${place}: a value of type ${typeof value} has no place in JSON`)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
