import type { Fit } from './fit.ts'

/** Mean squares between the first two are productive of measurement; beyond the last they spoil it (Linacre 2002). */
const REGULAR = 0.5
const ERRATIC = 1.5
const MISLEADING = 2

export type FitClass = 'fits' | 'erratic' | 'misleading' | 'regular'

/** How the marks of an element scatter about what the model expects; erratic marks are graver than regular ones. */
export function fitClass({ infit, outfit }: Pick<Fit, 'infit' | 'outfit'>): FitClass {
  const most = Math.max(infit, outfit)
  if (most > MISLEADING) return 'misleading'
  if (most > ERRATIC) return 'erratic'
  return Math.min(infit, outfit) < REGULAR ? 'regular' : 'fits'
}

/** Whose measure is 0 by convention alone, since nobody compares with them; `groups` as in `comparable`. */
export const aloneIn = (groups: readonly (readonly string[])[]): ReadonlySet<string> =>
  new Set(groups.length > 1 ? groups.filter((group) => group.length === 1).flat() : [])
