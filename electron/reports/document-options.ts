import type { FontLibrary } from './text/shaping.ts'

/** What a report needs besides the results that it prints. */
export type DocumentOptions = {
  /** Shared by all reports of a batch: a font is read once. */
  library: FontLibrary
  /** Of the software, for the last page. */
  version: string
  /** When the newest event of the exam was written: the same results give the same bytes, whenever they are printed. */
  recordedAt: Date
  /** The letters that stand for the exam's ledger, at the foot of each page; null where nothing was recorded. */
  ledgerCode: string | null
}
