import { BUNDLE_VERSION, type BundleHeader } from '#shared/domain/bundle.ts'
import type { ChainedRow } from '#electron/store/event-row.ts'
import { ledgerCode } from '#electron/store/ledger-code.ts'
import { smallExam } from './small-exam.ts'

const { exam, stations, rubric } = smallExam()

/** What stands before these events of the small exam in a bundle of a laptop with this key. */
export function headerOf(publicKey: string, rows: readonly ChainedRow[]): BundleHeader {
  const ends = new Map(rows.map(({ device, seq, hash }) => [device, { device, seq, hash }]))
  const heads = [...ends.values()]
  return {
    format: 'attune-bundle',
    formatVersion: BUNDLE_VERSION,
    examId: exam.id,
    publicKey,
    heads,
    ledgerCode: ledgerCode(heads),
    events: rows.length,
    exportedAt: '2026-11-14T12:00:00.000Z',
    software: '0.1.0-test',
    rubrics: stations.flatMap(({ id, kind }) =>
      kind === 'rest' ? [] : [{ stationId: id, checksum: rubric.checksum }],
    ),
  }
}
