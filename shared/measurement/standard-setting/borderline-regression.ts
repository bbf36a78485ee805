import { max, mean, min } from 'simple-statistics'
import { vary } from '../descriptive.ts'
import { tQuantile } from '../distributions.ts'
import { given, standardErrorOf, withheld, type Statistic } from '../statistic.ts'
import type { Method, Reason, Warning } from '../terms.ts'

/** What one candidate got at a station: the global rating as a number, 1 the worst, and the score. */
export type GradedScore = { grade: number; score: number }

export type BorderlineRegression = {
  /** In the unit of the scores, with its standard error and interval (Student's t, n − 2). */
  cut: Statistic
  /** The standard error of the cut as a figure of its own. */
  seCut: Statistic
  /** Score per grade: the discrimination between grades. */
  slope: Statistic
  seSlope: Statistic
  /** The slope as per cent of the highest possible score; about 10 is the rule of thumb. */
  slopePercent: Statistic
  intercept: Statistic
  r2: Statistic
  /** What a chart needs to draw the line with its band (see `scoreAt`); null where there is no line. */
  line: GradeLine | null
}

/** A line of scores on grades by least squares. `residualSd` is null where two points leave nothing over. */
export type GradeLine = {
  n: number
  slope: number
  intercept: number
  meanGrade: number
  meanScore: number
  /** Σ(g − ḡ)² */
  spread: number
  residualSd: number | null
}

const FEW_GRADES = 3
const FEW_SCORES = 50
/** A correlation below it is rounding. */
const LEVEL = 1e-13

/**
 * Borderline regression: score = a + b·grade by least squares over the candidates of one station, and cut = a + b·g where g
 * is the borderline grade. SE(cut) = s·√(1/n + (g − ḡ)²/Σ(gᵢ − ḡ)²) with s² = Σe²/(n − 2). R² = 1 − Σe²/Σ(y − ȳ)².
 *
 * It is the score that is explained by the grade, never the other way round. Assumes a straight line, the same scatter at
 * all grades, candidates independent of each other, and grades given without regard to the score. A candidate who did not
 * come must be missing: entered as 0, they move the cut.
 *
 * Undefined below two scores and where all have one grade; the error below three; R² where the scores do not vary.
 * `highest` is the highest possible score, null where it is not known.
 *
 * Source: Kramer, Muijtjens, Jansen, Düsman, Tan and van der Vleuten 2003; Pell, Fuller, Homer and Roberts 2010.
 */
export function borderlineRegression(
  pairs: readonly GradedScore[],
  borderline: number,
  highest: number | null,
  also: readonly Warning[] = [],
): BorderlineRegression {
  const n = pairs.length
  const warnings = [...also, ...whatIsThin(pairs)]
  const line = fitLine(pairs)
  if (typeof line === 'string') return nothing(n, line, warnings)
  if (line.slope <= 0) warnings.push('slope-not-positive')
  const cut = scoreAt(line, borderline)
  const grades = pairs.map(({ grade }) => grade)
  const cutWarnings = [...warnings]
  if (borderline < min(grades) || borderline > max(grades)) cutWarnings.push('borderline-outside-grades')
  if (isOutside(cut.value, highest)) cutWarnings.push('cut-outside-scale')
  const warnedCut = { ...cut, warnings: cutWarnings }
  const slope = slopeOf(line, warnings)
  return {
    cut: warnedCut,
    seCut: standardErrorOf(warnedCut, 'too-few'),
    slope,
    seSlope: standardErrorOf(slope, 'too-few'),
    slopePercent:
      highest === null || highest <= 0
        ? withheld('slope-per-cent', n, 'no-highest-score', warnings)
        : given('slope-per-cent', n, (100 * line.slope) / highest, { warnings }),
    intercept: given('least-squares-intercept', n, line.intercept, { warnings }),
    r2: explained(pairs, line, warnings),
    line,
  }
}

/** The score that the line expects at a grade, with its error and 95 % interval: the middle and the band of the chart. */
export function scoreAt(line: GradeLine, grade: number): Statistic {
  const { n, slope, meanGrade, meanScore, spread, residualSd } = line
  const away = grade - meanGrade
  const value = meanScore + slope * away
  const se = residualSd === null ? null : residualSd * Math.sqrt(1 / n + (away * away) / spread)
  return given('borderline-regression', n, value, { se, ci95: around(value, se, n) })
}

function fitLine(pairs: readonly GradedScore[]): GradeLine | Reason {
  const n = pairs.length
  if (n === 0) return 'no-data'
  if (n < 2) return 'too-few'
  const grades = pairs.map(({ grade }) => grade)
  if (!vary(grades)) return 'one-grade'
  const scores = pairs.map(({ score }) => score)
  const meanGrade = mean(grades)
  const meanScore = mean(scores)
  let spread = 0
  let ofScores = 0
  let together = 0
  for (const { grade, score } of pairs) {
    spread += (grade - meanGrade) ** 2
    ofScores += (score - meanScore) ** 2
    together += (grade - meanGrade) * (score - meanScore)
  }
  // What rounding leaves of a line that is level is no slope, for it would have a sign.
  const isLevel = !vary(scores) || Math.abs(together) < LEVEL * Math.sqrt(spread * ofScores)
  const slope = isLevel ? 0 : together / spread
  const line = { n, slope, intercept: meanScore - slope * meanGrade, meanGrade, meanScore, spread }
  return { ...line, residualSd: n < 3 ? null : Math.sqrt(leftOver(pairs, line) / (n - 2)) }
}

/** Σe², what the line does not explain. */
function leftOver(pairs: readonly GradedScore[], line: Omit<GradeLine, 'residualSd'>): number {
  let sum = 0
  for (const { grade, score } of pairs) sum += (score - line.meanScore - line.slope * (grade - line.meanGrade)) ** 2
  return sum
}

function explained(pairs: readonly GradedScore[], line: GradeLine, warnings: readonly Warning[]): Statistic {
  const scores = pairs.map(({ score }) => score)
  if (!vary(scores)) return withheld('r-squared', line.n, 'no-variance', warnings)
  let total = 0
  for (const score of scores) total += (score - line.meanScore) ** 2
  const r2 = Math.max(0, 1 - leftOver(pairs, line) / total)
  return given('r-squared', line.n, r2, { warnings: r2 < 0.5 ? [...warnings, 'r-squared-low'] : warnings })
}

function whatIsThin(pairs: readonly GradedScore[]): Warning[] {
  const found: Warning[] = []
  if (new Set(pairs.map(({ grade }) => grade)).size < FEW_GRADES) found.push('few-grades')
  if (pairs.length < FEW_SCORES) found.push('under-fifty')
  if (pairs.some(({ score }) => score === 0)) found.push('zero-scores')
  return found
}

const isOutside = (cut: number | null, highest: number | null): boolean =>
  cut !== null && (cut < 0 || (highest !== null && cut > highest))

const around = (value: number, se: number | null, n: number): [number, number] | null => {
  if (se === null) return null
  const half = tQuantile(0.975, n - 2) * se
  return [value - half, value + half]
}

function slopeOf({ n, slope, spread, residualSd }: GradeLine, warnings: readonly Warning[]): Statistic {
  const se = residualSd === null ? null : residualSd / Math.sqrt(spread)
  return given('least-squares-slope', n, slope, { se, ci95: around(slope, se, n), warnings })
}

function nothing(n: number, reason: Reason, warnings: readonly Warning[]): BorderlineRegression {
  const none = (method: Method) => withheld(method, n, reason, warnings)
  return {
    cut: none('borderline-regression'),
    seCut: none('standard-error'),
    slope: none('least-squares-slope'),
    seSlope: none('standard-error'),
    slopePercent: none('slope-per-cent'),
    intercept: none('least-squares-intercept'),
    r2: none('r-squared'),
    line: null,
  }
}
