import { withholdsScore, type Amendment } from '../domain/amendment.ts'
import type { Cell, ItemFeedback, StationResult } from '../domain/results.ts'
import { rubricItems, type Rubric } from '../domain/rubric.ts'
import type { Score, Withheld } from '../domain/scores.ts'
import { domainScores, encounterScore, spScore } from './encounter-score.ts'
import type { RecordedEncounter } from './exam-data.ts'

/** The score of an encounter as results count it: only what was submitted has one. */
export function countedScore(rubric: Rubric, { record, isPartial }: RecordedEncounter): Score {
  const { status, ratings, conflicts } = record
  const withheld = (reason: Withheld, n = ratings.length): Score => ({ value: null, n, reason })
  if (status !== 'submitted' && status !== 'absent') return withheld('not-submitted')
  if (withholdsScore(conflicts)) return withheld('conflict')
  if (isPartial) return withheld('partial')
  if (status === 'absent') return withheld('absent', 0)
  return encounterScore(rubric, ratings)
}

/** Whether the marks of an encounter count: they were submitted, all are here, and no two laptops contradict each other. */
export const isCounted = ({ record, isPartial }: RecordedEncounter): boolean =>
  record.status === 'submitted' && !isPartial && !withholdsScore(record.conflicts)

/** Whether what the SP answered counts: the form was submitted, all of it is here, and no two laptops contradict each other. */
export const isFormCounted = ({ record, sp, isPartial }: RecordedEncounter): boolean =>
  record.spStatus === 'submitted' && !isPartial && !withholdsScore(sp.conflicts)

/** The form of the SP, once it was submitted. */
export function countedSpScore({ record, sp, isPartial }: RecordedEncounter): Score {
  const withheld = (reason: Withheld, n = sp.answers.length): Score => ({ value: null, n, reason })
  if (record.spStatus !== 'submitted') return withheld('not-submitted', 0)
  if (withholdsScore(sp.conflicts)) return withheld('conflict')
  return isPartial ? withheld('partial') : spScore(sp.answers)
}

const passed = (score: Score, passMark: number): boolean | null =>
  score.value === null ? null : score.value >= passMark

/** Behaviours, and the global rating, that stand without a mark, whether declared missing or not. */
export function openItemCount(rubric: Rubric, { record }: RecordedEncounter): number {
  const rated = new Set(record.ratings.map(({ itemId }) => itemId))
  const open = rubricItems(rubric).filter(({ id }) => !rated.has(id)).length
  return open + (record.globalRating === null ? 1 : 0)
}

export function cellOf(rubric: Rubric, encounter: RecordedEncounter, passMark: number): Cell {
  const score = countedScore(rubric, encounter)
  return {
    encounterId: encounter.slot.id,
    candidateId: encounter.slot.candidateId,
    stationId: encounter.slot.stationId,
    status: encounter.record.status,
    openItems: encounter.record.status === 'absent' ? 0 : openItemCount(rubric, encounter),
    score,
    passed: passed(score, passMark),
    globalRating: encounter.record.globalRating,
    sp: countedSpScore(encounter),
    missing: encounter.record.missing,
    conflicts: encounter.record.conflicts.length + encounter.sp.conflicts.length,
  }
}

/** Every behaviour rated with a point, as the candidate is told of it. */
export function itemFeedback(rubric: Rubric, { record }: RecordedEncounter): ItemFeedback[] {
  return rubric.domains.flatMap((domain) =>
    domain.items.flatMap((item) => {
      const value = record.ratings.find(({ itemId }) => itemId === item.id)?.value
      if (typeof value !== 'number') return []
      return [
        {
          itemId: item.id,
          domainId: domain.id,
          title: item.title,
          value,
          anchor: item.anchors[value - 1] ?? '',
          nextAnchor: item.anchors[value] ?? null,
          advice: item.advice,
          note: record.notes.find(({ itemId }) => itemId === item.id)?.text ?? '',
          corrected: isCorrected(record.amendments, `rating ${item.id}`),
        },
      ]
    }),
  )
}

/** Whether a mark is another than the one that was submitted. */
const isCorrected = (amendments: readonly Amendment[], subject: string): boolean =>
  amendments.some((amendment) => amendment.cause === 'correction' && amendment.subject === subject)

/** Higher points first; among equals those that the examiner wrote about. */
const byStrength = (a: ItemFeedback, b: ItemFeedback): number =>
  b.value - a.value || Number(b.note !== '') - Number(a.note !== '')

const byNeed = (a: ItemFeedback, b: ItemFeedback): number =>
  a.value - b.value || Number(b.note !== '') - Number(a.note !== '')

/** One encounter as the candidate's report tells it. */
export function stationResult(rubric: Rubric, encounter: RecordedEncounter, passMark: number): StationResult {
  const { record, slot, sp } = encounter
  const score = countedScore(rubric, encounter)
  const submitted = record.status === 'submitted'
  const counted = isCounted(encounter)
  const items = counted ? itemFeedback(rubric, encounter) : []
  const strength = items.toSorted(byStrength)[0] ?? null
  const change =
    items.filter((item) => item.itemId !== strength?.itemId && item.nextAnchor !== null).toSorted(byNeed)[0] ?? null
  return {
    stationId: slot.stationId,
    encounterId: slot.id,
    status: record.status,
    score,
    domains: counted ? domainScores(rubric, record.ratings) : [],
    passed: passed(score, passMark),
    globalRating: record.globalRating,
    sp: countedSpScore(encounter),
    spAnswers: record.spStatus === 'submitted' ? sp.answers : [],
    spComment: record.spStatus === 'submitted' ? sp.comment : '',
    marks: record.marks,
    strength,
    change,
    quote: submitted ? quoteOf(items, encounter) : null,
    generalNote: submitted ? (record.notes.find(({ itemId }) => itemId === null)?.text ?? '') : '',
    missing: record.missing,
    lengthMs: encounter.lengthMs,
    corrected: [...record.amendments, ...(record.spStatus === 'submitted' ? sp.amendments : [])]
      .filter(({ cause }) => cause === 'correction')
      .map(({ subject }) => subject),
  }
}

/** The best behaviour that was written about; else the first words kept with a moment. */
function quoteOf(items: readonly ItemFeedback[], { record }: RecordedEncounter): StationResult['quote'] {
  const noted = items.filter(({ note }) => note !== '').toSorted(byStrength)[0]
  if (noted) return { text: noted.note, title: noted.title }
  const mark = record.marks.find(({ kind, quote }) => kind === 'moment' && quote !== '')
  return mark ? { text: mark.quote, title: '' } : null
}
