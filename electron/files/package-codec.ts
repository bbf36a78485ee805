import { z } from 'zod'
import { AttuneError } from '#shared/contract/result.ts'
import { examPackageSchema, packageProblem, type ExamPackage } from '#shared/domain/exam-package.ts'
import { NEWEST_SET_UP_FORMAT } from '#shared/domain/set-up-format.ts'
import { isWholeData } from '#electron/base/plain-data.ts'
import { isSignedBy } from '#electron/base/signature.ts'

const signatureSchema = z.strictObject({ signature: z.base64().max(100) })
const versionSchema = z.object({
  format: z.literal('attune-package'),
  formatVersion: z.int().min(NEWEST_SET_UP_FORMAT + 1),
})

/** A package as text: a line of content, and a line with the signature over it of the installation whose key it names. */
export function encodePackage(content: ExamPackage, sign: (bytes: Uint8Array) => string): Uint8Array {
  const body = Buffer.from(`${JSON.stringify(content)}\n`)
  return Buffer.concat([body, Buffer.from(`${JSON.stringify({ signature: sign(body) })}\n`)])
}

/** Throws AttuneError "exam-file-newer", "package-invalid", or "package-altered" where the signature is not of that key. */
export function decodePackage(bytes: Uint8Array): ExamPackage {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const body = buffer.subarray(0, buffer.indexOf('\n') + 1)
  const value = json(body)
  if (versionSchema.safeParse(value).success) throw new AttuneError('exam-file-newer')
  const given = parsed(examPackageSchema, value)
  const { signature } = parsed(signatureSchema, json(buffer.subarray(body.length)))
  if (!isSignedBy(given.publicKey, body, signature)) throw new AttuneError('package-altered')
  if (packageProblem(given) !== null) throw new AttuneError('package-invalid')
  return given
}

function json(bytes: Buffer): unknown {
  const value = parsedJson(bytes)
  if (!isWholeData(value)) throw new AttuneError('package-invalid')
  return value
}

function parsedJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new AttuneError('package-invalid')
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (!result.success) throw new AttuneError('package-invalid')
  return result.data
}
