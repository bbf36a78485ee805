import type { Reason } from '../terms.ts'

/**
 * The groups whose mean and spread are withheld, and why, by their candidates with a score. One that is below the minimum is
 * too small. Where it would be the only one, the mean of the whole less those of the others would give it away (complementary
 * suppression of statistical disclosure control): the next smallest are kept back too, until what is withheld is at least two
 * groups and `minimum` candidates together, or no group is left. Candidates of no group count for nobody's protection.
 */
export function withheldGroups(sizes: ReadonlyMap<string, number>, minimum: number): Map<string, Reason> {
  const bySize = [...sizes].toSorted(([a, n], [b, m]) => n - m || (a < b ? -1 : 1))
  const withheld = new Map<string, Reason>()
  let groups = 0
  let candidates = 0
  for (const [name, size] of bySize) {
    const small = size < minimum
    if (!small && (groups === 0 || (groups > 1 && candidates >= minimum))) break
    withheld.set(name, small ? 'group-too-small' : 'group-kept-back')
    // Of a group without a score there is nothing to work out.
    if (size > 0) groups++
    candidates += size
  }
  return withheld
}
