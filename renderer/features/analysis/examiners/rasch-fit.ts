import type { Examined } from './labels.ts'

export type Rasch = Examined['rasch']
export type RaschElement = Rasch['examiners'][number]
export type Facet = 'examiners' | 'stations' | 'candidates'

/** How far the worse of both mean squares lies from 1, on a scale where half and twice are as far. */
const misfit = ({ infit, outfit }: RaschElement): number =>
  Math.max(...[infit, outfit].map((meanSquare) => Math.abs(Math.log(Math.max(meanSquare, 1e-6)))))

export const byMeasure = (a: RaschElement, b: RaschElement): number => b.measure - a.measure
export const byMisfit = (a: RaschElement, b: RaschElement): number => misfit(b) - misfit(a)
