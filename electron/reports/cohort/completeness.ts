import type { Station } from '#shared/domain/exam.ts'
import type { Cell, CohortResult } from '#shared/domain/results.ts'
import { rubricItems, rubricOf } from '#shared/domain/rubric.ts'
import { scoredStations } from '#shared/scoring/exam-data.ts'
import type { Block } from '../kit/block.ts'
import { callout } from '../kit/frames.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { colors, dense, soft } from '../kit/theme.ts'
import { count } from '../words.ts'

/** Which encounters and which marks are there, and the list of those that are not. */
export function completenessBlocks(cohort: CohortResult): Block[] {
  const { completeness: total } = cohort
  const whole =
    total.submitted === total.planned && total.unplanned === 0 && total.itemsMissing === 0 && total.conflicts === 0
  const share = total.itemsPlanned === 0 ? 0 : (total.itemsMissing / total.itemsPlanned) * 100
  return [
    heading(2, 'Completeness'),
    callout(whole ? colors.teal : colors.ochre, [
      paragraph(
        `${total.submitted} of ${count(total.planned, 'encounter', 'encounters')} submitted; open ${total.open}, not begun ${total.scheduled}, absent ${total.absent}${total.unplanned === 0 ? '' : `, not planned ${total.unplanned}`}.`,
      ),
      paragraph(
        `${total.itemsMissing} of ${count(total.itemsPlanned, 'mark', 'marks')} of submitted encounters missing (${share.toFixed(2)} %); ${count(total.spForms, 'patient form', 'patient forms')} submitted.`,
      ),
      ...(total.conflicts === 0
        ? []
        : [
            paragraph(
              `${count(total.conflicts, 'mark stands', 'marks stand')} undecided between laptops; such an encounter makes no score until somebody decides.`,
            ),
          ]),
    ]),
    ...gaps(cohort),
  ]
}

type Gap = { station: string; number: number; candidate: string; what: string; why: string }

/** Candidates in one row at most: a row is never split between pages. */
const PER_ROW = 60

/** Characters of candidates’ numbers that a narrow column holds in a line or two. */
const SHORT = 20

/** Everything that is not there: a row for the candidates of a station who lack the same for the same reason. */
function gaps(cohort: CohortResult): Block[] {
  const found = [...cohort.cells.flatMap((cell) => gapsOf(cohort, cell)), ...unplanned(cohort)].toSorted(
    (a, b) => a.number - b.number,
  )
  if (found.length === 0) return [paragraph('Nothing is missing.', soft)]
  const alike = Map.groupBy(found, ({ number, what, why }) => JSON.stringify([number, what, why]))
  const rows = [...alike.values()].flatMap((entries) =>
    Array.from({ length: Math.ceil(entries.length / PER_ROW) }, (_, row) => {
      const some = entries.slice(row * PER_ROW, (row + 1) * PER_ROW)
      const [{ station, what, why } = { station: '', what: '', why: '' }] = some
      return [station, some.map(({ candidate }) => candidate).join(', '), what, why]
    }),
  )
  return [
    table(
      [
        { header: 'Station', share: 4, namesRow: true },
        { header: 'Candidates', share: rows.some(([, who]) => (who ?? '').length > SHORT) ? 5 : 2 },
        { header: 'What is missing', share: 4 },
        { header: 'Reason given', share: 5 },
      ],
      rows,
      dense,
    ),
  ]
}

/** Scored stations that a candidate has no place at. */
function unplanned({ stations, candidates, cells }: CohortResult): Gap[] {
  const planned = new Set(cells.map(({ candidateId, stationId }) => `${candidateId}/${stationId}`))
  return scoredStations({ stations }).flatMap((station) =>
    candidates
      .filter(({ candidate }) => !planned.has(`${candidate.id}/${station.id}`))
      .map(({ candidate }) => ({
        ...placeOf(station),
        candidate: candidate.number,
        what: 'not planned',
        why: 'not in the rotation',
      })),
  )
}

const placeOf = (station: Station | undefined): Pick<Gap, 'station' | 'number'> => ({
  station: `${station?.number ?? ''}  ${station?.title ?? ''}`,
  number: station?.number ?? 0,
})

/** What one encounter lacks: itself, or one mark after the other. */
function gapsOf({ stations, candidates, rubrics, attention }: CohortResult, cell: Cell): Gap[] {
  const station = stations.find(({ id }) => id === cell.stationId)
  const rubric = rubricOf({ rubrics }, station)
  const gap = (what: string, why = ''): Gap => ({
    ...placeOf(station),
    candidate: candidates.find(({ candidate }) => candidate.id === cell.candidateId)?.candidate.number ?? '',
    what,
    why,
  })
  switch (cell.status) {
    case 'scheduled':
      return [gap('not begun')]
    case 'absent': {
      const absence = attention.find(({ kind, encounterId }) => kind === 'absence' && encounterId === cell.encounterId)
      return [gap('candidate absent', absence?.text)]
    }
    case 'open':
      return [gap(`not submitted, ${count(cell.openItems, 'mark', 'marks')} open`)]
    case 'submitted': {
      const titles = new Map(rubric ? rubricItems(rubric).map(({ id, title }) => [String(id), title]) : [])
      const silent = cell.openItems - cell.missing.length
      return [
        ...cell.missing.map(({ item, reason }) => gap(titles.get(item) ?? 'Global rating', reason)),
        ...(silent > 0 ? [gap(`${count(silent, 'mark', 'marks')} without a reason`)] : []),
      ]
    }
  }
}
