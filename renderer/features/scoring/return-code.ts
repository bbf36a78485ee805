import type { PersonId } from '#shared/domain/ids.ts'

/**
 * The code with which an examiner takes the device back. It lives in this page's memory only and belongs to the person
 * who chose it.
 */
let remembered: { personId: PersonId | null; code: string } | null = null

export const RETURN_CODE = /^\d{4,8}$/

export const returnCodeOf = (personId: PersonId | null): string | null =>
  remembered?.personId === personId ? remembered.code : null

export function rememberReturnCode(personId: PersonId | null, code: string): void {
  remembered = { personId, code }
}
