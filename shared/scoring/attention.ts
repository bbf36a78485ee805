import { byCandidateNumber } from '../domain/candidate-number.ts'
import type { Attention } from '../domain/results.ts'
import { markLabel } from '../domain/mark-entry.ts'
import { rubricItems, rubricOf } from '../domain/rubric.ts'
import { stationMark } from '../domain/standard.ts'
import { countedScore, countedSpScore } from './encounter-result.ts'
import type { ExamData } from './exam-data.ts'
import { settled } from './means.ts'

/** Examiner and SP this many points apart are worth a look. */
const DISAGREEMENT = 30

const order: readonly Attention['kind'][] = [
  'conflict',
  'partial',
  'red-flag',
  'incident',
  'absence',
  'missing',
  'disagreement',
  'note-low',
  'note-encounter',
  'sp-comment',
]

/** Of the five global ratings, worst first, those below a pass. */
const LOW_GLOBAL_RATINGS = 2

/** What a person should read before results go out: the gravest first, then by station and candidate. */
export function attention(data: ExamData): Attention[] {
  const stationById = new Map(data.stations.map((station) => [station.id, station]))
  const numbers = new Map(data.candidates.map(({ id, number }) => [id, number]))
  const found = data.encounters.flatMap((encounter): Attention[] => {
    const { slot, record, sp } = encounter
    const station = stationById.get(slot.stationId)
    const rubric = station && rubricOf(data, station)
    if (!station || !rubric) return []
    const entry = (kind: Attention['kind'], text: string, more: Partial<Attention> = {}): Attention => ({
      kind,
      encounterId: slot.id,
      stationNumber: station.number,
      candidateNumber: numbers.get(slot.candidateId) ?? '',
      text,
      item: null,
      mark: null,
      incident: null,
      conflict: null,
      ...more,
    })
    const titles = new Map(rubricItems(rubric).map(({ id, title }) => [id, title]))
    const lowest = new Set(record.ratings.filter(({ value }) => value === 1).map(({ itemId }) => itemId))
    // What an examiner types is theirs until they finish.
    const notes = record.status === 'submitted' ? record.notes : []
    const lowGlobal = rubric.globalRating.slice(0, LOW_GLOBAL_RATINGS).some(({ id }) => id === record.globalRating)
    const score = countedScore(rubric, encounter).value
    const failed = score !== null && score < stationMark(data.standard, station.id)
    const spValue = countedSpScore(encounter).value
    return [
      ...(encounter.isPartial ? [entry('partial', '')] : []),
      ...[...record.conflicts, ...sp.conflicts].map((conflict) => entry('conflict', conflict.subject, { conflict })),
      ...record.marks
        .filter(({ kind }) => kind === 'red-flag')
        .map((mark) => entry('red-flag', markLabel(rubric, mark), { mark })),
      ...record.incidents.map((incident) => entry('incident', incident.text, { incident })),
      ...(record.absenceReason === null ? [] : [entry('absence', record.absenceReason)]),
      ...record.missing.map(({ item, reason }) =>
        entry('missing', item === 'global-rating' ? reason : `${titles.get(item) ?? item}: ${reason}`, { item }),
      ),
      ...(score !== null && spValue !== null && settled(Math.abs(score - spValue)) >= DISAGREEMENT
        ? [entry('disagreement', `${Math.round(score)} / ${Math.round(spValue)}`)]
        : []),
      ...notes
        .filter(({ itemId, text }) => text !== '' && itemId !== null && lowest.has(itemId))
        .map(({ itemId, text }) =>
          entry('note-low', `${itemId === null ? '' : (titles.get(itemId) ?? itemId)}: ${text}`, { item: itemId }),
        ),
      ...notes
        .filter(({ itemId, text }) => text !== '' && itemId === null && (lowGlobal || failed))
        .map(({ text }) => entry('note-encounter', text)),
      ...(record.spStatus === 'submitted' && sp.comment !== '' ? [entry('sp-comment', sp.comment)] : []),
    ]
  })
  return found.toSorted(
    (a, b) =>
      order.indexOf(a.kind) - order.indexOf(b.kind) ||
      a.stationNumber - b.stationNumber ||
      byCandidateNumber(a.candidateNumber, b.candidateNumber),
  )
}
