export type Place = { row: number; column: number }

/** Rows that a page key goes. */
const PAGE = 10

const steps: Readonly<Record<string, (at: Place, last: Place) => Place>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  PageUp: ({ row, column }) => ({ row: row - PAGE, column }),
  PageDown: ({ row, column }) => ({ row: row + PAGE, column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, last) => ({ row, column: last.column }),
  'Mod+Home': () => ({ row: 0, column: 0 }),
  'Mod+End': (_, last) => last,
}

/** Where a key leads in a grid of so many rows and columns, never beyond its edges. */
export function moveIn(at: Place, key: string, size: { rows: number; columns: number }): Place {
  const last = { row: Math.max(0, size.rows - 1), column: Math.max(0, size.columns - 1) }
  const to = steps[key]?.(at, last) ?? at
  return {
    row: Math.min(last.row, Math.max(0, to.row)),
    column: Math.min(last.column, Math.max(0, to.column)),
  }
}
