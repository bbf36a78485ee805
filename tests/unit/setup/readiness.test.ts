import { describe, expect, it } from 'vitest'
import { examReadiness, type ReadinessParts } from '#shared/domain/readiness.ts'
import { candidate, many, person, plainTiming, station } from './exam-parts.ts'

const stations = many(2, (n) => station(n))

/** An exam that can start: two stations, each with an examiner and an SP, two candidates, a rotation. */
const ready: ReadinessParts = {
  exam: { timing: plainTiming, passRule: { passMark: 60, minStationsPassed: 1 }, status: 'draft', sample: false },
  stations,
  candidates: many(2, (n) => candidate(n)),
  people: many(2, (n) => n).flatMap((n) => [
    person('examiner', n, stations.slice(n - 1, n)),
    person('sp', n, stations.slice(n - 1, n)),
  ]),
  pins: { has: () => true },
  hasMarks: false,
  rotation: 'current',
}

const findings = (change: Partial<ReadinessParts>) => examReadiness({ ...ready, ...change })
const codes = (change: Partial<ReadinessParts>) => findings(change).map(({ code, level }) => `${level}: ${code}`)
/** The people of the ready exam, all at these stations. */
const everybodyAt = (list: ReadinessParts['stations']) => [person('examiner', 1, list), person('sp', 1, list)]

describe('what stands between an exam and its day', () => {
  it('is nothing where all is there', () => {
    expect(findings({})).toEqual([])
  })

  it('is a PIN for whoever has none: an examiner cannot examine without, an SP can get the form otherwise', () => {
    const none = { has: () => false }
    expect(codes({ pins: none })).toEqual(['blocking: examiners-without-pin', 'advice: sps-without-pin'])
    expect(findings({ pins: none })[0]?.params).toEqual({ count: 2 })
    expect(codes({ pins: none, exam: { ...ready.exam, status: 'running' } })).toEqual([
      'advice: examiners-without-pin',
      'advice: sps-without-pin',
    ])
  })

  it('is everything in a new exam, first things first', () => {
    expect(codes({ stations: [], candidates: [], people: [], rotation: 'none' })).toEqual([
      'blocking: no-stations',
      'blocking: no-candidates',
    ])
  })

  it('is a station to be scored, where all are rests', () => {
    expect(codes({ stations: [station(1, { kind: 'rest', rubric: null })] })).toEqual(['blocking: no-scored-station'])
  })

  it('names the station without a rubric and the one without a script, and leads to them', () => {
    const bare = [station(1, { rubric: null, title: 'Bad news' }), station(2, { script: '' })]
    expect(findings({ stations: bare })).toEqual([
      {
        code: 'station-without-rubric',
        level: 'blocking',
        leadsTo: 'stations',
        params: { station: 1, title: 'Bad news' },
      },
      {
        code: 'station-without-script',
        level: 'advice',
        leadsTo: 'stations',
        params: { station: 2, title: 'Station 2' },
      },
    ])
  })

  it('is a rule that asks for more stations than are scored: nobody could pass', () => {
    const exam = { ...ready.exam, passRule: { passMark: 60, minStationsPassed: 2 } }
    const stations = [station(1), station(2, { kind: 'rest', rubric: null, script: '' })]
    const unreachable = { code: 'too-many-stations-to-pass', leadsTo: 'plan', params: { needed: 2, scored: 1 } }
    expect(findings({ exam })).toEqual([])
    expect(findings({ exam, stations })).toEqual([{ ...unreachable, level: 'blocking' }])
    // What was declared stays, and whoever is in it must be able to finish.
    expect(findings({ exam: { ...exam, status: 'running' }, stations })).toEqual([{ ...unreachable, level: 'advice' }])
  })

  it('asks for nothing at a rest station', () => {
    const rest = station(3, { kind: 'rest', rubric: null, script: '' })
    expect(findings({ stations: [...stations, rest] })).toEqual([])
  })

  it('is an examiner for every station, and advises an SP', () => {
    expect(codes({ people: [person('examiner', 1, [station(1)])] })).toEqual([
      'advice: station-without-sp',
      'blocking: station-without-examiner',
      'advice: station-without-sp',
    ])
  })

  it('advises against one person at two stations that run at once', () => {
    expect(findings({ people: [...ready.people, person('sp', 9, stations)] })).toEqual([
      {
        code: 'person-in-two-places',
        level: 'advice',
        leadsTo: 'people',
        params: { name: 'sp 9', circuit: 1, stations: '1, 2' },
      },
    ])
  })

  it('lets one person work in two circuits', () => {
    const apart = [station(1), station(2, { circuit: 2 })]
    expect(findings({ stations: apart, people: everybodyAt(apart) })).toEqual([])
  })

  it('is a rotation, and one that still fits', () => {
    expect(codes({ rotation: 'none' })).toEqual(['blocking: no-rotation'])
    expect(codes({ rotation: 'outdated' })).toEqual(['blocking: rotation-outdated'])
  })

  it.each([
    ['there are marks', { hasMarks: true }],
    ['it was closed', { exam: { ...ready.exam, status: 'closed' as const } }],
  ])('is only told once %s: an exam can always be opened again', (_when, begun) => {
    const lacking = { stations: [station(1, { rubric: null })], people: [], rotation: 'none' as const }
    expect(findings(lacking).filter(({ level }) => level === 'blocking')).toHaveLength(3)
    expect(findings({ ...lacking, ...begun }).filter(({ level }) => level === 'blocking')).toEqual([])
    expect(findings({ ...lacking, ...begun })).toHaveLength(findings(lacking).length)
  })

  it('is, once there are marks, rounds for who came late', () => {
    expect(codes({ rotation: 'outdated', hasMarks: true })).toEqual(['advice: candidates-without-rounds'])
  })

  describe('a day that runs past midnight', () => {
    // From nine o'clock there is room for 81 rounds of eleven minutes.
    const one = [station(1)]
    const rounds = (n: number) => ({
      stations: one,
      people: everybodyAt(one),
      candidates: many(n, (c) => candidate(c)),
    })
    const tooLong = { code: 'day-passes-midnight', leadsTo: 'plan', params: { rounds: 82, hours: 16 } }

    it('does not start, and leads to the plan', () => {
      expect(findings(rounds(81)).map(({ code }) => code)).not.toContain('day-passes-midnight')
      expect(findings(rounds(82))).toContainEqual({ ...tooLong, level: 'blocking' })
    })

    it('may end at midnight', () => {
      const timing = { ...plainTiming, startsAt: '23:49' }
      expect(findings({ ...rounds(1), exam: { ...ready.exam, timing } })).toEqual([])
      const later = { ...plainTiming, startsAt: '23:50' }
      expect(codes({ ...rounds(1), exam: { ...ready.exam, timing: later } })).toEqual(['blocking: day-passes-midnight'])
    })

    it('is as long where many candidates meet all stations of one circuit', () => {
      const twelve = many(12, (n) => station(n))
      const large = { stations: twelve, candidates: many(200, (c) => candidate(c)) }
      expect(codes(large)).toContain('blocking: day-passes-midnight')
    })

    it('is only told where it has begun already, and of a sample, whose day is played in no time', () => {
      for (const exam of [
        { ...ready.exam, status: 'running' as const },
        { ...ready.exam, status: 'closed' as const },
        { ...ready.exam, sample: true },
      ]) {
        expect(findings({ ...rounds(82), exam })).toContainEqual({ ...tooLong, level: 'advice' })
      }
    })
  })

  describe('breaks', () => {
    const heavy = [station(1, { heavy: true })]
    const rounds = (n: number) => ({
      stations: heavy,
      people: everybodyAt(heavy),
      candidates: many(n, (c) => candidate(c)),
    })

    it('advises a break for a heavy station after four rounds in a row', () => {
      expect(codes(rounds(4))).toEqual([])
      expect(findings(rounds(5))).toEqual([
        {
          code: 'no-break-heavy-station',
          level: 'advice',
          leadsTo: 'plan',
          params: { station: 1, title: 'Station 1', rounds: 5, max: 4 },
        },
      ])
    })

    it('takes a break, and a round in which nobody comes, for a rest', () => {
      const timing = { ...plainTiming, breakEveryRounds: 4, breakSeconds: 300 }
      expect(codes({ ...rounds(8), exam: { ...ready.exam, timing } })).toEqual([])
      const sparse = [station(1, { heavy: true }), ...many(5, (n) => station(n + 1))]
      expect(codes({ stations: sparse, people: many(6, (n) => everybodyAt(sparse.slice(n - 1, n))).flat() })).toEqual(
        [],
      )
    })

    it('does not take a break of no length for one', () => {
      const timing = { ...plainTiming, breakEveryRounds: 4, breakSeconds: 0 }
      expect(codes({ ...rounds(8), exam: { ...ready.exam, timing } })).toEqual(['advice: no-break-heavy-station'])
    })

    it('advises a break where rounds follow each other for more than ninety minutes', () => {
      const one = [station(1)]
      const nine = { stations: one, people: everybodyAt(one), candidates: many(9, (c) => candidate(c)) }
      expect(findings(nine)).toEqual([
        { code: 'long-stretch-without-break', level: 'advice', leadsTo: 'plan', params: { minutes: 99, max: 90 } },
      ])
      expect(findings({ ...nine, candidates: nine.candidates.slice(1) })).toEqual([])
    })
  })
})
