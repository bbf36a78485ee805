import { expect, test } from 'vitest'
import type { Mark } from '#shared/measurement/mark.ts'
import type { Statistic } from '#shared/measurement/statistic.ts'
import { everyMeasure } from '#tests/support/every-measure.ts'
import { inAnotherOrder, oddTable } from '#tests/support/odd-tables.ts'

const seeds = Array.from({ length: 120 }, (_, i) => i)

const isStatistic = (one: object): one is Statistic => 'value' in one && 'method' in one && 'warnings' in one

/** What is wrong with a statistic as such. */
function faultsOf({ value, reason, se, ci95, warnings }: Statistic): string[] {
  const [low, high] = ci95 ?? [-Infinity, Infinity]
  const room = 1e-9 * Math.abs(value ?? 0)
  return [
    ...((value === null) === (reason === undefined) ? ['a value and a reason, or neither'] : []),
    ...((se ?? 0) < 0 ? [`an error of ${se}`] : []),
    ...(low > high || (value !== null && (value < low - room || value > high + room))
      ? [`${value} in ${low} … ${high}`]
      : []),
    ...(new Set(warnings).size < warnings.length ? [`twice: ${warnings.join()}`] : []),
  ]
}

/** Everything in an answer that nobody could read: with the way to it. */
function faultsIn(found: unknown, path: string): string[] {
  if (typeof found === 'number') return Number.isFinite(found) ? [] : [`${path} is ${found}`]
  if (typeof found !== 'object' || found === null) return []
  return [
    ...(isStatistic(found) ? faultsOf(found).map((fault) => `${path}: ${fault}`) : []),
    ...Object.entries(found).flatMap(([key, part]) => faultsIn(part, `${path}.${key}`)),
  ]
}

test.each(Object.entries(everyMeasure))(
  '%s: odd data give figures or reasons, never NaN, and the same twice',
  (_, of) => {
    const faults = seeds.flatMap((seed) => {
      const marks = oddTable(seed)
      const found = of(marks)
      const twice = JSON.stringify(of(marks)) === JSON.stringify(found) ? [] : [`${seed} differs from itself`]
      return [...faultsIn(found, `${seed}`), ...twice]
    })
    expect(faults).toEqual([])
  },
)

const names = ['facet', 'station', 'focal', 'candidate', 'examiner', 'id', 'domain', 'category']
const nameOf = (one: unknown): string =>
  typeof one === 'string'
    ? one
    : Array.isArray(one)
      ? one.map(nameOf).join()
      : Object.entries(one ?? {})
          .filter(([key]) => names.includes(key))
          .map(([, name]) => JSON.stringify(name))
          .join()

/** Lists of what has a name, by name. */
function byName(found: unknown): unknown {
  if (typeof found !== 'object' || found === null) return found
  if (!Array.isArray(found)) return Object.fromEntries(Object.entries(found).map(([key, part]) => [key, byName(part)]))
  const list = found.map(byName)
  return list.every((one) => nameOf(one) !== '')
    ? list.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0))
    : list
}

/** How exactly a figure is the same, as a share of it: of a closed formula, and of one that is iterated. */
const [CLOSED, ITERATED] = [1e-9, 1e-6]

/** Where two answers differ by more than that, or than what rounding makes of the largest score. */
function differences(a: unknown, b: unknown, rounding: number, path: string): string[] {
  if (typeof a === 'number' && typeof b === 'number') {
    const share = path.includes('omega') ? ITERATED : CLOSED
    const room = Math.max(share * Math.max(Math.abs(a), Math.abs(b), 1e-3), rounding)
    return Math.abs(a - b) <= room ? [] : [`${path}: ${a} and ${b}`]
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Object.is(a, b) ? [] : [`${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`]
  const [first, second] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return [...new Set([...first.keys(), ...second.keys()])]
    .filter((key) => key !== 'iterations' && key !== 'maxResidual')
    .flatMap((key) => differences(first.get(key), second.get(key), rounding, `${path}.${key}`))
}

const largest = (marks: readonly Mark[]) => marks.reduce((most, { score }) => Math.max(most, Math.abs(score ?? 0)), 0)

test.each(Object.entries(everyMeasure))('%s: the order of the marks changes no figure and no reason', (_, of) => {
  const faults = seeds.flatMap((seed) => {
    const marks = oddTable(seed)
    const [found, other] = [byName(of(marks)), byName(of(inAnotherOrder(marks, seed)))]
    return differences(found, other, 1e-15 * largest(marks), `${seed}`)
  })
  expect(faults).toEqual([])
})

/** Scores of binary fractions, so that a shift by a power of two loses no digit of them. */
const exact = (): Mark[] =>
  Array.from({ length: 60 }, (_, i) => ({
    candidate: `c${Math.floor(i / 5)}`,
    station: `s${i % 5}`,
    examiner: `e${(Math.floor(i / 5) + i) % 4}`,
    score: ((i * 37) % 23) / 64 + Math.floor(i / 15) / 32,
    grade: 1 + ((i * 7 + Math.floor(i / 9)) % 4),
    group: null,
  }))

/** What does not move with the scores: everything but what stands in their place on the scale. */
const placed =
  /^(mean|median|quantile-7|minimum|maximum|borderline-|least-squares-intercept|mean-of-|cohen|angoff|hofstee)/
const unplaced = (found: unknown): unknown =>
  JSON.parse(JSON.stringify(found), (key, part: unknown) => {
    if (key === 'intercept' || key === 'meanScore' || key === 'warnings') return null
    return typeof part === 'object' && part !== null && isStatistic(part) && placed.test(part.method) ? part.n : part
  })

const shiftable = [
  'borderline regression',
  'six ICCs',
  'agreement',
  'least squares',
  'mixed model',
  'G study',
  'relations',
]

test.each(shiftable)('%s: scores a billion from 0 that differ by fractions have the same figures', (name) => {
  const of = everyMeasure[name] ?? (() => null)
  const far = exact().map((mark) => ({ ...mark, score: (mark.score ?? 0) + 2 ** 30 }))
  expect(differences(unplaced(of(exact())), unplaced(of(far)), 0, name)).toEqual([])
})
