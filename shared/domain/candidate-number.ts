/** Made for one language, so that the order is the same on every machine. */
const collator = new Intl.Collator('en', { numeric: true })

/**
 * The one order of candidates: 9 before 10, "A9" before "A10" before "B2". A rotation starts them in it, tables and
 * papers list them in it, and "next" means the next one in it. "01" and "1" are two numbers.
 */
export const byCandidateNumber = (a: string, b: string): number =>
  collator.compare(a, b) || Number(a > b) - Number(a < b)
