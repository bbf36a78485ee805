import type { RosterEntry } from '#shared/contract/parts/exams.ts'
import { byName } from '../../ui/format.ts'

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/**
 * The people whose name holds the text, accents and capitals aside; whoever is next first, then by name.
 */
export function findPeople(roster: readonly RosterEntry[], text: string): RosterEntry[] {
  const wanted = plain(text.trim())
  const when = ({ next }: RosterEntry) => next?.startsAtSecond ?? Infinity
  return roster
    .filter(({ person }) => plain(person.name).includes(wanted))
    .sort((a, b) => (when(a) === when(b) ? byName(a.person.name, b.person.name) : when(a) - when(b)))
}
