/** Decimals beyond which no score goes: see `settled`. */
const MOST = 9

const written = (locale: Intl.LocalesArgument, value: number, digits: number): string =>
  new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

/**
 * A score that is read beside a mark it is compared with: with one decimal, or as many as tell on which side of the mark
 * it lies. 59.96 is not "60.0" beside 60.
 */
export function scoreBeside(locale: Intl.LocalesArgument, value: number, mark: number): string {
  let digits = 1
  while (digits < MOST && Number(written('en', value, digits)) < mark !== value < mark) digits += 1
  return written(locale, value, digits)
}

/** A pass mark as it was declared, never rounded to another. */
export const markAsDeclared = (locale: Intl.LocalesArgument, mark: number): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(mark)
