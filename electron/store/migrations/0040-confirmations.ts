import type { Migration } from './migration.ts'

/**
 * An encounter that was begun says by which event: what was marked belongs to that confirmation of the candidate, and to
 * no later one. The first since the last withdrawal.
 */
export const confirmations: Migration = {
  version: 40,
  name: 'confirmations',
  sql: `
    ALTER TABLE encounter_state ADD COLUMN confirmation TEXT;
    UPDATE encounter_state SET confirmation = (
      SELECT id FROM event
      WHERE event.encounter_id = encounter_state.encounter_id AND payload ->> 'type' = 'identity.confirmed'
        AND hlc > coalesce((
          SELECT max(hlc) FROM event AS withdrawn
          WHERE withdrawn.encounter_id = encounter_state.encounter_id
            AND withdrawn.payload ->> 'type' = 'identity.withdrawn'
        ), '')
      ORDER BY hlc LIMIT 1
    ) WHERE identity_confirmed = 1;
  `,
}
