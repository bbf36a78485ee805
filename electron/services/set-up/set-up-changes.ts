import { canonicalJson } from '#shared/domain/canonical-json.ts'
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
import type { ExamId } from '#shared/domain/ids.ts'
import type { SetUpChange } from '#shared/domain/set-up-change.ts'
import type { PlannedSlot } from '#electron/store/repositories/slots.ts'
import type { Store } from '#electron/store/store.ts'

/** The set-up of an exam at one moment. */
export type ExamSetUp = {
  exam: Exam
  stations: Station[]
  candidates: Candidate[]
  people: Person[]
  /** Who is where in which round, in any order. */
  plan: PlannedSlot[]
}

/** A change as the ledger tells it, and the numbers on badges that it must not hold. */
export type ToldChange = { change: SetUpChange; badges: readonly string[] }

type Of<T extends SetUpChange['type']> = Extract<SetUpChange, { type: T }>
type Words<Fields, Change extends { what: string }> = Record<keyof Fields, Change['what']>

/** What the ledger calls each field; a field without a word does not compile. */
const ofCandidate: Words<CandidateFields, Of<'set-up.candidate'>> = {
  number: 'number',
  name: 'name',
  group: 'group',
  extraTimePercent: 'extra-time',
}
const ofPerson: Words<PersonFields, Of<'set-up.person'>> = { role: 'role', name: 'name', stationIds: 'stations' }
const ofStation: Words<StationFields & { number: number }, Of<'set-up.station'>> = {
  number: 'number',
  title: 'title',
  kind: 'kind',
  circuit: 'circuit',
  rubric: 'rubric',
  cues: 'cues',
  candidateTask: 'texts',
  examinerBrief: 'texts',
  script: 'texts',
  spBrief: 'texts',
  structuralBarriers: 'texts',
  heavy: 'heavy',
}
const ofExam: Words<Omit<ExamFields, 'passRule'>, Of<'set-up.exam'>> = {
  title: 'title',
  heldOn: 'day',
  site: 'site',
  paper: 'paper',
  timing: 'timing',
}

/** The set-up of an exam that is open for marks; null before and after: nobody works by it then. */
export function openSetUp(store: Store, examId: ExamId): ExamSetUp | null {
  const exam = store.exams.get(examId)
  return exam?.status === 'running' ? setUpOf(store, exam) : null
}

/** Everything of an exam's set-up as it stands now. */
export const setUpOf = (store: Store, exam: Exam): ExamSetUp => ({
  exam,
  stations: store.stations.ofExam(exam.id),
  candidates: store.candidates.ofExam(exam.id),
  people: store.people.ofExam(exam.id),
  plan: store.encounters.plan(exam.id),
})

/** Every change between two moments, one for each thing that is another now. */
export function changesBetween(before: ExamSetUp, after: ExamSetUp): ToldChange[] {
  return [
    ...examChanges(before.exam, after.exam).map(plain),
    ...stationChanges(before.stations, after.stations).map(plain),
    ...candidateChanges(before.candidates, after.candidates),
    ...personChanges(before.people, after.people).map(plain),
    ...rotationChanges(before, after).map(plain),
  ]
}

const plain = (change: SetUpChange): ToldChange => ({ change, badges: [] })
const none = { was: null, is: null }

function examChanges(before: Exam, after: Exam): SetUpChange[] {
  const { passMark, minStationsPassed } = before.passRule
  const rule = (what: 'pass-mark' | 'stations-to-pass', was: number, is: number): SetUpChange[] =>
    was === is ? [] : [{ type: 'set-up.exam', what, was, is }]
  return [
    ...differing(ofExam, before, after).map((what) => ({ type: 'set-up.exam' as const, what, ...none })),
    ...rule('pass-mark', passMark, after.passRule.passMark),
    ...rule('stations-to-pass', minStationsPassed, after.passRule.minStationsPassed),
  ]
}

function stationChanges(before: readonly Station[], after: readonly Station[]): SetUpChange[] {
  const type = 'set-up.station'
  return compared(before, after).flatMap(([was, is]): SetUpChange[] => {
    if (!was) return [{ type, stationId: is.id, what: 'added', was: null, is: is.number }]
    if (!is) return [{ type, stationId: was.id, what: 'removed', was: was.number, is: null }]
    return differing(ofStation, was, is).map((what) => {
      const numbers = what === 'number' ? { was: was.number, is: is.number } : none
      return { type, stationId: is.id, what, ...numbers }
    })
  })
}

function candidateChanges(before: readonly Candidate[], after: readonly Candidate[]): ToldChange[] {
  const type = 'set-up.candidate'
  return compared(before, after).flatMap(([was, is]): ToldChange[] => {
    if (!was) return [plain({ type, candidateId: is.id, what: 'added', ...none })]
    if (!is) return [{ change: { type, candidateId: was.id, what: 'removed', ...none }, badges: [was.number] }]
    return differing(ofCandidate, was, is).map((what) => {
      const percents = what === 'extra-time' ? { was: was.extraTimePercent, is: is.extraTimePercent } : none
      const change = { type, candidateId: is.id, what, ...percents } as const
      return { change, badges: what === 'number' ? [was.number, is.number] : [] }
    })
  })
}

function personChanges(before: readonly Person[], after: readonly Person[]): SetUpChange[] {
  const type = 'set-up.person'
  return compared(before, after).flatMap(([was, is]): SetUpChange[] => {
    if (!was) return [{ type, personId: is.id, what: 'added', role: is.role }]
    if (!is) return [{ type, personId: was.id, what: 'removed', role: was.role }]
    return differing(ofPerson, was, is).map((what) => ({ type, personId: is.id, what, role: is.role }))
  })
}

/** That a candidate who was taken out has no encounters any more goes without saying. */
function rotationChanges(before: ExamSetUp, after: ExamSetUp): SetUpChange[] {
  const there = new Set(after.candidates.map(({ id }) => id))
  const stood = before.plan.filter(({ candidateId }) => there.has(candidateId))
  const now = new Set(after.plan.map(({ place }) => place))
  if (stood.length === after.plan.length && stood.every(({ place }) => now.has(place))) return []
  return [{ type: 'set-up.exam', what: 'rotation', was: stood.length, is: after.plan.length }]
}

/** Each thing before and after: what is new has no before, what is gone no after. */
function compared<T extends { id: string }>(
  before: readonly T[],
  after: readonly T[],
): ([T, T] | [T, undefined] | [undefined, T])[] {
  const is = new Map(after.map((one) => [one.id, one]))
  const was = new Set(before.map(({ id }) => id))
  return [
    ...before.map((one): [T, T] | [T, undefined] => {
      const now = is.get(one.id)
      return now ? [one, now] : [one, undefined]
    }),
    ...after.filter(({ id }) => !was.has(id)).map((one): [undefined, T] => [undefined, one]),
  ]
}

/** The words of the fields that differ, each once. */
function differing<Words extends Record<string, string>>(
  words: Words,
  was: Record<keyof Words, unknown>,
  is: Record<keyof Words, unknown>,
): Words[keyof Words][] {
  const keys: (keyof Words)[] = Object.keys(words)
  return [...new Set(keys.filter((key) => textOf(was[key]) !== textOf(is[key])).map((key) => words[key]))]
}

const textOf = (value: unknown): string => canonicalJson({ value })
