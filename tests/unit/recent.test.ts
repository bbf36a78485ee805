import { expect, it } from 'vitest'
import { createRecent } from '#electron/reports/text/recent.ts'

it('keeps what is asked for again and again, lets the rest go, and never keeps more than twice its limit', () => {
  const recent = createRecent<object>(10)
  const often = recent.get('often', () => ({}))
  const seldom = recent.get('seldom', () => ({}))
  for (let other = 0; other < 100; other++) {
    recent.get(`other ${other}`, () => ({}))
    expect(recent.get('often', () => ({}))).toBe(often)
  }
  expect(recent.get('seldom', () => ({}))).not.toBe(seldom)
  let made = 0
  for (let other = 99; other >= 0; other--) recent.get(`other ${other}`, () => ({ made: (made += 1) }))
  expect(made).toBeGreaterThanOrEqual(80)
})
