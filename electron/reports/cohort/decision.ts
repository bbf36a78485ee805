import type { ExamMeasures } from '#shared/measurement/analysis/exam-measures.ts'
import type { CohortResult } from '#shared/domain/results.ts'
import { markToPass, type StandardInForce } from '#shared/domain/standard.ts'
import { countedStations } from '#shared/scoring/exam-data.ts'
import { pseudonym } from '#electron/base/pseudonym.ts'
import type { Block } from '../kit/block.ts'
import { callout } from '../kit/frames.ts'
import { signature } from '../kit/signature.ts'
import { table } from '../kit/table.ts'
import { heading, list, paragraph } from '../kit/text-blocks.ts'
import { colors, type } from '../kit/theme.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'
import { inline, whyNot, written } from '../measures/figure-words.ts'
import type { Naming } from '../pseudonymised.ts'
import { count, instant, mark, outcomeWord } from '../words.ts'

/** What a committee signs: the standard in force, what it makes of the candidates, and what that hangs on. */
export function decisionBlocks(cohort: CohortResult, { analysis }: ExamMeasures, naming: Naming): Block[] {
  const figures: Figure[] = [
    { name: 'Proposed cut', figure: analysis.exam.cut, unit: 'points', of: 'stations' },
    { name: 'SEM of the exam score', figure: analysis.exam.sem, unit: 'points' },
    { name: 'Reliability α', figure: analysis.exam.alpha, unit: 'coefficient' },
  ]
  return [
    heading(2, 'Decision'),
    callout(colors.teal, [
      paragraph([{ text: whoDecided(cohort.standard, naming), style: 'bold' }]),
      paragraph(ruleInWords(cohort)),
    ]),
    outcomes(cohort),
    heading(3, 'What it hangs on'),
    list(
      hangsOn(cohort, analysis).map((text) => ({ label: '•', text })),
      10,
    ),
    figureTable(figures),
    ...whatCouldBeWrong(figures, [
      'A cut is a judgement made with figures, not a fact that they prove. Its standard error says how far another sample of candidates would move it, not whether it is right.',
    ]),
    heading(3, 'Signed by the committee'),
    ...['Program director', 'Chair of the committee', 'External examiner'].map((role) => signature(role, 18)),
  ]
}

const methodWord: Readonly<Record<StandardInForce['method'], string>> = {
  declared: 'declared by hand',
  'borderline-regression': 'borderline regression',
  'borderline-group': 'the borderline group',
  cohen: 'Cohen’s method',
  hofstee: 'Hofstee’s method',
  angoff: 'Angoff’s method',
}

function whoDecided({ decision, method }: StandardInForce, { names }: Naming): string {
  if (decision === null) return 'The rule declared with the exam is in force; no other standard was decided.'
  const { by, at, reason } = decision
  const who = names ? by.name : by.id === null ? 'a program director' : pseudonym('director', by.id)
  const end = /[.!?…]$/.test(reason) ? '' : '.'
  return `Decided by ${who} on ${instant(new Date(at))}, by ${methodWord[method]}. Reason: ${reason}${end}`
}

/** The whole rule as a sentence, and from where its mark comes. */
export function ruleInWords({ standard, stations }: Pick<CohortResult, 'standard' | 'stations'>): string {
  const { cut, sem, semMultiple, minStationsPassed, excluded } = standard
  const counted = countedStations({ standard, stations }).length
  const marked =
    semMultiple > 0 && sem !== null
      ? `${mark(markToPass(standard))} (the cut ${mark(cut)} and ${mark(semMultiple)} × the SEM of ${mark(sem)})`
      : mark(cut)
  const own = standard.stations.length > 0 ? 'each at its own cut' : `each at ${mark(cut)}`
  const passed =
    minStationsPassed > 0 ? `, at least ${count(minStationsPassed, 'station is', 'stations are')} passed, ${own},` : ''
  const left = stations.filter(({ id }) => excluded.includes(id)).map(({ number }) => String(number))
  const without =
    left.length === 0 ? '' : ` ${left.length === 1 ? 'Station' : 'Stations'} ${left.join(', ')} count for nobody.`
  return `A candidate passes when the mean over ${count(counted, 'station', 'stations')} is at least ${marked}${passed} and no red flag is upheld. Whoever lacks a station is incomplete, whatever the other scores. Figures are compared unrounded.${without}`
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
    { size: type.small, padding: 1.8 },
  )
}

/** What would give other outcomes, in sentences. */
function hangsOn(cohort: CohortResult, { exam, stations }: ExamMeasures['analysis']): string[] {
  const { standard, candidates, outcomes: tally, completeness } = cohort
  const toPass = markToPass(standard)
  const judged = candidates.flatMap(({ outcome, score }) =>
    (outcome === 'pass' || outcome === 'fail') && score.value !== null ? [score.value] : [],
  )
  const byFlag = candidates.filter(({ unmet }) => unmet.length === 1 && unmet.includes('red-flag')).length
  const byStations = candidates.filter(({ unmet }) => unmet.length === 1 && unmet.includes('stations')).length
  const without = stations.filter(({ cut }) => cut.value === null).length
  return [
    cutBeside(exam.cut, toPass, judged),
    errorBeside(exam.sem, toPass, judged),
    ...(byStations > 0 ? [`Not passed for the number of stations passed alone: ${byStations}.`] : []),
    ...(byFlag > 0 ? [`Not passed for an upheld red flag alone: ${byFlag}.`] : []),
    ...(tally.incomplete > 0 ? [`No outcome, because a station has no score: ${tally.incomplete}.`] : []),
    ...(tally.review > 0 ? [`No outcome until a second person has reviewed a red flag: ${tally.review}.`] : []),
    ...(without > 0
      ? [
          `${count(without, 'station has', 'stations have')} no proposed cut; the reason stands on ${without === 1 ? 'its' : 'their'} page.`,
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
  const side = proposed >= toPass ? 'above' : 'below'
  return `Borderline regression proposes the cut ${inline(cut, 'points')}: ${written(Math.abs(proposed - toPass), 'points')} points ${side} what the standard asks for. ${count(between, 'mean lies', 'means lie')} between the two.`
}

function errorBeside(sem: ExamMeasures['analysis']['exam']['sem'], toPass: number, judged: readonly number[]): string {
  if (sem.value === null) return `How sure a single score is cannot be said: ${whyNot(sem)}.`
  const error = sem.value
  const near = judged.filter((score) => Math.abs(score - toPass) < error)
  const below = near.filter((score) => score < toPass).length
  if (near.length === 0)
    return `The standard error of measurement of a mean is ${written(error, 'points')} points; nobody’s mean lies within one of it from the mark.`
  return `The standard error of measurement of a mean is ${written(error, 'points')} points. ${count(near.length, 'candidate lies', 'candidates lie')} within one of it from the mark, ${below} below and ${near.length - below} above: for them the exam alone is not sure.`
}
