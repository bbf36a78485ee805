import { shallowRef, type ShallowRef } from 'vue'
import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { Result } from '#shared/contract/result.ts'
import { byCandidateNumber } from '#shared/domain/candidate-number.ts'
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
import { call } from '../../api.ts'

type Data = Output<'exam.get'>

/** The host's calls that change the exam that is open; each shows at once what the host answered. */
export function createSetupCalls(data: ShallowRef<Data | null>) {
  const underWay = shallowRef(0)
  let count = 0
  const waiting: (() => void)[] = []
  /** What was removed and brought back has a new id; what was done to it before can still be taken back. */
  const renewed = new Map<string, string>()
  const now = <I extends string>(id: I): I => {
    const next = renewed.get(id)
    return next === undefined ? id : now(next as I)
  }

  async function write<C extends ChannelName>(
    channel: C,
    input: Input<C>,
    apply: (data: Data, answer: Output<C>) => Partial<Data>,
  ): Promise<Result<Output<C>>> {
    underWay.value += 1
    count += 1
    const result = await call(channel, input)
    underWay.value -= 1
    count += 1
    if (result.ok && data.value !== null) data.value = { ...data.value, ...apply(data.value, result.data) }
    if (underWay.value === 0) for (const go of waiting.splice(0)) go()
    return result
  }

  const put = {
    exam: (fields: Partial<ExamFields>, { id }: Exam) =>
      write('exam.update', { examId: id, fields }, (_, exam) => ({ exam })),
    station: (fields: Partial<StationFields>, { id }: Station) =>
      write('station.update', { stationId: now(id), fields }, ({ stations }, station) => ({
        stations: replaced(stations, station),
      })),
    candidate: (fields: Partial<CandidateFields>, { id }: Candidate) =>
      write('candidate.update', { candidateId: now(id), fields }, ({ candidates }, candidate) => ({
        candidates: replaced(candidates, candidate).toSorted(byNumber),
      })),
    person: (fields: Partial<PersonFields>, { id }: Person) =>
      write('person.update', { personId: now(id), fields }, ({ people }, person) => ({
        people: replaced(people, person),
      })),
  }
  const add = {
    station: (fields: Partial<StationFields>, examId: Exam['id']) =>
      write('station.add', { examId, fields }, ({ stations }, station) => ({ stations: [...stations, station] })),
    candidate: (fields: CandidateFields, examId: Exam['id']) =>
      write('candidate.add', { examId, fields }, ({ candidates }, candidate) => ({
        candidates: [...candidates, candidate].toSorted(byNumber),
      })),
    person: (fields: PersonFields, examId: Exam['id']) =>
      write('person.add', { examId, fields }, ({ people }, person) => ({ people: [...people, person] })),
  }
  const take = {
    station: ({ id }: Station) =>
      write('station.remove', { stationId: now(id) }, ({ stations, people }) => ({
        stations: without(stations, now(id)).map((station, i) => ({ ...station, number: i + 1 })),
        people: people.map((person) => ({
          ...person,
          stationIds: person.stationIds.filter((stationId) => stationId !== now(id)),
        })),
      })),
    candidate: ({ id }: Candidate) =>
      write('candidate.remove', { candidateId: now(id) }, ({ candidates }) => ({
        candidates: without(candidates, now(id)),
      })),
    person: ({ id }: Person) =>
      write('person.remove', { personId: now(id) }, ({ people }) => ({ people: without(people, now(id)) })),
  }
  const move = ({ id }: Station, toNumber: number) =>
    write('station.move', { stationId: now(id), toNumber }, (_, stations) => ({ stations }))

  return {
    underWay,
    /** Grows with every write that begins or ends. */
    count: () => count,
    /** Comes when no write is under way. */
    settled: () => new Promise<void>((go) => (underWay.value === 0 ? go() : waiting.push(go))),
    now,
    /** Something was removed and brought back: its id is another one now. */
    renew: (before: string, after: string): void => {
      renewed.set(before, after)
    },
    put,
    add,
    take,
    move,
    setStatus: (exam: Exam, status: Exam['status']) =>
      write('exam.setStatus', { examId: exam.id, status }, (_, changed) => ({ exam: changed })),
    removeExam: (exam: Exam) => write('exam.remove', { examId: exam.id }, () => ({})),
  }
}

export type SetupCalls = ReturnType<typeof createSetupCalls>

const replaced = <T extends { id: string }>(list: readonly T[], one: T): T[] =>
  list.map((entry) => (entry.id === one.id ? one : entry))

const without = <T extends { id: string }>(list: readonly T[], id: string): T[] =>
  list.filter((entry) => entry.id !== id)

const byNumber = (a: Candidate, b: Candidate): number => byCandidateNumber(a.number, b.number)
