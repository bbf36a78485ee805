import type { Say } from '#shared/charts/chart-words.ts'
import type { Output } from '#shared/contract/contract.ts'

/** Of an exam held here, or of a file, in which everybody is called as they are called there. */
export type Examined = Output<'analysis.fileExaminers'> & Partial<Pick<Output<'analysis.examiners'>, 'names'>>

/** What people and stations of the analysis are called. */
export type Labels = {
  /** "E1": what leaves the screen. In the order of the ids, which are random, so the number tells nobody's name. */
  code: (examiner: string) => string
  /** "E1 Ada Adams": the key to the codes. Whose name was erased is the code alone. */
  named: (examiner: string) => string
  candidate: (candidate: string) => string
  station: (station: string) => string
  /** "Pass", or "grade 3" where stations call it differently; 1 is the worst. */
  grade: (category: number) => string
}

const ERASED = '–'

export function labelsOf({ examiners, names, candidates, stations, grades }: Examined, say: Say): Labels {
  const titles = new Map<string, string>(
    stations.map(({ stationId, number, title }) => [stationId, say('app.numbered', { number, title })]),
  )
  const station = (id: string) => titles.get(id) ?? '–'
  const itself = (id: string) => id
  const grade = (category: number) => grades[category - 1] ?? say('analysis.examiners.rasch.numbered', { n: category })
  if (names === undefined) return { code: itself, named: itself, candidate: itself, station, grade }
  const codes = new Map<string, string>(examiners.map(({ personId }, at) => [personId, `E${at + 1}`]))
  const nameOf = new Map<string, string>(names.flatMap(({ id, name }) => (name === ERASED ? [] : [[id, name]])))
  const numbers = new Map<string, string>(candidates.map(({ id, number }) => [id, number]))
  const code = (examiner: string) => codes.get(examiner) ?? '–'
  return {
    code,
    named: (examiner) => [code(examiner), nameOf.get(examiner)].filter((part) => part !== undefined).join(' '),
    candidate: (candidate) => numbers.get(candidate) ?? '–',
    station,
    grade,
  }
}
