import type { Inline } from '../text/layout.ts'
import type { Block, Slice } from './block.ts'
import { spoken, type Element, type SetText, type Sheet, type TextLook } from './sheet.ts'
import { colors, type } from './theme.ts'

/** A column of a table. */
export interface TableColumn {
  readonly header: Inline
  /** Points, or none for a share of what the others leave. */
  readonly width?: number
  /** Part of the remaining width; 1 unless given. */
  readonly share?: number
  /** `right` for numbers, whose figures are all of one width. */
  readonly align?: 'left' | 'center' | 'right'
  /** The column names its row. */
  readonly namesRow?: boolean
}

/** A cell: text, or text with a look of its own. */
export type TableCell = Inline | { readonly text: Inline; readonly look: TextLook }

export interface TableOptions {
  /** Size of type in points; that of body text unless given. */
  readonly size?: number
  /** Distance from a cell's text to the lines above and below it; 3 points unless given. */
  readonly padding?: number
}

const side = 5

/** A table with a header row, which is shown again on each page that the table goes on to. Rows are never split. */
export function table(
  tableColumns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
  { size = type.body, padding = 3 }: TableOptions = {},
): Block {
  return (sheet, width) => {
    const widths = widthsOf(tableColumns, width)
    const setRow = (cells: readonly TableCell[], look: TextLook): Row => {
      const set = tableColumns.map(({ align = 'left' }, index) => {
        const cell = cells[index] ?? ''
        const own = isLooked(cell) ? cell : { text: cell, look: {} }
        const text = sheet.set(own.text, (widths[index] ?? 0) - 2 * side, { size, align, ...look, ...own.look })
        return { text: own.text, set: text }
      })
      return { cells: set, height: Math.max(...set.map((cell) => cell.set.height)) + 2 * padding }
    }
    const eachCell = (
      row: Row,
      x: number,
      y: number,
      draw: (cell: RowCell, index: number, left: number, top: number) => void,
    ): void => {
      let left = x + side
      row.cells.forEach((cell, index) => {
        draw(cell, index, left, y + padding)
        left += widths[index] ?? 0
      })
    }
    const underline = (row: Row, x: number, y: number, color: string): void => {
      const bottom = y + row.height
      sheet.artifact(() => sheet.canvas.line(x, bottom, x + width, bottom, { stroke: color }))
    }

    const header = setRow(
      tableColumns.map((column) => column.header),
      { size: type.small, style: 'bold', color: colors.soft },
    )
    let element: Element | undefined
    const headerSlice: Slice = {
      height: header.height,
      draw: (x, y) => {
        underline(header, x, y, colors.soft)
        if (!element) return
        const group = sheet.element('THead', element)
        const row = sheet.element('TR', group)
        eachCell(header, x, y, (cell, _index, left, top) => {
          drawCell(sheet, sheet.element('TH', row, { scope: 'Column', ...spoken(cell.text) }), cell, left, top)
        })
        group.end()
      },
    }
    let body: Element | undefined
    const rowSlices = rows.map((cells): Slice => {
      const row = setRow(cells, {})
      return {
        height: row.height,
        draw: (x, y) => {
          underline(row, x, y, colors.line)
          if (!element) return
          body ??= sheet.element('TBody', element)
          const rowElement = sheet.element('TR', body)
          eachCell(row, x, y, (cell, index, left, top) => {
            const names = tableColumns[index]?.namesRow === true
            const options = { ...(names ? { scope: 'Row' as const } : {}), ...spoken(cell.text) }
            drawCell(sheet, sheet.element(names ? 'TH' : 'TD', rowElement, options), cell, left, top)
          })
          rowElement.end()
        },
      }
    })
    const [first, ...rest] = withoutLoneStart(withoutLoneEnd(rowSlices))
    return {
      before: 2,
      after: 8,
      // The header never stands alone at the foot of a page.
      slices: first ? [joined(headerSlice, first), ...rest] : [headerSlice],
      repeated: {
        height: header.height,
        draw: (x, y) => {
          underline(header, x, y, colors.soft)
          sheet.artifact(() => eachCell(header, x, y, (cell, _index, left, top) => cell.set.draw(left, top)))
        },
      },
      open: (parent) => {
        element = sheet.element('Table', parent)
      },
      close: () => element?.end(),
    }
  }
}

interface RowCell {
  readonly text: Inline
  readonly set: SetText
}

interface Row {
  readonly cells: readonly RowCell[]
  readonly height: number
}

const isLooked = (cell: TableCell): cell is { readonly text: Inline; readonly look: TextLook } =>
  typeof cell === 'object' && 'look' in cell

function drawCell(sheet: Sheet, element: Element, { set }: RowCell, x: number, y: number): void {
  if (set.block.width > 0) sheet.content(element, () => set.draw(x, y))
  element.end()
}

/** Rows higher than this together may be parted: a page must not be left half empty for one. */
const KEPT_TOGETHER = 150

/** The last row alone on a page looks like an oversight: it takes the one before it along. */
function withoutLoneEnd(rows: readonly Slice[]): readonly Slice[] {
  const [above, last] = rows.slice(-2)
  if (!above || !last || above.height + last.height > KEPT_TOGETHER) return rows
  return [...rows.slice(0, -2), joined(above, last)]
}

/** So does the first below its header at the foot of one. */
function withoutLoneStart(rows: readonly Slice[]): readonly Slice[] {
  const [first, below, ...rest] = rows
  if (!first || !below || first.height + below.height > KEPT_TOGETHER) return rows
  return [joined(first, below), ...rest]
}

const joined = (above: Slice, below: Slice): Slice => ({
  height: above.height + below.height,
  draw: (x, y) => {
    above.draw(x, y)
    below.draw(x, y + above.height)
  },
})

function widthsOf(tableColumns: readonly TableColumn[], width: number): number[] {
  const fixed = tableColumns.reduce((sum, column) => sum + (column.width ?? 0), 0)
  const flexible = tableColumns.filter((column) => column.width === undefined)
  const shares = flexible.reduce((sum, column) => sum + (column.share ?? 1), 0)
  return tableColumns.map((column) => column.width ?? ((width - fixed) * (column.share ?? 1)) / shares)
}
