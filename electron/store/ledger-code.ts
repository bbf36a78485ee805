import { hash } from 'node:crypto'
import { canonicalJson } from '#shared/domain/canonical-json.ts'
import { headCode } from '#shared/domain/head-code.ts'
import type { ChainHead } from './repositories/chains.ts'

/**
 * The eight letters that stand for all that the ledger holds of an exam, "ABCD-EFGH"; null where it holds nothing. Of one
 * chain they are those of its head, as `verify` tells it; of several devices' chains those of SHA-256 over the canonical
 * JSON of [device, seq, hash] of each head, in the order of the devices.
 */
export function ledgerCode(heads: readonly ChainHead[]): string | null {
  const [first, ...others] = heads.toSorted((a, b) => (a.device < b.device ? -1 : 1))
  if (!first) return null
  if (others.length === 0) return headCode(first.hash)
  const ends = [first, ...others].map(({ device, seq, hash: end }) => [device, seq, end])
  return headCode(hash('sha256', canonicalJson(ends), 'hex'))
}
