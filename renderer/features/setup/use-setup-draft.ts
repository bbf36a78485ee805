import { onScopeDispose } from 'vue'
import type { z } from 'zod'
import type { Result } from '#shared/contract/result.ts'
import { useErrors } from '../../ui/use-errors.ts'
import { useToasts } from '../../ui/use-toasts.ts'
import { useDraft, type Draft } from './use-draft.ts'
import { useSetupStore } from './use-setup-store.ts'

/** A draft whose state the set-up's header shows, and whose refusals are told. */
export function useSetupDraft<F extends object>(parts: {
  stored: () => F
  shape: { [K in keyof F]: z.ZodType<F[K]> }
  save: (fields: Partial<F>) => Promise<Result<F>>
}): Draft<F> {
  const store = useSetupStore()
  const { sentence } = useErrors()
  const { show } = useToasts()
  const draft = useDraft({ ...parts, onRefused: (failure) => show({ kind: 'failed', text: sentence(failure) }) })
  onScopeDispose(store.edit(draft))
  return draft
}
