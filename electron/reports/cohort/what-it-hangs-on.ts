import type { CohortResult } from '#shared/domain/results.ts'
import type { Unmet } from '#shared/domain/scores.ts'
import { findingWords } from '#shared/measurement/analysis/finding-words.ts'
import type { Finding } from '#shared/measurement/analysis/findings.ts'
import { scoreBeside } from '#shared/scoring/figures.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, list, paragraph } from '../kit/text-blocks.ts'
import { dense, smallPrint, soft } from '../kit/theme.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'
import { whyNot, written } from '../measures/figure-words.ts'
import { count, outcomeWord } from '../words.ts'
import type { Reported } from './reported.ts'

/** The figures behind the decision, what kept candidates from passing, what another standard would change, and what to look at first. */
export function hangsOnBlocks(
  { cohort, measures, reliability, proposal, findings }: Reported,
  examinerName: (examiner: string) => string,
): Block[] {
  const figures: Figure[] = [
    { name: 'Proposed cut', figure: measures.analysis.exam.cut, unit: 'points', of: 'stations' },
    {
      ...{ name: 'SEM of the exam score', figure: reliability.sem, unit: 'points' },
      how: 'SD of the means × √(1 − α)',
    },
    {
      ...{ name: 'Reliability α', figure: reliability.alpha, unit: 'coefficient' },
      how: 'Cronbach, Feldt’s interval',
    },
  ]
  return [
    heading(2, 'The figures behind the decision'),
    figureTable(figures),
    ...whatCouldBeWrong(figures, [
      'A cut is a judgement made with figures, not a fact that they prove. Its standard error says how far another sample of candidates would move it, not whether it is right.',
    ]),
    ...notPassed(cohort),
    ...proposed(proposal, cohort),
    heading(3, 'What should the committee look at first?'),
    findings.length === 0
      ? paragraph('Nothing in the figures calls for it.', soft)
      : list(
          lookedAtFirst(findings, examinerName).map((text) => ({ label: '•', text })),
          10,
        ),
  ]
}

/** Below it R² is told of, as the finding’s sentence has it. */
const LITTLE_EXPLAINED = 0.5

/** A sentence each; the stations whose scores and grades go apart share theirs. */
function lookedAtFirst(findings: readonly Finding[], examinerName: (examiner: string) => string): string[] {
  const apart = findings.filter(({ code }) => code === 'r-squared-low')
  return findings.flatMap((finding) => {
    if (finding.code !== 'r-squared-low' || apart.length < 2)
      return [findingWords(finding, finding.personId === null ? '' : examinerName(finding.personId))]
    if (finding !== apart[0]) return []
    const stations = apart.map(
      ({ figures: { station, r2 } }) => `${station ?? ''} (R² ${scoreBeside('en', r2 ?? 0, LITTLE_EXPLAINED, 2)})`,
    )
    return [
      `At stations ${stations.slice(0, -1).join(', ')} and ${stations.at(-1) ?? ''} the global rating explains little of the score: the sheet and the examiners’ judgement may not be about the same thing.`,
    ]
  })
}

const unmetWord: Readonly<Record<Unmet[number], string>> = {
  'pass-mark': 'mean below the mark',
  stations: 'too few stations passed',
  'red-flag': 'red flag upheld',
}

/** All conditions must hold: which of them did not, alone or together. */
function notPassed({ candidates }: CohortResult): Block[] {
  const failed = candidates.filter(({ outcome }) => outcome === 'fail')
  if (failed.length === 0) return []
  const groups = Map.groupBy(failed, ({ unmet }) => unmet.map((one) => unmetWord[one]).join(', and '))
  return [
    heading(3, 'Why did candidates not pass?'),
    table(
      [
        { header: 'Condition not met', share: 2, namesRow: true },
        { header: 'Candidates', width: 60, align: 'right' },
        { header: 'Who', share: 3 },
      ],
      [...groups].map(([why, own]) => [
        `${why.charAt(0).toUpperCase()}${why.slice(1)}${why.includes(', and ') ? '' : ' alone'}`,
        String(own.length),
        named(own.map(({ candidate }) => candidate.number)),
      ]),
      dense,
    ),
  ]
}

/** Numbers beyond which they are counted: the table of candidates has them all. */
const NAMED = 40

const named = (numbers: readonly string[]): string =>
  numbers.length <= NAMED
    ? numbers.join(', ')
    : `${numbers.slice(0, NAMED).join(', ')} and ${numbers.length - NAMED} more`

/** Nothing of this is in force: a standard is decided in the app, with a reason. */
function proposed({ reason, after, before, changes, cut }: Reported['proposal'], { standard }: CohortResult): Block[] {
  const title = heading(3, 'Who would change sides by borderline regression, under the same rule?')
  if (after === null) return [title, paragraph(`That cannot be said: ${whyNot({ ...(reason && { reason }) })}.`, soft)]
  const kinds = ['pass', 'fail', 'incomplete', 'review'] as const
  const sides = Map.groupBy(changes, ({ from, to }) => `${outcomeWord[from.outcome]} → ${outcomeWord[to.outcome]}`)
  return [
    title,
    table(
      [
        { header: 'Outcome', share: 1, namesRow: true },
        { header: 'By the standard in force', width: 110, align: 'right' },
        { header: 'By borderline regression', width: 110, align: 'right' },
      ],
      kinds.map((kind) => [outcomeWord[kind], String(before[kind]), String(after[kind])]),
      dense,
    ),
    paragraph(
      `${changes.length === 0 ? 'Nobody’s outcome would be another.' : `${count(changes.length, 'candidate', 'candidates')} would have another outcome. ${[...sides].map(([side, own]) => `${side}: ${named(own.map(({ number }) => number))}`).join('. ')}.`} The cut of the exam would be ${cut.value === null ? 'withheld' : written(cut.value, 'points')}, each station at its own cut${standard.minStationsPassed === 0 ? ', though none has to be passed' : ''}. Nothing of this is in force until somebody decides on it with a reason.`,
      smallPrint,
    ),
  ]
}
