/**
 * JSON with one spelling for each value: object keys in order of their UTF-16 code units, no white space, numbers and
 * strings as ECMAScript writes them (the rules of RFC 8785). Hashes are taken over this text, so what JSON cannot
 * carry is refused rather than dropped.
 *
 * @throws TypeError naming the place, for undefined, NaN, an infinity, bigint, symbol, function, or an object that is
 * neither a plain object nor an array.
 */
export function canonicalJson(value: unknown): string {
  return write(value, null)
}

/** Where a value stands: put into words only where it is refused. */
type Place = { in: Place | null; key: string | number }

function write(value: unknown, place: Place | null): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${words(place)}: ${value} has no place in JSON`)
    return JSON.stringify(value)
  }
  // Array.from visits the holes of a sparse array as undefined; map would skip them.
  if (Array.isArray(value)) return `[${Array.from(value, (entry, key) => write(entry, { in: place, key })).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) {
    let fields = ''
    for (const key of Object.keys(value).sort()) {
      const entry = write((value as Record<string, unknown>)[key], { in: place, key })
      fields += `${fields === '' ? '' : ','}${JSON.stringify(key)}:${entry}`
    }
    return `{${fields}}`
  }
  throw new TypeError(`${words(place)}: a value of type ${typeof value} has no place in JSON`)
}

function words(place: Place | null): string {
  if (place === null) return '$'
  const { in: parent, key } = place
  return `${words(parent)}${typeof key === 'number' ? `[${key}]` : `.${key}`}`
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
