import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto'
import { headCode } from '#shared/domain/head-code.ts'
import type { Db } from '../connection.ts'

/** This installation: under which name it writes, and the Ed25519 key that signs what it hands over. */
export type Installation = {
  /** Its name in the ledger. */
  device(): string
  /** Every name it has written under: a restored one takes a new name, so that no place in its chain is used twice. */
  devices(): string[]
  /** 32 bytes, base64. */
  publicKey(): string
  /** An Ed25519 signature, base64. */
  sign(bytes: Uint8Array): string
}

/** Eight letters that stand for a public key, to be compared by two people. */
export const keyCode = (publicKey: string): string => headCode(hash('sha256', publicKey, 'hex'))

export function createInstallation(db: Db): Installation {
  const device = db.prepare<[], string>('SELECT device FROM installation').pluck()
  const devices = db.prepare<[], string>('SELECT device FROM own_device ORDER BY device').pluck()
  const stored = db.prepare<[], string | null>('SELECT signing_key FROM installation').pluck()
  const key = (): KeyObject => {
    const text = stored.get()
    if (!text) throw new Error('the installation has no key')
    return createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
  }
  return {
    device: () => String(device.get()),
    devices: () => devices.all(),
    publicKey: () => rawPublicKey(createPublicKey(key())),
    sign: (bytes) => sign(null, bytes, key()).toString('base64'),
  }
}

/** Gives a new installation its name and key; leaves one that has them as it is. */
export function establishInstallation(db: Db): void {
  const add = db.prepare('INSERT OR IGNORE INTO installation (only, device, created_at) VALUES (1, ?, ?)')
  const keep = db.prepare('UPDATE installation SET signing_key = ? WHERE signing_key IS NULL')
  db.transaction(() => {
    add.run(randomBytes(8).toString('hex'), new Date().toISOString())
    const { privateKey } = generateKeyPairSync('ed25519')
    keep.run(privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'))
    db.exec('INSERT OR IGNORE INTO own_device SELECT device FROM installation')
  })()
}

/** The 32 bytes of an Ed25519 key, which stand at the end of its DER form. */
const rawPublicKey = (key: KeyObject): string =>
  key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')
