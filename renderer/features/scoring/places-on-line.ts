/**
 * Where marks stand on the line of the encounter, as fractions from 0 to 1. Marks that would cover each other step
 * aside by `gap`, later ones to the right, and nothing leaves the line.
 */
export function placesOnLine(times: readonly number[], lengthMs: number, gap: number): number[] {
  const places = times.map((atMs) => Math.min(1, Math.max(0, lengthMs > 0 ? atMs / lengthMs : 0)))
  const order = places.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b)
  let least = 0
  for (const i of order) {
    places[i] = Math.max(places[i] ?? 0, least)
    least = places[i] + gap
  }
  let most = 1
  for (const i of order.toReversed()) {
    places[i] = Math.max(0, Math.min(places[i] ?? 0, most))
    most = places[i] - gap
  }
  return places
}
