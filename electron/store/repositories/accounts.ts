import { NAMELESS } from '#shared/domain/exam.ts'
import type { ExamId, PersonId } from '#shared/domain/ids.ts'
import type { Db } from '../connection.ts'
import { createIdentities, hasSigned } from './identities.ts'

/**
 * The one credential that is nobody's own: with it a director whose PIN is lost gets a new one. Nothing that comes from
 * outside can have this id: it does not begin as ids do.
 */
export const RECOVERY_KEY = '#recovery-key'

/** Whose secret: a director's, one of an exam's people's, or the installation's recovery key. */
export type CredentialId = PersonId | typeof RECOVERY_KEY

export type Director = { id: PersonId; name: string }

/** `hash` says itself how it was made; `sample`: its PIN is the one that the start screen tells. */
export type Credential = { hash: string; failures: number; sample: boolean }

export type AccountRepository = {
  /** By name. */
  directors(): Director[]
  putDirector(director: Director): void
  /** The name stays where the ledger holds something that they did. */
  removeDirector(id: PersonId): void
  credential(id: CredentialId): Credential | null
  /** A new secret, with no wrong try yet. */
  setSecret(id: CredentialId, hash: string): void
  /** The PIN that all sample people have. */
  setSamplePin(id: PersonId): void
  setFailures(id: CredentialId, failures: number): void
  /** The people of an exam who have a PIN, and whether it is the sample's. */
  pinsOf(examId: ExamId): Map<PersonId, Pick<Credential, 'sample'>>
}

/** Of SAMPLE_PIN, quick on purpose: what everybody is told needs no protection. */
const SAMPLE_HASH = '$scrypt$ln=4,r=8,p=1$YXR0dW5lIHNhbXBsZSAwMQ==$NE76T3trIc5PgZDVwBn6FR9e/HN8wljLVSeA1Nno0NQ='

type Row = { hash: string; failures: number; sample: number }

export function createAccountRepository(db: Db): AccountRepository {
  const identities = createIdentities(db)
  const all = db.prepare<[], { id: string; name: string | null }>(
    'SELECT director.id, name FROM director LEFT JOIN identity ON identity.id = director.id ORDER BY name, director.id',
  )
  const add = db.prepare<[string, string]>('INSERT OR IGNORE INTO director (id, created_at) VALUES (?, ?)')
  const drop = db.prepare<[string]>('DELETE FROM director WHERE id = ?')
  const acted = db
    .prepare<[{ id: string }], number>(`SELECT EXISTS (SELECT 1 FROM event WHERE rater_id = @id) OR ${hasSigned}`)
    .pluck()
  const read = db.prepare<[string], Row>('SELECT hash, failures, sample FROM credential WHERE id = ?')
  const write = db.prepare<[string, string, number]>(
    'INSERT OR REPLACE INTO credential (id, hash, failures, sample) VALUES (?, ?, 0, ?)',
  )
  const count = db.prepare<[number, string]>('UPDATE credential SET failures = ? WHERE id = ?')
  const ofExam = db.prepare<[string], { id: string; sample: number }>(
    'SELECT credential.id, sample FROM credential JOIN person ON person.id = credential.id WHERE exam_id = ?',
  )
  return {
    directors: () => all.all().map(({ id, name }) => ({ id: id as PersonId, name: name ?? NAMELESS })),
    putDirector: db.transaction(({ id, name }: Director) => {
      add.run(id, new Date().toISOString())
      identities.put(id, name)
    }),
    removeDirector: db.transaction((id: PersonId) => {
      drop.run(id)
      if (acted.get({ id }) === 0) identities.remove(id)
    }),
    credential: (id) => {
      const row = read.get(id)
      return row ? { ...row, sample: row.sample === 1 } : null
    },
    setSecret: (id, hash) => {
      write.run(id, hash, 0)
    },
    setSamplePin: (id) => {
      write.run(id, SAMPLE_HASH, 1)
    },
    setFailures: (id, failures) => {
      count.run(failures, id)
    },
    pinsOf: (examId) =>
      new Map(ofExam.all(examId).map(({ id, sample }) => [id as PersonId, { sample: sample === 1 }] as const)),
  }
}
