import type { CandidateResult } from '#shared/domain/results.ts'
import { markToPass } from '#shared/domain/standard.ts'
import { countedStations } from '#shared/scoring/exam-data.ts'
import { hasUpheldFlag } from '#shared/scoring/outcome.ts'
import type { Block } from '../kit/block.ts'
import { callout } from '../kit/frames.ts'
import { paragraph } from '../kit/text-blocks.ts'
import { colors, soft } from '../kit/theme.ts'
import { count, mark, outcomeWord, scoreBeside } from '../words.ts'

/** At how many of the exam's stations the candidate has a score. */
export function howComplete(result: CandidateResult): string {
  const total = countedStations(result).length
  if (result.results.length === 0) return 'not in the rotation'
  const stations = count(total, 'station', 'stations')
  return result.stationsScored === total
    ? `${stations}, all complete`
    : `${result.stationsScored} of ${stations} complete`
}

/** Passed or not, with the figures and the reason. */
export function outcome(result: CandidateResult): Block {
  const { standard, outcome: kind, score: mean, stationsPassed, stationsScored, results } = result
  const { minStationsPassed } = standard
  const toPass = markToPass(standard)
  const color = { pass: colors.teal, fail: colors.bad, incomplete: colors.ochre, review: colors.ochre }[kind]
  const needed = minStationsPassed > 0 ? `; ${count(minStationsPassed, 'was', 'were')} needed` : ''
  const planned = results.length > 0
  const noScore = planned ? 'No station has a score yet.' : 'No encounter was planned for you in this exam.'
  const figures =
    mean.value === null
      ? noScore
      : `Mean ${scoreBeside(mean.value, toPass)} of 100; the pass mark was ${mark(toPass)}. You passed ${stationsPassed} of ${count(stationsScored, 'station', 'stations')}${needed}.`
  const missing = countedStations(result).length - stationsScored
  const reason = {
    pass: 'How the outcome is made is explained at the end.',
    fail: 'How the outcome is made is explained at the end.',
    incomplete: planned
      ? `${count(missing, 'station has', 'stations have')} no score, so no outcome is given yet.`
      : 'You are not in its rotation, so no outcome is given.',
    review: 'A second person is looking at one observation; the outcome follows.',
  }[kind]
  // What it was is for a conversation: the paper names neither the flag nor its words.
  const concern = hasUpheldFlag(results)
    ? [
        paragraph(
          'A concern outside the score was reviewed and upheld; the program director will talk it over with you.',
        ),
      ]
    : []
  return callout(color, [paragraph(figures), ...concern, paragraph(reason, soft)], outcomeWord[kind])
}
