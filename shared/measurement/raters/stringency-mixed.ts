import { at, sum } from '../data/vector.ts'
import { Z95 } from '../distributions.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Method, Reason, Warning } from '../terms.ts'
import { equationsOf, readMarking, type Equations, type ExaminerScore, type Marking } from './candidates-absorbed.ts'
import { rawMeans, type RawMean } from './raw-means.ts'
import { reml } from './reml.ts'
import { stringency } from './stringency.ts'

/** Stringency by the mixed model: `n` of an examiner's figures counts the examiner's marks, of the others all marks. */
export type MixedStringency = {
  /** In the order of their names; `stringency` above 0 is harsh, in score points below the average examiner. */
  examiners: (RawMean & { stringency: Statistic })[]
  /** Variances in score points, squared. */
  components: { candidate: Statistic; examiner: Statistic; residual: Statistic }
  /** The share of the variance within a station that is due to examiners, 0 to 1. */
  share: Statistic
}

const METHOD: Method = 'blup'

/**
 * Examiner stringency by a mixed model, fitted by REML: score = station (fixed) + candidate + examiner + error. What is
 * predicted of an examiner (BLUP) is drawn towards the average the more, the fewer marks there are, and its interval is the
 * normal one of the error of prediction, taking the variances for known. Candidates are taken to come to examiners by
 * chance: so parallel circuits can be compared, which least squares cannot; where able candidates were sent to one circuit,
 * its examiners seem lenient. Withheld: without two candidates and two examiners, without any variance, where candidates or
 * examiners cannot be told from the error or from each other, where no error is left over, and where the iteration finds no end; an examiner's alone
 * where nobody else marked at the same stations. Source: Henderson 1950; Patterson and Thompson 1971.
 */
export function mixedStringency(marks: readonly ExaminerScore[]): MixedStringency {
  const means = rawMeans(marks)
  const marking = readMarking(marks)
  if ('withheld' in marking) return nothing(means, 0, marking.withheld)
  const { n, stations, examiners } = marking
  const equations = equationsOf(marking)
  const alone = aloneAtStations(marking, equations)
  const reason = whyNot(marking, equations, alone)
  if (reason) return nothing(means, n, reason)
  const fit = reml(equations, stations.size, n - stations.size)
  if (!fit) return nothing(means, n, stringency(marks).residualSd.value === 0 ? 'no-residual' : 'no-convergence')

  const none: Warning[] = fit.examiners === 0 ? ['variance-at-zero'] : []
  const warnings: Warning[] = ['candidates-by-chance', 'drawn-to-average', ...none]
  const k = examiners.size
  const row = (e: number) => sum(fit.errors.getRow(e)) / k
  const ofMean = sum(examiners.names.map((_, e) => row(e))) / k
  const mean = sum(fit.effects) / k
  const all = fit.candidates + fit.examiners + fit.residual
  const component = (value: number) =>
    given('reml-component', n, value, { warnings: value === 0 ? ['variance-at-zero'] : [] })
  return {
    examiners: means.map(({ examiner, rawMean }) => {
      const e = examiners.names.indexOf(examiner)
      if (e < 0) return { examiner, rawMean, stringency: withheld(METHOD, 0, 'no-data') }
      if (alone[e] === true)
        return { examiner, rawMean, stringency: withheld(METHOD, rawMean.n, 'examiner-alone-at-station') }
      const value = mean - at(fit.effects, e)
      // With no variance of examiners nothing is predicted of any, and that is not known without error.
      const se = fit.examiners === 0 ? null : Math.sqrt(Math.max(0, fit.errors.get(e, e) - 2 * row(e) + ofMean))
      const ci95 = se === null ? null : ([value - Z95 * se, value + Z95 * se] as const)
      return { examiner, rawMean, stringency: given(METHOD, rawMean.n, value, { se, ci95, warnings }) }
    }),
    components: {
      candidate: component(fit.candidates),
      examiner: component(fit.examiners),
      residual: component(fit.residual),
    },
    share: given('examiner-share', n, fit.examiners / all, { warnings: none }),
  }
}

function nothing(means: readonly RawMean[], n: number, reason: Reason): MixedStringency {
  const component = withheld('reml-component', n, reason)
  return {
    examiners: means.map((one) => ({ ...one, stringency: withheld(METHOD, one.rawMean.n, reason) })),
    components: { candidate: component, examiner: component, residual: component },
    share: withheld('examiner-share', n, reason),
  }
}

/** For each examiner, whether nobody else marked at any of the same stations. */
function aloneAtStations({ stations, examiners }: Marking, { counts }: Equations): boolean[] {
  return examiners.names.map((_, e) => {
    const column = stations.size + e
    return stations.names.every((_, s) => [0, counts.get(s, s)].includes(counts.get(s, column)))
  })
}

function whyNot(
  { n, candidates, stations, examiners, meetings }: Marking,
  { groups }: Equations,
  alone: readonly boolean[],
): Reason | null {
  if (groups.every(({ marks }) => marks === 1)) return 'candidates-marked-once'
  if (examiners.size === n) return 'one-score-each'
  if (alone.every((isAlone) => isAlone)) return 'examiner-alone-at-station'
  // Each candidate met one examiner, who met nobody else.
  if (meetings === candidates.size && meetings === examiners.size) return 'not-estimable'
  return n - stations.size < 3 ? 'too-few' : null
}
