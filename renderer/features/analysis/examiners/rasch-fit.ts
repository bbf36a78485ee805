import type { Output } from '#shared/contract/contract.ts'

export type Rasch = Output<'analysis.examiners'>['rasch']
export type RaschElement = Rasch['examiners'][number]
export type Facet = 'examiners' | 'stations' | 'candidates'

/** Mean squares from here to there are taken as productive of measurement (Linacre 2002). */
const REGULAR = 0.5
const ERRATIC = 1.5

export type FitInWords = 'fits' | 'erratic' | 'regular'

/** How the marks of an element scatter about what the model expects; erratic marks are the graver of the two. */
export function fitInWords({ infit, outfit }: Pick<RaschElement, 'infit' | 'outfit'>): FitInWords {
  if (Math.max(infit, outfit) > ERRATIC) return 'erratic'
  return Math.min(infit, outfit) < REGULAR ? 'regular' : 'fits'
}

/** How far the worse of both mean squares lies from 1, on a scale where half and twice are as far. */
const misfit = ({ infit, outfit }: RaschElement): number =>
  Math.max(...[infit, outfit].map((meanSquare) => Math.abs(Math.log(Math.max(meanSquare, 1e-6)))))

export const byMeasure = (a: RaschElement, b: RaschElement): number => b.measure - a.measure
export const byMisfit = (a: RaschElement, b: RaschElement): number => misfit(b) - misfit(a)

/** Examiners whose measure is 0 by convention: nobody compares with them. */
export const aloneIn = ({ comparable: { examiners } }: Rasch): ReadonlySet<string> =>
  new Set(examiners.length > 1 ? examiners.filter((group) => group.length === 1).flat() : [])
