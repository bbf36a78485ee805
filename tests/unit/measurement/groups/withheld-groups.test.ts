import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupSize } from '#shared/measurement/groups/group-size.ts'
import { withheldGroups } from '#shared/measurement/groups/withheld-groups.ts'

const minimums = fc.integer({ min: groupSize.least, max: 15 })
const sizes = fc
  .array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 7 })
  .map((counts) => new Map(counts.map((count, at) => [`group ${at}`, count])))
const reasonsOf = (counts: Record<string, number>, minimum = 10) =>
  Object.fromEntries(withheldGroups(new Map(Object.entries(counts)), minimum))

/**
 * Every other mean that a hidden group can have while all that is shown stays as it is: the means of the shown groups and
 * of the whole. Empty: the shown figures give the mean of that group away.
 */
function othersThatFit(hidden: string, counts: ReadonlyMap<string, number>, shown: ReadonlySet<string>): number[] {
  const own = counts.get(hidden) ?? 0
  const free = [...counts].filter(([name, count]) => name !== hidden && count > 0 && !shown.has(name))
  return free.map(([, count]) => 50 + count / own)
}

describe('of groups of any sizes', () => {
  test('no figure of one below the minimum can be worked out of the others and the whole', () => {
    fc.assert(
      fc.property(sizes, minimums, (counts, minimum) => {
        const withheld = withheldGroups(counts, minimum)
        const shown = new Set([...counts.keys()].filter((name) => !withheld.has(name)))
        const peopled = [...counts].filter(([, count]) => count > 0)
        // Where one group is everybody, the whole is its figure, and is not this table's to withhold.
        if (peopled.length < 2) return
        for (const [name, count] of peopled) {
          if (count >= minimum) continue
          expect(withheld.get(name)).toBe('group-too-small')
          expect(othersThatFit(name, counts, shown)).not.toEqual([])
        }
      }),
    )
  })

  test('what is withheld is nobody, everybody, or at least the minimum together', () => {
    fc.assert(
      fc.property(sizes, minimums, (counts, minimum) => {
        const withheld = withheldGroups(counts, minimum)
        const together = [...withheld.keys()].reduce((sum, name) => sum + (counts.get(name) ?? 0), 0)
        expect(together === 0 || withheld.size === counts.size || together >= minimum).toBe(true)
      }),
    )
  })

  test('no more is kept back than that takes: without the largest of them it would not do', () => {
    fc.assert(
      fc.property(sizes, minimums, (counts, minimum) => {
        const withheld = withheldGroups(counts, minimum)
        const kept = [...withheld].filter(([, reason]) => reason === 'group-kept-back').map(([name]) => name)
        if (kept.length === 0) return
        const largest = Math.max(...kept.map((name) => counts.get(name) ?? 0))
        const rest = [...withheld.keys()].map((name) => counts.get(name) ?? 0).filter((count) => count > 0)
        rest.splice(rest.indexOf(largest), 1)
        expect(rest.length < 2 || rest.reduce((sum, count) => sum + count, 0) < minimum).toBe(true)
      }),
    )
  })
})

test('one small group takes the next smallest with it, and leaves the others', () => {
  expect(reasonsOf({ day: 30, night: 12, evening: 3 })).toEqual({
    evening: 'group-too-small',
    night: 'group-kept-back',
  })
})

test('two small groups hide each other where they are enough together, and take a third where they are not', () => {
  expect(reasonsOf({ day: 30, night: 12, dawn: 6, dusk: 5 })).toEqual({
    dawn: 'group-too-small',
    dusk: 'group-too-small',
  })
  expect(reasonsOf({ day: 30, night: 12, dawn: 1, dusk: 1 })).toMatchObject({ night: 'group-kept-back' })
})

test('a group without a score gives nothing away and hides nobody', () => {
  expect(reasonsOf({ day: 30, night: 12, gone: 0 })).toEqual({ gone: 'group-too-small' })
  expect(reasonsOf({ day: 30, night: 9, gone: 0 })).toMatchObject({ day: 'group-kept-back' })
})
