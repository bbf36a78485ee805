import type { ExamDay } from '#tests/support/exam-day.ts'
import { closed, examId, submitted } from './so-far.ts'
import type { auditChannels } from '#shared/contract/parts/audit.ts'
import type { TrialsOf } from './trial.ts'

const everything = (day: ExamDay) => ({
  ...examId(day),
  ...{ personId: null, candidateId: null, stationId: null, kind: null, device: null, from: null, to: null, text: '' },
})

export const auditTrials: TrialsOf<typeof auditChannels> = {
  'audit.list': {
    by: 'director',
    good: async (day) => {
      await submitted(day)
      return { filter: everything(day), before: null }
    },
    bad: { filter: { examId: 'exam-1' }, before: null },
  },
  'audit.choices': { by: 'director', good: examId, bad: {} },
  'audit.export': { by: 'director', good: (day) => ({ filter: everything(day) }), bad: { filter: null } },
  'ledger.verify': { by: 'director', good: () => ({ code: 'ABCD-EFGH' }), bad: { code: 'A'.repeat(21) } },
  'ledger.proof': { by: 'director', good: examId, bad: {} },
  'ledger.state': { by: 'director', good: closed, bad: { examId: 7 } },
  'ledger.statement': { by: 'director', good: closed, bad: { examId: null } },
}
