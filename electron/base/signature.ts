import { createPublicKey, verify } from 'node:crypto'

/** What stands before the 32 bytes of an Ed25519 public key in its DER form (RFC 8410). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')

/** Whether an Ed25519 signature (base64) over `bytes` was made with the key (32 bytes, base64). */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const raw = Buffer.from(publicKey, 'base64')
  const signed = Buffer.from(signature, 'base64')
  // One spelling for each signature: base64 has bits to spare.
  if (raw.length !== 32 || signed.toString('base64') !== signature) return false
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' })
  return verify(null, bytes, key, signed)
}
