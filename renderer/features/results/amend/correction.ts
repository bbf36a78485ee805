import type { Mark } from '#shared/domain/encounter.ts'
import type { Conflict } from '#shared/domain/amendment.ts'
import { momentIdSchema } from '#shared/domain/ids.ts'
import type { Correction } from '#shared/domain/ledger-event.ts'

/** A mark that can be corrected: what it says now, and of which moment it is. */
export type Correctable = { says: Correction; about: Conflict['about'] }

/** Nobody has said yet about when it happened. */
export const UNKNOWN_MS = -1

/** One that was forgotten, of which nothing is said yet. */
export const forgottenMark = (): Correctable => ({
  says: {
    ...{ type: 'mark.added', markId: momentIdSchema.parse(crypto.randomUUID()), kind: 'red-flag', markType: '' },
    ...{ atMs: UNKNOWN_MS, cue: null, quote: '' },
  },
  about: null,
})

/** What a mark of the line says: its cue and the words kept with it. */
export const markSays = ({ id, kind, type, cue, quote }: Mark): Correctable => ({
  says: { type: 'mark.annotated', markId: id, cue, quote },
  about: { kind, type },
})
