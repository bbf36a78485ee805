/** Decimals beyond which no score goes: see `settled`. */
const MOST = 9

const written = (locale: Intl.LocalesArgument, value: number, digits: number): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

/**
 * A score that is read beside a mark it is compared with: with one decimal (or the `fewest` given), or as many as tell on
 * which side of the mark it lies. 59.96 is not "60.0" beside 60.
 */
export function scoreBeside(locale: Intl.LocalesArgument, value: number, mark: number, fewest = 1): string {
  let digits = fewest
  while (digits < MOST && Number(written('en', value, digits)) < mark !== value < mark) digits += 1
  return written(locale, value, digits)
}

/** Decimals that nobody declares a mark with: one that has more was computed. */
const DECLARED = 4

/**
 * A pass mark: as it was declared, never rounded to another; one that was computed with two decimals. What is compared with
 * it is written by `scoreBeside`, which tells the side.
 */
export function markAsDeclared(locale: Intl.LocalesArgument, mark: number): string {
  const isDeclared = Number(mark.toFixed(DECLARED)) === mark
  return new Intl.NumberFormat(locale, { maximumFractionDigits: isDeclared ? DECLARED : 2 }).format(mark)
}
