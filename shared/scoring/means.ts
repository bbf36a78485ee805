/** Σ wᵢxᵢ / Σ wᵢ; null for nothing. Weights are positive. */
export function weightedMean(entries: readonly { value: number; weight: number }[]): number | null {
  const total = entries.reduce((sum, entry) => sum + entry.weight, 0)
  if (total <= 0) return null
  return entries.reduce((sum, entry) => sum + entry.value * (entry.weight / total), 0)
}
