import type { ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import type { CohortResult } from '#shared/domain/results.ts'
import { markToPass, type StandardInForce } from '#shared/domain/standard.ts'
import { pseudonym } from '#electron/base/pseudonym.ts'
import type { Block } from '../kit/block.ts'
import { callout } from '../kit/frames.ts'
import { signature } from '../kit/signature.ts'
import { table } from '../kit/table.ts'
import { heading, list, paragraph } from '../kit/text-blocks.ts'
import { colors, dense } from '../kit/theme.ts'
import { inline, whyNot, written } from '../measures/figure-words.ts'
import type { Naming } from '../pseudonymised.ts'
import { count, instant, number, outcomeWord } from '../words.ts'
import type { Reported } from './reported.ts'
import { methodWord, ruleInWords, standardTable } from './standard-table.ts'

/** What a committee signs: the standard in force, what it makes of the candidates, and what that hangs on. */
export function decisionBlocks(reported: Reported, naming: Naming): Block[] {
  const { cohort } = reported
  return [
    heading(2, 'Decision'),
    callout(colors.teal, [
      paragraph([{ text: whoDecided(cohort.standard, naming), style: 'bold' }]),
      paragraph(ruleInWords(cohort)),
    ]),
    standardTable(reported),
    outcomes(cohort),
    heading(3, 'What it hangs on'),
    list(
      hangsOn(reported).map((text) => ({ label: '•', text })),
      10,
    ),
    heading(3, 'Signed by the committee'),
    ...['Program director', 'Chair of the committee', 'External examiner'].map((role) => signature(role, 18)),
  ]
}

function whoDecided({ decision, method }: StandardInForce, { names }: Naming): string {
  if (decision === null) return 'The rule declared with the exam is in force; no other standard was decided.'
  const { by, at, reason } = decision
  const who = names ? by.name : by.id === null ? 'a program director' : pseudonym('director', by.id)
  const end = /[.!?…]$/.test(reason) ? '' : '.'
  return `Decided by ${who} on ${instant(new Date(at))}, by ${methodWord[method].by}. Reason: ${reason}${end}`
}

function outcomes({ outcomes: tally, candidates }: CohortResult): Block {
  const kinds = ['pass', 'fail', 'incomplete', 'review'] as const
  return table(
    [
      { header: 'Outcome', share: 1, namesRow: true },
      { header: 'Candidates', width: 70, align: 'right' },
      { header: 'Share of all', width: 80, align: 'right' },
    ],
    [
      ...kinds.map((kind) => [
        outcomeWord[kind],
        String(tally[kind]),
        candidates.length === 0 ? '–' : written(tally[kind] / candidates.length, 'share'),
      ]),
      ['All', String(candidates.length), ''],
    ],
    dense,
  )
}

/** What would give other outcomes, in sentences. */
function hangsOn({ cohort, measures, proposal }: Reported): string[] {
  const { standard, candidates, outcomes: tally, completeness } = cohort
  const { exam, stations } = measures.analysis
  const toPass = markToPass(standard)
  const judged = candidates.flatMap(({ outcome, score }) =>
    (outcome === 'pass' || outcome === 'fail') && score.value !== null ? [score.value] : [],
  )
  const byFlag = candidates.filter(({ unmet }) => unmet.length === 1 && unmet.includes('red-flag')).length
  const byStations = candidates.filter(({ unmet }) => unmet.length === 1 && unmet.includes('stations')).length
  const without = stations.filter(({ cut }) => cut.value === null).length
  return [
    `${cutBeside(exam.cut, toPass, judged)}${changingSides(proposal)}`,
    errorBeside(exam.sem, toPass, judged),
    ...(byStations > 0
      ? [`Reached the mark and did not pass, because too few stations were passed: ${byStations}.`]
      : []),
    ...(byFlag > 0 ? [`Did not pass for an upheld red flag alone: ${byFlag}.`] : []),
    ...(tally.incomplete > 0 ? [`No outcome, because a station has no score: ${tally.incomplete}.`] : []),
    ...(tally.review > 0 ? [`No outcome until a second person has reviewed a red flag: ${tally.review}.`] : []),
    ...(without > 0
      ? [
          `${count(without, 'station has', 'stations have')} no proposed cut; the reason stands on ${without === 1 ? 'its page' : 'the page of each'}.`,
        ]
      : []),
    ...(completeness.conflicts > 0
      ? [
          `Laptops contradict each other in ${count(completeness.conflicts, 'thing', 'things')}; nothing of these counts yet.`,
        ]
      : []),
  ]
}

function cutBeside(cut: ExamMeasures['analysis']['exam']['cut'], toPass: number, judged: readonly number[]): string {
  if (cut.value === null) return `Borderline regression proposes no cut for the exam: ${whyNot(cut)}.`
  const proposed = cut.value
  const between = judged.filter((score) => score >= toPass !== score >= proposed).length
  const away = written(Math.abs(proposed - toPass), 'points')
  const apart =
    proposed === toPass
      ? 'what the standard asks for.'
      : `${away} ${Number(away) === 1 ? 'point' : 'points'} ${proposed > toPass ? 'above' : 'below'} what the standard asks for.`
  return `Borderline regression proposes the cut ${inline(cut, 'points')}: ${apart}${judged.length === 0 ? '' : ` Of the ${number(judged.length)} who passed or did not, ${between === 0 ? 'nobody has' : between === 1 ? '1 has' : `${number(between)} have`} a mean between the two.`}`
}

/** By the same rule, as the next page has it. */
function changingSides({ after, changes }: Reported['proposal']): string {
  if (after === null) return ''
  const who = changes.length === 0 ? 'nobody' : count(changes.length, 'candidate', 'candidates')
  return ` With it, and each station at its own cut, ${who} would change sides (next page).`
}

function errorBeside(sem: ExamMeasures['analysis']['exam']['sem'], toPass: number, judged: readonly number[]): string {
  if (sem.value === null) return `How sure a single score is cannot be said: ${whyNot(sem)}.`
  const error = sem.value
  const near = judged.filter((score) => Math.abs(score - toPass) < error)
  const below = near.filter((score) => score < toPass).length
  const size = `The standard error of measurement of a mean is ${written(error, 'points')} points`
  if (near.length === 0)
    return `${size}; of those who passed or did not, nobody’s mean lies within one of it from the mark.`
  return `${size}. Of the ${number(judged.length)} who passed or did not, ${near.length === 1 ? '1 lies' : `${number(near.length)} lie`} within one of it from the mark, ${below} below and ${near.length - below} at or above it: for them the exam alone is not sure.`
}
