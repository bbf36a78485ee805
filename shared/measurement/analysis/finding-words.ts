import { phrase } from '../../locales/phrase.ts'
import { markAsDeclared, scoreBeside } from '../../scoring/figures.ts'
import { reasonWords } from '../words.ts'
import type { Finding, FindingCode } from './findings.ts'

const whole = new Set(['station', 'count', 'candidates', 'examiners', 'scores', 'grade', 'minimum'])

/** What a sentence says that its figures lie below: none of them looks as if it did not. */
const bounds: Partial<Record<FindingCode, number>> = {
  'alpha-below-seven': 0.7,
  'alpha-below-eight': 0.8,
  'r-squared-low': 0.5,
  'patients-differ': 0.5,
}

/** What a finding says, as a sentence, its figures rounded as the cohort report rounds them. `examiner` is whom it is about. */
export function findingWords({ code, figures, reason }: Finding, examiner = ''): string {
  const written = (name: string, value: number): string => {
    if (whole.has(name)) return String(value)
    if (name === 'mark') return markAsDeclared('en', value)
    const digits = name === 'percent' ? 1 : 2
    const bound = figures['mark'] ?? bounds[code]
    return bound === undefined ? value.toFixed(digits) : scoreBeside('en', value, bound, digits)
  }
  return phrase(`measurement.findings.${code}`, {
    ...Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [name, written(name, value).replace('-', '−')]),
    ),
    examiner,
    reason: reason === null ? '' : reasonWords(reason),
  })
}
