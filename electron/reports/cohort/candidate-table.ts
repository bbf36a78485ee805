import type { CohortResult } from '#shared/domain/results.ts'
import { markToPass } from '#shared/domain/standard.ts'
import type { Block } from '../kit/block.ts'
import { table } from '../kit/table.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { colors, dense, smallPrint } from '../kit/theme.ts'
import type { Naming } from '../pseudonymised.ts'
import { outcomeWord, score, scoreBeside } from '../words.ts'

/** Everybody in the order of their numbers; no rank. */
export function candidateTable({ standard, candidates, domains }: CohortResult, { names }: Naming): Block[] {
  return [
    heading(2, 'Candidates'),
    paragraph(domains.map(({ title }) => `${initials(title)}: ${title}`).join('; '), smallPrint),
    table(
      [
        names ? { header: 'No', width: 54, namesRow: true } : { header: 'No', share: 1, namesRow: true },
        ...(names ? [{ header: 'Name', share: 1 }] : []),
        { header: 'Outcome', width: 58 },
        { header: 'Score', width: 38, align: 'right' },
        { header: 'Passed', width: 42, align: 'right' },
        ...domains.map(({ title }) => ({ header: initials(title), width: 36, align: 'right' as const })),
        { header: 'Patients', width: 46, align: 'right' },
      ],
      candidates.map((entry) => [
        entry.candidate.number,
        ...(names ? [entry.candidate.name] : []),
        {
          text: `${outcomeWord[entry.outcome]}${entry.unmet.includes('red-flag') ? ' (red flag)' : ''}`,
          look: entry.outcome === 'pass' ? {} : ({ style: 'bold', color: colors.bad } as const),
        },
        scoreBeside(entry.score.value, markToPass(standard)),
        `${entry.stationsPassed} of ${entry.score.n}`,
        ...domains.map(({ domainId }) =>
          score(entry.domains.find((domain) => domain.domainId === domainId)?.score.value ?? null),
        ),
        score(entry.sp.value),
      ]),
      dense,
    ),
  ]
}

/** "Perspective-taking" becomes "PT": a column of figures has no room for the word. */
const initials = (title: string): string =>
  title
    .split(/[\s-]+/u)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
