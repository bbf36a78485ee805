import { useI18n } from 'vue-i18n'
import { useErrors } from '../../ui/use-errors.ts'
import { useToasts } from '../../ui/use-toasts.ts'
import type { Did } from './setup-deeds.ts'
import { useSetupStore } from './use-setup-store.ts'

/** Takes the last deed back and says what it was; and offers that for a deed that was just done. */
export function useTakeBack() {
  const { t } = useI18n({ useScope: 'global' })
  const store = useSetupStore()
  const { sentence } = useErrors()
  const { show } = useToasts()
  const words = ({ key, params = {} }: Did) => t(`setup.did.${key}`, params)

  async function takeBack(): Promise<void> {
    await store.flush()
    const taken = await store.undo.undo()
    if (taken === null) show({ kind: 'note', text: t('setup.nothingToTakeBack') })
    else if (taken.result.ok) show({ kind: 'done', text: t('setup.takenBack', { what: words(taken.what) }) })
    else show({ kind: 'failed', text: sentence(taken.result) })
  }

  return {
    takeBack,
    /** Says what was done, with a way back. */
    offer: (did: Did) =>
      show({ kind: 'done', text: words(did), action: { label: t('setup.takeBack'), run: () => void takeBack() } }),
  }
}
