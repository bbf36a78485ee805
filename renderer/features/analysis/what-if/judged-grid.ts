import type { Station } from '#shared/domain/exam.ts'
import type { StationId } from '#shared/domain/ids.ts'
import type { Scenario } from '#shared/domain/scenario.ts'
import { MOST_JUDGES } from '#shared/domain/standard.ts'
import { numberCell } from '#shared/measurement/data/number-cell.ts'

/** What was typed for each station, by judge. What stands beyond the number of judges is kept, in case it grows again. */
export type JudgedGrid = Record<string, string[]>

export type CellFault = 'comma' | 'outside' | 'text'
export type JudgedCell = { value: number } | { fault: CellFault } | 'empty'

const HIGHEST = 100

/** Reads a cell: what a candidate who is just good enough would reach, 0 to 100. */
export function judgedCell(text: string): JudgedCell {
  const cell = numberCell(text)
  switch (cell.kind) {
    case 'empty':
      return 'empty'
    case 'number':
      return cell.value >= 0 && cell.value <= HIGHEST ? { value: cell.value } : { fault: 'outside' }
    case 'comma':
      return { fault: 'comma' }
    case 'thousands':
    case 'too-far':
      return { fault: 'outside' }
    case 'text':
      return { fault: 'text' }
  }
}

/** The cells of a station, one for each judge. */
export const cellsOf = (grid: JudgedGrid, station: StationId, judges: number): string[] =>
  Array.from({ length: judges }, (_, judge) => grid[station]?.[judge] ?? '')

/** What the judges gave for a station; null as long as a cell is empty or at fault. */
export function cutsOf(grid: JudgedGrid, station: StationId, judges: number): number[] | null {
  const cells = cellsOf(grid, station, judges).map(judgedCell)
  const cuts = cells.flatMap((cell) => (cell !== 'empty' && 'value' in cell ? [cell.value] : []))
  return cuts.length === judges ? cuts : null
}

/** How many judges an entry names; null where it is none of 1 to 30. */
export function judgesOf(entry: number | string): number | null {
  const judges = entry === '' ? NaN : Number(entry)
  return Number.isInteger(judges) && judges >= 1 && judges <= MOST_JUDGES ? judges : null
}

/** The stations that all judges judged, as a scenario takes them. */
export const judgedOf = (
  grid: JudgedGrid,
  stations: readonly Station[],
  judges: number,
): Extract<Scenario, { method: 'angoff' }>['judged'] =>
  stations.flatMap(({ id }) => {
    const cuts = cutsOf(grid, id, judges)
    return cuts === null ? [] : [{ stationId: id, cuts }]
  })

/** A table as a spreadsheet puts it on the clipboard; null for a single cell. */
export function pastedTable(text: string): string[][] | null {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')
  const table = lines.map((line) => line.split('\t').map((cell) => cell.trim()))
  return table.length > 1 || (table[0]?.length ?? 0) > 1 ? table : null
}
