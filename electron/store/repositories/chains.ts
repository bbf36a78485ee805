import type { ExamId } from '#shared/domain/ids.ts'
import type { Db } from '../connection.ts'

/** The last event of a chain: how many the device has written of the exam, and the hash that stands for all of them. */
export type ChainHead = { device: string; seq: number; hash: string }

export type ChainRepository = {
  /** The heads of an exam, or of what is about the installation (null), in the order of their devices. */
  heads(examId: ExamId | null): ChainHead[]
}

export function createChainRepository(db: Db): ChainRepository {
  // With max() alone, SQLite takes the other columns from the row that holds it.
  const heads = db.prepare<[string], ChainHead>(
    'SELECT device, max(seq) AS seq, hash FROM event WHERE exam_id = ? GROUP BY device ORDER BY device',
  )
  return { heads: (examId) => heads.all(examId ?? '') }
}
