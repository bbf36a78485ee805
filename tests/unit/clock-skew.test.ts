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
    expect(Object.fromEntries(skews)).toEqual({
      a: { kind: 'off', ms: 0 },
      b: { kind: 'off', ms: 0 },
      c: { kind: 'off', ms: 0 },
      ahead: { kind: 'off', ms: 60 * MIN },
      behind: { kind: 'off', ms: -12 * MIN },
    })
  })

  it('of two laptops alone are told as apart, by as much as they are, and neither is blamed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -600, max: 600 }),
        fc.integer({ min: 0, max: MIN }),
        fc.boolean(),
        (minutes, late, behind) => {
          const off = minutes * MIN
          const skews = clockSkews(
            rounds([
              { name: 'a', off: behind ? off : 0, late },
              { name: 'b', off: behind ? 0 : off, late: 0 },
            ]),
          )
          expect(skews.get('a')).toEqual(skews.get('b'))
          expect(skews.get('a')?.kind).toBe('apart')
          expect(Math.abs((skews.get('a')?.ms ?? Infinity) - Math.abs(off))).toBeLessThanOrEqual(late)
        },
      ),
    )
  })

  it('of which one shares its rounds with one other alone are told as apart, and the others as before', () => {
    const shared = rounds(['a', 'b', 'c'].map((name) => ({ name, off: 0, late: 0 })))
    const alone: RoundStart[] = [
      { device: 'a', round: 5, wallMs: 50 * MIN },
      { device: 'late comer', round: 5, wallMs: 80 * MIN },
    ]
    const skews = clockSkews([...shared, ...alone])
    expect(skews.get('late comer')).toEqual({ kind: 'apart', ms: 30 * MIN })
    expect(skews.get('a')).toEqual({ kind: 'off', ms: 0 })
  })

  it('are not told of a laptop that shares no round', () => {
    expect(clockSkews([{ device: 'a', round: 1, wallMs: 0 }]).size).toBe(0)
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
          expect(Math.abs((skews.get('0')?.ms ?? 0) - minutes * MIN)).toBeLessThanOrEqual(MIN)
          for (const { name } of devices.slice(1))
            expect(Math.abs(skews.get(name)?.ms ?? Infinity)).toBeLessThanOrEqual(MIN)
        },
      ),
    )
  })

  it('one slip in one round is no clock that differs', () => {
    const slip = rounds(['a', 'b', 'c'].map((name) => ({ name, off: 0, late: 0 }))).map((start) =>
      start.device === 'a' && start.round === 2 ? { ...start, wallMs: start.wallMs + 30 * MIN } : start,
    )
    expect(clockSkews(slip).get('a')).toEqual({ kind: 'off', ms: 0 })
    const two = slip.filter(({ device }) => device !== 'c')
    expect(clockSkews(two).get('a')).toEqual({ kind: 'apart', ms: 0 })
  })
})
