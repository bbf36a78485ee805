import type { Round } from '#shared/domain/rotation.ts'

/** A stretch of the day: rounds of one circuit without a pause, or the pause between two of them. Seconds. */
export type Stretch =
  | { kind: 'rounds'; from: number; to: number; circuit: number; rounds: number }
  | { kind: 'break'; from: number; to: number; betweenCircuits: boolean }

/** The rounds of a day as stretches and pauses, in order. */
export function stretchesOf(rounds: readonly Pick<Round, 'circuit' | 'startsAtSecond' | 'endsAtSecond'>[]): Stretch[] {
  const stretches: Stretch[] = []
  for (const { circuit, startsAtSecond, endsAtSecond } of rounds) {
    const last = stretches.at(-1)
    if (last?.kind === 'rounds' && last.to === startsAtSecond && last.circuit === circuit) {
      last.to = endsAtSecond
      last.rounds += 1
      continue
    }
    if (last?.kind === 'rounds' && last.to < startsAtSecond) {
      stretches.push({ kind: 'break', from: last.to, to: startsAtSecond, betweenCircuits: last.circuit !== circuit })
    }
    stretches.push({ kind: 'rounds', from: startsAtSecond, to: endsAtSecond, circuit, rounds: 1 })
  }
  return stretches
}
