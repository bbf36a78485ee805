import type { ExamId } from '#shared/domain/ids.ts'
import { rubricItems, rubricOf } from '#shared/domain/rubric.ts'
import type { Speaker } from '#shared/domain/amendment.ts'
import { headOf, valuesBefore } from '#shared/domain/saying-words.ts'
import { phrase } from '#shared/locales/phrase.ts'
import type { Score } from '#shared/domain/scores.ts'
import { spStatements } from '#shared/domain/sp-form.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { pseudonym } from '#electron/base/pseudonym.ts'
import { toCsv } from '#electron/files/csv.ts'
import { readExamData } from '#electron/store/read-exam-data.ts'
import type { Judgement } from '#electron/store/repositories/judgements.ts'
import type { Repositories } from '#electron/store/store.ts'
import { pseudonymised, type Naming } from './pseudonymised.ts'

type Row = (string | number | null)[]

/** Stable: whoever reads the table by the names of its columns goes on reading it. */
const ratingColumns = [
  'candidate',
  'name',
  'group',
  'station',
  'station title',
  'round',
  'kind',
  'status',
  'rated by',
  'rater',
  'domain',
  'item',
  'value',
  'reason missing',
  'seconds into encounter',
  'text',
  'cue',
  'review',
  'review reason',
  'reviewer',
  'reviewed at',
  'was',
  'changed by',
  'second person',
  'reason changed',
  'undecided',
] as const
type RatingRow = Partial<Record<(typeof ratingColumns)[number], Row[number]>>

/**
 * One line for each thing that was judged or written down, named by its `kind`, so that what was judged can be built
 * again: behaviours and the global rating (`value` is a point, "no-opportunity" or a judgement's id; empty is missing,
 * with the reason beside it), notes, moments, look-alikes, red flags with their review, incidents, and the SP's answers
 * and comment. `status` is that of the sheet or form a line stands in: only "submitted" is final. `cue` counts from 1.
 * A mark that was corrected or decided between laptops says what it was before, who changed it, who signed and why; one
 * that laptops contradict each other about says in `undecided` all that they say.
 * Without names the columns stay: pseudonyms stand for candidates and raters, and the lines come in their order. What
 * was written freely is not changed, and may hold a name.
 */
export function ratingsCsv(store: Repositories, examId: ExamId, { names }: Naming): string {
  const read = readExamData(store, examId)
  const data = names ? read : pseudonymised(read)
  const people = new Map(
    store.people.ofExam(examId).map(({ id, role, name }) => [id, names ? name : pseudonym(role, id)]),
  )
  const place = new Map(data.candidates.map(({ id }, index) => [id, index]))
  const inOrder = names
    ? data.encounters
    : data.encounters.toSorted(
        (a, b) =>
          (place.get(a.slot.candidateId) ?? 0) - (place.get(b.slot.candidateId) ?? 0) || a.slot.round - b.slot.round,
      )
  const given = Map.groupBy(store.judgements.ofExam(examId), ({ encounterId }) => encounterId)
  const stations = new Map(data.stations.map((station) => [station.id, station]))
  const candidates = new Map(data.candidates.map((candidate) => [candidate.id, candidate]))
  const whoIs = ({ id, name, role }: Speaker): string =>
    id === null ? '' : names ? name : pseudonym(role === 'system' ? 'director' : role, id)
  const rows = inOrder.flatMap(({ slot, record, sp }): RatingRow[] => {
    const station = stations.get(slot.stationId)
    const candidate = candidates.get(slot.candidateId)
    const rubric = station && rubricOf(data, station)
    if (!candidate || !rubric) return []
    const domainOf = new Map(rubric.domains.flatMap(({ id, items }) => items.map((item) => [String(item.id), id])))
    const where = {
      candidate: candidate.number,
      name: candidate.name,
      group: candidate.group,
      station: station.number,
      'station title': station.title,
      round: slot.round,
    }
    const judgements = given.get(slot.id) ?? []
    const standing = (kind: Judgement['kind']): RatingRow => ({
      ...where,
      kind,
      status: kind === 'sp-answer' || kind === 'sp-comment' ? record.spStatus : record.status,
    })
    const amendments = new Map([...record.amendments, ...sp.amendments].map((entry) => [entry.subject, entry]))
    const conflicts = new Map([...record.conflicts, ...sp.conflicts].map((entry) => [entry.subject, entry]))
    const changes = (subject: string): RatingRow => {
      const amended = amendments.get(subject)
      const conflict = conflicts.get(subject)
      return {
        was: amended ? valuesBefore(amended, { rubric }, phrase).join(' / ') : '',
        'changed by': amended ? whoIs(amended.by) : '',
        'second person': amended?.second ? whoIs(amended.second) : '',
        'reason changed': amended?.reason ?? '',
        undecided: conflict?.heads.map((head) => headOf(head, { rubric }, phrase)).join(' / ') ?? '',
      }
    }
    const judged = (judgement: Judgement): RatingRow => ({
      ...standing(judgement.kind),
      'rated by': judgement.role,
      rater: (judgement.raterId && people.get(judgement.raterId)) ?? '',
      domain: domainOf.get(judgement.item) ?? '',
      item: judgement.item,
      value: judgement.value,
      'seconds into encounter': judgement.atMs === null ? null : Math.round(judgement.atMs / 100) / 10,
      text: judgement.text,
      cue: judgement.cue === null ? null : judgement.cue + 1,
      review: judgement.review?.decision ?? (judgement.kind === 'red-flag' ? 'waiting' : ''),
      'review reason': judgement.review?.reason ?? '',
      reviewer: names ? (judgement.review?.reviewer ?? '') : '',
      'reviewed at': judgement.review?.reviewedAt ?? '',
      ...changes(subjectOfJudgement(judgement)),
    })
    const reasons = new Map(record.missing.map(({ item, reason }) => [String(item), reason]))
    /** The judgement, or a line that says that there is none. */
    const expected = (kind: 'rating' | 'global-rating' | 'sp-answer', item: string): RatingRow => {
      const judgement = judgements.find((entry) => entry.kind === kind && entry.item === item)
      if (judgement) return judged(judgement)
      return {
        ...standing(kind),
        'rated by': kind === 'sp-answer' ? 'sp' : 'examiner',
        domain: domainOf.get(item) ?? '',
        item,
        'reason missing': reasons.get(item) ?? record.absenceReason ?? '',
        ...changes(subjectOfJudgement({ kind, item, markId: null })),
      }
    }
    const others = otherKinds.flatMap((kind) => judgements.filter((entry) => entry.kind === kind).map(judged))
    return [
      ...rubricItems(rubric).map(({ id }) => expected('rating', id)),
      expected('global-rating', 'global-rating'),
      ...spStatements.map((statement) => expected('sp-answer', statement)),
      ...others,
    ]
  })
  return toCsv(
    ratingColumns,
    rows.map((row) => ratingColumns.map((column) => row[column] ?? null)),
  )
}

/** Under which subject corrections and contradictions of it stand. */
function subjectOfJudgement({ kind, item, markId }: Pick<Judgement, 'kind' | 'item' | 'markId'>): string {
  if (markId !== null) return `mark ${markId}`
  return kind === 'global-rating' || kind === 'sp-comment' ? kind : `${kind} ${item}`
}

const otherKinds = ['moment', 'look-alike', 'red-flag', 'note', 'incident', 'sp-comment'] as const

/**
 * One line for each candidate: outcome, the conditions of the pass rule that are not met, exam score, domains, then
 * examiner and SP station by station. Empty: withheld. Without names the lines are of pseudonyms, in their order.
 */
export function resultsCsv(exam: ExamData, { names }: Naming): string {
  const data = names ? exam : pseudonymised(exam)
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
