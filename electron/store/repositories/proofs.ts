import { z } from 'zod'
import type { ExamCounts, SignedStatement, StatedSetUp } from '#shared/domain/proof.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { parseStamp } from '#shared/domain/hybrid-clock.ts'
import type { Db } from '../connection.ts'
import { countsOf } from '../exam-counts.ts'
import { setUpHash, statedSetUp } from '../stated-set-up.ts'
import { ownStatements } from '../verify-statements.ts'

const chainSchema = z.strictObject({
  device: z.string(),
  seq: z.int(),
  hash: z.string(),
  events: z.int(),
  hlc: z.string(),
})

/** A chain of an exam as it stands: how many of its events are here, where it ends, and when that was written. */
export type StandingChain = Omit<z.infer<typeof chainSchema>, 'hlc'> & { lastWriteMs: number }

/** Marks that were corrected after they were submitted, things decided between laptops, and those still to decide. */
const amendedSchema = z.strictObject({ corrected: z.int(), decided: z.int(), undecided: z.int() })
export type AmendedCounts = z.infer<typeof amendedSchema>

export type ProofRepository = {
  counts(examId: ExamId): ExamCounts
  /** What stands for its set-up: see `statedSetUp`. */
  setUp(examId: ExamId): StatedSetUp | null
  /** The same without its rubrics, as events tell it; null for an exam that is not here. */
  setUpHash(examId: ExamId): string | null
  /** In the order of their devices. */
  chains(examId: ExamId): StandingChain[]
  amended(examId: ExamId): AmendedCounts
  /** How many events of a chain behind its event number `after` corrected a mark or decided between laptops. */
  amendedAfter(examId: ExamId, device: string, after: number): number
  /** The newest closing statement that this installation made of the exam; null where it made none. */
  statement(examId: ExamId): SignedStatement | null
}

export function createProofRepository(db: Db): ProofRepository {
  // With max() alone, SQLite takes the other columns from the row that holds it.
  const chains = db.prepare<[string]>(
    `SELECT device, max(seq) AS seq, hash, hlc, count(*) AS events
     FROM event WHERE exam_id = ? GROUP BY device ORDER BY device`,
  )
  const amended = db.prepare<{ exam: string }>(
    `SELECT count(*) FILTER (WHERE payload ->> 'cause' = 'correction') AS corrected,
       count(*) FILTER (WHERE payload ->> 'cause' = 'conflict') AS decided,
       (SELECT count(*) FROM conflict JOIN encounter ON encounter.id = encounter_id
        WHERE encounter.exam_id = @exam) AS undecided
     FROM amendment JOIN event ON event.id = amendment.event_id WHERE event.exam_id = @exam`,
  )
  const amendedAfter = db
    .prepare<[string, string, number], number>(
      `SELECT count(*) FROM event JOIN amendment ON amendment.event_id = event.id
       WHERE exam_id = ? AND device = ? AND seq > ?`,
    )
    .pluck()
  return {
    amended: (examId) => amendedSchema.parse(amended.get({ exam: examId })),
    amendedAfter: (examId, device, after) => amendedAfter.get(examId, device, after) ?? 0,
    counts: countsOf(db),
    setUp: (examId) => statedSetUp(db, examId),
    setUpHash: (examId) => setUpHash(db, examId),
    chains: (examId) =>
      z
        .array(chainSchema)
        .parse(chains.all(examId))
        .map(({ hlc, ...chain }) => ({ ...chain, lastWriteMs: parseStamp(hlc).wallMs })),
    statement: (examId) => ownStatements(db, examId).at(-1) ?? null,
  }
}
