import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '#shared/domain/canonical-json.ts'

/** The same value with the keys of every object in the opposite order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, entry]) => [key, reordered(entry)]),
  )
}

describe('canonical JSON', () => {
  it('writes keys in order and no white space', () => {
    expect(canonicalJson({ b: [1, 'two', null], a: { d: true, c: -0 } })).toBe(
      '{"a":{"c":0,"d":true},"b":[1,"two",null]}',
    )
  })

  it('orders keys by code units, so that the order is the same in every locale', () => {
    expect(canonicalJson({ é: 1, z: 2, Z: 3, '10': 4, '9': 5 })).toBe('{"10":4,"9":5,"Z":3,"z":2,"é":1}')
  })

  it('does not depend on the order in which the keys were set', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(reordered(value))).toBe(canonicalJson(value))
      }),
    )
  })

  it('reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it.each([
    ['an undefined field', { a: [{ b: undefined }] }, '$.a[0].b: a value of type undefined'],
    ['a hole in a list', { a: Array(1) }, '$.a[0]: a value of type undefined'],
    ['not a number', [Number.NaN], '$[0]: NaN'],
    ['an infinity', { mark: -Infinity }, '$.mark: -Infinity'],
    ['a function', { toJSON: () => 1 }, '$.toJSON: a value of type function'],
    ['a bigint', 1n, '$: a value of type bigint'],
    ['a date', { at: new Date(0) }, '$.at: a value of type object'],
    ['a map', new Map(), '$: a value of type object'],
  ])('refuses %s and names its place', (_, value, message) => {
    expect(() => canonicalJson(value)).toThrow(message)
  })
})
