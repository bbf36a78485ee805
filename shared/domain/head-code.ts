/** Letters that are not mistaken for one another or for a digit, on paper or read aloud. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/**
 * Eight letters that stand for a hash, "ABCD-EFGH", to be compared by eye: 24^8, some 36 bits of it.
 *
 * @param hash hex, at least sixteen digits
 */
export function headCode(hash: string): string {
  let rest = BigInt(`0x${hash.slice(0, 16)}`)
  let code = ''
  for (let place = 0; place < 8; place += 1) {
    code += letters.charAt(Number(rest % 24n))
    rest /= 24n
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`
}
