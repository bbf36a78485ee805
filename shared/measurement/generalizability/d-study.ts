import { dependability, type Components, type Dependability, type Exam } from './dependability.ts'

/** One exam that could be held, and how well its scores would stand for the candidates. */
export type DStudyRow = { stations: number; raters: number | null } & Dependability

/**
 * A D study: Eρ², Φ and their errors for every combination of numbers of stations and of raters at a station, stations
 * outermost; over many numbers it is a curve. In p×s raters are no facet, and `raters` is passed over.
 */
export function dStudy(study: Components, { stations, raters = [1], fixedStations = false }: Plan): DStudyRow[] {
  const exams = stations.flatMap<Exam>((ofStations) =>
    study.name === 'p×s'
      ? [{ stations: ofStations, raters: null, fixedStations }]
      : raters.map((ofRaters) => ({ stations: ofStations, raters: ofRaters, fixedStations })),
  )
  return exams.map((exam) => ({ stations: exam.stations, raters: exam.raters, ...dependability(study, exam) }))
}

/** The numbers of stations and of raters at each to be tried, each 1 or more; what is `fixedStations` says `Exam`. */
export type Plan = { stations: readonly number[]; raters?: readonly number[]; fixedStations?: boolean }
