import type { Score } from '#shared/domain/scores.ts'
import { spStatements } from '#shared/domain/sp-form.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import { rubricOf, type ExamData } from '#shared/scoring/exam-data.ts'
import { toCsv } from './csv.ts'

type Row = (string | number | null)[]

/**
 * One line for each behaviour of each encounter, for the global rating and for each statement of the SP. `value` is a
 * point, "no-opportunity", "not-applicable" or a global rating's id; empty is missing, with the reason beside it.
 */
export function ratingsCsv(data: ExamData): string {
  const stations = new Map(data.stations.map((station) => [station.id, station]))
  const candidates = new Map(data.candidates.map((candidate) => [candidate.id, candidate]))
  const rows = data.encounters.flatMap(({ slot, record, sp }): Row[] => {
    const station = stations.get(slot.stationId)
    const candidate = candidates.get(slot.candidateId)
    const rubric = station && rubricOf(data, station)
    if (!candidate || !rubric) return []
    const reasons = new Map(record.missing.map(({ item, reason }) => [String(item), reason]))
    const line = (
      by: string,
      domain: string,
      item: string,
      value: string | number | null,
      atMs: number | null,
    ): Row => [
      candidate.number,
      candidate.name,
      candidate.group,
      station.number,
      station.title,
      slot.round,
      record.status,
      by,
      domain,
      item,
      value,
      value === null ? (reasons.get(item) ?? record.absenceReason ?? '') : '',
      atMs === null ? null : Math.round(atMs / 100) / 10,
      record.notes.find(({ itemId }) => itemId === item)?.text ?? '',
    ]
    return [
      ...rubric.domains.flatMap((domain) =>
        domain.items.map((item) => {
          const rating = record.ratings.find(({ itemId }) => itemId === item.id)
          return line('examiner', domain.id, item.id, rating?.value ?? null, rating?.atMs ?? null)
        }),
      ),
      line('examiner', '', 'global-rating', record.globalRating, null),
      ...spStatements.map((statement) =>
        line('sp', '', statement, sp.answers.find((answer) => answer.statement === statement)?.value ?? null, null),
      ),
    ]
  })
  return toCsv(
    [
      'candidate',
      'name',
      'group',
      'station',
      'station title',
      'round',
      'status',
      'rated by',
      'domain',
      'item',
      'value',
      'reason missing',
      'seconds into encounter',
      'note',
    ],
    rows,
  )
}

/**
 * One line for each candidate: outcome, the conditions of the pass rule that are not met, exam score, domains, then
 * examiner and SP station by station. Empty: withheld.
 */
export function resultsCsv(data: ExamData): string {
  const cohort = cohortResult(data)
  const scored = data.stations.filter(({ kind }) => kind === 'scored')
  const rows = cohort.candidates.map((entry): Row => {
    const cells = cohort.cells.filter(({ candidateId }) => candidateId === entry.candidate.id)
    return [
      entry.candidate.number,
      entry.candidate.name,
      entry.candidate.group,
      entry.outcome,
      entry.unmet.join(' '),
      rounded(entry.score),
      entry.stationsPassed,
      entry.score.n,
      ...cohort.domains.map(({ domainId }) => {
        const domain = entry.domains.find((candidate) => candidate.domainId === domainId)
        return domain ? rounded(domain.score) : null
      }),
      rounded(entry.sp),
      ...scored.flatMap(({ id }) => {
        const cell = cells.find(({ stationId }) => stationId === id)
        return cell ? [cell.status, rounded(cell.score), cell.globalRating, rounded(cell.sp)] : [null, null, null, null]
      }),
    ]
  })
  return toCsv(
    [
      'candidate',
      'name',
      'group',
      'outcome',
      'not met',
      'score',
      'stations passed',
      'stations scored',
      ...cohort.domains.map(({ title }) => title),
      'patients',
      ...scored.flatMap(({ number }) => [
        `station ${number} status`,
        `station ${number} score`,
        `station ${number} global rating`,
        `station ${number} patient`,
      ]),
    ],
    rows,
  )
}

/** Four decimals: more than a mark can mean, enough to compare. */
const rounded = ({ value }: Score): number | null => (value === null ? null : Math.round(value * 10_000) / 10_000)
