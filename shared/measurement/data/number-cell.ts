const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

/** What a cell of a table holds: a number, nothing, or text that is neither. A comma is never taken for a point. */
export type NumberCell = { kind: 'number'; value: number } | { kind: 'empty' } | { kind: 'comma' } | { kind: 'text' }

/** Reads a cell. "12,5" is told apart from other text, because it can be 12.5 or 125. */
export function numberCell(cell: string): NumberCell {
  const text = cell.normalize('NFKC').trim().replace('−', '-')
  if (text === '') return { kind: 'empty' }
  if (number.test(text)) {
    const value = Number(text)
    return Number.isFinite(value) ? { kind: 'number', value } : { kind: 'text' }
  }
  return { kind: /^[+-]?\d+,\d+$/.test(text) ? 'comma' : 'text' }
}
