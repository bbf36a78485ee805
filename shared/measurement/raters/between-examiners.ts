import { vary } from '../descriptive.ts'
import { fAbove } from '../distributions.ts'
import { given, withheld, type Statistic } from '../statistic.ts'
import type { Method, Reason, Warning } from '../terms.ts'

/** What one examiner gave one candidate at the station. */
export type ExaminerScore = { candidate: string; examiner: string; score: number }

export type BetweenExaminers = {
  /** η², the share of the variance of scores between examiners, 0 to 1. */
  etaSquared: Statistic
  /** ω², the same with what chance adds taken off; it may come out below 0. */
  omegaSquared: Statistic
  f: Statistic
  p: Statistic
}

const ACCEPTABLE = 0.3
const CONCERN = 0.4
/** The η² that chance alone is expected to give, from which on it is warned of. */
const CHANCE = 0.05

/**
 * Variation between the examiners of one station, by one-way analysis of variance over their g groups of n scores:
 * η² = SSB/SST, ω² = (SSB − (g − 1)·MSW)/(SST + MSW), F = MSB/MSW with g − 1 and n − g degrees of freedom, p its upper tail.
 *
 * Below .30 is taken as acceptable, above .40 as a concern. Chance alone gives η² about (g − 1)/(n − 1); from .05 on this is
 * warned of. Examiners who saw different candidates may differ because these did: examiner stringency sets that apart, this
 * does not. Assumes independent scores, which they are not where examiners marked the same candidates.
 *
 * Undefined with one examiner and where the scores do not vary; ω², F and p where each examiner has one score, F and p where
 * the scores of each examiner are all the same. Source: Fisher 1925; Hays 1963; for stations Pell, Fuller, Homer and Roberts
 * 2010.
 */
export function betweenExaminers(scores: readonly ExaminerScore[]): BetweenExaminers {
  const n = scores.length
  if (n === 0) return nothing(0, 'no-data')
  const groups = new Map<string, number[]>()
  const candidates = new Set<string>()
  for (const { candidate, examiner, score } of scores) {
    candidates.add(candidate)
    const group = groups.get(examiner)
    if (group) group.push(score)
    else groups.set(examiner, [score])
  }
  const between = groups.size - 1
  const within = n - groups.size
  if (between === 0) return nothing(n, 'one-examiner')
  const all = scores.map(({ score }) => score)
  if (!vary(all)) return nothing(n, 'no-variance')

  const origin = all[0] ?? 0
  const grand = meanFrom(origin, all)
  let ssb = 0
  let ssw = 0
  for (const group of groups.values()) {
    const own = meanFrom(origin, group)
    ssb += group.length * (own - grand) ** 2
    if (vary(group)) for (const score of group) ssw += (score - origin - own) ** 2
  }
  const warnings: Warning[] = []
  if (candidates.size < n) warnings.push('candidates-shared')
  const etaSquared = ssb / (ssb + ssw)
  const ofEta = [...warnings]
  if (between / (n - 1) >= CHANCE) ofEta.push('eta-squared-biased')
  if (etaSquared > CONCERN) ofEta.push('examiners-over-forty')
  else if (etaSquared >= ACCEPTABLE) ofEta.push('examiners-over-thirty')
  const found = { etaSquared: given('eta-squared', n, etaSquared, { warnings: ofEta }) }
  if (within === 0) return { ...nothing(n, 'one-score-each', warnings), ...found }
  const msw = ssw / within
  const omega = (ssb - between * msw) / (ssb + ssw + msw)
  const omegaSquared = given('omega-squared', n, omega, { warnings })
  if (ssw === 0) return { ...nothing(n, 'no-variance-within', warnings), ...found, omegaSquared }
  const f = ssb / between / msw
  return {
    ...found,
    omegaSquared,
    f: given('one-way-f', n, f, { warnings }),
    p: given('one-way-p', n, fAbove(f, between, within), { warnings }),
  }
}

/** The mean as a distance from one of the scores, so that large numbers lose no digits. */
const meanFrom = (origin: number, scores: readonly number[]): number => {
  let sum = 0
  for (const score of scores) sum += score - origin
  return sum / scores.length
}

function nothing(n: number, reason: Reason, warnings: readonly Warning[] = []): BetweenExaminers {
  const none = (method: Method) => withheld(method, n, reason, warnings)
  return {
    etaSquared: none('eta-squared'),
    omegaSquared: none('omega-squared'),
    f: none('one-way-f'),
    p: none('one-way-p'),
  }
}
