import { canonicalJson } from '#shared/domain/canonical-json.ts'
import { CHAIN_START, hashOf } from '../chain.ts'
import type { Db } from '../connection.ts'
import type { EventRow } from '../event-row.ts'
import type { Migration } from './migration.ts'

/**
 * Each event carries the hash of the one before it and its own: a chain for each device and exam, so that what a
 * station hands over of one exam is whole in itself. An event may be about an exam or the installation, too. JSON is
 * canonical from here on, so that what is made anew from the ledger is the same to the letter.
 */
export const chain: Migration = {
  version: 50,
  name: 'chain',
  sql: `
    ALTER TABLE event RENAME TO unchained_event;
    CREATE TABLE event (
      id TEXT PRIMARY KEY,
      device TEXT NOT NULL,
      seq INTEGER NOT NULL,
      hlc TEXT NOT NULL,
      exam_id TEXT NOT NULL,
      encounter_id TEXT REFERENCES encounter (id),
      rater_id TEXT,
      role TEXT NOT NULL,
      offset_ms INTEGER,
      supersedes TEXT NOT NULL,
      payload TEXT NOT NULL,
      prev TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
  `,
  then: (db) => {
    chainEvents(db)
    db.function('canonical_json', { deterministic: true }, (text) => canonicalJson(JSON.parse(String(text))))
    db.exec(`
      UPDATE encounter_state SET missing = canonical_json(missing);
      UPDATE encounter_state SET clock = canonical_json(clock), clock_reading = canonical_json(clock_reading)
        WHERE clock IS NOT NULL;
      UPDATE mark SET review = canonical_json(review) WHERE review IS NOT NULL;
      DROP TABLE unchained_event;
      CREATE UNIQUE INDEX event_in_chain ON event (device, exam_id, seq);
      CREATE INDEX event_of_encounter ON event (encounter_id, hlc);
      CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
      CREATE TRIGGER event_never_goes BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
    `)
  },
}

function chainEvents(db: Db): void {
  const unchained = db.prepare<[], EventRow>(
    `SELECT event.*, encounter.exam_id FROM unchained_event AS event JOIN encounter ON encounter.id = encounter_id
     ORDER BY device, exam_id, seq`,
  )
  const insert = db.prepare(
    `INSERT INTO event VALUES (@id, @device, @seq, @hlc, @exam_id, @encounter_id, @rater_id, @role, @offset_ms,
       @supersedes, @payload, @prev, @hash)`,
  )
  const ends = new Map<string, { seq: number; hash: string }>()
  for (const row of unchained.all()) {
    const chainOf = `${row.device} ${row.exam_id}`
    const { seq, hash: prev } = ends.get(chainOf) ?? { seq: 0, hash: CHAIN_START }
    const event: EventRow = {
      ...row,
      seq: seq + 1,
      supersedes: canonicalJson(JSON.parse(row.supersedes)),
      payload: canonicalJson(JSON.parse(row.payload)),
    }
    const hash = hashOf(event, prev)
    insert.run({ ...event, prev, hash })
    ends.set(chainOf, { seq: event.seq, hash })
  }
}
