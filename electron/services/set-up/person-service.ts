import { AttuneError } from '#shared/contract/result.ts'
import { cleanLine } from '#shared/domain/clean-line.ts'
import { personSchema, type Person } from '#shared/domain/exam.ts'
import { personIdSchema, type PersonId } from '#shared/domain/ids.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import type { Store } from '#electron/store/store.ts'
import { changeExam, checked, merged, openExam, refuseErased, refuseOut, type SetUpParts } from './set-up.ts'

export const MAX_PEOPLE = 400

/** Examiners and standardized patients. They may be swapped until the exam is closed; whoever rated stays in the list. */
export function createPersonHandlers(parts: SetUpParts): HandlersOf<'person'> {
  const { store, ids } = parts
  return {
    'person.add': ({ examId, fields }, { session }) =>
      changeExam(parts, { examId, session }, () => {
        openExam(store, examId)
        if (store.people.ofExam(examId).length >= MAX_PEOPLE) {
          throw new AttuneError('too-many-people', { max: MAX_PEOPLE })
        }
        return put(store, { ...fields, id: personIdSchema.parse(ids()), examId })
      }),
    'person.update': ({ personId, fields }, { session }) => {
      const before = personOf(store, personId)
      return changeExam(parts, { examId: before.examId, session }, () => {
        openExam(store, before.examId)
        const person = merged(before, fields)
        if (person.name !== before.name) refuseErased(store, personId)
        if (person.role !== before.role) refuseRated(store, before)
        return put(store, person)
      })
    },
    'person.remove': ({ personId }, { session }) => {
      const person = personOf(store, personId)
      return changeExam(parts, { examId: person.examId, session }, () => {
        openExam(store, person.examId)
        refuseRated(store, person)
        // What a station recorded in this name may be on its way.
        refuseOut(store, person.examId)
        store.people.remove(personId)
        return {}
      })
    },
  }
}

/** Throws 'bad-input', or 'not-found' for a station of another exam. */
function put(store: Store, raw: Person): Person {
  const person = checked(personSchema, { ...raw, name: cleanLine(raw.name), stationIds: [...new Set(raw.stationIds)] })
  const stations = new Set(store.stations.ofExam(person.examId).map(({ id }) => id))
  if (person.stationIds.some((id) => !stations.has(id))) throw new AttuneError('not-found', { kind: 'station' })
  store.people.put(person)
  return person
}

/** The ledger names who gave a mark: without this person nobody could say who that was. */
function refuseRated(store: Store, { id, name }: Person): void {
  if (store.people.hasRated(id)) throw new AttuneError('person-has-marks', { name })
}

function personOf(store: Store, id: PersonId): Person {
  const person = store.people.get(id)
  if (!person) throw new AttuneError('not-found', { kind: 'person' })
  return person
}
