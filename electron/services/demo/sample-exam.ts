import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { examFileSchema, type ExamFile } from '#shared/domain/exam-file.ts'
import { sampleVoicesSchema, type SampleVoices } from '#shared/domain/sample-voices.ts'

export type SampleSize = { candidates: number; stations: number }

const read = (resourcesDir: string, file: string): unknown =>
  JSON.parse(readFileSync(join(resourcesDir, 'sample-exam', file), 'utf8'))

export const readSampleExam = (resourcesDir: string): ExamFile => examFileSchema.parse(read(resourcesDir, 'exam.json'))

export const readVoices = (resourcesDir: string): SampleVoices =>
  sampleVoicesSchema.parse(read(resourcesDir, 'voices.json'))

/** Position `index` of an endless repetition of a list, and how many times it was repeated before. */
function repeated<T>(list: readonly T[], index: number): { entry: T; times: number } {
  const entry = list[index % list.length]
  if (entry === undefined) throw new Error('the sample exam is empty')
  return { entry, times: Math.floor(index / list.length) }
}

/**
 * The sample exam in another size: cut short, or repeated with numbers that go on. Circuits keep four stations each,
 * so that the sample's four examiners and four SPs can be at all of them.
 */
export function sampleExamOfSize(sample: ExamFile, { candidates, stations }: SampleSize): ExamFile {
  const first = Number(sample.candidates[0]?.number ?? 1001)
  return {
    ...sample,
    exam: {
      ...sample.exam,
      passRule: {
        ...sample.exam.passRule,
        minStationsPassed: Math.min(sample.exam.passRule.minStationsPassed, stations),
      },
    },
    stations: Array.from({ length: stations }, (_, index) => {
      const { entry, times } = repeated(sample.stations, index)
      const title = times === 0 ? entry.title : `${entry.title} (${times + 1})`
      return { ...entry, title, circuit: Math.min(9, Math.floor(index / 4) + 1) }
    }),
    candidates: Array.from({ length: candidates }, (_, index) => {
      const { entry, times } = repeated(sample.candidates, index)
      return {
        ...entry,
        number: times === 0 ? entry.number : String(first + index),
        name: times === 0 ? entry.name : `${entry.name} ${times + 1}`,
      }
    }),
    people: sample.people.map((person) => ({
      ...person,
      stations: Array.from({ length: stations }, (_, index) => index + 1).filter((number) =>
        person.stations.includes(((number - 1) % sample.stations.length) + 1),
      ),
    })),
  }
}
