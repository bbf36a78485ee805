import type { Statistic } from '#shared/measurement/statistic.ts'

/** A figure with what it is called on the screen, and the decimals it is written with. */
export type NamedFigure = { name: string; figure: Statistic; digits: number }
