import type { ExamId } from '#shared/domain/ids.ts'
import type { Db } from '../connection.ts'

export type ExamKey = {
  /** What the exam's bundles are sealed to. */
  recipient: string
  /** What opens them: at the director's alone. */
  identity: string | null
  /** By whose key the exam's packages are signed; null at the director's, and where none has come that was signed. */
  signer: string | null
  /** Of the last package that was made or taken in. */
  exportedAt: string | null
}

/** An installation whose bundles are believed, by the key that signs them. */
export type TrustedKey = { publicKey: string; name: string; trustedAt: string }

export type KeyRepository = {
  examKey(id: ExamId): ExamKey | null
  putExamKey(id: ExamId, key: ExamKey): void
  trusted(): TrustedKey[]
  trust(key: TrustedKey): void
  /** Whose key signs what a device writes; null for one that was never heard of. */
  keyOf(device: string): string | null
  /** A device stays with the key that it was first heard of with. */
  bind(device: string, publicKey: string): void
  /** The key is believed no more; what its devices wrote stays its own, so that nobody else writes on in their place. */
  release(publicKey: string): void
}

export function createKeyRepository(db: Db): KeyRepository {
  const readExam = db.prepare<[string], ExamKey>(
    'SELECT recipient, identity, signer, exported_at AS exportedAt FROM exam_key WHERE exam_id = ?',
  )
  const writeExam = db.prepare<[string, string, string | null, string | null, string | null]>(
    'INSERT OR REPLACE INTO exam_key (exam_id, recipient, identity, signer, exported_at) VALUES (?, ?, ?, ?, ?)',
  )
  const trusted = db.prepare<[], TrustedKey>(
    `SELECT public_key AS publicKey, name, trusted_at AS trustedAt FROM trusted_key
     WHERE name <> '' ORDER BY name, public_key`,
  )
  const trust = db.prepare<[string, string, string]>(
    `INSERT INTO trusted_key (public_key, name, trusted_at) VALUES (?, ?, ?)
     ON CONFLICT (public_key) DO UPDATE SET name = excluded.name`,
  )
  const owner = db.prepare<[string], string>('SELECT public_key FROM device_of_key WHERE device = ?').pluck()
  const bind = db.prepare<[string, string]>(
    'INSERT INTO device_of_key (device, public_key) VALUES (?, ?) ON CONFLICT (device) DO NOTHING',
  )
  const distrust = db.prepare<[string]>("UPDATE trusted_key SET name = '' WHERE public_key = ?")
  return {
    examKey: (id) => readExam.get(id) ?? null,
    putExamKey: (id, { recipient, identity, signer, exportedAt }) => {
      writeExam.run(id, recipient, identity, signer, exportedAt)
    },
    trusted: () => trusted.all(),
    trust: ({ publicKey, name, trustedAt }) => {
      trust.run(publicKey, name, trustedAt)
    },
    keyOf: (device) => owner.get(device) ?? null,
    bind: (device, publicKey) => {
      bind.run(device, publicKey)
    },
    release: (publicKey) => {
      distrust.run(publicKey)
    },
  }
}
