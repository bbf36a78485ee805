import { scrypt } from 'node:crypto'

/** How slow a hash is: 128 × `r` × 2^`ln` bytes of memory, gone through `p` times. */
export type HashCost = { ln: number; r: number; p: number }

const BYTES = 32

/** Every hash takes its memory: one at a time, however many windows ask. */
let last: Promise<unknown> = Promise.resolve()

/** 32 bytes from a secret, as slowly as the cost says, beside the main thread. */
export function derive(secret: string, salt: Buffer, { ln, r, p }: HashCost): Promise<Buffer> {
  const N = 2 ** ln
  const turn = last.then(
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(secret, salt, BYTES, { N, r, p, maxmem: 256 * N * r }, (error, hash) => {
          if (error) reject(error)
          else resolve(hash)
        })
      }),
  )
  last = turn.catch(() => undefined)
  return turn
}
