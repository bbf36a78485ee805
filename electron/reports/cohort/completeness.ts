import type { Cell, CohortResult } from '#shared/domain/results.ts'
import type { Block } from '../kit/block.ts'
import { callout } from '../kit/frames.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { colors, type } from '../kit/theme.ts'
import { count } from '../words.ts'

const soft = { color: colors.soft } as const

/** Which encounters and which marks are there, and the list of those that are not. */
export function completenessBlocks(cohort: CohortResult): Block[] {
  const { completeness: total } = cohort
  const whole = total.submitted === total.planned && total.itemsMissing === 0
  const share = total.itemsPlanned === 0 ? 0 : (total.itemsMissing / total.itemsPlanned) * 100
  return [
    heading(2, 'Completeness'),
    callout(whole ? colors.teal : colors.ochre, [
      paragraph(
        `${total.submitted} of ${count(total.planned, 'encounter', 'encounters')} submitted; open ${total.open}, not begun ${total.scheduled}, absent ${total.absent}.`,
      ),
      paragraph(
        `${total.itemsMissing} of ${count(total.itemsPlanned, 'mark', 'marks')} missing (${share.toFixed(2)} %); ${count(total.spForms, 'patient form', 'patient forms')} submitted.`,
      ),
    ]),
    ...gaps(cohort),
  ]
}

/** One line for each encounter that is not whole. */
function gaps({ cells, stations, candidates }: CohortResult): Block[] {
  const rows = cells
    .filter((cell) => cell.status !== 'submitted' || cell.openItems > 0)
    .map((cell) => {
      const station = stations.find(({ id }) => id === cell.stationId)
      const entry = candidates.find(({ candidate }) => candidate.id === cell.candidateId)
      return {
        number: station?.number ?? 0,
        row: [
          `${station?.number ?? ''}  ${station?.title ?? ''}`,
          entry?.candidate.number ?? '',
          state(cell),
          cell.missing.map(({ reason }) => reason).join('; '),
        ],
      }
    })
    .toSorted((a, b) => a.number - b.number)
    .map(({ row }) => row)
  if (rows.length === 0) return [paragraph('Nothing is missing.', soft)]
  return [
    table(
      [
        { header: 'Station', share: 4, namesRow: true },
        { header: 'Candidate', width: 62 },
        { header: 'What is missing', share: 3 },
        { header: 'Reason given', share: 5 },
      ],
      rows,
      { size: type.small },
    ),
  ]
}

function state({ status, openItems }: Cell): string {
  switch (status) {
    case 'absent':
      return 'candidate absent'
    case 'scheduled':
      return 'not begun'
    case 'open':
      return `not submitted, ${count(openItems, 'mark', 'marks')} open`
    case 'submitted':
      return count(openItems, 'mark', 'marks')
  }
}
