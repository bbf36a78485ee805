import type { Slip } from '#shared/contract/parts/accounts.ts'
import type { ErrorCode, ErrorParams } from '#shared/contract/result.ts'
import type { CandidateId, ExamId, PersonId } from '#shared/domain/ids.ts'
import type { ShelfKey } from '#electron/files/shelved.ts'
import type { DataKey } from '#electron/store/connection.ts'

/** What the report worker is asked to make. */
export type ReportTask = {
  dataDir: string
  key: DataKey | null
  fontDir: string | null
  version: string
  examId: ExamId
  /** What its file is encrypted with, where that lies on a shelf; the files of a folder never are. */
  seal?: ShelfKey | null
  work:
    | { kind: 'candidate'; candidateId: CandidateId; file: string }
    /** One PDF for each candidate, packed into one archive. */
    | { kind: 'feedback-archive'; file: string }
    /** One PDF for each candidate, `<candidate number>.pdf`, in a folder. */
    | { kind: 'feedback-folder'; folder: string }
    | { kind: 'cohort'; file: string; names: boolean }
    /** A letter to one examiner, or to each in an archive or a folder, by their names. */
    | { kind: 'examiner'; examinerId: PersonId; file: string }
    | { kind: 'examiner-archive'; file: string }
    | { kind: 'examiner-folder'; folder: string }
    /** One page to be signed at the end of a session. */
    | { kind: 'session'; file: string }
    /** PINs that were just given: they stand nowhere else. */
    | { kind: 'pin-slips'; slips: readonly Slip[]; file: string }
}

export type ReportMessage =
  | { type: 'progressed'; done: number; total: number }
  | { type: 'done' }
  /** `cause` is for the log alone. */
  | { type: 'failed'; code: ErrorCode; params: ErrorParams; cause: string }
