import { phrase } from '../../locales/phrase.ts'
import type { Design } from './design.ts'

/** The design said aloud: how many were marked where and by whom, what that design is called, and whether scores are missing. */
export const designWords = ({ raters, balanced, candidates, stations, examiners, scores }: Design): string =>
  [
    phrase(`measurement.designs.${raters}`, {
      candidates: counted('candidates', candidates),
      stations: counted('stations', stations),
      examiners: counted('examiners', examiners),
    }),
    phrase(`measurement.balance.${balanced ? 'balanced' : 'unbalanced'}`, { scores }),
  ].join(' ')

const counted = (what: 'candidates' | 'stations' | 'examiners', n: number): string =>
  phrase(`measurement.counted.${what}`, { n }, n)
