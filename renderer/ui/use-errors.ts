import { useI18n } from 'vue-i18n'
import type { ErrorCode, ErrorParams } from '#shared/contract/result.ts'

export type Refusal = { readonly code: ErrorCode; readonly params: ErrorParams }

/** What happened, what it means for the marks, what to do: three sentences. */
export type ErrorWords = { what: string; marks: string; act: string }

/** Turns the code of a refusal into sentences of the locale; every code has its three. */
export function useErrors(): { words(refusal: Refusal): ErrorWords; sentence(refusal: Refusal): string } {
  const { t } = useI18n({ useScope: 'global' })
  const words = ({ code, params }: Refusal): ErrorWords => ({
    what: t(`errors.${code}.what`, params),
    marks: t(`errors.${code}.marks`, params),
    act: t(`errors.${code}.act`, params),
  })
  return {
    words,
    sentence(refusal) {
      const { what, marks, act } = words(refusal)
      return `${what} ${marks} ${act}`
    },
  }
}
