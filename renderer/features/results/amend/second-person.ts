import type { DirectorEntry } from '#shared/contract/parts/accounts.ts'
import type { RosterEntry } from '#shared/contract/parts/exams.ts'
import type { Role } from '#shared/domain/exam.ts'
import type { PersonId } from '#shared/domain/ids.ts'
import { SAMPLE_PIN } from '#shared/domain/pin.ts'
import { byName } from '../../../ui/format.ts'

export type SecondPerson = { id: PersonId; name: string; role: Role; samplePin: string | null }

/** Who may sign: the directors, but for `besidesId`, then the exam's examiners. */
export function secondPersons(
  directors: readonly DirectorEntry[],
  roster: readonly RosterEntry[],
  besidesId: PersonId | null,
): SecondPerson[] {
  const named = (a: SecondPerson, b: SecondPerson) => byName(a.name, b.name)
  return [
    ...directors
      .filter(({ id }) => id !== besidesId)
      .map(({ id, name, samplePin }): SecondPerson => ({ id, name, role: 'director', samplePin }))
      .toSorted(named),
    ...roster
      .filter(({ person, pin }) => person.role === 'examiner' && pin !== 'none')
      .map(({ person, pin }): SecondPerson => ({ ...person, samplePin: pin === 'sample' ? SAMPLE_PIN : null }))
      .toSorted(named),
  ]
}
