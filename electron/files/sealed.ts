import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { AttuneError } from '#shared/contract/result.ts'

/** An age key pair: files are encrypted to the recipient and opened with the identity. */
export type SealKey = { recipient: string; identity: string }

export async function createSealKey(): Promise<SealKey> {
  const identity = await generateIdentity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** Twelve letters are some 55 bits; with 2^15 rounds each guess takes tens of milliseconds. */
const SCRYPT_LOG_N = 15

export function sealTo(recipient: string, content: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return encrypter.encrypt(content)
}

export function sealWith(code: string, content: Uint8Array, logN = SCRYPT_LOG_N): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(logN)
  encrypter.setPassphrase(code)
  return encrypter.encrypt(content)
}

/**
 * Throws AttuneError "file-not-sealed" for a file that is none of ours; for another key or a damaged one "seal-refused",
 * or "bundle-not-opened" where identities were to open it.
 */
export async function openSealed(
  bytes: Uint8Array,
  key: { identities: readonly string[] } | { code: string },
): Promise<Uint8Array> {
  if (!isSealed(bytes)) throw new AttuneError('file-not-sealed')
  const decrypter = new Decrypter()
  if ('identities' in key) for (const identity of key.identities) decrypter.addIdentity(identity)
  else decrypter.addPassphrase(key.code)
  try {
    return await decrypter.decrypt(bytes)
  } catch (error) {
    // Nobody types a code for a bundle.
    throw new AttuneError('identities' in key ? 'bundle-not-opened' : 'seal-refused', {}, { cause: error })
  }
}

const HEAD = new TextEncoder().encode('age-encryption.org/v1\n')

const isSealed = (bytes: Uint8Array): boolean => HEAD.every((byte, index) => bytes[index] === byte)
