import type { Statistic } from '#shared/measurement/statistic.ts'
import { reasonWords, warningWords } from '#shared/measurement/words.ts'

/** A number as a person reads it: four significant digits, and never fewer than stand before the point. */
export const number = (value: number): string =>
  Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4)))

/** A figure in one line: its value with its interval and n, or why there is none. */
export function figure(name: string, { value, n, ci95, reason }: Statistic): string {
  if (value === null) return `${name}: withheld. ${reason ? reasonWords(reason) : ''}`.trimEnd()
  const interval = ci95 ? ` (95 % ${number(ci95[0])} to ${number(ci95[1])})` : ''
  return `${name}: ${number(value)}${interval}, n ${n}`
}

/** What could be wrong with the figures, each said once. */
export const cautions = (figures: readonly Statistic[]): string[] =>
  [...new Set(figures.flatMap(({ warnings }) => warnings))].map((warning) => `! ${warningWords(warning)}`)

/** Figures line by line, by their names, and what could be wrong with them. */
export const figureLines = (figures: Readonly<Record<string, Statistic>>): string[] => [
  ...Object.entries(figures).map(([name, statistic]) => figure(name, statistic)),
  ...cautions(Object.values(figures)),
]

/** The value of a figure in a table; what is withheld is a dash. */
export const short = ({ value }: Statistic): string => (value === null ? '–' : number(value))

/** Rows under their header, in columns. */
export function columns(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows]
  const widths = header.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)))
  return all.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}
