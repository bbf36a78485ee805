import { randomBytes, timingSafeEqual } from 'node:crypto'
import { derive, type HashCost } from '#electron/base/derive.ts'

/** About 0.3 s and 128 MiB for one try. */
export const PIN_COST: HashCost = { ln: 17, r: 8, p: 1 }
/** For what is short-lived: a return code holds for one loan. */
export const CODE_COST: HashCost = { ln: 14, r: 8, p: 1 }

const SALT_BYTES = 16

/** "$scrypt$ln=17,r=8,p=1$<salt>$<hash>": it says itself how it was made. Beside the main thread. */
export async function hashSecret(secret: string, cost: HashCost): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(secret, salt, cost)
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${salt.toString('base64')}$${hash.toString('base64')}`
}

/** Whether the secret is the one that was hashed, in the same time for every wrong one. Throws for what is no hash. */
export async function isSecret(secret: string, hash: string): Promise<boolean> {
  const [, ln, r, p, salt, expected] = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash) ?? []
  if (salt === undefined || expected === undefined) throw new Error('not a hash of a secret')
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  const known = Buffer.from(expected, 'base64')
  const given = await derive(secret, Buffer.from(salt, 'base64'), cost)
  return known.length === given.length && timingSafeEqual(known, given)
}
