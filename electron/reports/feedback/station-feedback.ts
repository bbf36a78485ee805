import type { Station } from '#shared/domain/exam.ts'
import type { ItemFeedback, StationResult } from '#shared/domain/results.ts'
import type { Block } from '../kit/block.ts'
import { table, type TableCell } from '../kit/table.ts'
import { colors } from '../kit/theme.ts'
import type { Inline } from '../text/layout.ts'
import { withheldBecause } from '../words.ts'
import type { Density } from './density.ts'

const soft = { color: colors.soft } as const

/** For each station a strength with what was said, and a change with the level reached and the next one. */
export function stationFeedback(
  met: readonly { station: Station; result: StationResult }[],
  { feedback, padding, quotes }: Density,
): Block {
  return table(
    [
      { header: 'Station', width: 92, namesRow: true },
      { header: 'Keep', share: 1 },
      { header: 'Next time', share: 1 },
    ],
    met.map(({ station, result }) => [
      `${station.number}  ${station.title}`,
      keep(result, quotes),
      nextTime(result, quotes),
    ]),
    { size: feedback, padding },
  )
}

function keep(result: StationResult, quotes: boolean): TableCell {
  const { strength, quote } = result
  if (!strength) return { text: withheldBecause[result.score.reason ?? 'not-submitted'], look: soft }
  const quoted: Inline =
    quotes && quote?.title === strength.title ? [' ', { text: `Seen: ${quote.text}`, style: 'italic' }] : ''
  return [{ text: level(strength), style: 'bold' }, strength.anchor, ...[quoted].flat()]
}

function nextTime({ change }: StationResult, quotes: boolean): TableCell {
  if (!change) return ''
  const noted = change.note !== '' && quotes ? [{ text: ` Seen: ${change.note}`, style: 'italic' as const }] : []
  return [
    { text: level(change), style: 'bold' },
    change.anchor,
    ...noted,
    ...(change.nextAnchor === null ? [] : [{ text: ` Level ${change.value + 1}: ${change.nextAnchor}`, ...soft }]),
  ]
}

const level = ({ title, value }: ItemFeedback): string => `${title}, level ${value}. `
