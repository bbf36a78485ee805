import type { ExamId } from '#shared/domain/ids.ts'
import type { Repositories } from '#electron/store/store.ts'

/** Whether an exam came here in a package: it belongs to the laptop that made that, and this one is a station of it. */
export function isFromElsewhere({ keys }: Pick<Repositories, 'keys'>, examId: ExamId): boolean {
  const key = keys.examKey(examId)
  return key !== null && key.identity === null
}

/** The key (32 bytes, base64) of the installation that an exam belongs to: whose packages are taken in, or this one. */
export const ownerOf = ({ keys, installation }: Pick<Repositories, 'keys' | 'installation'>, examId: ExamId): string =>
  keys.examKey(examId)?.signer ?? installation.publicKey()
