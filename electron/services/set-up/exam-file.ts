import { z } from 'zod'
import { AttuneError } from '#shared/contract/result.ts'
import { cleanLine } from '#shared/domain/clean-line.ts'
import { examFileSchema, type ExamFile } from '#shared/domain/exam-file.ts'
import type { Exam, Station } from '#shared/domain/exam.ts'
import { candidateIdSchema, examIdSchema, personIdSchema, stationIdSchema } from '#shared/domain/ids.ts'
import { rubricKey, type Rubric } from '#shared/domain/rubric.ts'
import { NEWEST_SET_UP_FORMAT, setUpFormatOf } from '#shared/domain/set-up-format.ts'
import { wholeData } from '#electron/base/plain-data.ts'
import { pseudonym } from '#electron/base/pseudonym.ts'
import { decodeText } from '#electron/files/text-file.ts'
import type { Store } from '#electron/store/store.ts'
import { rubricChecksum } from './rubric-file.ts'
import { addRubric } from './rubric-service.ts'
import { mustKnowRubric, type SetUpParts } from './set-up.ts'
import { tidy } from './station-service.ts'

/**
 * Reads an exam file. Throws 'file-not-an-exam' for any other, 'exam-file-newer', 'exam-file-invalid' with the field and
 * the problem, or 'duplicate-candidate-number'.
 */
export function readExamFile(bytes: Uint8Array): ExamFile {
  const value = parsed(bytes)
  mustBeExamFile(value)
  const file = cleaned(checkedFile(value))
  const numbers = new Set<string>()
  for (const { number } of file.candidates) {
    if (numbers.has(number)) throw new AttuneError('duplicate-candidate-number', { number })
    numbers.add(number)
  }
  file.rubrics.forEach((rubric, i) => {
    if (file.rubrics.findIndex((other) => rubricKey(other) === rubricKey(rubric)) !== i)
      refuse(`rubrics.${i}`, `"${rubric.title}" has the id and version of another rubric of the file`)
    if (rubricChecksum(rubric) !== rubric.checksum)
      refuse(`rubrics.${i}.checksum`, `"${rubric.title}" was changed after it was exported`)
  })
  file.people.forEach(({ stations }, i) => {
    const unknown = stations.find((number) => number > file.stations.length)
    if (unknown !== undefined) refuse(`people.${i}.stations`, `station ${unknown} is not in the file`)
  })
  return file
}

/**
 * Adds the exam as a draft, with those of its rubrics that are not here, inside the caller's transaction. Throws
 * 'unknown-rubric'.
 */
export function addExam({ store, ids }: Pick<SetUpParts, 'store' | 'ids'>, file: ExamFile): Exam {
  const examId = examIdSchema.parse(ids())
  const exam: Exam = { ...file.exam, id: examId, status: 'draft', sample: file.sample }
  store.exams.put(exam)
  const brought = new Map(file.rubrics.map((rubric) => [rubricKey(rubric), addRubric(store, ids, rubric)]))
  const stationIds = file.stations.map((fields, i) => {
    const rubric = fields.rubric && (brought.get(rubricKey(fields.rubric)) ?? fields.rubric)
    const station = tidy({ ...fields, rubric, id: stationIdSchema.parse(ids()), examId, number: i + 1 })
    mustKnowRubric(store, station.rubric)
    store.stations.put(station)
    return station.id
  })
  for (const fields of file.candidates) {
    store.candidates.put({ ...fields, id: candidateIdSchema.parse(ids()), examId })
  }
  for (const { stations, ...fields } of file.people) {
    const assigned = stations.flatMap((number) => stationIds[number - 1] ?? [])
    const id = personIdSchema.parse(ids())
    store.people.put({ ...fields, stationIds: assigned, id, examId })
    if (file.sample) store.accounts.setSamplePin(id)
  }
  return exam
}

/** The set-up of an exam, without its rotation and its marks. */
export function toExamFile(store: Store, { id, status: _status, sample, ...exam }: Exam): ExamFile {
  const stations = store.stations.ofExam(id)
  const numberOf = new Map(stations.map((station) => [station.id, station.number]))
  return {
    format: 'attune-exam',
    formatVersion: setUpFormatOf(stations),
    sample,
    exam,
    stations: stations.map(({ id: _id, examId: _examId, number: _number, ...fields }) => fields),
    rubrics: rubricsOf(store, stations),
    candidates: store.candidates.ofExam(id).map(({ id: _id, examId: _examId, ...fields }) => fields),
    people: store.people.ofExam(id).map(({ role, name, stationIds }) => ({
      role,
      name,
      stations: stationIds.flatMap((station) => numberOf.get(station) ?? []),
    })),
  }
}

/** The same file with pseudonyms, each list in their order; the sample's people are invented and stay. */
export function withoutNames(store: Store, { id, sample }: Exam, file: ExamFile): ExamFile {
  if (sample) return file
  const codes = store.people.ofExam(id).map((person) => pseudonym(person.role, person.id))
  const numbers = store.candidates.ofExam(id).map((candidate) => pseudonym('candidate', candidate.id))
  return {
    ...file,
    candidates: file.candidates
      .map((candidate, i) => ({ ...candidate, number: numbers[i] ?? '', name: numbers[i] ?? '' }))
      .toSorted((a, b) => (a.number < b.number ? -1 : 1)),
    people: file.people
      .map((person, i) => ({ ...person, name: codes[i] ?? '' }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }
}

/** Each rubric of the stations once, in the order of the stations. */
function rubricsOf(store: Store, stations: readonly Station[]): Rubric[] {
  const found = stations.flatMap(({ rubric }) => (rubric && store.rubrics.get(rubric)?.rubric) ?? [])
  return [...new Map(found.map((rubric) => [rubricKey(rubric), rubric])).values()]
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return wholeData(JSON.parse(decodeText(bytes)))
  } catch (error) {
    throw new AttuneError('file-not-an-exam', {}, { cause: error })
  }
}

const markedSchema = z.object({ format: z.literal('attune-exam'), formatVersion: z.int() })

/** What every exam file says of itself, whichever version of the app made it. */
function mustBeExamFile(value: unknown): void {
  const mark = markedSchema.safeParse(value)
  if (!mark.success) throw new AttuneError('file-not-an-exam', {}, { cause: mark.error })
  if (mark.data.formatVersion > NEWEST_SET_UP_FORMAT) throw new AttuneError('exam-file-newer')
}

function checkedFile(value: unknown): ExamFile {
  const result = examFileSchema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  return refuse(issue?.path.join('.') ?? '', issue?.message ?? '')
}

/** Names as they are kept; cleaning can leave nothing of one, so the file is checked again. */
function cleaned(file: ExamFile): ExamFile {
  return checkedFile({
    ...file,
    exam: { ...file.exam, title: cleanLine(file.exam.title), site: cleanLine(file.exam.site) },
    stations: file.stations.map((station) => ({ ...station, title: cleanLine(station.title) })),
    candidates: file.candidates.map((candidate) => ({
      ...candidate,
      name: cleanLine(candidate.name),
      group: cleanLine(candidate.group),
    })),
    people: file.people.map((person) => ({ ...person, name: cleanLine(person.name) })),
  })
}

function refuse(field: string, problem: string): never {
  throw new AttuneError('exam-file-invalid', { field, problem })
}
