import type { Exam } from '#shared/domain/exam.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import type { ExamCounts } from '#shared/domain/proof.ts'
import { headCode } from '#shared/domain/head-code.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { ledgerCode } from './ledger-code.ts'
import { keyCode } from './repositories/installation.ts'
import type { StandingChain } from './repositories/proofs.ts'
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
}

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
  }
}
