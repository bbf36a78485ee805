import type { LedgerCheck } from '#shared/contract/parts/audit.ts'
import { headCode } from '#shared/domain/head-code.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { StoreReader } from '#electron/store/store.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import { auditSentence } from './audit-log.ts'

/** Rows that differ and are told in words. */
const TOLD = 5

/** Walks the whole ledger and tells what was found in words; looks for a code from paper, too. */
export function ledgerCheck(reader: StoreReader, code: string | null): LedgerCheck {
  const verification = reader.verify()
  const { events, chains, broken, differing, statements, setUps } = verification
  const own = new Set(reader.installation.devices())
  const titles = new Map(reader.exams.list().map(({ id, title }) => [id, title]))
  const titleOf = (examId: ExamId | null) => (examId === null ? '' : (titles.get(examId) ?? ''))
  const found = code === null ? undefined : reader.findCode(code)
  return {
    sound: isSound(verification),
    events,
    chains: chains.map(({ device, examId, events: count, missing, hash }) => ({
      device,
      own: own.has(device),
      examId,
      exam: titleOf(examId),
      events: count,
      missing,
      code: headCode(hash),
    })),
    broken: broken && {
      id: broken.id,
      device: broken.device,
      seq: broken.seq,
      problem: broken.problem,
      says: broken.id === null ? null : auditSentence(reader, broken.id),
    },
    differing: differing.length,
    differingSay: differing
      .slice(0, TOLD)
      .flatMap(({ eventId }) => (eventId === null ? [] : (auditSentence(reader, eventId) ?? []))),
    statements: statements.map(({ eventId: _, ...statement }) => ({ ...statement, exam: titleOf(statement.examId) })),
    setUps: setUps.map(({ examId, eventId, problem }) => ({
      exam: titleOf(examId),
      problem,
      says: auditSentence(reader, eventId),
    })),
    ...(found !== undefined && {
      found: found && {
        exam: found.examId === null ? null : titleOf(found.examId),
        writtenAt: new Date(found.writtenAtMs).toISOString(),
        eventsAfter: found.eventsAfter,
      },
    }),
  }
}
