/** Σ wᵢxᵢ / Σ wᵢ; null for nothing. Weights are positive. */
export function weightedMean(entries: readonly { value: number; weight: number }[]): number | null {
  const total = entries.reduce((sum, entry) => sum + entry.weight, 0)
  if (total <= 0) return null
  return entries.reduce((sum, entry) => sum + entry.value * (entry.weight / total), 0)
}

/**
 * A score to a billionth of a point: without the error of binary fractions, which could fail somebody who is exactly on
 * the pass mark, or make 100 a little more than 100.
 */
export const settled = (value: number): number => Math.round(value * 1e9) / 1e9
