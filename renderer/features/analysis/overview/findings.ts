import type { RouteLocationRaw } from 'vue-router'
import type { Output } from '#shared/contract/contract.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { FindingCode } from '#shared/measurement/analysis/findings.ts'
import { sections } from '../sections.ts'

export type Finding = Output<'analysis.overview'>['findings'][number]

/** How much hangs on it: the outcome itself, how far it can be trusted, or how to read the figures. */
export type Weight = 'grave' | 'look' | 'note'

const weights: Partial<Record<FindingCode, Weight>> = {
  'no-scores': 'grave',
  'cut-withheld': 'grave',
  'alpha-withheld': 'grave',
  'alpha-below-seven': 'grave',
  'cut-apart': 'grave',
  'cut-far': 'grave',
  'slope-not-positive': 'grave',
  'examiners-over-forty': 'grave',
  unbalanced: 'note',
  'borderline-not-named': 'note',
  'groups-suppressed': 'note',
}
export const weightOf = (code: FindingCode): Weight => weights[code] ?? 'look'

type Place =
  | 'station'
  | 'stations'
  | 'reliability'
  | 'what-if'
  | 'examiners'
  | 'patients'
  | 'groups'
  | 'completeness'
  | 'attention'

const places: Partial<Record<FindingCode, Place>> = {
  'no-scores': 'completeness',
  incomplete: 'completeness',
  'review-waits': 'attention',
  'cut-withheld': 'stations',
  'cut-apart': 'what-if',
  'cut-far': 'what-if',
  'alpha-withheld': 'reliability',
  'alpha-below-seven': 'reliability',
  'alpha-below-eight': 'reliability',
  unbalanced: 'reliability',
  hawk: 'examiners',
  dove: 'examiners',
  'examiners-not-comparable': 'examiners',
  'patients-differ': 'patients',
  'groups-suppressed': 'groups',
}

const isSection = (place: Place) => sections.some((section) => section === place)

/** Where a finding is looked into; null where no screen shows more of it. */
export function wayFrom(
  { code, stationId, personId }: Finding,
  examId: ExamId,
): { place: Place; to: RouteLocationRaw } | null {
  if (stationId !== null)
    return {
      place: 'station',
      to: { name: 'exam-analysis', params: { examId, section: 'stations' }, query: { station: stationId } },
    }
  const place = places[code]
  if (place === undefined) return null
  const name = isSection(place) ? 'exam-analysis' : 'exam-results'
  const query = personId === null ? {} : { query: { examiner: personId } }
  return { place, to: { name, params: { examId, section: place }, ...query } }
}
