import { shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { FileRef } from '#shared/contract/parts/common.ts'
import type { Result } from '#shared/contract/result.ts'
import { saveFile } from '../api.ts'
import { useErrors } from './use-errors.ts'
import { useToasts } from './use-toasts.ts'

/** Has a file made and saves it, one at a time; a refusal becomes a notice. */
export function useSaving() {
  const { t } = useI18n()
  const { sentence } = useErrors()
  const { show } = useToasts()
  /** What is being made or saved, by the name its button gave. */
  const busy = shallowRef<string | null>(null)
  /** What is being made, until the person is asked where it goes. */
  const making = shallowRef<string | null>(null)

  async function save(what: string, make: () => Promise<Result<FileRef>>, said = 'app.saved') {
    if (busy.value !== null) return
    busy.value = making.value = what
    try {
      const made = await make()
      making.value = null
      const saved = made.ok ? await saveFile(made.data) : made
      if (!saved.ok) show({ kind: 'failed', text: sentence(saved) })
      else if (made.ok && saved.data.saved) show({ kind: 'done', text: t(said, { name: made.data.name }) })
    } finally {
      busy.value = making.value = null
    }
  }

  return { busy, making, save }
}
