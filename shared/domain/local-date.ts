/** The day an instant falls on here, "YYYY-MM-DD". */
export const localDate = (instant: Date): string =>
  [instant.getFullYear(), instant.getMonth() + 1, instant.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
