import type { Warning } from './terms.ts'

/** Below this many units an agreement, a correlation or a share says little (Koo and Li 2016 ask for 30 of an ICC). */
const FEW = 30

/** The warning that belongs to a figure from `n` units: none where they are many. */
export const smallSample = (n: number): Warning[] => (n < FEW ? ['small-sample'] : [])

/** The same where many encounters come from so many candidates. */
export const fewCandidates = (candidates: number): Warning[] => (candidates < FEW ? ['few-candidates'] : [])
