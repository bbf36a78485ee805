import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AttuneError } from '#shared/contract/result.ts'
import { readRecoveryKey, writeRecoveryKey } from '#shared/domain/pin.ts'
import { derive, type HashCost } from '#electron/base/derive.ts'
import type { DataKey } from '#electron/store/connection.ts'
import { KEY_FILE } from '#electron/store/folder-files.ts'
import { writeWhole } from './write-whole.ts'

export { KEY_FILE }
const VERSION = 1

/** About 0.3 s and 128 MiB for one try. */
export const KEY_COST: HashCost = { ln: 17, r: 8, p: 1 }

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))
const wrappedSchema = z.strictObject({ salt: hex(16), nonce: hex(12), tag: hex(16), key: hex(32) })
type Wrapped = z.infer<typeof wrappedSchema>

const keyFileSchema = z.strictObject({
  format: z.literal('attune-key'),
  version: z.literal(VERSION),
  /** Of the key: copies of the file beside backups are named by it. */
  id: hex(8),
  /** Bounded: a file from elsewhere must not hold the app for hours. */
  scrypt: z.strictObject({ ln: z.int().min(1).max(20), r: z.int().min(1).max(8), p: z.int().min(1).max(4) }),
  passphrase: wrappedSchema,
  recovery: wrappedSchema,
  /** SHA-256 of all the above: tells a damaged file from a wrong passphrase. */
  sum: hex(32),
})
/** The key of a database, wrapped under a passphrase and under a recovery key. It opens nothing by itself. */
export type KeyFile = z.infer<typeof keyFileSchema>

type Body = Omit<KeyFile, 'sum'>
type Of = 'passphrase' | 'recovery'

/** What opens an encrypted folder. */
export type Secret = { passphrase: string } | { recoveryKey: string }

/** A new random key with the file that wraps it, and the recovery key, to be shown once. */
export async function makeKey(
  passphrase: string,
  cost: HashCost = KEY_COST,
): Promise<{ key: DataKey; file: KeyFile; recoveryKey: string }> {
  const key = randomBytes(32).toString('hex')
  const recoveryKey = writeRecoveryKey(randomBytes(25))
  const about = { format: 'attune-key', version: VERSION, id: randomBytes(8).toString('hex'), scrypt: cost } as const
  const body = {
    ...about,
    passphrase: await wrap(key, typed(passphrase), about.id, 'passphrase', cost),
    recovery: await wrap(key, readRecoveryKey(recoveryKey) ?? '', about.id, 'recovery', cost),
  }
  return { key, file: summed(body), recoveryKey }
}

/** The same key under another passphrase; the recovery key stays. */
export async function changePassphrase(file: KeyFile, key: DataKey, passphrase: string): Promise<KeyFile> {
  const { sum: _, ...body } = file
  return summed({ ...body, passphrase: await wrap(key, typed(passphrase), file.id, 'passphrase', file.scrypt) })
}

/** The key of a file. Rejects with "wrong-passphrase" or "wrong-data-key". */
export async function unwrapKey(file: KeyFile, secret: Secret): Promise<DataKey> {
  if ('passphrase' in secret) {
    const key = await unwrap(file, typed(secret.passphrase), 'passphrase')
    if (key === null) throw new AttuneError('wrong-passphrase')
    return key
  }
  const plain = readRecoveryKey(secret.recoveryKey)
  const key = plain === null ? null : await unwrap(file, plain, 'recovery')
  if (key === null) throw new AttuneError('wrong-data-key')
  return key
}

/** Throws "key-file-missing", "key-file-damaged", or "database-newer" for a file of a later version. */
export function readKeyFile(path: string): KeyFile {
  if (!existsSync(path)) throw new AttuneError('key-file-missing')
  let read: unknown
  try {
    read = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new AttuneError('key-file-damaged', {}, { cause: error })
  }
  const later = z.object({ format: z.literal('attune-key'), version: z.int().gt(VERSION) }).safeParse(read)
  if (later.success) throw new AttuneError('database-newer')
  const file = keyFileSchema.safeParse(read)
  if (!file.success) throw new AttuneError('key-file-damaged')
  const { sum, ...body } = file.data
  if (summed(body).sum !== sum) throw new AttuneError('key-file-damaged')
  return file.data
}

/** On disk, whole, when it returns; a cut leaves the file that was there. */
export const writeKeyFile = (folder: string, file: KeyFile, name = KEY_FILE): Promise<void> =>
  writeWhole(join(folder, name), (part) => writeFile(part, textOf(file), { mode: 0o600 }))

const textOf = (file: KeyFile): string => `${JSON.stringify(file, null, 2)}\n`

const copyName = ({ id }: KeyFile): string => `attune-key-${id}.json`
const isCopyName = (name: string): boolean => /^attune-key-[0-9a-f]{16}\.json$/.test(name)

/** Puts the folder's key file beside its backups, if it is not there as it is now; answers where. */
export const keepKeyFile = async (dataDir: string, backups: string): Promise<string> =>
  keepCopyOf(readKeyFile(join(dataDir, KEY_FILE)), backups)

/** The same for a key file that is not the folder's yet. */
export async function keepCopyOf(file: KeyFile, backups: string): Promise<string> {
  const path = join(backups, copyName(file))
  if (!existsSync(path) || readFileSync(path, 'utf8') !== textOf(file)) {
    mkdirSync(backups, { recursive: true, mode: 0o700 })
    await writeKeyFile(backups, file, copyName(file))
  }
  return path
}

/** The sound key files that lie beside backups. */
export function keyFilesBeside(folder: string): KeyFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(isCopyName)
    .flatMap((name) => {
      try {
        return [readKeyFile(join(folder, name))]
      } catch {
        return []
      }
    })
}

/** The same passphrase is the same however a keyboard puts its letters together. */
const typed = (passphrase: string): string => passphrase.normalize('NFKC')

const summed = (body: Body): KeyFile => {
  const { format, version, id, scrypt, passphrase, recovery } = body
  const whole = JSON.stringify([
    format,
    version,
    id,
    scrypt.ln,
    scrypt.r,
    scrypt.p,
    values(passphrase),
    values(recovery),
  ])
  return { ...body, sum: createHash('sha256').update(whole).digest('hex') }
}

const values = ({ salt, nonce, tag, key }: Wrapped) => [salt, nonce, tag, key]

/** What a wrapped key belongs to: it cannot be put into another place or file. */
const placeOf = (id: string, of: Of): Buffer => Buffer.from(`attune-key ${VERSION} ${id} ${of}`)

async function wrap(key: DataKey, secret: string, id: string, of: Of, cost: HashCost): Promise<Wrapped> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(secret, salt, cost), nonce)
  cipher.setAAD(placeOf(id, of))
  const wrapped = Buffer.concat([cipher.update(key, 'hex'), cipher.final()])
  return {
    salt: salt.toString('hex'),
    nonce: nonce.toString('hex'),
    tag: cipher.getAuthTag().toString('hex'),
    key: wrapped.toString('hex'),
  }
}

async function unwrap(file: KeyFile, secret: string, of: Of): Promise<DataKey | null> {
  const { salt, nonce, tag, key } = file[of]
  const derived = await derive(secret, Buffer.from(salt, 'hex'), file.scrypt)
  const decipher = createDecipheriv('aes-256-gcm', derived, Buffer.from(nonce, 'hex'), { authTagLength: 16 })
  decipher.setAAD(placeOf(file.id, of))
  decipher.setAuthTag(Buffer.from(tag, 'hex'))
  try {
    return Buffer.concat([decipher.update(key, 'hex'), decipher.final()]).toString('hex')
  } catch {
    return null
  }
}
