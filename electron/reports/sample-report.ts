import { sampleLine } from './words.ts'

/** Whether a file is a report of a sample exam: its subject says that its persons are invented. */
export function isSampleReport(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1')
  return ['%PDF-', '/Creator', '(Attune)', '/Subject', `(${sampleLine})`].every((mark) => text.includes(mark))
}
