import { TRIED_FIRST } from '#shared/domain/scenario.ts'
import type { Block } from '../kit/block.ts'
import { heading } from '../kit/text-blocks.ts'
import { figureTable, whatCouldBeWrong, type Figure } from '../measures/figure-table.ts'
import { written } from '../measures/figure-words.ts'
import { mark } from '../words.ts'
import type { Reported } from './reported.ts'

/** The cut of the exam by each method that needs nothing but the marks, beside borderline regression. */
export function otherMethodsBlocks({ otherCuts, proposal }: Pick<Reported, 'otherCuts' | 'proposal'>): Block[] {
  const { share, rectangle } = TRIED_FIRST
  const figures: Figure[] = [
    { name: 'Borderline regression', figure: proposal.cut, unit: 'points', of: 'stations' },
    {
      ...{ name: 'Borderline group', figure: otherCuts['borderline-group'], unit: 'points', of: 'stations' },
      how: 'Mean of the stations’ group means',
    },
    {
      ...{ name: 'Cohen’s method', figure: otherCuts.cohen, unit: 'points', of: 'stations' },
      how: `${written(share, 'share')} of each station’s P95, mean`,
    },
    {
      ...{ name: 'Hofstee’s method', figure: otherCuts.hofstee, unit: 'points' },
      how: `Cut ${mark(rectangle.lowestCut)} to ${mark(rectangle.highestCut)}, ${mark(100 * rectangle.fewestFails)} to ${mark(100 * rectangle.mostFails)} % fails`,
    },
  ]
  return [
    heading(2, 'What other methods would say'),
    figureTable(figures),
    ...whatCouldBeWrong(figures, [
      'Cohen’s share and Hofstee’s limits are those that the Analysis begins with; whoever decides chooses them. Angoff’s method needs judges and is not given. None of these is in force unless the first page says so.',
    ]),
  ]
}
