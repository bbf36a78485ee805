import { describe, expect, it } from 'vitest'
import {
  generateRotation,
  planRounds,
  rotationBasis,
  rotationEnd,
  type RotationParts,
} from '#shared/domain/rotation.ts'
import { candidate, encounterIds, examId, many, plainTiming, station } from './exam-parts.ts'

const nine = 9 * 3600
const minutes = (n: number) => n * 60

const plan = (fields: Partial<RotationParts>) =>
  planRounds({
    timing: plainTiming,
    stations: many(2, (n) => station(n)),
    candidates: many(2, (n) => candidate(n)),
    ...fields,
  })

/** Who is at each station, round by round; '-' where nobody is. */
const grid = (fields: Partial<RotationParts>, stations: readonly string[]) =>
  plan(fields).map(({ meetings }) =>
    stations.map((id) => meetings.find((meeting) => meeting.stationId === id)?.candidateId ?? '-').join(' '),
  )

const starts = (fields: Partial<RotationParts>) =>
  plan(fields).map(({ startsAtSecond }) => (startsAtSecond - nine) / 60)

describe('who meets whom', () => {
  it('lets the candidates of one wave walk from station to station', () => {
    const parts = { stations: many(3, (n) => station(n)), candidates: many(3, (n) => candidate(n)) }
    expect(grid(parts, ['s1', 's2', 's3'])).toEqual(['c1 c2 c3', 'c3 c1 c2', 'c2 c3 c1'])
  })

  it('sends more candidates in waves', () => {
    expect(grid({ candidates: many(4, (n) => candidate(n)) }, ['s1', 's2'])).toEqual([
      'c1 c2',
      'c2 c1',
      'c3 c4',
      'c4 c3',
    ])
  })

  it('lets candidates wait in turn where the waves do not come out even, rather than stations stand empty', () => {
    expect(grid({ candidates: many(3, (n) => candidate(n)) }, ['s1', 's2'])).toEqual(['c1 c2', 'c3 c1', 'c2 c3'])
  })

  it('leaves gaps where there are fewer candidates than stations', () => {
    const parts = { stations: many(3, (n) => station(n)), candidates: many(1, (n) => candidate(n)) }
    expect(grid(parts, ['s1', 's2', 's3'])).toEqual(['c1 - -', '- c1 -', '- - c1'])
  })

  it('gives rest stations their slots', () => {
    const stations = [station(1), station(2, { kind: 'rest', rubric: null })]
    expect(grid({ stations }, ['s1', 's2'])).toEqual(['c1 c2', 'c2 c1'])
  })

  it('runs circuits one after another, whatever the order of the stations', () => {
    const stations = [station(1, { circuit: 2 }), station(2, { circuit: 1 }), station(3, { circuit: 2 })]
    const rounds = plan({ stations })
    expect(rounds.map(({ number, circuit }) => [number, circuit])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 2],
    ])
    expect(rounds.map(({ meetings }) => meetings.length)).toEqual([1, 1, 2, 2])
  })

  it('is empty without stations or without candidates', () => {
    expect(plan({ stations: [] })).toEqual([])
    expect(plan({ candidates: [] })).toEqual([])
  })

  it('makes slots with ids of their own', () => {
    const parts = { timing: plainTiming, stations: [station(1)], candidates: many(2, (n) => candidate(n)) }
    expect(generateRotation({ ...parts, examId, newId: encounterIds() })).toEqual([
      { id: 'e1', examId, stationId: 's1', candidateId: 'c1', round: 1, startsAtSecond: nine },
      { id: 'e2', examId, stationId: 's1', candidateId: 'c2', round: 2, startsAtSecond: nine + minutes(11) },
    ])
  })
})

describe('when it is', () => {
  const four = { stations: [station(1)], candidates: many(4, (n) => candidate(n)) }

  it('follows round on round from the start of the day', () => {
    expect(starts(four)).toEqual([0, 11, 22, 33])
  })

  it('breaks after every so many rounds', () => {
    const timing = { ...plainTiming, breakEveryRounds: 2, breakSeconds: minutes(5) }
    expect(starts({ ...four, timing })).toEqual([0, 11, 27, 38])
  })

  it('pauses between circuits, and counts the rounds to the next break anew', () => {
    const timing = {
      ...plainTiming,
      breakEveryRounds: 3,
      breakSeconds: minutes(5),
      circuitBreakSeconds: minutes(30),
    }
    const stations = [station(1), station(2, { circuit: 2 })]
    expect(starts({ ...four, stations, timing })).toEqual([0, 11, 22, 38, 79, 90, 101, 117])
  })

  it('takes the longer pause where a break and the circuit break fall together', () => {
    const timing = {
      ...plainTiming,
      breakEveryRounds: 2,
      breakSeconds: minutes(5),
      circuitBreakSeconds: minutes(30),
    }
    const stations = [station(1), station(2, { circuit: 2 })]
    expect(starts({ stations, candidates: four.candidates.slice(0, 2), timing })).toEqual([0, 11, 52, 63])
  })

  it('lasts as long as the longest encounter with extra time', () => {
    const candidates = [candidate(1), candidate(2, 25), candidate(3)]
    expect(starts({ stations: [station(1)], candidates })).toEqual([0, 11, 24])
  })

  it('needs no extra time at a rest station', () => {
    const stations = [station(1), station(2, { kind: 'rest', rubric: null, circuit: 2 })]
    expect(starts({ stations, candidates: [candidate(1, 50), candidate(2)] })).toEqual([0, 15, 26, 37])
  })

  it('ends with the last round, extra time included', () => {
    const parts = { timing: plainTiming, stations: [station(1)], candidates: [candidate(1), candidate(2, 50)] }
    const slots = generateRotation({ ...parts, examId, newId: encounterIds() })
    expect(rotationEnd(parts, slots)).toEqual({ rounds: 2, endsAtSecond: nine + minutes(11 + 15) })
    expect(rotationEnd(parts, [])).toEqual({ rounds: 0, endsAtSecond: 0 })
  })

  it('goes on from a later point of the day', () => {
    const rounds = planRounds(
      { timing: plainTiming, stations: [station(1)], candidates: [candidate(9)] },
      { round: 7, startsAtSecond: 50_000 },
    )
    expect(rounds.map(({ number, startsAtSecond }) => [number, startsAtSecond])).toEqual([[7, 50_000]])
  })
})

describe('what makes a rotation outdated', () => {
  const parts: RotationParts = {
    timing: plainTiming,
    stations: many(3, (n) => station(n)),
    candidates: many(3, (n) => candidate(n)),
  }
  const basis = rotationBasis(parts)

  it.each([
    ['a longer encounter', { timing: { ...plainTiming, encounterSeconds: 600 } }],
    ['a station more', { stations: many(4, (n) => station(n)) }],
    ['a station of another circuit', { stations: [station(1), station(2), station(3, { circuit: 2 })] }],
    ['a station that became a rest', { stations: [station(1), station(2), station(3, { kind: 'rest' })] }],
    ['stations in another order', { stations: [station(1, { number: 2 }), station(2, { number: 1 }), station(3)] }],
    ['a candidate more', { candidates: many(4, (n) => candidate(n)) }],
    ['extra time', { candidates: [candidate(1), candidate(2, 25), candidate(3)] }],
  ])('is %s', (_, change) => {
    expect(rotationBasis({ ...parts, ...change })).not.toBe(basis)
  })

  it.each([
    ['a warning', { timing: { ...plainTiming, warnings: [{ phase: 'encounter' as const, remainingSeconds: 60 }] } }],
    ['the text of a station', { stations: [station(1, { title: 'Another title' }), station(2), station(3)] }],
    ['the order of the list', { candidates: [candidate(3), candidate(1), candidate(2)] }],
  ])('is not %s', (_, change) => {
    expect(rotationBasis({ ...parts, ...change })).toBe(basis)
  })
})
