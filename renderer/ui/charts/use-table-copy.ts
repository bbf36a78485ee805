import { useI18n } from 'vue-i18n'
import type { ChartTable } from '#shared/charts/chart.ts'
import { formatFixed } from '../format.ts'
import { useToasts } from '../use-toasts.ts'
import { copyTable } from './table-copy.ts'

/** Puts a table on the clipboard and says so, or how else to get it; false where it could not be copied. */
export function useTableCopy() {
  const { t } = useI18n()
  const { show } = useToasts()
  return async (table: ChartTable): Promise<boolean> => {
    try {
      await copyTable(table, formatFixed)
      show({ kind: 'done', text: t('analysis.charts.panel.copied') })
      return true
    } catch {
      show({ kind: 'failed', text: t('analysis.charts.panel.notCopied') })
      return false
    }
  }
}
