import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHybridClock, parseStamp } from '#shared/domain/hybrid-clock.ts'

const MORNING = Date.parse('2026-11-14T09:00:00Z')

/** Wall clocks as they are: steps of nothing, of a moment, of a day, forward and back. */
const wall = fc.oneof(
  fc.integer({ min: MORNING - 5, max: MORNING + 5 }),
  fc.integer({ min: 0, max: 4_102_444_800_000 }),
  fc.double({ min: MORNING, max: MORNING + 2, noNaN: true }),
)
const device = fc.constantFrom('00aa', '1f2e3d4c5b6a7988', 'ffff')
const sorted = (stamps: readonly string[]): string[] => stamps.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))

describe('the stamps of one device', () => {
  it('carry the wall time, a counter and the device', () => {
    const clock = createHybridClock('ab12', null)
    expect([clock.next(MORNING), clock.next(MORNING), clock.next(MORNING + 1)]).toEqual([
      `${MORNING}-0000-ab12`,
      `${MORNING}-0001-ab12`,
      `${MORNING + 1}-0000-ab12`,
    ])
  })

  it('go on from the last one where the wall clock was set back', () => {
    const clock = createHybridClock('ab12', null)
    clock.next(MORNING)
    expect(clock.next(MORNING - 3_600_000)).toBe(`${MORNING}-0001-ab12`)
    expect(clock.next(0)).toBe(`${MORNING}-0002-ab12`)
    expect(clock.next(MORNING + 1)).toBe(`${MORNING + 1}-0000-ab12`)
  })

  it('go on from the last one of an earlier run, whose clock was ahead', () => {
    const last = `${MORNING + 60_000}-00ff-ab12`
    expect(createHybridClock('ab12', last).next(MORNING)).toBe(`${MORNING + 60_000}-0100-ab12`)
  })

  it('take the next millisecond when the counter is used up', () => {
    const clock = createHybridClock('ab12', `${MORNING}-fffe-ab12`)
    expect([clock.next(MORNING), clock.next(MORNING)]).toEqual([`${MORNING}-ffff-ab12`, `${MORNING + 1}-0000-ab12`])
  })

  it('sort as text in the order in which they were given, whatever the wall clock does', () => {
    fc.assert(
      fc.property(fc.array(wall, { maxLength: 50 }), device, (walls, name) => {
        const clock = createHybridClock(name, null)
        const stamps = walls.map((at) => clock.next(at))
        expect(sorted(stamps)).toEqual(stamps)
        expect(new Set(stamps).size).toBe(stamps.length)
      }),
    )
  })

  it('never lie before the wall time at which they were given', () => {
    fc.assert(
      fc.property(fc.array(wall, { minLength: 1, maxLength: 20 }), (walls) => {
        const clock = createHybridClock('ab12', null)
        for (const at of walls) expect(parseStamp(clock.next(at)).wallMs).toBeGreaterThanOrEqual(Math.floor(at))
      }),
    )
  })
})

describe('reading a stamp', () => {
  it('gives back what it was made of', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_999_999 }), device, (at, name) => {
        const clock = createHybridClock(name, null)
        expect(parseStamp(clock.next(at))).toEqual({ wallMs: at, counter: 0 })
        if (at > 0) expect(parseStamp(clock.next(at - 1))).toEqual({ wallMs: at, counter: 1 })
      }),
    )
  })

  it.each(['', '2026-11-14', '123-0000-ab', `${MORNING}-00-ab12`, `${MORNING}-0000`, `x${MORNING}-0000-ab12`])(
    'refuses what is none: "%s"',
    (text) => {
      expect(() => parseStamp(text)).toThrow('not a stamp')
      if (text !== '') expect(() => createHybridClock('ab12', text)).toThrow('not a stamp')
    },
  )
})
