import { phrase } from '../../locales/phrase.ts'
import { scoreBeside } from '../../scoring/figures.ts'
import { reasonWords } from '../words.ts'
import type { Finding } from './findings.ts'

const written = new Intl.NumberFormat('en', { maximumFractionDigits: 2 })

/** What a finding says, as a sentence. `examiner` is the name of whom it is about. */
export function findingWords({ code, figures, reason }: Finding, examiner = ''): string {
  const params = Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      // A mark that the cut is apart from never looks like it.
      name === 'cut' && figures['mark'] !== undefined
        ? scoreBeside('en', value, figures['mark'])
        : written.format(value).replace('-', '−'),
    ]),
  )
  return phrase(`measurement.findings.${code}`, {
    ...params,
    examiner,
    reason: reason === null ? '' : reasonWords(reason),
  })
}
