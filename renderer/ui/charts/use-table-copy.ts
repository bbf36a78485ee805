import { useI18n } from 'vue-i18n'
import type { ChartTable } from '#shared/charts/chart.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { call } from '../../api.ts'
import { formatFixed } from '../format.ts'
import { useErrors } from '../use-errors.ts'
import { useToasts } from '../use-toasts.ts'
import { copyTable } from './table-copy.ts'

/**
 * Puts a table on the clipboard and says so, or how else to get it; false where it could not be copied. `namesOf`: the exam
 * whose people stand in it by name, which the audit is told first.
 */
export function useTableCopy() {
  const { t } = useI18n()
  const { sentence } = useErrors()
  const { show } = useToasts()
  return async (table: ChartTable, namesOf: ExamId | null = null): Promise<boolean> => {
    if (namesOf !== null) {
      const told = await call('export.tableCopied', { examId: namesOf })
      if (!told.ok) {
        show({ kind: 'failed', text: sentence(told) })
        return false
      }
    }
    try {
      await copyTable(table, formatFixed)
      show({ kind: 'done', text: t('chart.copied') })
      return true
    } catch {
      show({ kind: 'failed', text: t('chart.notCopied') })
      return false
    }
  }
}
