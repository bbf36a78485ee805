import { NAMELESS } from '#shared/domain/exam.ts'
import type { Db } from '../connection.ts'

/** Between two numbers of badges that an event tells of: in none of them. */
export const BETWEEN_BADGES = ' → '

/** The names of candidates and people and the signatures of reviews, and former numbers on badges: apart, so that a name can go and its marks stay. */
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
