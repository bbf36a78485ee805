import type { Migration } from './migration.ts'

/** An exam with marks is never removed; one that is over can be put away, so that the start screen shows what is in use. */
export const examsPutAway: Migration = {
  version: 30,
  name: 'exams-put-away',
  sql: 'ALTER TABLE exam ADD COLUMN put_away INTEGER NOT NULL DEFAULT 0 CHECK (put_away IN (0, 1));',
}
