import type { StationAnalysis } from '#shared/measurement/analysis/station-analysis.ts'
import { columns, short } from './figures.ts'

/** The figures of stations in columns, each under the name it is given. */
export const stationLines = (stations: readonly (Omit<StationAnalysis, 'station'> & { name: string })[]): string[] =>
  columns(
    ['station', 'n', 'mean', 'sd', 'cut', 'SE', 'R²', 'slope', 'fails', 'α deleted', 'r rest', 'η² examiners'],
    stations.map((station) => [
      ...[station.name, String(station.n), short(station.mean), short(station.sd), short(station.cut)],
      ...[short(station.seCut), short(station.r2), short(station.slope), short(station.fails)],
      ...[short(station.alphaIfDeleted), short(station.stationTotal), short(station.examinerEta2)],
    ]),
  )
