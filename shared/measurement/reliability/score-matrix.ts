import { Matrix } from 'ml-matrix'

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
  const whole = rows.flatMap((row) => {
    const known = row.filter((value) => value !== null)
    return known.length === columns ? [known] : []
  })
  const complete = columns === 0 ? 0 : whole.length
  const counted = { complete, leftOut: rows.length - complete, columns }
  if (complete < 2) return { covariances: Matrix.zeros(0, 0), ...counted }

  const scores = new Matrix(whole)
  const centred = Matrix.zeros(complete, columns)
  for (let column = 0; column < columns; column++) {
    const values = scores.getColumn(column)
    // From the first value, so that a column without variance has exactly none, whatever its mean.
    const first = values[0] ?? 0
    const shift = values.reduce((sum, value) => sum + (value - first), 0) / complete
    values.forEach((value, row) => centred.set(row, column, value - first - shift))
  }
  const covariances = Matrix.zeros(columns, columns)
  for (let a = 0; a < columns; a++) {
    for (let b = a; b < columns; b++) {
      let sum = 0
      for (let row = 0; row < complete; row++) sum += centred.get(row, a) * centred.get(row, b)
      covariances.set(a, b, sum / (complete - 1))
      covariances.set(b, a, sum / (complete - 1))
    }
  }
  return { covariances, ...counted }
}
