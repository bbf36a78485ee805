import type { ShallowRef } from 'vue'
import type { Output } from '#shared/contract/contract.ts'
import type { Result } from '#shared/contract/result.ts'
import type {
  Candidate,
  CandidateFields,
  Exam,
  ExamFields,
  Person,
  PersonFields,
  Station,
  StationFields,
} from '#shared/domain/exam.ts'
import type { RubricRef } from '#shared/domain/rubric.ts'
import type { Undo } from '../../ui/use-undo.ts'
import type { SetupCalls } from './setup-calls.ts'

/** A deed in the words of the locale: `setup.did.<key>`. */
export type Did = { key: string; params?: Record<string, string | number> }

type Parts = { calls: SetupCalls; data: ShallowRef<Output<'exam.get'> | null>; undo: Pick<Undo<Did>, 'did'> }

/** Every change to the exam that is open that can be taken back. */
export function createSetupDeeds({ calls, data, undo }: Parts) {
  const { put, add, take, move, now, renew } = calls

  /** Remembers a deed that was not refused. */
  function kept<T>(
    result: Result<T>,
    what: Did,
    takeBack: (done: T) => () => Promise<Result<unknown>>,
    thing?: string,
  ): Result<T> {
    if (result.ok) undo.did({ what, takeBack: takeBack(result.data), ...(thing === undefined ? {} : { thing }) })
    return result
  }

  async function restoreStation(before: Station, assigned: readonly Person[]): Promise<Result<unknown>> {
    const { id, examId, number, ...fields } = before
    const added = await add.station(fields, examId)
    if (!added.ok) return added
    renew(id, added.data.id)
    const moved = await move(added.data, number)
    if (!moved.ok) return moved
    for (const person of assigned) {
      const result = await put.person({ stationIds: person.stationIds.map(now) }, person)
      if (!result.ok) return result
    }
    return moved
  }

  return {
    exam: async (before: Exam, fields: Partial<ExamFields>) =>
      kept(
        await put.exam(fields, before),
        { key: 'exam' },
        () => () => put.exam(picked(before, fields), before),
        `exam ${Object.keys(fields).join()}`,
      ),

    station: async (before: Station, fields: Partial<StationFields>) =>
      kept(
        await put.station(fields, before),
        { key: 'station', params: { number: before.number } },
        () => () => put.station(picked(before, fields), before),
        `station ${before.id} ${Object.keys(fields).join()}`,
      ),
    addStation: async (exam: Exam, fields: Partial<StationFields>) =>
      kept(await add.station(fields, exam.id), { key: 'stationAdded' }, (station) => () => take.station(station)),
    /** A copy right behind the station it was made from. */
    async duplicateStation(exam: Exam, station: Station, title: string): Promise<Result<Station>> {
      const { id: _id, examId: _examId, number, ...fields } = station
      const added = await add.station({ ...fields, title }, exam.id)
      if (!added.ok) return added
      const moved = await move(added.data, number + 1)
      if (!moved.ok) return moved
      return kept(added, { key: 'stationAdded' }, (copy) => () => take.station(copy))
    },
    moveStation: async (before: Station, toNumber: number) =>
      kept(
        await move(before, toNumber),
        { key: 'stationMoved', params: { number: before.number } },
        () => () => move(before, before.number),
      ),
    async removeStation(before: Station) {
      const assigned = (data.value?.people ?? []).filter(({ stationIds }) => stationIds.includes(before.id))
      return kept(
        await take.station(before),
        { key: 'stationRemoved', params: { title: before.title } },
        () => () => restoreStation(before, assigned),
      )
    },
    /** Rates all of these stations by one rubric. Stops at the first that is refused. */
    async useRubric(stations: readonly Station[], rubric: RubricRef): Promise<Result<unknown>> {
      for (const station of stations) {
        const result = await put.station({ rubric }, station)
        if (!result.ok) return result
      }
      undo.did({
        what: { key: 'rubricUsed' },
        takeBack: async () => {
          const results = await Promise.all(stations.map((station) => put.station({ rubric: station.rubric }, station)))
          return results.find((result) => !result.ok) ?? { ok: true, data: {} }
        },
      })
      return { ok: true, data: {} }
    },

    candidate: async (before: Candidate, fields: Partial<CandidateFields>) =>
      kept(
        await put.candidate(fields, before),
        { key: 'candidate', params: { number: before.number } },
        () => () => put.candidate(picked(before, fields), before),
      ),
    addCandidate: async (exam: Exam, fields: CandidateFields) =>
      kept(
        await add.candidate(fields, exam.id),
        { key: 'candidateAdded', params: { number: fields.number } },
        (candidate) => () => take.candidate(candidate),
      ),
    removeCandidate: async (before: Candidate) =>
      kept(
        await take.candidate(before),
        { key: 'candidateRemoved', params: { number: before.number } },
        () => async () => {
          const { id, examId, ...fields } = before
          const added = await add.candidate(fields, examId)
          if (added.ok) renew(id, added.data.id)
          return added
        },
      ),

    person: async (before: Person, fields: Partial<PersonFields>) =>
      kept(
        await put.person(fields, before),
        { key: 'person', params: { name: before.name } },
        () => () => put.person(picked(before, fields), before),
      ),
    addPerson: async (exam: Exam, fields: PersonFields) =>
      kept(
        await add.person(fields, exam.id),
        { key: 'personAdded', params: { name: fields.name } },
        (person) => () => take.person(person),
      ),
    removePerson: async (before: Person) =>
      kept(await take.person(before), { key: 'personRemoved', params: { name: before.name } }, () => async () => {
        const { id, examId, ...fields } = before
        const added = await add.person({ ...fields, stationIds: fields.stationIds.map(now) }, examId)
        if (added.ok) renew(id, added.data.id)
        return added
      }),
  }
}

/** What `before` holds in the fields that `fields` changes. */
function picked<T extends object>(before: T, fields: object): Partial<T> {
  return Object.fromEntries(Object.entries(before).filter(([field]) => field in fields)) as Partial<T>
}
