/**
 * Holm's correction (1979): p values as they stand once all of a family were looked at, so that the chance of even one
 * false alarm stays below the level. In the order given; null, a test that could not be made, stays null and does not count.
 */
export function holm(ps: readonly (number | null)[]): (number | null)[] {
  const tests = ps.flatMap((p, i) => (p === null ? [] : [{ p, i }])).sort((a, b) => a.p - b.p)
  const adjusted = ps.map((): number | null => null)
  let highest = 0
  tests.forEach(({ p, i }, rank) => {
    highest = Math.max(highest, Math.min(1, (tests.length - rank) * p))
    adjusted[i] = highest
  })
  return adjusted
}
