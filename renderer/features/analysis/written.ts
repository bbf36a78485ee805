import type { Method } from '#shared/measurement/terms.ts'
import { formatFixed } from '../../ui/format.ts'

/** With a minus sign, and none before what is written as 0. */
export function written(value: number, digits: number): string {
  const size = formatFixed(Math.abs(value), digits)
  return value < 0 && size !== formatFixed(0, digits) ? `−${size}` : size
}

/** "+3.2", "−1.0", "0.0". */
export function writtenSigned(value: number, digits: number): string {
  const text = written(value, digits)
  return value > 0 && text !== formatFixed(0, digits) ? `+${text}` : text
}

export const isProbability = (method: Method): boolean => method === 'examiner-p' || method === 'one-way-p'

/** A probability is never 0. */
export const writtenP = (p: number): string => (p < 0.001 ? `< ${formatFixed(0.001, 3)}` : formatFixed(p, 3))
