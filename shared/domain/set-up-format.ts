import type { StationFields } from './exam.ts'

/** What exam files and packages are written in: in 2 a cue may say which domain it asks for. */
export const SET_UP_FORMATS = [1, 2] as const
export const NEWEST_SET_UP_FORMAT = 2

/** The earliest that holds these stations, so that an earlier Attune reads whatever it has a place for. */
export const setUpFormatOf = (stations: readonly Pick<StationFields, 'cues'>[]): (typeof SET_UP_FORMATS)[number] =>
  stations.some(({ cues }) => cues.some(({ domain }) => domain !== undefined)) ? 2 : 1
