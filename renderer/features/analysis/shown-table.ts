import type { ChartTable } from '#shared/charts/chart.ts'

/** What the columns of an interval are called in what is copied. */
export type IntervalEnds = { low: string; high: string }

const plain = ({ textContent }: Element): string => textContent.replaceAll(/\s+/g, ' ').trim()
/** A spreadsheet takes a hyphen for a minus, and an empty cell for what is missing. */
const forSheet = (text: string): string => (text === '–' ? '' : text.replace(/^−(?=\d)/, '-'))

/** A cell as it is copied: the value of a figure without its interval, or what stands in the place of a name. */
function cellText(cell: HTMLElement): string {
  const figure = cell.querySelector<HTMLElement>('[data-value]')
  return forSheet(cell.dataset['copied'] ?? figure?.dataset['value'] ?? plain(cell))
}

function intervalOf(cell: HTMLElement): [string, string] {
  const { low = '', high = '' } = cell.querySelector<HTMLElement>('[data-low]')?.dataset ?? {}
  return [forSheet(low), forSheet(high)]
}

/**
 * A table of the screen as it is copied: figures as they are written, the ends of an interval in two columns after it. What
 * a cell says in `data-copied` stands in its place, so that codes leave and not names.
 */
export function shownTable(table: HTMLTableElement, ends: IntervalEnds): ChartTable {
  const heads = [...table.querySelectorAll('thead th')]
  // A cell over several columns is the last of its row: nothing stands under those after it.
  const rows = [...table.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll<HTMLElement>('th, td')])
  const withInterval = heads.map((_, at) => rows.some((row) => (row[at]?.querySelector('[data-low]') ?? null) !== null))
  return {
    caption: table.caption ? plain(table.caption) : '',
    columns: heads.flatMap((head, at) =>
      [plain(head), ...(withInterval[at] ? [ends.low, ends.high] : [])].map((label) => ({ label })),
    ),
    rows: rows.map((row) =>
      heads.flatMap((_, at) => {
        const cell = row[at]
        const ends = withInterval[at] ? (cell ? intervalOf(cell) : ['', '']) : []
        return [cell ? cellText(cell) : '', ...ends]
      }),
    ),
  }
}
