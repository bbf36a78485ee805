import type { Statistic } from '#shared/measurement/statistic.ts'
import { reasonWords } from '#shared/measurement/words.ts'
import { scoreBeside } from '#shared/scoring/figures.ts'
import { lang } from '../words.ts'

/** How a figure is written: score points, differences of them, pure numbers (α, r), shares as per cent, counts, p values. */
export type Unit = 'points' | 'difference' | 'coefficient' | 'share' | 'per-cent' | 'ratio' | 'count' | 'probability'

const decimals: Readonly<Record<Unit, number>> = {
  points: 2,
  difference: 2,
  coefficient: 2,
  share: 1,
  'per-cent': 1,
  ratio: 2,
  count: 0,
  probability: 3,
}

/** A number of that unit; a minus as wide as a plus, and no "−0.00". */
export function written(value: number, unit: Unit): string {
  if (unit === 'probability') return probability(value)
  const digits = decimals[unit]
  const text = new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    Math.abs(unit === 'share' ? value * 100 : value),
  )
  const isZero = !/[1-9]/.test(text)
  const sign = isZero ? '' : value < 0 ? '−' : unit === 'difference' ? '+' : ''
  return `${sign}${text}${unit === 'share' || unit === 'per-cent' ? ' %' : ''}`
}

/** A figure beside the bound it is held against: with two decimals, or as many as tell on which side it lies. */
export const writtenBeside = (value: number, bound: number): string =>
  scoreBeside(lang, value, bound, 2).replace('-', '−')

export const valueOf = ({ value }: Statistic, unit: Unit): string => (value === null ? '–' : written(value, unit))

export const intervalOf = ({ ci95 }: Statistic, unit: Unit): string =>
  ci95 ? `${written(ci95[0], unit)} to ${written(ci95[1], unit)}` : '–'

/** A standard error has no sign and the unit of its figure. */
export const errorOf = ({ se }: Statistic, unit: Unit): string =>
  se === undefined ? '–' : written(se, unit === 'difference' ? 'points' : unit)

/** "62.31 (SE 1.20, 95 % interval 59.96 to 64.66)", or why there is none; `bound` is what it is held against. */
export function inline(figure: Statistic, unit: Unit, bound?: number): string {
  if (figure.value === null) return `withheld (${whyNot(figure)})`
  const beside = [
    ...(figure.se === undefined ? [] : [`SE ${errorOf(figure, unit)}`]),
    ...(figure.ci95 ? [`95 % interval ${intervalOf(figure, unit)}`] : []),
  ]
  const value = bound === undefined ? valueOf(figure, unit) : writtenBeside(figure.value, bound)
  return `${value}${beside.length === 0 ? '' : ` (${beside.join(', ')})`}`
}

/** Why a figure is withheld, as part of a sentence. */
export function whyNot({ reason }: Pick<Statistic, 'reason'>): string {
  const words = reasonWords(reason ?? 'no-data').replace(/\.$/, '')
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`
}

/** A probability: never 0. */
export function probability(p: number | null): string {
  if (p === null) return '–'
  return p < 0.001
    ? '< 0.001'
    : new Intl.NumberFormat(lang, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(p)
}
