import type { Migration } from './migration.ts'

/**
 * Several laptops, one result: whose bundles are believed, where an exam's bundles go, and what two laptops said
 * differently. And what was changed after it was submitted.
 */
export const merge: Migration = {
  version: 80,
  name: 'merge',
  sql: `
    ALTER TABLE installation ADD COLUMN signing_key TEXT;
    CREATE TABLE own_device (device TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    INSERT INTO own_device SELECT device FROM installation;

    CREATE TABLE exam_key (
      exam_id TEXT PRIMARY KEY REFERENCES exam (id) ON DELETE CASCADE,
      recipient TEXT NOT NULL,
      identity TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE trusted_key (
      public_key TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      trusted_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE device_of_key (
      device TEXT PRIMARY KEY,
      public_key TEXT NOT NULL REFERENCES trusted_key (public_key)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE encounter_state ADD COLUMN standing_event TEXT;
    UPDATE encounter_state SET standing_event = (
      SELECT id FROM event
      WHERE event.encounter_id = encounter_state.encounter_id AND payload ->> 'type' IN (
        'identity.confirmed', 'identity.withdrawn', 'encounter.submitted', 'absence.declared', 'absence.withdrawn')
      ORDER BY hlc DESC LIMIT 1
    );

    ALTER TABLE encounter_state ADD COLUMN clock_event TEXT;
    UPDATE encounter_state SET clock_event = (
      SELECT id FROM event
      WHERE event.encounter_id = encounter_state.encounter_id AND payload ->> 'type' = 'clock.changed'
      ORDER BY hlc DESC LIMIT 1
    ) WHERE clock IS NOT NULL;

    CREATE TABLE mark_of_its_encounter (
      encounter_id TEXT NOT NULL REFERENCES encounter (id),
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      type TEXT NOT NULL,
      rater_id TEXT,
      at_ms INTEGER,
      cue INTEGER,
      quote TEXT NOT NULL,
      review TEXT,
      review_event TEXT,
      undone INTEGER NOT NULL DEFAULT 0,
      event_id TEXT NOT NULL,
      PRIMARY KEY (encounter_id, id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO mark_of_its_encounter
      SELECT encounter_id, id, kind, type, rater_id, at_ms, cue, quote, review, review_event, undone, event_id FROM mark;
    DROP TABLE mark;
    ALTER TABLE mark_of_its_encounter RENAME TO mark;

    CREATE TABLE amendment (
      event_id TEXT PRIMARY KEY,
      encounter_id TEXT NOT NULL REFERENCES encounter (id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX amendment_of_encounter ON amendment (encounter_id);

    CREATE TABLE conflict (
      encounter_id TEXT NOT NULL REFERENCES encounter (id),
      subject TEXT NOT NULL,
      heads TEXT NOT NULL,
      PRIMARY KEY (encounter_id, subject)
    ) STRICT, WITHOUT ROWID;
  `,
}
