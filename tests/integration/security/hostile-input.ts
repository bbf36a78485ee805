import fc from 'fast-check'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const nested = (levels: number): Json => {
  let value: Json = 'the end'
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { deeper: value }
  return value
}

/** What no field of any call takes. */
const impossible: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  { $gt: '' },
  [['']],
  nested(2000),
  `${'x'.repeat(6_000_000)}%`,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1e308,
  123_456_789n,
  new Map([['a', 1]]),
  new Date(0),
  new Uint8Array(8),
  Symbol.iterator,
  () => 'called',
)

/** Keys that reach for the prototype of an object, and plain ones that no call knows. */
const strangeKey = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'isAdmin', '$where', '', ' ')

/** An own property, whatever it is called. */
const withOwn = (value: object, key: string, held: unknown): object =>
  Object.defineProperty({ ...value }, key, { value: held, enumerable: true, configurable: true, writable: true })

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The path of every object in a value, itself included. */
const objectsIn = (value: unknown, path: string[] = []): string[][] => {
  if (Array.isArray(value)) return value.flatMap((part, at) => objectsIn(part, [...path, String(at)]))
  if (!isPlain(value)) return []
  return [path, ...Object.entries(value).flatMap(([key, part]) => objectsIn(part, [...path, key]))]
}

/** The path of everything in a value that has nothing below it. */
const leavesIn = (value: unknown, path: string[] = []): string[][] => {
  const parts = Array.isArray(value) ? [...value.entries()] : isPlain(value) ? Object.entries(value) : null
  if (!parts || parts.length === 0) return [path]
  return parts.flatMap(([key, part]) => leavesIn(part, [...path, String(key)]))
}

const changedAt = (value: unknown, [step, ...rest]: readonly string[], change: (old: unknown) => unknown): unknown => {
  if (step === undefined) return change(value)
  if (Array.isArray(value))
    return value.map((part: unknown, at) => (String(at) === step ? changedAt(part, rest, change) : part))
  if (!isPlain(value)) return value
  return { ...value, [step]: changedAt(value[step], rest, change) }
}

/** Something that is no input of any call at all. */
export const noInput: fc.Arbitrary<unknown> = fc.oneof(
  impossible,
  fc.constantFrom<unknown>(null, undefined, true, 0, '', [], [{}], 'null'),
  fc.string(),
)

/** A good input with a field that no call knows, in any of its objects. */
export const withStrangeField = (good: object): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...objectsIn(good)), strangeKey, fc.oneof(impossible, fc.constant({ isAdmin: true })))
    .map(([path, key, held]) => changedAt(good, path, (old) => withOwn(old as object, key, held)))

/** A good input with one value that its place cannot hold. */
export const withImpossibleValue = (good: object): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...leavesIn(good).filter((path) => path.length > 0)), impossible)
    .map(([path, value]) => changedAt(good, path, () => value))

/** A good input with one value replaced by another of some kind: it may well be taken. */
export const withOtherValue = (good: object): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.constantFrom(...leavesIn(good).filter((path) => path.length > 0)),
      fc.oneof(
        fc.constantFrom<Json>(null, -1, 0, 1.5, 2 ** 53, '', 'nowhere', '../../etc/passwd', "'; DROP TABLE event; --"),
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.integer(),
        fc.boolean(),
      ),
    )
    .map(([path, value]) => changedAt(good, path, () => value))
