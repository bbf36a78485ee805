import type { Rotation } from '#shared/contract/parts/exams.ts'
import type { Candidate, Station } from '#shared/domain/exam.ts'
import type { CandidateId, StationId } from '#shared/domain/ids.ts'
import { rotationEnd } from '#shared/domain/rotation.ts'
import type { TimingPlan } from '#shared/domain/timing.ts'

/** One round as a row: who is at which station. Times in seconds after midnight. */
export type RoundRow = {
  number: number
  circuit: number
  startsAtSecond: number
  endsAtSecond: number
  at: ReadonlyMap<StationId, Candidate>
}

/** Rounds of one circuit that follow each other; `pause` is the time until the next round of all, null for the last. */
export type Block = {
  circuit: number
  stations: readonly Station[]
  rows: readonly { round: RoundRow; pause: { from: number; to: number } | null }[]
}

type Parts = { timing: TimingPlan; stations: readonly Station[]; candidates: readonly Candidate[] }

/** The rounds of a rotation in their order. */
export function roundsOf(rotation: Rotation, parts: Parts): RoundRow[] {
  const stations = new Map(parts.stations.map((station) => [station.id, station]))
  const candidates = new Map(parts.candidates.map((candidate) => [candidate.id, candidate]))
  return [...Map.groupBy(rotation.slots, ({ round }) => round)]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([number, slots]) => {
      const first = slots[0]
      const circuit = first && stations.get(first.stationId)?.circuit
      if (first === undefined || circuit === undefined) return []
      const at = slots.flatMap(({ stationId, candidateId }) => {
        const candidate = candidates.get(candidateId)
        return candidate ? [[stationId, candidate] as const] : []
      })
      const { startsAtSecond } = first
      const { endsAtSecond } = rotationEnd(parts, slots)
      return [{ number, circuit, startsAtSecond, endsAtSecond, at: new Map(at) }]
    })
}

/** The rounds in blocks of one circuit each, with the pauses after them. */
export function blocksOf(rounds: readonly RoundRow[], stations: readonly Station[]): Block[] {
  const blocks: (Block & { rows: Block['rows'][number][] })[] = []
  rounds.forEach((round, i) => {
    const next = rounds[i + 1]
    const pause =
      next && next.startsAtSecond > round.endsAtSecond ? { from: round.endsAtSecond, to: next.startsAtSecond } : null
    const last = blocks.at(-1)
    if (last?.circuit === round.circuit) last.rows.push({ round, pause })
    else {
      const { circuit } = round
      const here = stations.filter((station) => station.circuit === circuit)
      blocks.push({ circuit, stations: here, rows: [{ round, pause }] })
    }
  })
  return blocks
}

/** When each candidate is at each station, seconds after midnight. */
export function timesOf(rotation: Rotation): ReadonlyMap<CandidateId, ReadonlyMap<StationId, number>> {
  const times = new Map<CandidateId, Map<StationId, number>>()
  for (const { candidateId, stationId, startsAtSecond } of rotation.slots) {
    const own = times.get(candidateId) ?? new Map<StationId, number>()
    times.set(candidateId, own.set(stationId, startsAtSecond))
  }
  return times
}
