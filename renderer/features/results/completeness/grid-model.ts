import type { Candidate, Station } from '#shared/domain/exam.ts'
import type { Cell, CohortResult } from '#shared/domain/results.ts'
import { scoredStations } from '#shared/scoring/exam-data.ts'

/**
 * What a cell of the grid says: "conflict": laptops contradict each other, "partial": an earlier file of a laptop has not
 * come, "gaps" is submitted with marks missing, "whole" submitted with all of them.
 */
export type CellState = 'scheduled' | 'open' | 'whole' | 'gaps' | 'absent' | 'conflict' | 'partial'

export type GridCell = {
  cell: Cell
  state: CellState
  /** Marks that are open or missing; where laptops contradict each other, about how many. */
  open: number
  /** The SP's form was submitted. */
  sp: boolean
}

export type GridRow = {
  candidate: Candidate
  /** In the order of the stations; null where no encounter is planned. */
  cells: (GridCell | null)[]
  /** Nothing is missing at any station. */
  whole: boolean
  /** Changes when anything does that the row shows or leads to. */
  signature: string
}

export type Grid = { columns: { station: Station; done: number; planned: number }[]; rows: GridRow[] }

export function cellState({
  status,
  openItems,
  conflicts,
  score,
}: Pick<Cell, 'status' | 'openItems' | 'conflicts' | 'score'>): CellState {
  if (conflicts > 0) return 'conflict'
  if (score.reason === 'partial') return 'partial'
  if (status !== 'submitted') return status
  return openItems > 0 ? 'gaps' : 'whole'
}

/** A form that was submitted with too few answers is there all the same. */
export const hasSpForm = ({ sp }: Pick<Cell, 'sp'>): boolean => sp.reason !== 'not-submitted'

const finished = (entry: GridCell | null) => entry?.cell.status === 'submitted' || entry?.cell.status === 'absent'
const isWhole = (entry: GridCell | null) => entry?.state === 'whole' && entry.sp

/** Scored stations across, candidates down, both in the order of their numbers. */
export function completenessGrid({ stations, candidates, cells }: CohortResult): Grid {
  const byPlace = new Map(cells.map((cell) => [`${cell.candidateId}/${cell.stationId}`, cell]))
  const columns = scoredStations({ stations }).toSorted((a, b) => a.number - b.number)
  const rows = candidates.map(({ candidate }): GridRow => {
    const own = columns.map((station): GridCell | null => {
      const cell = byPlace.get(`${candidate.id}/${station.id}`)
      return cell
        ? {
            cell,
            state: cellState(cell),
            open: cell.conflicts > 0 ? cell.conflicts : cell.openItems,
            sp: hasSpForm(cell),
          }
        : null
    })
    return {
      candidate,
      cells: own,
      whole: own.every(isWhole),
      signature: [candidate.number, candidate.name, ...own.map(signatureOf)].join('|'),
    }
  })
  return {
    rows,
    columns: columns.map((station, place) => {
      const column = rows.flatMap(({ cells: own }) => own[place] ?? [])
      return { station, done: column.filter(finished).length, planned: column.length }
    }),
  }
}

const signatureOf = (entry: GridCell | null): string =>
  entry === null ? '' : [entry.cell.encounterId, entry.state, entry.open, entry.sp].join()
