import type { RosterEntry } from '#shared/contract/parts/exams.ts'
import { byName, folded } from '../../ui/format.ts'

/**
 * The people whose name holds the text, accents and capitals aside; whoever is next first, then by name.
 */
export function findPeople(roster: readonly RosterEntry[], text: string): RosterEntry[] {
  const wanted = folded(text.trim())
  const when = ({ next }: RosterEntry) => next?.startsAtSecond ?? Infinity
  return roster
    .filter(({ person }) => folded(person.name).includes(wanted))
    .sort((a, b) => (when(a) === when(b) ? byName(a.person.name, b.person.name) : when(a) - when(b)))
}
