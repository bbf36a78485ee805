import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generateRotation, planRounds, type RotationParts } from '#shared/domain/rotation.ts'
import { candidate, encounterIds, examId, many, plainTiming, station } from './exam-parts.ts'

const parts: fc.Arbitrary<RotationParts> = fc
  .record({
    circuits: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 14 }),
    rests: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
    extra: fc.array(fc.constantFrom(0, 0, 0, 25, 33), { minLength: 1, maxLength: 40 }),
    breakEveryRounds: fc.integer({ min: 0, max: 6 }),
    breakSeconds: fc.constantFrom(0, 300, 900),
    circuitBreakSeconds: fc.constantFrom(0, 120, 1800),
  })
  .map(({ circuits, rests, extra, ...breaks }) => ({
    timing: { ...plainTiming, ...breaks },
    stations: many(circuits.length, (n) =>
      station(n, { circuit: circuits[n - 1] ?? 1, kind: rests[n - 1] ? 'rest' : 'scored' }),
    ),
    candidates: many(extra.length, (n) => candidate(n, extra[n - 1] ?? 0)),
  }))

const circuitsOf = ({ stations }: RotationParts) => Map.groupBy(stations, ({ circuit }) => circuit)

describe('any rotation', () => {
  it('lets every candidate meet every station exactly once', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const slots = generateRotation({ ...given, examId, newId: encounterIds() })
        const pairs = new Set(slots.map(({ stationId, candidateId }) => `${stationId} ${candidateId}`))
        expect(slots).toHaveLength(given.stations.length * given.candidates.length)
        expect(pairs.size).toBe(slots.length)
        expect(new Set(slots.map(({ id }) => id)).size).toBe(slots.length)
      }),
    )
  })

  it('asks nobody to be in two places, and no station to take two, in one round', () => {
    fc.assert(
      fc.property(parts, (given) => {
        for (const { meetings } of planRounds(given)) {
          expect(new Set(meetings.map(({ candidateId }) => candidateId)).size).toBe(meetings.length)
          expect(new Set(meetings.map(({ stationId }) => stationId)).size).toBe(meetings.length)
        }
      }),
    )
  })

  it('takes no more rounds than the larger of stations and candidates, circuit by circuit', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const rounds = planRounds(given)
        for (const [circuit, stations] of circuitsOf(given)) {
          expect(rounds.filter((round) => round.circuit === circuit)).toHaveLength(
            Math.max(stations.length, given.candidates.length),
          )
        }
        expect(rounds.map(({ number }) => number)).toEqual(rounds.map((_, i) => i + 1))
      }),
    )
  })

  it('keeps no candidate of a wave waiting for longer than the wave needs', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const rounds = planRounds(given)
        for (const [circuit, { length: stations }] of circuitsOf(given)) {
          const here = rounds.filter((round) => round.circuit === circuit)
          for (const { id } of given.candidates) {
            const own = here.filter(({ meetings }) => meetings.some(({ candidateId }) => candidateId === id))
            const span = (own.at(-1)?.number ?? 0) - (own[0]?.number ?? 0) + 1
            expect(span).toBeLessThan(2 * stations)
          }
        }
      }),
    )
  })

  it('never runs a round before the one before has ended', () => {
    fc.assert(
      fc.property(parts, (given) => {
        planRounds(given).reduce((endedAt, { startsAtSecond, endsAtSecond }) => {
          expect(startsAtSecond).toBeGreaterThanOrEqual(endedAt)
          expect(endsAtSecond).toBeGreaterThan(startsAtSecond)
          return endsAtSecond
        }, 0)
      }),
    )
  })

  it('never runs more rounds in a row than the plan allows', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const { breakEveryRounds, breakSeconds } = given.timing
        fc.pre(breakEveryRounds > 0 && breakSeconds > 0)
        let inARow = 0
        let endedAt = 0
        for (const { startsAtSecond, endsAtSecond } of planRounds(given)) {
          inARow = startsAtSecond > endedAt ? 1 : inARow + 1
          endedAt = endsAtSecond
          expect(inARow).toBeLessThanOrEqual(breakEveryRounds)
        }
      }),
    )
  })
})
