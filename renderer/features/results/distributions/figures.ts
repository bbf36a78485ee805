const signed = (value: number, digits: number): string =>
  new Intl.NumberFormat([...navigator.languages], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  })
    .format(value)
    .replace('-', '−')

/** "+0.62": Pearson's r with two decimals and its sign. */
export const formatCorrelation = (value: number): string => signed(value, 2)

/** "−4.2": a difference of scores with one decimal and its sign. */
export const formatDifference = (value: number): string => signed(value, 1)
