import type { PersonId, StationId } from '../../domain/ids.ts'
import type { StandardInForce } from '../../domain/standard.ts'
import type { Stringency } from '../raters/stringency.ts'
import type { Statistic } from '../statistic.ts'
import type { Reason } from '../terms.ts'
import type { ExamMeasures } from './exam-measures.ts'
import type { GroupMeasures } from './group-measures.ts'
import type { ReliabilityMeasures } from './reliability-measures.ts'

/** What a director should look at first, the gravest first; the locale has a sentence for each. */
export const findingCodes = [
  'no-scores',
  'cut-withheld',
  'alpha-withheld',
  'alpha-below-seven',
  'cut-apart',
  'cut-far',
  'slope-not-positive',
  'examiners-over-forty',
  'review-waits',
  'incomplete',
  'alpha-higher-without',
  'r-squared-low',
  'hawk',
  'dove',
  'patients-differ',
  'alpha-below-eight',
  'examiners-over-thirty',
  'examiners-not-comparable',
  'unbalanced',
  'borderline-not-named',
  'groups-suppressed',
] as const
export type FindingCode = (typeof findingCodes)[number]

/** `figures` are unrounded and named as its sentence names them; `reason` says why something is withheld. */
export type Finding = {
  code: FindingCode
  stationId: StationId | null
  personId: PersonId | null
  reason: Reason | null
  figures: Record<string, number>
}

/** What findings are drawn from. */
export type Found = ExamMeasures & {
  reliability: ReliabilityMeasures
  stringency: Stringency
  groups: GroupMeasures
  /** Lin's concordance of examiners with SPs over all encounters. */
  concordance: Statistic
  standard: StandardInForce
  outcomes: { incomplete: number; review: number }
  examiners: readonly PersonId[]
}

/** Below these the reliability of an exam is poor, and moderate. */
const POOR = 0.7
const MODERATE = 0.8
/** α without a station must be higher by this much to be worth a word: nearly every station moves it a little. */
const HIGHER = 0.01
const LOW_R2 = 0.5
const CONCERN = 0.3
const GRAVE = 0.4
/** Where the cut has no interval, the mark in force is apart from it by this many points. */
const APART = 5
/** Below this examiners and SPs agree poorly. */
const POOR_CONCORDANCE = 0.5

export function findingsOf(found: Found): Finding[] {
  if (found.analysis.stations.every(({ n }) => n === 0)) return [finding('no-scores')]
  return [...ofExam(found), ...ofStations(found), ...ofExaminers(found)].toSorted(
    (a, b) => findingCodes.indexOf(a.code) - findingCodes.indexOf(b.code),
  )
}

function ofExam({ analysis, reliability, groups, concordance, standard, outcomes, marks }: Found): Finding[] {
  const { alpha } = analysis.exam
  const small = smallGroups(groups)
  return [
    ...ofCut(analysis.exam.cut, standard),
    ...when(alpha.value === null, 'alpha-withheld', {}, { reason: alpha.reason ?? null }),
    ...when(alpha.value !== null && alpha.value < POOR, 'alpha-below-seven', { alpha: alpha.value }),
    ...when(alpha.value !== null && alpha.value >= POOR && alpha.value < MODERATE, 'alpha-below-eight', {
      alpha: alpha.value,
    }),
    ...when(outcomes.review > 0, 'review-waits', { count: outcomes.review }),
    ...when(outcomes.incomplete > 0, 'incomplete', {
      count: outcomes.incomplete,
      candidates: new Set(marks.map(({ candidate }) => candidate)).size,
    }),
    ...when(reliability.gStudy.design?.balanced === false, 'unbalanced', {
      scores: reliability.gStudy.design?.scores ?? 0,
    }),
    ...when(small > 0, 'groups-suppressed', { count: small, minimum: groups.minimum }),
    ...when(concordance.value !== null && concordance.value < POOR_CONCORDANCE, 'patients-differ', {
      ccc: concordance.value,
      count: concordance.n,
    }),
  ]
}

function ofCut(cut: Statistic, standard: StandardInForce): Finding[] {
  if (cut.value === null) return [finding('cut-withheld', {}, { reason: cut.reason ?? null })]
  const both = { cut: cut.value, mark: standard.cut }
  if (!cut.ci95) return when(Math.abs(standard.cut - cut.value) > APART, 'cut-far', both)
  const [low, high] = cut.ci95
  return when(standard.cut < low || standard.cut > high, 'cut-apart', { ...both, low, high })
}

function ofStations({ stations, analysis }: Found): Finding[] {
  const { alpha } = analysis.exam
  return stations.flatMap(({ station, borderline }) => {
    const about = { stationId: station.id }
    const figures = analysis.stations.find((one) => one.station === station.id)
    if (!figures) return []
    const { slope, r2, alphaIfDeleted, examinerEta2 } = figures
    const named = { station: station.number }
    const without = alphaIfDeleted.value
    const higher = without !== null && alpha.value !== null && without > alpha.value + HIGHER
    const share = examinerEta2.value ?? 0
    const percent = { ...named, percent: 100 * share }
    return [
      ...when(slope.value !== null && slope.value <= 0, 'slope-not-positive', { ...named, slope: slope.value }, about),
      ...when(r2.value !== null && r2.value < LOW_R2, 'r-squared-low', { ...named, r2: r2.value }, about),
      ...when(higher, 'alpha-higher-without', { ...named, alpha: alpha.value, without }, about),
      ...when(share > GRAVE, 'examiners-over-forty', percent, about),
      ...when(share > CONCERN && share <= GRAVE, 'examiners-over-thirty', percent, about),
      ...when(!borderline.named, 'borderline-not-named', { ...named, grade: borderline.grade }, about),
    ]
  })
}

/** The harshest and the mildest first. */
function ofExaminers({ stringency, examiners }: Found): Finding[] {
  const known = new Map<string, PersonId>(examiners.map((id) => [id, id]))
  const judged = stringency.examiners.flatMap(({ examiner, stringency: { value, ci95 } }) =>
    value === null || !ci95 ? [] : [{ personId: known.get(examiner) ?? null, value, low: ci95[0], high: ci95[1] }],
  )
  const alone = stringency.examiners.filter(({ stringency: { reason } }) => reason === 'examiner-not-comparable').length
  return [
    ...judged
      .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
      .flatMap(({ personId, value, low, high }) => [
        ...when(low > 0, 'hawk', { points: value, low, high }, { personId }),
        ...when(high < 0, 'dove', { points: -value, low: -high, high: -low }, { personId }),
      ]),
    ...when(alone > 0, 'examiners-not-comparable', { count: alone, examiners: stringency.examiners.length }),
  ]
}

/** How many groups are too small to be compared at any station. */
function smallGroups({ comparisons }: GroupMeasures): number {
  const byGroup = Map.groupBy(comparisons, ({ focal }) => focal)
  return [...byGroup.values()].filter((own) => own.every(({ hedgesG }) => hedgesG.reason === 'group-too-small')).length
}

type About = Partial<Pick<Finding, 'stationId' | 'personId' | 'reason'>>
type Figures = Record<string, number | null>

const finding = (code: FindingCode, figures: Figures = {}, about: About = {}): Finding => ({
  ...{ code, stationId: null, personId: null, reason: null, ...about },
  figures: Object.fromEntries(
    Object.entries(figures).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  ),
})

const when = (holds: boolean, code: FindingCode, figures: Figures, about: About = {}): Finding[] =>
  holds ? [finding(code, figures, about)] : []
