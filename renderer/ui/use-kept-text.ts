import { ref, watch, type Ref } from 'vue'

const PREFIX = 'attune.words'

/**
 * What is typed in a dialog: kept in this tab's storage until the dialog is closed, so that neither a reload nor a host
 * that is gone loses it. `name` says whose words they are and about what.
 */
export function useKeptText(open: Ref<boolean>, name: () => string): Ref<string> {
  const text = ref('')
  let key: string | null = null
  watch(
    open,
    (now) => {
      if (key !== null) keep(key, '')
      key = now ? `${PREFIX}/${name()}` : null
      text.value = key === null ? '' : kept(key)
    },
    { immediate: true },
  )
  watch(text, (now) => {
    if (key !== null) keep(key, now)
  })
  return text
}

function keep(key: string, words: string): void {
  try {
    if (words === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, words)
  } catch {
    // They stand in the field, as long as it is there.
  }
}

function kept(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}
