import { administrativePayloadSchema } from '#shared/domain/ledger-event.ts'
import type { Db } from './connection.ts'

/** What came of a chain by bundles: none of it was missing up to event `wholeTo`; hashes by event number. */
export type ImportedChain = { device: string; examId: string; wholeTo: number; hashes: Map<number, string> }

export const chainKey = (device: string, examId: string): string => `${examId} ${device}`

/** What is about no exam. By device, as the index begins with it: few are found without reading all the others. */
export const aboutInstallation = "device IN (SELECT DISTINCT device FROM event) AND exam_id = ''"

/**
 * What the ledger noted with every bundle that was taken in, by `chainKey`. Of a chain of which the first event never
 * came, and of bundles before 2026-12, it noted no end: `wholeTo` is 0.
 */
export function importedChains(db: Db): ReadonlyMap<string, ImportedChain> {
  const payloads = db
    .prepare<[], string>(
      `SELECT payload FROM event WHERE ${aboutInstallation} AND payload LIKE '%"bundle.imported"%' ORDER BY hlc`,
    )
    .pluck()
  const chains = new Map<string, ImportedChain>()
  for (const text of payloads.iterate()) {
    const imported = readPayload(text)
    if (imported?.type !== 'bundle.imported') continue
    const { examId, devices, heads = [] } = imported
    const chainOf = (device: string): ImportedChain => {
      const key = chainKey(device, examId)
      const chain = chains.get(key) ?? { device, examId, wholeTo: 0, hashes: new Map<number, string>() }
      chains.set(key, chain)
      return chain
    }
    for (const device of devices) chainOf(device)
    for (const { device, seq, hash } of heads) {
      const chain = chainOf(device)
      chain.wholeTo = Math.max(chain.wholeTo, seq)
      // The first counts: what was exchanged before a later import is not believed for it.
      if (!chain.hashes.has(seq)) chain.hashes.set(seq, hash)
    }
  }
  return chains
}

/** null for what somebody edited beyond reading: the chain in which it stands tells of that. */
function readPayload(text: string) {
  try {
    return administrativePayloadSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
