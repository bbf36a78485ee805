import { subjectOf } from '#shared/domain/sayings.ts'
import type { ItemFeedback, StationResult } from '#shared/domain/results.ts'
import type { Met } from '#shared/scoring/met-stations.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { soft } from '../kit/theme.ts'
import type { Span } from '../text/layout.ts'
import { withheldBecause } from '../words.ts'
import type { AdviceDensity } from './density.ts'
import { beginning, inOneLine, sentence } from './wording.ts'

/** The subject of the note on the encounter as a whole. */
const WHOLE_NOTE = subjectOf({ type: 'note.recorded', itemId: null, text: '' })

/** For each station a strength, a change with the level reached and the next one, and what the examiner wrote. */
export function stationFeedback(met: readonly Met[], density: AdviceDensity): Block {
  const look = { maxLines: density.lines }
  return table(
    [
      { header: 'Station', width: 76, namesRow: true },
      { header: 'Keep, and what was written down', share: 1 },
      { header: 'Next time', share: 1 },
    ],
    met.map(({ station, result, rubric }) => [
      { text: `${station.number}  ${station.title}`, look },
      { text: [...keep(result, rubric.points.length), ...written(result, density)], look },
      { text: nextTime(result, rubric.points.length), look },
    ]),
    { size: density.size, padding: density.padding },
  )
}

/** The best behaviour; where that lies in the lower half of the scale, it is not passed off as a strength. */
function keep({ strength, score }: StationResult, levels: number): Span[] {
  if (!strength) return [{ text: sentence(withheldBecause[score.reason ?? 'not-submitted']), ...soft }]
  return [
    ...(strength.value * 2 <= levels ? [{ text: 'No strength yet; the closest: ', ...soft }] : []),
    { text: level(strength), style: 'bold' },
    { text: strength.anchor },
  ]
}

function nextTime({ strength, change }: StationResult, levels: number): Span[] {
  if (!change) {
    return strength?.value === levels ? [{ text: 'Every behaviour that was rated reached the top.', ...soft }] : []
  }
  return [
    { text: level(change), style: 'bold' },
    { text: change.anchor },
    ...(change.nextAnchor === null ? [] : [{ text: ` Level ${change.value + 1}: ${change.nextAnchor}`, ...soft }]),
  ]
}

/** The quoted behaviour first, then the note on the whole encounter, then the one on what is to change. */
function written(
  { strength, quote, generalNote, change, corrected }: StationResult,
  { quoteLength, noteLength, hints }: AdviceDensity,
): Span[] {
  const notes = [
    ...(quote ? [{ about: quote.title === strength?.title ? '' : quote.title, text: quote.text }] : []),
    ...(generalNote === ''
      ? []
      : [{ about: corrected.includes(WHOLE_NOTE) ? 'On the whole (corrected)' : 'On the whole', text: generalNote }]),
    ...(hints && change && change.title !== quote?.title ? [{ about: change.title, text: change.note }] : []),
  ]
  return notes.flatMap(({ about, text }, index): Span[] => {
    const shown = beginning(inOneLine(text), index === 0 ? quoteLength : noteLength)
    if (shown === '') return []
    return [
      { text: `${hints ? '\n' : ' '}${about === '' ? 'Seen' : about}: `, ...soft },
      { text: shown, style: 'italic' },
    ]
  })
}

const level = ({ title, value, corrected }: ItemFeedback): string =>
  `${title}, level ${value}${corrected ? ' (corrected after submission)' : ''}. `
