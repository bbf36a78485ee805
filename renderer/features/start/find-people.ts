import type { RosterEntry } from '#shared/contract/parts/exams.ts'
import { byName, folded } from '../../ui/format.ts'

/** The people whose name holds the text, accents and capitals aside; by their first station, then by name. */
export function findPeople(roster: readonly RosterEntry[], text: string): RosterEntry[] {
  const wanted = folded(text.trim())
  const first = ({ stations }: RosterEntry) => stations[0] ?? Infinity
  return roster
    .filter(({ person }) => folded(person.name).includes(wanted))
    .sort((a, b) => (first(a) === first(b) ? byName(a.person.name, b.person.name) : first(a) - first(b)))
}
