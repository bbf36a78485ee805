import type { ExamId } from '#shared/domain/ids.ts'
import type { Repositories } from '#electron/store/store.ts'

/** Whether an exam came here in a package: it belongs to the laptop that made that, and this one is a station of it. */
export function isFromElsewhere({ keys }: Pick<Repositories, 'keys'>, examId: ExamId): boolean {
  const key = keys.examKey(examId)
  return key !== null && key.identity === null
}

/**
 * Whether other laptops may have an exam that belongs here: bundles are sealed to its key. What they record names its
 * stations, candidates and encounters by id, and nobody here knows of it before the first bundle comes.
 */
export const isOut = ({ keys }: Pick<Repositories, 'keys'>, examId: ExamId): boolean =>
  (keys.examKey(examId)?.identity ?? null) !== null

/** The key (32 bytes, base64) of the installation that an exam belongs to: whose packages are taken in, or this one. */
export const ownerOf = ({ keys, installation }: Pick<Repositories, 'keys' | 'installation'>, examId: ExamId): string =>
  keys.examKey(examId)?.signer ?? installation.publicKey()
