import { generateKeyPairSync, sign } from 'node:crypto'
import type { Upload } from '#shared/contract/parts/common.ts'
import type { ExamPackage } from '#shared/domain/exam-package.ts'
import { encodePackage } from '#electron/files/package-codec.ts'
import { sealWith } from '#electron/files/sealed.ts'
import { openPackage } from '#electron/services/laptops/package-content.ts'
import { exam, type TestLaptop } from './laptops.ts'
import { QUICK } from './sign-in.ts'

const CODE = 'ABCD-EFGH-JKLM'

/** A package as somebody hands it in. */
export type GivenPackage = { upload: Upload; code: string }

/** Whose key it is that signs. */
export type Signer = { publicKey: string; sign: (bytes: Uint8Array) => string }

/** The installation of somebody who makes packages of their own. */
export function stranger(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64'),
    sign: (bytes: Uint8Array) => sign(null, bytes, privateKey).toString('base64'),
  }
}

/** The exam's package of today, from where it was built. */
export async function exported(from: TestLaptop): Promise<GivenPackage> {
  const { file, code } = await from.director('package.export', { examId: exam.id })
  return { upload: from.upload(file), code }
}

export const contentOf = ({ upload, code }: GivenPackage): Promise<ExamPackage> =>
  openPackage(Buffer.from(upload.base64, 'base64'), code)

/** Any content as a package that is sealed and signed soundly, with the key of whoever signs. */
export async function packed(content: ExamPackage, signer: Signer): Promise<GivenPackage> {
  const signed = encodePackage({ ...content, publicKey: signer.publicKey }, signer.sign)
  const bytes = await sealWith(CODE, signed, QUICK.ln)
  return { upload: { name: 'Exam.attune-package', base64: Buffer.from(bytes).toString('base64') }, code: CODE }
}
