import { NAMELESS } from '#shared/domain/exam.ts'
import type { Db } from '../connection.ts'

/** Between two numbers of badges that an event tells of: in none of them. */
export const BETWEEN_BADGES = ' → '

/** Whether the ledger holds what somebody signed with their PIN: a correction as the second person, or a review. */
export const hasSigned = `EXISTS (SELECT 1 FROM event WHERE encounter_id IS NOT NULL
  AND @id IN (payload ->> 'secondId', payload ->> '$.review.reviewerId'))`

/** The names of candidates and people, those that were typed under reviews, and former numbers on badges: apart, so that a name can go and its marks stay. */
export function createIdentities(db: Db) {
  const write = db.prepare<[string, string]>('INSERT OR REPLACE INTO identity (id, name) VALUES (?, ?)')
  const drop = db.prepare<[string]>('DELETE FROM identity WHERE id = ?')
  return {
    /** Whoever has no name any more has no row. */
    put: (id: string, name: string): void => {
      if (name === NAMELESS) drop.run(id)
      else write.run(id, name)
    },
    remove: (id: string): void => {
      drop.run(id)
    },
  }
}
