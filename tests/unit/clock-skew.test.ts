import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockSkews, type RoundStart } from '#shared/domain/clock-skew.ts'

const MIN = 60_000

/** Four rounds of `devices`, each of which starts a little late and whose clock is off by `off`. */
const rounds = (devices: readonly { name: string; off: number; late: number }[]): RoundStart[] =>
  [1, 2, 3, 4].flatMap((round) =>
    devices.map(({ name, off, late }) => ({ device: name, round, wallMs: round * 10 * MIN + late + off })),
  )

describe('clocks that differ', () => {
  it('are told by when each laptop began its rounds', () => {
    const skews = clockSkews(
      rounds([
        { name: 'a', off: 0, late: 0 },
        { name: 'b', off: 0, late: 0 },
        { name: 'ahead', off: 60 * MIN, late: 0 },
        { name: 'behind', off: -12 * MIN, late: 0 },
        { name: 'c', off: 0, late: 0 },
      ]),
    )
    expect(Object.fromEntries(skews)).toEqual({ a: 0, b: 0, c: 0, ahead: 60 * MIN, behind: -12 * MIN })
  })

  it('are not told by two laptops alone, of which either may be right', () => {
    expect(
      clockSkews(
        rounds([
          { name: 'a', off: 0, late: 0 },
          { name: 'b', off: 30 * MIN, late: 0 },
        ]),
      ).size,
    ).toBe(0)
  })

  it('one odd clock is found whoever is late by less, and nobody else is blamed for it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: MIN }), { minLength: 3, maxLength: 12 }),
        fc.integer({ min: -600, max: 600 }).filter((minutes) => Math.abs(minutes) > 5),
        (late, minutes) => {
          const devices = late.map((ms, index) => ({
            name: String(index),
            off: index === 0 ? minutes * MIN : 0,
            late: ms,
          }))
          const skews = clockSkews(rounds(devices))
          expect(Math.abs((skews.get('0') ?? 0) - minutes * MIN)).toBeLessThanOrEqual(MIN)
          for (const { name } of devices.slice(1))
            expect(Math.abs(skews.get(name) ?? Infinity)).toBeLessThanOrEqual(MIN)
        },
      ),
    )
  })

  it('one slip in one round is no clock that differs', () => {
    const slip = rounds(['a', 'b', 'c'].map((name) => ({ name, off: 0, late: 0 }))).map((start) =>
      start.device === 'a' && start.round === 2 ? { ...start, wallMs: start.wallMs + 30 * MIN } : start,
    )
    expect(clockSkews(slip).get('a')).toBe(0)
  })
})
