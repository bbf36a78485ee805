import { onScopeDispose, ref, toValue, watchEffect, type MaybeRefOrGetter } from 'vue'

/** What the open screen adds to its route's title, for example a candidate's number; empty: nothing. */
export const pageTitle = ref('')

/** Names the open screen in the window's title. */
export function usePageTitle(title: MaybeRefOrGetter<string>): void {
  watchEffect(() => {
    pageTitle.value = toValue(title)
  })
  onScopeDispose(() => {
    pageTitle.value = ''
  })
}
