import { useI18n } from 'vue-i18n'
import type { ErrorCode, ErrorParams } from '#shared/contract/result.ts'
import { formatNumber } from './format.ts'

export type Refusal = { readonly code: ErrorCode; readonly params: ErrorParams }

/** What happened, what it means for the marks, what to do: three sentences. */
export type ErrorWords = { what: string; marks: string; act: string }

export type ErrorSentences = { words: (refusal: Refusal) => ErrorWords; sentence: (refusal: Refusal) => string }

/** Turns the code of a refusal into sentences of the locale; every code has its three. */
export function useErrors(): ErrorSentences {
  const { t } = useI18n({ useScope: 'global' })
  const words = ({ code, params }: Refusal): ErrorWords => {
    // Where a sentence depends on a number, it is this one.
    const amount = Number(params['waitSeconds'] ?? params['count'] ?? 1)
    const named = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, typeof value === 'number' ? formatNumber(value, 1) : value]),
    )
    return {
      what: t(`errors.${code}.what`, named, amount),
      marks: t(`errors.${code}.marks`, named, amount),
      act: t(`errors.${code}.act`, named, amount),
    }
  }
  return {
    words,
    sentence: (refusal) => {
      const { what, marks, act } = words(refusal)
      return `${what} ${marks} ${act}`
    },
  }
}
