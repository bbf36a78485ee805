import { createHash } from 'node:crypto'

/** Digits and letters that nobody takes for another: no I, L, O and U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const letters = { candidate: 'C', examiner: 'E', sp: 'P', director: 'D' } as const

/**
 * What stands for a person in a file that leaves: "C-7K3M9-Q2DXT". Made from the random id that the person has in the
 * exam, so it is the same in every file of that exam, from every device, and says nothing to whoever lacks the exam
 * itself. A number on a badge would: lists of them hang on doors. 50 bits; a spreadsheet takes it for neither a number
 * nor a formula.
 */
export function pseudonym(kind: keyof typeof letters, id: string): string {
  const digest = createHash('sha256').update(`attune pseudonym\n${kind}\n${id}`).digest()
  const code = [...digest.subarray(0, 10)].map((byte) => alphabet[byte % alphabet.length]).join('')
  return `${letters[kind]}-${code.slice(0, 5)}-${code.slice(5)}`
}
