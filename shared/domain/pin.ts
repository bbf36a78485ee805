import { z } from 'zod'

/** Six to twelve digits. Six are given; a director who chooses may take more. */
export const pinSchema = z.string().regex(/^\d{6,12}$/)

/** Of everybody in a sample exam. No secret: the start screen tells it. */
export const SAMPLE_PIN = '246810'

/** Letters and digits that are not mistaken for one another, on paper or by ear. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const GROUPS = 5
const GROUP = 5

/** As it is printed: "ABCDE-FGHJK-…". 125 bits of `bytes`, of which 25 are needed. */
export function writeRecoveryKey(bytes: Uint8Array): string {
  const signs = Array.from({ length: GROUPS * GROUP }, (_, i) => ALPHABET[(bytes[i] ?? 0) % ALPHABET.length])
  return Array.from({ length: GROUPS }, (_, i) => signs.slice(i * GROUP, (i + 1) * GROUP).join('')).join('-')
}

/** The key as it is hashed, however it was typed. Null where something else was typed. */
export function readRecoveryKey(typed: string): string | null {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, '')
  const isKey = plain.length === GROUPS * GROUP && Array.from(plain).every((sign) => ALPHABET.includes(sign))
  return isKey ? plain : null
}
