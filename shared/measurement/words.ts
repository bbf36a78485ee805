import { phrase } from '../locales/phrase.ts'
import type { Method, Reason, Warning } from './terms.ts'

/** How a figure was computed, as part of a sentence. */
export const methodWords = (method: Method): string => phrase(`measurement.methods.${method}`)

/** Why a figure is withheld, as a sentence. */
export const reasonWords = (reason: Reason): string => phrase(`measurement.reasons.${reason}`)

/** What could be wrong with a figure, as a sentence. */
export const warningWords = (warning: Warning): string => phrase(`measurement.warnings.${warning}`)
