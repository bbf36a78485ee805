import type { Station } from '#shared/domain/exam.ts'
import type { ItemFeedback, StationResult } from '#shared/domain/results.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { colors } from '../kit/theme.ts'
import type { Span } from '../text/layout.ts'
import { withheldBecause } from '../words.ts'
import type { AdviceDensity } from './density.ts'
import { beginning, inOneLine, sentence } from './wording.ts'

const soft = { color: colors.soft } as const

/** A station that was met, with the number of levels of its rubric. */
type Met = { station: Station; result: StationResult; levels: number }

/** For each station a strength with what was said, and a change with the level reached and the next one. */
export function stationFeedback(met: readonly Met[], density: AdviceDensity): Block {
  const look = { maxLines: density.lines }
  return table(
    [
      { header: 'Station', width: 92, namesRow: true },
      { header: 'Keep', share: 1 },
      // It tells two levels: without quotations beside them, most of the words.
      { header: 'Next time', share: density.quoteLength === 0 ? 1.5 : 1 },
    ],
    met.map(({ station, result, levels }) => [
      { text: `${station.number}  ${station.title}`, look },
      { text: keep(result, levels, density), look },
      { text: nextTime(result, levels, density), look },
    ]),
    { size: density.size, padding: density.padding },
  )
}

/** The best behaviour; where that lies in the lower half of the scale, it is not passed off as a strength. */
function keep({ strength, quote, score }: StationResult, levels: number, { quoteLength }: AdviceDensity): Span[] {
  if (!strength) return [{ text: sentence(withheldBecause[score.reason ?? 'not-submitted']), ...soft }]
  return [
    ...(strength.value * 2 <= levels ? [{ text: 'No strength yet; the closest: ', ...soft }] : []),
    { text: level(strength), style: 'bold' },
    { text: strength.anchor },
    ...(quote?.title === strength.title ? seen(quote.text, quoteLength) : []),
  ]
}

function nextTime({ strength, change }: StationResult, levels: number, { quoteLength }: AdviceDensity): Span[] {
  if (!change) {
    return strength?.value === levels ? [{ text: 'Every behaviour that was rated reached the top.', ...soft }] : []
  }
  return [
    { text: level(change), style: 'bold' },
    { text: change.anchor },
    ...seen(change.note, quoteLength),
    ...(change.nextAnchor === null ? [] : [{ text: ` Level ${change.value + 1}: ${change.nextAnchor}`, ...soft }]),
  ]
}

const seen = (note: string, letters: number): Span[] =>
  note === '' || letters === 0 ? [] : [{ text: ` Seen: ${beginning(inOneLine(note), letters)}`, style: 'italic' }]

const level = ({ title, value }: ItemFeedback): string => `${title}, level ${value}. `
