import type { Migration } from './migration.ts'

/** Until when an exam keeps its names, ISO "YYYY-MM-DD"; null: nobody said. */
export const retention: Migration = {
  version: 70,
  name: 'retention',
  sql: 'ALTER TABLE exam ADD COLUMN erase_names_on TEXT;',
}
