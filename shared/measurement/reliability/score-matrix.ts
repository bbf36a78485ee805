import { Matrix } from 'ml-matrix'
import { vary } from '../descriptive.ts'

/**
 * The candidates that have a score at every station, and how the stations vary together among them: what α, ω and the SEM rest
 * on. Deleting listwise keeps one set of candidates for all of them.
 */
export type StationCovariances = {
  /** Sample covariances (n − 1) of the columns. Empty below two complete rows. */
  covariances: Matrix
  /** How many rows are complete, and how many were left out because something is missing. */
  complete: number
  leftOut: number
  /** How many columns there are. */
  columns: number
}

/** `rows` are candidates, columns stations (or items); null is missing. Rows of another length are padded with missing. */
export function stationCovariances(rows: readonly (readonly (number | null)[])[]): StationCovariances {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0)
  const whole = rows.filter((row) => columns > 0 && row.length === columns && !row.includes(null))
  const complete = whole.length
  const counted = { complete, leftOut: rows.length - complete, columns }
  if (complete < 2) return { covariances: Matrix.zeros(0, 0), ...counted }

  const centred = Array.from({ length: columns }, (_, column) => centredColumn(whole, column))
  const covariances = Matrix.zeros(columns, columns)
  centred.forEach((a, row) => {
    centred.slice(row).forEach((b, after) => {
      const covariance = products(a, b) / (complete - 1)
      covariances.set(row, row + after, covariance)
      covariances.set(row + after, row, covariance)
    })
  })
  return { covariances, ...counted }
}

/** The distances from the mean: by way of the first value, so that a column without variance has exactly none. */
function centredColumn(rows: readonly (readonly (number | null)[])[], column: number): Float64Array {
  const first = rows[0]?.[column] ?? 0
  const values = Float64Array.from(rows, (row) => (row[column] ?? 0) - first)
  if (!vary(rows.map((row) => row[column] ?? 0))) return values.fill(0)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

function products(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let row = 0; row < a.length; row++) sum += (a[row] ?? 0) * (b[row] ?? 0)
  return sum
}
