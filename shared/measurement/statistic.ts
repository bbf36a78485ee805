import type { Method, Reason, Warning } from './terms.ts'

/**
 * The one shape of every figure that measurement gives. `value` is null where the figure is undefined, and then `reason`
 * says why; it is never NaN, infinite, or 0 for "unknown". `n` counts what it was computed from, `method` names how.
 * `se` and both ends of `ci95` have the unit of `value`.
 */
export type Statistic = {
  value: number | null
  n: number
  method: Method
  reason?: Reason
  se?: number
  /** The 95 % confidence interval, lower end first. */
  ci95?: [low: number, high: number]
  warnings: Warning[]
}

/** What may stand beside a value; what is not a finite number is left out. */
export type Beside = {
  se?: number | null
  ci95?: readonly [low: number, high: number] | null
  warnings?: readonly Warning[]
}

/** A figure that could be computed. One that came out as no finite number is withheld, with that as its reason. */
export function given(method: Method, n: number, value: number, { se, ci95, warnings = [] }: Beside = {}): Statistic {
  if (!Number.isFinite(value)) return withheld(method, n, 'not-finite', warnings)
  const statistic: Statistic = { value, n, method, warnings: [...warnings] }
  if (typeof se === 'number' && Number.isFinite(se)) statistic.se = se
  if (ci95 && ci95.every(Number.isFinite)) statistic.ci95 = [ci95[0], ci95[1]]
  return statistic
}

/** A figure that is undefined, and why. */
export const withheld = (method: Method, n: number, reason: Reason, warnings: readonly Warning[] = []): Statistic => ({
  value: null,
  n,
  method,
  reason,
  warnings: [...warnings],
})

/** The standard error of a figure as a figure of its own. Withheld as the figure is, or with `reason` where it has none. */
export function standardErrorOf({ value, n, se, reason, warnings }: Statistic, without: Reason): Statistic {
  if (value === null) return withheld('standard-error', n, reason ?? without, warnings)
  return se === undefined
    ? withheld('standard-error', n, without, warnings)
    : given('standard-error', n, se, { warnings })
}
