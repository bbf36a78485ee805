import type { Migration } from './migration.ts'

/**
 * Set-up in plain tables, names in `identity` alone, what happens in encounters in `event`, append-only; the tables
 * after it are projections of `event` and can be rebuilt from it at any time.
 */
export const initial: Migration = {
  version: 10,
  name: 'initial',
  sql: `
    CREATE TABLE installation (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      device TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE identity (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE rubric (
      id TEXT NOT NULL,
      version INTEGER NOT NULL,
      shipped INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (id, version)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE exam (
      id TEXT PRIMARY KEY,
      title TEXT NOT NULL,
      held_on TEXT NOT NULL,
      site TEXT NOT NULL,
      paper TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('draft', 'running', 'closed')),
      sample INTEGER NOT NULL,
      timing TEXT NOT NULL,
      pass_rule TEXT NOT NULL,
      rotation_basis TEXT,
      created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE station (
      id TEXT PRIMARY KEY,
      exam_id TEXT NOT NULL REFERENCES exam (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      circuit INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('scored', 'rest')),
      title TEXT NOT NULL,
      candidate_task TEXT NOT NULL,
      examiner_brief TEXT NOT NULL,
      script TEXT NOT NULL,
      sp_brief TEXT NOT NULL,
      cues TEXT NOT NULL,
      structural_barriers TEXT NOT NULL,
      rubric_id TEXT,
      rubric_version INTEGER,
      heavy INTEGER NOT NULL,
      FOREIGN KEY (rubric_id, rubric_version) REFERENCES rubric (id, version)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX station_of_exam ON station (exam_id, number);
    CREATE INDEX station_of_rubric ON station (rubric_id, rubric_version);

    CREATE TABLE candidate (
      id TEXT PRIMARY KEY,
      exam_id TEXT NOT NULL REFERENCES exam (id) ON DELETE CASCADE,
      number TEXT NOT NULL,
      cohort_group TEXT NOT NULL,
      extra_time_percent INTEGER NOT NULL,
      UNIQUE (exam_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE person (
      id TEXT PRIMARY KEY,
      exam_id TEXT NOT NULL REFERENCES exam (id) ON DELETE CASCADE,
      role TEXT NOT NULL CHECK (role IN ('examiner', 'sp'))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX person_of_exam ON person (exam_id);

    CREATE TABLE person_station (
      person_id TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
      station_id TEXT NOT NULL REFERENCES station (id) ON DELETE CASCADE,
      PRIMARY KEY (person_id, station_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX person_at_station ON person_station (station_id);

    CREATE TABLE encounter (
      id TEXT PRIMARY KEY,
      exam_id TEXT NOT NULL REFERENCES exam (id) ON DELETE CASCADE,
      station_id TEXT NOT NULL REFERENCES station (id),
      candidate_id TEXT NOT NULL REFERENCES candidate (id),
      round INTEGER NOT NULL,
      starts_at_second INTEGER NOT NULL,
      UNIQUE (station_id, candidate_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX encounter_of_exam ON encounter (exam_id, round);
    CREATE INDEX encounter_of_candidate ON encounter (candidate_id);

    CREATE TABLE event (
      id TEXT PRIMARY KEY,
      device TEXT NOT NULL,
      seq INTEGER NOT NULL,
      hlc TEXT NOT NULL,
      encounter_id TEXT NOT NULL REFERENCES encounter (id),
      rater_id TEXT,
      role TEXT NOT NULL,
      offset_ms INTEGER,
      supersedes TEXT NOT NULL,
      payload TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX event_in_sequence ON event (device, seq);
    CREATE INDEX event_of_encounter ON event (encounter_id, hlc);
    CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
      BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER event_never_goes BEFORE DELETE ON event
      BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

    CREATE TABLE encounter_state (
      encounter_id TEXT PRIMARY KEY REFERENCES encounter (id),
      status TEXT NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'open', 'submitted', 'absent')),
      identity_confirmed INTEGER NOT NULL DEFAULT 0,
      global_rating TEXT,
      global_rating_event TEXT,
      absence_reason TEXT,
      missing TEXT NOT NULL DEFAULT '[]',
      clock TEXT,
      clock_reading TEXT,
      sp_status TEXT NOT NULL DEFAULT 'open' CHECK (sp_status IN ('open', 'submitted')),
      sp_comment TEXT NOT NULL DEFAULT '',
      sp_comment_event TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE rating (
      encounter_id TEXT NOT NULL REFERENCES encounter (id),
      item_id TEXT NOT NULL,
      points INTEGER CHECK (points BETWEEN 1 AND 7),
      rater_id TEXT,
      event_id TEXT NOT NULL,
      at_ms INTEGER,
      taken_back INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (encounter_id, item_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE note (
      encounter_id TEXT NOT NULL REFERENCES encounter (id),
      item_id TEXT NOT NULL,
      text TEXT NOT NULL,
      event_id TEXT NOT NULL,
      PRIMARY KEY (encounter_id, item_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE mark (
      id TEXT PRIMARY KEY,
      encounter_id TEXT NOT NULL REFERENCES encounter (id),
      kind TEXT NOT NULL,
      type TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      cue INTEGER,
      quote TEXT NOT NULL,
      review TEXT,
      review_event TEXT,
      undone INTEGER NOT NULL DEFAULT 0,
      event_id TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mark_of_encounter ON mark (encounter_id, at_ms);

    CREATE TABLE incident (
      event_id TEXT PRIMARY KEY,
      encounter_id TEXT NOT NULL REFERENCES encounter (id),
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      at_ms INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX incident_of_encounter ON incident (encounter_id);

    CREATE TABLE sp_answer (
      encounter_id TEXT NOT NULL REFERENCES encounter (id),
      statement TEXT NOT NULL,
      points INTEGER CHECK (points BETWEEN 1 AND 5),
      event_id TEXT NOT NULL,
      taken_back INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (encounter_id, statement)
    ) STRICT, WITHOUT ROWID;
  `,
}
