import type { Exam } from '#shared/domain/exam.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { ExamCounts } from '#shared/domain/proof.ts'
import { headCode } from '#shared/domain/head-code.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { ledgerCode } from './ledger-code.ts'
import { keyCode } from './repositories/installation.ts'
import type { AmendedCounts, StandingChain } from './repositories/proofs.ts'
import type { Repositories } from './store.ts'

/** What an installation holds of an exam, as its session sheet tells it. */
export type SessionRecord = {
  exam: Exam
  /** This installation's name in the ledger, and the letters of the key that it signs with. */
  device: string
  keyCode: string
  counts: ExamCounts
  chains: (StandingChain & { code: string })[]
  /** For the exam as a whole; null where nothing was recorded. */
  code: string | null
  amended: AmendedCounts
  /** The newest closing statement; null where none was made. */
  statement: StatedProof | null
}

/**
 * When a statement was made, the code that it was made for and of the key that signed it, and what came after it: how
 * many events, and how many of these corrected a mark or decided between laptops.
 */
type StatedProof = { statedAt: string; code: string; keyCode: string; eventsAfter: number; amendedAfter: number }

/** Throws 'unknown-exam'. */
export function readSession(store: Repositories, examId: ExamId): SessionRecord {
  const exam = store.exams.get(examId)
  if (!exam) throw new AttuneError('unknown-exam')
  const chains = store.proofs.chains(examId)
  return {
    exam,
    device: store.installation.device(),
    keyCode: keyCode(store.installation.publicKey()),
    counts: store.proofs.counts(examId),
    chains: chains.map((chain) => ({ ...chain, code: headCode(chain.hash) })),
    code: ledgerCode(chains),
    amended: store.proofs.amended(examId),
    statement: statedOf(store, examId, chains),
  }
}

/** The newest closing statement of an exam beside its chains as they stand; null where none was made. */
export function statedOf(
  store: Repositories,
  examId: ExamId,
  chains: readonly Pick<StandingChain, 'device' | 'seq' | 'events'>[],
): StatedProof | null {
  const newest = store.proofs.statement(examId)
  if (!newest) return null
  const ends = new Map(newest.statement.heads.map((head) => [head.device, head]))
  // What filled a gap since came after it as well.
  const after = ({ device, seq, events }: (typeof chains)[number]): number => {
    const end = ends.get(device)
    return end?.events === undefined ? seq - (end?.seq ?? 0) : events - end.events
  }
  return {
    statedAt: newest.statement.statedAt,
    code: newest.statement.code,
    keyCode: keyCode(newest.publicKey),
    eventsAfter: chains.reduce((sum, chain) => sum + Math.max(0, after(chain)), 0),
    amendedAfter: chains.reduce(
      (sum, { device }) => sum + store.proofs.amendedAfter(examId, device, ends.get(device)?.seq ?? 0),
      0,
    ),
  }
}
