import { canonicalJson } from './canonical-json.ts'
import type { Candidate, EncounterSlot, Station } from './exam.ts'
import type { CandidateId, EncounterId, ExamId, StationId } from './ids.ts'
import { roundSeconds, secondOfDay, type TimingPlan } from './timing.ts'

type RotationStation = Pick<Station, 'id' | 'number' | 'circuit' | 'kind'>
type RotationCandidate = Pick<Candidate, 'id' | 'extraTimePercent'>

/** All that a rotation depends on. Candidates start in the order given, which is that of their numbers. */
export type RotationParts = {
  timing: TimingPlan
  stations: readonly RotationStation[]
  candidates: readonly RotationCandidate[]
}

type Meeting = { stationId: StationId; candidateId: CandidateId }

/** One slot of the timetable: everybody of a circuit meets at once. Times in seconds after midnight. */
export type Round = {
  number: number
  circuit: number
  startsAtSecond: number
  endsAtSecond: number
  meetings: Meeting[]
}

/** Where a day goes on: the number of its next round and when that may begin, seconds after midnight. */
type DayPoint = { round: number; startsAtSecond: number }

/**
 * The rounds of a day. Every candidate meets every station once, rest stations included; circuits run one after
 * another, lowest number first. A circuit of s stations with c candidates takes max(s, c) rounds, the fewest possible,
 * since one candidate needs s rounds and one station c. More candidates than stations come in waves as small as that
 * allows (at least s), and those of a wave who have no station in a round wait.
 *
 * A round lasts as long as its longest encounter with extra time. The break comes after every `breakEveryRounds` rounds
 * in a row, the circuit break between circuits, the longer of the two where both are due.
 */
export function planRounds(parts: RotationParts, from?: DayPoint): Round[] {
  const { timing } = parts
  const lengthOf = roundLength(parts)
  const circuits = circuitsOf(parts.stations)
  const rounds: Round[] = []
  let startsAtSecond = from?.startsAtSecond ?? secondOfDay(timing.startsAt)
  let inARow = 0
  circuits.forEach(({ circuit, stations }, c) => {
    const meetings = meetAll(stations, parts.candidates)
    meetings.forEach((met, r) => {
      const endsAtSecond = startsAtSecond + lengthOf(met)
      rounds.push({ number: (from?.round ?? 1) + rounds.length, circuit, startsAtSecond, endsAtSecond, meetings: met })
      inARow += 1
      const breakIsDue = timing.breakEveryRounds > 0 && inARow >= timing.breakEveryRounds
      const circuitEnds = r === meetings.length - 1 && c < circuits.length - 1
      const pause = Math.max(breakIsDue ? timing.breakSeconds : 0, circuitEnds ? timing.circuitBreakSeconds : 0)
      if (pause > 0) inARow = 0
      startsAtSecond = endsAtSecond + pause
    })
  })
  return rounds
}

/** Makes the encounters of a day, or of the rest of a day that has begun. `newId` gives ids that tell nothing. */
export function generateRotation(
  parts: RotationParts & { examId: ExamId; newId: () => EncounterId; from?: DayPoint },
): EncounterSlot[] {
  return planRounds(parts, parts.from).flatMap(({ number, startsAtSecond, meetings }) =>
    meetings.map((meeting) => ({ id: parts.newId(), examId: parts.examId, ...meeting, round: number, startsAtSecond })),
  )
}

/** How many rounds a rotation has, and when the last one ends, seconds after midnight. */
export function rotationEnd(
  parts: RotationParts,
  slots: readonly EncounterSlot[],
): { rounds: number; endsAtSecond: number } {
  const rounds = slots.reduce((most, { round }) => Math.max(most, round), 0)
  const last = slots.filter(({ round }) => round === rounds)
  const startsAtSecond = last[0]?.startsAtSecond
  return { rounds, endsAtSecond: startsAtSecond === undefined ? 0 : startsAtSecond + roundLength(parts)(last) }
}

/** The candidates whom no slot sends anywhere. */
export function withoutRounds(
  { candidates }: Pick<RotationParts, 'candidates'>,
  slots: readonly EncounterSlot[],
): RotationParts['candidates'] {
  const placed = new Set(slots.map(({ candidateId }) => candidateId))
  return candidates.filter(({ id }) => !placed.has(id))
}

/** Text that changes when, and only when, a rotation made from the parts would no longer fit them. */
export function rotationBasis({ timing, stations, candidates }: RotationParts): string {
  const { warnings: _soundsOnly, ...times } = timing
  return canonicalJson({
    times,
    stations: stations.toSorted((a, b) => a.number - b.number).map(({ id, circuit, kind }) => ({ id, circuit, kind })),
    candidates: candidates
      .map(({ id, extraTimePercent }) => ({ id, extraTimePercent }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  })
}

function circuitsOf(stations: readonly RotationStation[]): { circuit: number; stations: RotationStation[] }[] {
  const ordered = stations.toSorted((a, b) => a.circuit - b.circuit || a.number - b.number)
  return [...new Set(ordered.map(({ circuit }) => circuit))].map((circuit) => ({
    circuit,
    stations: ordered.filter((station) => station.circuit === circuit),
  }))
}

/** The meetings of one circuit, round by round. */
function meetAll(stations: readonly RotationStation[], candidates: readonly RotationCandidate[]): Meeting[][] {
  if (candidates.length === 0) return []
  const waves = Math.max(1, Math.floor(candidates.length / stations.length))
  return Array.from({ length: waves }, (_, wave) =>
    meetWave(
      stations,
      candidates.slice(
        Math.floor((wave * candidates.length) / waves),
        Math.floor(((wave + 1) * candidates.length) / waves),
      ),
    ),
  ).flat()
}

/**
 * A ring with as many places as the wave has candidates, or as there are stations if those are more. The stations stand
 * on it evenly, and everybody moves one place a round: in as many rounds as there are places all have been everywhere.
 */
function meetWave(stations: readonly RotationStation[], wave: readonly RotationCandidate[]): Meeting[][] {
  const places = Math.max(stations.length, wave.length)
  return Array.from({ length: places }, (_, round) =>
    stations.flatMap((station, s) => {
      const place = Math.floor((s * places) / stations.length)
      const candidate = wave[(place - round + places) % places]
      return candidate ? [{ stationId: station.id, candidateId: candidate.id }] : []
    }),
  )
}

/** Length in seconds of a round with these meetings. Nobody needs extra time at a rest station. */
function roundLength({ timing, stations, candidates }: RotationParts): (meetings: readonly Meeting[]) => number {
  const extra = new Map(candidates.map(({ id, extraTimePercent }) => [id, extraTimePercent]))
  const resting = new Set(stations.filter(({ kind }) => kind === 'rest').map(({ id }) => id))
  const usual = roundSeconds(timing)
  return (meetings) => {
    const percent = meetings.reduce(
      (most, { stationId, candidateId }) =>
        resting.has(stationId) ? most : Math.max(most, extra.get(candidateId) ?? 0),
      0,
    )
    return usual + Math.ceil((timing.encounterSeconds * percent) / 100)
  }
}
