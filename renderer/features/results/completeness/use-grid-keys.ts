import { computed, nextTick, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useShortcuts } from '../../../ui/use-shortcuts.ts'
import { moveIn, type Place } from './grid-moves.ts'

/** The cell in which one stands, and the keys that lead to others while the focus is in the table. */
export function useGridKeys(
  table: Readonly<Ref<HTMLTableElement | null>>,
  size: () => { rows: number; columns: number },
) {
  const { t } = useI18n()
  const at = ref<Place>({ row: 0, column: 0 })

  // A filter may take away the row in which one stood.
  watch(computed(size), (now) => {
    at.value = moveIn(at.value, '', now)
  })

  const cell = () =>
    table.value?.querySelector<HTMLElement>(`[data-row="${at.value.row}"][data-column="${at.value.column}"]`)

  async function go(key: string): Promise<void> {
    at.value = moveIn(at.value, key, size())
    await nextTick()
    cell()?.focus()
  }

  const keyed = (key: readonly string[], label: string) => ({
    key,
    label: t(`results.completeness.keys.${label}`),
    group: t('results.completeness.keys.group'),
    when: () => table.value?.contains(document.activeElement) === true,
    run: (event: KeyboardEvent) => void go(event.ctrlKey || event.metaKey ? `Mod+${event.key}` : event.key),
  })
  useShortcuts(() => [
    keyed(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], 'move'),
    keyed(['PageUp', 'PageDown'], 'page'),
    keyed(['Home', 'End'], 'ends'),
    keyed(['Mod+Home', 'Mod+End'], 'corners'),
  ])

  return { at, cell }
}
