import { scoreDistribution } from '#shared/charts/distribution.ts'
import { distributionWords } from '#shared/charts/chart-words.ts'
import type { CohortResult } from '#shared/domain/results.ts'
import { markToPass } from '#shared/domain/standard.ts'
import { phrase } from '#shared/locales/phrase.ts'
import type { Block } from '../kit/block.ts'
import { chart } from '../kit/chart.ts'
import { columns } from '../kit/frames.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { smallPrint, soft, type } from '../kit/theme.ts'
import { askedChart } from '../measures/figure-chart.ts'
import { count, digitsOf, mark, score } from '../words.ts'
import type { Reported } from './reported.ts'

/** Charts of the exam's scores and of the domains', which are small beside it: so all stand on a page. */
const LARGE = 0.9
const SMALLER = 0.72
const HIGHEST = 100

/** How the scores lie, of the exam against its mark and of each domain. */
export function distributionBlocks({ cohort, reliability: { sem } }: Reported): Block[] {
  const { candidates, scores, domains, standard } = cohort
  const words = distributionWords(phrase)
  const toPass = mark(markToPass(standard))
  const exam = candidates.flatMap(({ score: { value } }) => value ?? [])
  const band = sem.value === null ? null : { k: 1, halfWidth: sem.value }
  const partial = candidates.filter(
    ({ outcome, score: { value } }) => outcome === 'incomplete' && value !== null,
  ).length
  return [
    heading(2, 'Distributions'),
    paragraph(`Exam score: ${described(scores)}.`, {}, 0),
    ...askedChart(
      'How do the exam scores lie about the mark?',
      (theme) =>
        scoreDistribution(
          { scores: exam, cut: markToPass(standard), band, highest: HIGHEST },
          { ...theme, size: theme.size * LARGE },
          {
            ...words,
            cut: () => `Mark ${toPass}`,
            sentence: (about) => words.sentence({ ...about, cut: toPass }),
          },
        ),
      `${band === null ? 'The error of a single score is withheld, so no band is drawn.' : 'The hatched band is one standard error of measurement (SEM) on either side of the mark: scores in it are not told from the mark by this exam alone.'}${partial === 0 ? '' : ` The score of ${count(partial, 'incomplete candidate is', 'incomplete candidates is')} the mean of the stations there are.`}`,
    ),
    heading(3, 'How do the scores of each domain lie?'),
    ...inPairs(
      domains.map(({ domainId, title, distribution }) => [
        paragraph(
          [
            { text: title, style: 'bold' },
            { text: `: ${described(distribution)}`, ...soft },
          ],
          { size: type.small },
          0,
        ),
        chart((theme) => {
          const own = candidates.flatMap(
            (one) => one.domains.find((domain) => domain.domainId === domainId)?.score.value ?? [],
          )
          return scoreDistribution(
            { scores: own, cut: null, band: null, highest: HIGHEST },
            { ...theme, size: theme.size * SMALLER },
            {
              ...words,
              sentence: ({ n, low, high }) =>
                `${title}: ${phrase('analysis.charts.distribution.sentence', { n, low, high }, n)}`,
            },
          )
        }, digitsOf),
      ]),
    ),
    paragraph('A domain has no mark of its own. One score a candidate; scales differ from chart to chart.', smallPrint),
  ]
}

const described = ({ n, mean, sd }: CohortResult['scores']): string => `n ${n}, mean ${score(mean)}, SD ${score(sd)}`

const inPairs = (all: readonly Block[][]): Block[] =>
  Array.from({ length: Math.ceil(all.length / 2) }, (_, row) =>
    columns([0, 1].map((place) => ({ share: 1, blocks: all[2 * row + place] ?? [] }))),
  )
