import { z } from 'zod'
import type { Candidate, Exam, Person, Station } from './exam.ts'
import { planRounds, type Round } from './rotation.ts'

/** Minutes of rounds in a row after which everybody needs a break. */
const MAX_STRETCH_MINUTES = 90
const DAY_SECONDS = 86_400
/** Rounds in a row that somebody should play a heavy station. */
const MAX_HEAVY_ROUNDS = 4

/** What still stands between an exam and its day; each leads to the screen where it is mended. */
export const readinessSchema = z.strictObject({
  code: z.enum([
    'no-stations',
    'no-scored-station',
    'too-many-stations-to-pass',
    'station-without-rubric',
    'station-without-script',
    'station-without-examiner',
    'station-without-sp',
    'no-candidates',
    'day-passes-midnight',
    'no-rotation',
    'rotation-outdated',
    'candidates-without-rounds',
    'examiners-without-pin',
    'sps-without-pin',
    'person-in-two-places',
    'no-break-heavy-station',
    'long-stretch-without-break',
  ]),
  /** "blocking" stops the exam from starting; "advice" does not. */
  level: z.enum(['blocking', 'advice']),
  leadsTo: z.enum(['plan', 'stations', 'people', 'rotation', 'rubric']),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Readiness = z.infer<typeof readinessSchema>

export type ReadinessParts = {
  exam: Pick<Exam, 'timing' | 'passRule' | 'status' | 'sample'>
  stations: readonly Station[]
  candidates: readonly Candidate[]
  people: readonly Person[]
  /** Who has a PIN. */
  pins: { has(id: Person['id']): boolean }
  /** Whether something is recorded of an encounter. */
  hasMarks: boolean
  rotation: 'none' | 'current' | 'outdated'
}

/**
 * What still stands between an exam and its day, in the order in which it is mended. All of it is advice once there are
 * marks, or the exam was closed: it can always be opened again, and nothing is mended while it is closed.
 */
export function examReadiness(parts: ReadinessParts): Readiness[] {
  const rounds = planRounds({ timing: parts.exam.timing, stations: parts.stations, candidates: parts.candidates })
  const findings = [
    ...stationsMissing(parts),
    ...ruleUnreachable(parts),
    ...peopleMissing(parts),
    ...pinsMissing(parts),
    ...dayTooLong(parts, rounds),
    ...rotationMissing(parts),
    ...breaksMissing(parts, rounds),
  ]
  const goesOn = parts.hasMarks || parts.exam.status === 'closed'
  return goesOn ? findings.map((found) => ({ ...found, level: 'advice' })) : findings
}

type Level = Readiness['level']
type LeadsTo = Readiness['leadsTo']

const finding =
  (level: Level) =>
  (code: Readiness['code'], leadsTo: LeadsTo, params: Readiness['params'] = {}): Readiness => ({
    code,
    level,
    leadsTo,
    params,
  })
const blocking = finding('blocking')
const advice = finding('advice')

const named = (station: Station) => ({ station: station.number, title: station.title })

function stationsMissing({ stations }: ReadinessParts): Readiness[] {
  if (stations.length === 0) return [blocking('no-stations', 'stations')]
  const scored = stations.filter(({ kind }) => kind === 'scored')
  if (scored.length === 0) return [blocking('no-scored-station', 'stations')]
  return scored.flatMap((station) => [
    ...(station.rubric === null ? [blocking('station-without-rubric', 'stations', named(station))] : []),
    ...(station.script === '' ? [advice('station-without-script', 'stations', named(station))] : []),
  ])
}

/** Nobody could pass. Advice only for a day that has begun: its rule was declared and stays. */
function ruleUnreachable({ exam, stations }: ReadinessParts): Readiness[] {
  const needed = exam.passRule.minStationsPassed
  const scored = stations.filter(({ kind }) => kind === 'scored').length
  if (scored === 0 || needed <= scored) return []
  const level = exam.status === 'draft' ? blocking : advice
  return [level('too-many-stations-to-pass', 'plan', { needed, scored })]
}

function peopleMissing({ stations, candidates, people }: ReadinessParts): Readiness[] {
  const staffed = (station: Station, role: Person['role']) =>
    people.some((person) => person.role === role && person.stationIds.includes(station.id))
  const scored = stations.filter(({ kind }) => kind === 'scored')
  return [
    ...scored.flatMap((station) => [
      ...(staffed(station, 'examiner') ? [] : [blocking('station-without-examiner', 'people', named(station))]),
      ...(staffed(station, 'sp') ? [] : [advice('station-without-sp', 'people', named(station))]),
    ]),
    ...people.flatMap((person) => inTwoPlaces(person, stations)),
    ...(candidates.length === 0 ? [blocking('no-candidates', 'people')] : []),
  ]
}

/**
 * An examiner who cannot sign in cannot examine; an SP may still get the form on the examiner's device. Advice only for a
 * day that has begun: whoever is in it must be able to finish.
 */
function pinsMissing({ exam, people, pins }: ReadinessParts): Readiness[] {
  const count = (role: Person['role']) => people.filter((person) => person.role === role && !pins.has(person.id)).length
  const [examiners, sps] = [count('examiner'), count('sp')]
  const level = exam.status === 'draft' ? blocking : advice
  return [
    ...(examiners > 0 ? [level('examiners-without-pin', 'people', { count: examiners })] : []),
    ...(sps > 0 ? [advice('sps-without-pin', 'people', { count: sps })] : []),
  ]
}

/** The stations of a circuit run at once. Advice only: examiners who swap at half-time are assigned to both. */
function inTwoPlaces(person: Person, stations: readonly Station[]): Readiness[] {
  const own = stations.filter(({ id }) => person.stationIds.includes(id))
  return [...new Set(own.map(({ circuit }) => circuit))].flatMap((circuit) => {
    const here = own.filter((station) => station.circuit === circuit)
    if (here.length < 2) return []
    const numbers = here.map(({ number }) => number).join(', ')
    return [advice('person-in-two-places', 'people', { name: person.name, circuit, stations: numbers })]
  })
}

function rotationMissing({ stations, candidates, rotation, hasMarks }: ReadinessParts): Readiness[] {
  if (stations.length === 0 || candidates.length === 0) return []
  if (rotation === 'none') return [blocking('no-rotation', 'rotation')]
  // Once there are marks it lacks nothing but rounds for candidates who came late.
  const lack = hasMarks ? 'candidates-without-rounds' : 'rotation-outdated'
  return rotation === 'outdated' ? [blocking(lack, 'rotation')] : []
}

/**
 * An exam has one day, and its times are told by the clock on the wall. Advice only for a sample, whose day is played in
 * no time, and for a day that has begun: whoever is in it must be able to finish.
 */
function dayTooLong({ exam }: ReadinessParts, rounds: readonly Round[]): Readiness[] {
  const [first, last] = [rounds[0], rounds.at(-1)]
  if (!first || !last || !passesMidnight(rounds)) return []
  const hours = Math.ceil((last.endsAtSecond - first.startsAtSecond) / 3600)
  const level = exam.sample || exam.status !== 'draft' ? advice : blocking
  return [level('day-passes-midnight', 'plan', { rounds: rounds.length, hours })]
}

/** Whether the last round ends after midnight; at midnight itself it is still the same day. */
export const passesMidnight = (rounds: readonly Pick<Round, 'endsAtSecond'>[]): boolean =>
  (rounds.at(-1)?.endsAtSecond ?? 0) > DAY_SECONDS

function breaksMissing({ stations }: ReadinessParts, rounds: readonly Round[]): Readiness[] {
  const stretches = stretchesOf(rounds)
  const heavy = stations.filter((station) => station.kind === 'scored' && station.heavy)
  const longest = Math.max(0, ...stretches.map((rounds) => minutesOf(rounds)))
  return [
    ...heavy.flatMap((station) => {
      const rounds = Math.max(0, ...stretches.map((stretch) => playedInARow(stretch, station)))
      return rounds > MAX_HEAVY_ROUNDS
        ? [advice('no-break-heavy-station', 'plan', { ...named(station), rounds, max: MAX_HEAVY_ROUNDS })]
        : []
    }),
    ...(longest > MAX_STRETCH_MINUTES
      ? [advice('long-stretch-without-break', 'plan', { minutes: longest, max: MAX_STRETCH_MINUTES })]
      : []),
  ]
}

/** Rounds that follow each other without a pause. */
function stretchesOf(rounds: readonly Round[]): Round[][] {
  const stretches: Round[][] = []
  for (const round of rounds) {
    const current = stretches.at(-1)
    if (current?.at(-1)?.endsAtSecond === round.startsAtSecond) current.push(round)
    else stretches.push([round])
  }
  return stretches
}

const minutesOf = (stretch: readonly Round[]): number =>
  Math.round(((stretch.at(-1)?.endsAtSecond ?? 0) - (stretch[0]?.startsAtSecond ?? 0)) / 60)

/** A round in which nobody comes is a pause for those at the station. */
function playedInARow(stretch: readonly Round[], station: Station): number {
  let longest = 0
  let current = 0
  for (const { meetings } of stretch) {
    current = meetings.some(({ stationId }) => stationId === station.id) ? current + 1 : 0
    longest = Math.max(longest, current)
  }
  return longest
}
