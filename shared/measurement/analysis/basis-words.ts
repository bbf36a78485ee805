import type { StandardBasis } from '../../domain/standard.ts'
import { phrase } from '../../locales/phrase.ts'
import { markAsDeclared } from '../../scoring/figures.ts'

/** What a person gave the method of a standard, as a sentence. */
export function basisWords(basis: StandardBasis): string {
  const percent = (share: number) => markAsDeclared('en', 100 * share)
  switch (basis.method) {
    case 'cohen':
      return phrase('measurement.basis.cohen', { share: percent(basis.share) })
    case 'hofstee': {
      const { lowestCut, highestCut, fewestFails, mostFails } = basis.rectangle
      return phrase('measurement.basis.hofstee', {
        ...{ lowest: markAsDeclared('en', lowestCut), highest: markAsDeclared('en', highestCut) },
        ...{ fewest: percent(fewestFails), most: percent(mostFails) },
      })
    }
    case 'angoff': {
      const n = basis.judged[0]?.cuts.length ?? 0
      return phrase('measurement.basis.angoff', { n }, n)
    }
  }
}
