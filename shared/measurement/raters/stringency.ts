import { add, at, sum } from '../data/vector.ts'
import { fAbove, tQuantile } from '../distributions.ts'
import { largestSize, withoutRounding } from '../rounding.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Method, Reason, Warning } from '../terms.ts'
import { absorb, equationsOf, readMarking, type ExaminerScore, type Marking } from './candidates-absorbed.ts'
import { rawMeans, type RawMean } from './raw-means.ts'
import { sweep, type Swept } from './sweep.ts'

/** How harsh one examiner was. */
export type ExaminerStringency = RawMean & {
  /**
   * By how many score points the examiner marks lower than the average examiner of the same set, candidates and stations
   * being equal: above 0 is harsh, below 0 lenient. `n` counts the examiner's marks.
   */
  stringency: Statistic
  /** Which of the sets the examiner belongs to, from 0; null alone. */
  set: number | null
}

/** The examiners of an exam, in the order of their names. */
export type Stringency = {
  examiners: ExaminerStringency[]
  /** Those who can be compared with each other, the largest set first; two of different sets cannot. */
  sets: string[][]
  /** Whether examiners differ at all: F with its degrees of freedom and p, `n` counting the marks. */
  effect: { f: Statistic; p: Statistic; df: [examiners: number, residual: number] | null }
  /** The standard deviation of what candidates, stations and examiners leave, in score points. */
  residualSd: Statistic
}

const METHOD: Method = 'three-factor-least-squares'

/**
 * Examiner stringency by ordinary least squares: score = μ + candidate + station + examiner + error, the examiners of a
 * set summing to 0. Candidates are absorbed (each taken from their own mean), so that the equations are as large as
 * stations and examiners are many. Errors are taken to be independent and equally wide; the interval is Student's t. Two
 * examiners can be compared where their difference follows from the equations, which asks for more than having seen the
 * same candidates: in parallel circuits with one examiner for each station nobody can be compared with anybody.
 * Withheld: all of it without two examiners and two candidates or without any variance; an examiner's who cannot be compared
 * with any other; F, p and the errors where nothing is left over to judge them by. Source, of what can be estimated: Searle
 * 1971; of the sweeps: Goodnight 1979.
 */
export function stringency(marks: readonly ExaminerScore[]): Stringency {
  const means = rawMeans(marks)
  const marking = readMarking(marks)
  if ('withheld' in marking) return nothing(means, marking.withheld)
  const { n, candidates, stations, examiners } = marking
  const { matrix, totals } = absorb(equationsOf(marking), (ofCandidate) => 1 / ofCandidate)
  const size = stations.size + examiners.size
  const equations: Swept = { swept: Array.from({ length: size }, () => false), matrix, solution: totals }
  const whole = wholeOf(marking)
  const ofStations = sweep(equations, whole, 0, stations.size)
  const ofExaminers = sweep(equations, whole, stations.size, size)

  const df = n - candidates.size - ofStations.rank - ofExaminers.rank
  const left = df < 1 ? null : residualSquares(marking, equations)
  const variance = left === null ? null : left / df
  const sets = setsOf(marking, equations)
  const apart: Warning[] = sets.filter((set) => set.length > 1).length > 1 ? ['compared-within-set'] : []
  const warnings: Warning[] = variance === null ? [...apart, 'no-degrees-of-freedom'] : apart

  const contrastOf = new Map(
    sets.flatMap((set, number) =>
      set.length === 1
        ? []
        : contrasts(set, stations.size, equations).map(
            ({ examiner, ...found }) => [examiners.names[examiner], { ...found, set: number }] as const,
          ),
    ),
  )
  return {
    examiners: means.map(({ examiner, rawMean }): ExaminerStringency => {
      const found = contrastOf.get(examiner)
      if (!found) {
        const reason = rawMean.n === 0 ? 'no-data' : 'examiner-not-comparable'
        return { examiner, rawMean, set: null, stringency: withheld(METHOD, rawMean.n, reason) }
      }
      const { value, inverse, set } = found
      const se = variance === null ? null : Math.sqrt(variance * inverse)
      const half = se === null ? 0 : se * tQuantile(0.975, df)
      const ci95 = se === null ? null : ([value - half, value + half] as const)
      return { examiner, rawMean, set, stringency: given(METHOD, rawMean.n, value, { se, ci95, warnings }) }
    }),
    sets: sets
      .filter((set) => set.length > 1)
      .map((set) => set.map((examiner) => examiners.names[examiner] ?? '').toSorted()),
    effect: effectOf(n, ofExaminers, df, variance),
    residualSd:
      variance === null
        ? withheld('residual-sd', n, 'no-degrees-of-freedom')
        : given('residual-sd', n, Math.sqrt(variance)),
  }
}

function nothing(means: readonly RawMean[], reason: Reason): Stringency {
  return {
    examiners: means.map((one) => ({ ...one, stringency: withheld(METHOD, one.rawMean.n, reason), set: null })),
    sets: [],
    effect: { f: withheld('examiner-f', 0, reason), p: withheld('examiner-p', 0, reason), df: null },
    residualSd: withheld('residual-sd', 0, reason),
  }
}

/** How many marks each station and each examiner has: the diagonal before candidates were absorbed. */
function wholeOf({ stations, examiners }: Marking): number[] {
  const whole = new Float64Array(stations.size + examiners.size)
  for (const station of stations.of) add(whole, station, 1)
  for (const examiner of examiners.of) add(whole, stations.size + examiner, 1)
  return [...whole]
}

/** What is left of the squares once candidate, station and examiner are taken off each mark. */
function residualSquares({ n, values, candidates, stations, examiners }: Marking, { solution }: Swept): number {
  const left = new Float64Array(n)
  const totals = new Float64Array(candidates.size)
  const counts = new Float64Array(candidates.size)
  for (let i = 0; i < n; i++) {
    left[i] = at(values, i) - at(solution, at(stations.of, i)) - at(solution, stations.size + at(examiners.of, i))
    add(totals, at(candidates.of, i), at(left, i))
    add(counts, at(candidates.of, i), 1)
  }
  let squares = 0
  for (let i = 0; i < n; i++) {
    const candidate = at(candidates.of, i)
    squares += (at(left, i) - at(totals, candidate) / at(counts, candidate)) ** 2
  }
  return withoutRounding(squares, n, largestSize(values))
}

/**
 * The sets of examiners whose differences follow from the equations, the largest first, of equals by name. A column that was not swept depends
 * on the swept ones, and may be moved freely if these follow; the difference of two examiners is known where all such moves
 * move both alike.
 */
function setsOf({ stations, examiners }: Marking, { swept, matrix }: Swept): number[][] {
  const free = swept.flatMap((isSwept, column) => (isSwept ? [] : [column]))
  const moves = (examiner: number) => {
    const column = stations.size + examiner
    return free.map((other) => (swept[column] === true ? matrix.get(column, other) : other === column ? -1 : 0))
  }
  const sets: { moves: number[]; members: number[] }[] = []
  for (let examiner = 0; examiner < examiners.size; examiner++) {
    const own = moves(examiner)
    const set = sets.find((one) => one.moves.every((move, i) => Math.abs(move - at(own, i)) < 1e-6))
    if (set) set.members.push(examiner)
    else sets.push({ moves: own, members: [examiner] })
  }
  const firstName = (members: readonly number[]) =>
    members.map((examiner) => examiners.names[examiner] ?? '').toSorted()[0] ?? ''
  return sets
    .map(({ members }) => members)
    .toSorted((a, b) => b.length - a.length || (firstName(a) < firstName(b) ? -1 : 1))
}

/** For each examiner of a set the mean of the set less the examiner, and the factor of its error variance. */
function contrasts(
  set: readonly number[],
  stations: number,
  { swept, matrix, solution }: Swept,
): { examiner: number; value: number; inverse: number }[] {
  // What was not swept has the effect 0 and no error.
  const isSwept = (examiner: number) => swept[stations + examiner] === true
  const effect = (examiner: number) => (isSwept(examiner) ? at(solution, stations + examiner) : 0)
  const mean = sum(set.map(effect)) / set.length
  const within = set.filter(isSwept)
  const withSet = set.map((examiner) =>
    isSwept(examiner) ? sum(within.map((other) => matrix.get(stations + examiner, stations + other))) / set.length : 0,
  )
  const ofMean = sum(withSet) / set.length
  return set.map((examiner, i) => {
    const own = isSwept(examiner) ? matrix.get(stations + examiner, stations + examiner) : 0
    return { examiner, value: mean - effect(examiner), inverse: Math.max(0, ofMean - 2 * at(withSet, i) + own) }
  })
}

function effectOf(
  n: number,
  { rank, squares }: { rank: number; squares: number },
  df: number,
  variance: number | null,
): Stringency['effect'] {
  const reason: Reason | null =
    rank === 0
      ? 'examiner-not-comparable'
      : variance === null
        ? 'no-degrees-of-freedom'
        : variance === 0
          ? 'no-residual'
          : null
  if (reason || variance === null)
    return {
      f: withheld('examiner-f', n, reason ?? 'no-degrees-of-freedom'),
      p: withheld('examiner-p', n, reason ?? 'no-degrees-of-freedom'),
      df: null,
    }
  const f = squares / rank / variance
  return { f: given('examiner-f', n, f), p: given('examiner-p', n, fAbove(f, rank, df)), df: [rank, df] }
}
