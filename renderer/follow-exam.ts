import type { EncounterId, ExamId } from '#shared/domain/ids.ts'
import { onReturn, subscribe } from './api.ts'
import { atMostOncePer } from './ui/at-most-once.ts'
import { together } from './ui/together.ts'

/** What the host tells of an exam: that an encounter changed, or, where none is named, what was set up around it. */
export type ExamChange = { examId: ExamId; encounterId: EncounterId | null }

/**
 * Calls `read` when the host tells of a `wanted` change, and when events flow again after a break. A station that is
 * scored tells of many changes a minute: `read` runs `pauseMs` after the first of them, never twice at once, and once
 * for all that came meanwhile. The function given back ends it.
 */
export function followExam(
  wanted: (change: ExamChange) => boolean,
  pauseMs: number,
  read: () => Promise<unknown>,
): () => void {
  const soon = atMostOncePer(pauseMs, read)
  const hear = (change: ExamChange) => {
    if (wanted(change)) soon.ask()
  }
  return together(
    subscribe('exam.changed', ({ examId }) => {
      hear({ examId, encounterId: null })
    }),
    subscribe('encounter.changed', hear),
    onReturn(soon.ask),
    soon.end,
  )
}
