import type { CandidateResult } from '#shared/domain/results.ts'
import { scaleLengths, type Rubric } from '#shared/domain/rubric.ts'
import { markToPass, type StandardInForce } from '#shared/domain/standard.ts'
import type { Block } from '../kit/block.ts'
import type { TextLook } from '../kit/sheet.ts'
import { heading, paragraph } from '../kit/text-blocks.ts'
import { soft, type } from '../kit/theme.ts'
import { count, mark, plain } from '../words.ts'

/** How scores, pass mark and outcome come about. */
export function explanation(result: CandidateResult, look: TextLook = { size: type.small }): Block[] {
  const { standard, rubrics } = result
  const ownMarks = standard.stations.length > 0 ? ', each at its own pass mark' : ''
  const stations =
    standard.minStationsPassed > 0
      ? ` and at least ${count(standard.minStationsPassed, 'station', 'stations')} had to be passed${ownMarks}`
      : ''
  return [
    heading(2, 'How to read this'),
    paragraph(
      `${levels(rubrics)}; a domain is the mean of its rated behaviours, a station the mean of its domains, the exam the mean of its stations. “No opportunity arose” and missing marks are left out, never counted as low. To pass, the mean had to reach ${mark(markToPass(standard))}${stations}, with no concern outside the score upheld. ${passMark(standard)}${notCounted(result)} The patient’s view is the mean of their own form and is no part of your mark; a dash there says that the form is missing or answers fewer than four statements.`,
      { ...soft, ...look },
    ),
  ]
}

/** What a behaviour is rated on; the stations of an exam may have scales of different lengths. */
function levels(rubrics: readonly Rubric[]): string {
  const scales = scaleLengths(rubrics)
  if (scales === null) return 'Each behaviour was rated against described levels'
  const { least, most } = scales
  return least === most
    ? `Each behaviour was rated against ${least} described levels, each worth ${plain(100 / least)} points, from ${plain(100 / least)} to 100`
    : `Each behaviour was rated against the described levels of its station’s rubric, ${least} to ${most} of them, each worth an equal share of 100 points`
}

const howSet: Readonly<Record<StandardInForce['method'], string>> = {
  declared: 'set by hand',
  'borderline-regression':
    'worked out from everybody’s scores and global ratings: what goes with a borderline performance (borderline regression)',
  'borderline-group': 'worked out from the scores of those whose performance was rated borderline (borderline group)',
  cohen: 'worked out as a share of what the best candidates reach (Cohen’s method)',
  hofstee: 'found between the marks and the shares of fails that a committee takes as acceptable (Hofstee’s method)',
  angoff: 'set by judges: what they expect of a candidate who is just good enough (Angoff’s method)',
}

/** From where the pass mark comes. */
function passMark({ method, cut, sem, semMultiple, decision }: StandardInForce): string {
  if (decision === null) return 'This pass mark was declared with the exam.'
  return sem !== null && semMultiple > 0
    ? `This pass mark is a cut of ${mark(cut)}, ${howSet[method]}, with ${mark(semMultiple)} × the standard error of measurement of ${mark(sem)} added.`
    : `This pass mark was ${howSet[method]}.`
}

function notCounted({ standard, results, stations }: CandidateResult): string {
  const left = stations
    .filter(({ id }) => standard.excluded.includes(id) && results.some(({ stationId }) => stationId === id))
    .map(({ number }) => number)
  if (left.length === 0) return ''
  const which = left.length === 1 ? `Station ${left.join('')} counts` : `Stations ${left.join(', ')} count`
  return ` ${which} for nobody: what you did there stands in your profile and advice, not in your mean.`
}
