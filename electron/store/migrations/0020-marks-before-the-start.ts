import type { Migration } from './migration.ts'

/**
 * A mark made before the encounter began has no place in it: until here it stood at 0:00. And a mark says who made it,
 * so that its review can be left to somebody else. Both are read from the event that made the mark.
 */
export const marksBeforeTheStart: Migration = {
  version: 20,
  name: 'marks-before-the-start',
  sql: `
    CREATE TABLE mark_as_made (
      id TEXT PRIMARY KEY,
      encounter_id TEXT NOT NULL REFERENCES encounter (id),
      kind TEXT NOT NULL,
      type TEXT NOT NULL,
      rater_id TEXT,
      at_ms INTEGER,
      cue INTEGER,
      quote TEXT NOT NULL,
      review TEXT,
      review_event TEXT,
      undone INTEGER NOT NULL DEFAULT 0,
      event_id TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO mark_as_made
      SELECT mark.id, mark.encounter_id, kind, type, made.rater_id, made.offset_ms, cue, quote, review, review_event,
        undone, event_id
      FROM mark JOIN event AS made ON made.encounter_id = mark.encounter_id
        AND made.payload ->> 'type' = 'mark.made' AND made.payload ->> 'markId' = mark.id;
    DROP TABLE mark;
    ALTER TABLE mark_as_made RENAME TO mark;
    CREATE INDEX mark_of_encounter ON mark (encounter_id, at_ms);
  `,
}
