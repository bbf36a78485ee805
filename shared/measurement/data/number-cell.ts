const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

/** What a cell of a table holds: a number, nothing, or text that is neither. A comma is never taken for a point. */
export type NumberCell =
  | { kind: 'number'; value: number }
  | { kind: 'empty' }
  | { kind: 'comma' }
  | { kind: 'thousands' }
  | { kind: 'too-far' }
  | { kind: 'text' }

/** Sizes between which every figure can be computed: the squares of others would overflow or vanish. */
const SMALLEST = 1e-12
const LARGEST = 1e12

/** Reads a cell. "12,5" and "1,234" are told apart from other text, because a comma may part decimals or thousands. */
export function numberCell(cell: string): NumberCell {
  const text = cell.normalize('NFKC').trim().replace('−', '-')
  if (text === '') return { kind: 'empty' }
  if (number.test(text)) {
    const value = Number(text)
    const size = Math.abs(value)
    return size <= LARGEST && (size >= SMALLEST || value === 0) ? { kind: 'number', value } : { kind: 'too-far' }
  }
  if (/^[+-]?[1-9]\d{0,2}(?:,\d{3})+$/.test(text)) return { kind: 'thousands' }
  return { kind: /^[+-]?\d+,\d+$/.test(text) ? 'comma' : 'text' }
}
