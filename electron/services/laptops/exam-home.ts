import type { ExamId } from '#shared/domain/ids.ts'
import type { Repositories } from '#electron/store/store.ts'

/** The key (32 bytes, base64) of the installation that an exam belongs to: whose packages are taken in, or this one. */
export const ownerOf = ({ keys, installation }: Pick<Repositories, 'keys' | 'installation'>, examId: ExamId): string =>
  keys.examKey(examId)?.signer ?? installation.publicKey()
