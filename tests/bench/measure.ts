/** One figure with what it must keep to. */
export interface Measure {
  readonly name: string
  readonly value: number
  readonly limit: number
  /** Whether the value keeps to the limit. */
  readonly ok: boolean
  /** What the value was made of, times in milliseconds. */
  readonly details: Readonly<Record<string, number | string>>
}

/** A measure whose value must not be greater than its limit. */
export const atMost = (name: string, value: number, limit: number, details: Measure['details']): Measure => ({
  name,
  value: rounded(value),
  limit,
  ok: value <= limit,
  details: { bound: 'at most', ...details },
})

/** A measure whose value must not be less than its limit. */
export const atLeast = (name: string, value: number, limit: number, details: Measure['details']): Measure => ({
  name,
  value: rounded(value),
  limit,
  ok: value >= limit,
  details: { bound: 'at least', ...details },
})

/** To three decimals. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** The value that a share of all values does not exceed (nearest rank), such as 0.95. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** How long something takes, in milliseconds. */
export async function timeOf(work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/**
 * Takes the times of several things by turns, each time in another order, so that what else goes on in the machine meets
 * all of them. The rounds of warming up are not counted. Each work answers its own time, in milliseconds.
 */
export async function byTurns<Name extends string>(
  rounds: { warmUp: number; counted: number },
  works: Readonly<Record<Name, (round: number) => Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds.warmUp + rounds.counted; round++) {
    const first = round % names.length
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const time = await works[name](round)
      if (round >= rounds.warmUp) times[name].push(time)
    }
  }
  return times
}
