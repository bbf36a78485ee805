import type { Mark } from '../mark.ts'
import type { Pair } from '../raters/pairs.ts'
import { difference } from '../rounding.ts'
import { isBelow } from '../standard-setting/failures.ts'
import { withheld, type Statistic } from '../statistic.ts'
import type { Reason } from '../terms.ts'
import { ancova, type Ancova } from './ancova.ts'
import { groupSize } from './group-size.ts'
import { hedgesG } from './hedges-g.ts'
import { holm } from './holm.ts'
import { mantelHaenszel, noMantelHaenszel, type MantelHaenszel, type Stratum } from './mantel-haenszel.ts'
import { restScores, type GroupPoints } from './rest-scores.ts'

/**
 * Whether a station works differently for groups of candidates: every group against the reference group, at every station.
 * Ability is held equal by the rest score, the mean of the candidate's other stations. p values are corrected after Holm
 * over the stations of one pair of groups. A station at which either group has fewer candidates than the declared minimum
 * is withheld, so that nobody is told apart. A difference is where to look; it is not yet unfairness.
 */
export type DifferentialFunctioning = {
  /** The group that others are compared with; null where there is none. */
  reference: string | null
  /** Why nothing was compared. */
  reason: Reason | null
  /** In the order of pairs, then of stations. */
  comparisons: StationComparison[]
  /** The least candidates of a group at a station, and the strata of rest scores, as they were declared. */
  minimum: number
  strata: number
  ungrouped: number
  severalGroups: number
}

export type StationComparison = {
  station: string
  reference: string
  focal: string
  ancova: Ancova
  mantelHaenszel: MantelHaenszel
  /** Not held equal by the rest score: the groups as they are. */
  hedgesG: Statistic
  /** p values corrected over the stations; null where there was no test. */
  holm: { ancova: number | null; mantelHaenszel: number | null }
}

export type GroupSettings = {
  /** The score from which a station is passed; a station without one has no Mantel-Haenszel. */
  cuts: ReadonlyMap<string, number>
  /** By default the largest group, of equals the first by name. */
  reference?: string
  minimum?: number
  strata?: number
}

const STRATA = 5

export function differentialFunctioning(
  marks: readonly Mark[],
  { cuts, reference: declared, minimum = groupSize.usual, strata = STRATA }: GroupSettings,
): DifferentialFunctioning {
  const { stations, groups: names, ungrouped, severalGroups } = restScores(marks)
  const reference = declared ?? names[0] ?? null
  const common = { reference, minimum, strata, ungrouped, severalGroups }
  if (names.length === 0) return { ...common, reason: 'no-data', comparisons: [] }
  if (reference === null || !names.includes(reference))
    return { ...common, reason: 'no-reference-group', comparisons: [] }
  if (names.length === 1) return { ...common, reason: 'one-group', comparisons: [] }
  if (stations.length < 2) return { ...common, reason: 'one-station', comparisons: [] }

  const comparisons = names
    .filter((name) => name !== reference)
    .flatMap((focal) =>
      corrected(
        stations.map(({ station, groups }) => ({
          station,
          reference,
          focal,
          ...compare(groups.get(reference) ?? nobody, groups.get(focal) ?? nobody, cuts.get(station), minimum, strata),
        })),
      ),
    )
  return { ...common, reason: null, comparisons }
}

type Figures = Pick<StationComparison, 'ancova' | 'mantelHaenszel' | 'hedgesG'>

const nobody: GroupPoints = { points: [], complete: true }

function compare(
  { points: reference, complete: allOfReference }: GroupPoints,
  { points: focal, complete: allOfFocal }: GroupPoints,
  cut: number | undefined,
  minimum: number,
  strata: number,
): Figures {
  const n = reference.length + focal.length
  if (reference.length < minimum || focal.length < minimum) {
    return {
      ancova: { ...withheld('ancova', n, 'group-too-small'), test: null, slopes: null },
      mantelHaenszel: noMantelHaenszel(n, 'group-too-small'),
      hedgesG: withheld('hedges-g', n, 'group-too-small'),
    }
  }
  const adjusted = ancova(reference, focal)
  const matched =
    cut === undefined ? noMantelHaenszel(n, 'no-cut') : mantelHaenszel(stratify(reference, focal, cut, strata))
  const told = <T extends Statistic>(figure: T): T =>
    !allOfReference || !allOfFocal ? { ...figure, warnings: [...figure.warnings, 'rest-score-incomplete'] } : figure
  return {
    ancova: told(adjusted),
    mantelHaenszel: { ...matched, oddsRatio: told(matched.oddsRatio), delta: told(matched.delta) },
    hedgesG: hedgesG(
      reference.map(([, score]) => score),
      focal.map(([, score]) => score),
    ),
  }
}

/** Passes and fails of both groups in strata of rest scores, as even in size as equal rest scores allow. */
function stratify(reference: readonly Pair[], focal: readonly Pair[], cut: number, strata: number): Stratum[] {
  const rests = Float64Array.from([...reference, ...focal], ([rest]) => rest).sort()
  const bounds = Array.from(
    { length: strata - 1 },
    (_, i) => rests[Math.ceil(((i + 1) * rests.length) / strata)] ?? Infinity,
  )
  const tables = Array.from({ length: strata }, (): [number, number, number, number] => [0, 0, 0, 0])
  const count = (points: readonly Pair[], pass: 0 | 2, fail: 1 | 3) => {
    for (const [rest, score] of points) {
      let stratum = 0
      for (const bound of bounds) if (difference(rest, bound) >= 0) stratum++
      const table = tables[stratum]
      if (table) table[isBelow(score, cut) ? fail : pass]++
    }
  }
  count(reference, 0, 1)
  count(focal, 2, 3)
  return tables
}

/**
 * Corrects p values over the stations. Where another station differs more surely, a figure says so: that station is part
 * of the rest scores here and shifts them for one group, which looks like a smaller difference the other way.
 */
function corrected(comparisons: readonly Omit<StationComparison, 'holm'>[]): StationComparison[] {
  const ps = comparisons.map((comparison) => comparison.ancova.test?.p ?? null)
  const byAncova = holm(ps)
  const byOdds = holm(comparisons.map((comparison) => comparison.mantelHaenszel.test?.p ?? null))
  const surest = byAncova.reduce<number>(
    (least, p, i) => (p !== null && p < 0.05 ? Math.min(least, ps[i] ?? 1) : least),
    1,
  )
  return comparisons.map((comparison, i) => {
    const { ancova: adjusted, mantelHaenszel: matched } = comparison
    const told = <T extends Statistic>(figure: T): T =>
      figure.value !== null && (ps[i] ?? 1) > surest
        ? { ...figure, warnings: [...figure.warnings, 'rest-score-shifted'] }
        : figure
    return {
      ...comparison,
      ancova: told(adjusted),
      mantelHaenszel: { ...matched, oddsRatio: told(matched.oddsRatio), delta: told(matched.delta) },
      holm: { ancova: byAncova[i] ?? null, mantelHaenszel: byOdds[i] ?? null },
    }
  })
}
