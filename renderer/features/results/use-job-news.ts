import { onScopeDispose } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ExamId } from '#shared/domain/ids.ts'
import { subscribe } from '../../api.ts'
import { useToasts } from '../../ui/use-toasts.ts'
import { useSaving } from '../../ui/use-saving.ts'

/** Tells when a document of the exam is ready; `quiet` where the open screen shows it anyway. */
export function useJobNews(ofExam: () => ExamId | null, quiet: () => boolean = () => false): void {
  const { t } = useI18n()
  const { show } = useToasts()
  const { save } = useSaving()

  onScopeDispose(
    subscribe('job.progressed', ({ id, examId, kind, status, file }) => {
      if (status !== 'done' || file === null || examId !== ofExam() || quiet()) return
      show({
        kind: 'done',
        text: t(`results.reports.${kind}.ready`),
        action: {
          label: t(`results.reports.${kind}.save`),
          run: () => void save(id, () => Promise.resolve({ ok: true, data: file })),
        },
      })
    }),
  )
}
