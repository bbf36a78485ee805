import type { Migration } from './migration.ts'

/**
 * Whose name was erased, by id: a package or a bundle that still holds it does not bring it back. Those of before are in
 * the ledger. With the names of a whole exam its people's PINs go.
 */
export const erased: Migration = {
  version: 90,
  name: 'erased',
  sql: `
    CREATE TABLE erased (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    INSERT INTO erased
      SELECT DISTINCT payload ->> 'candidateId' FROM event WHERE payload ->> 'type' = 'candidate.erased';
    INSERT OR IGNORE INTO erased
      SELECT id FROM (SELECT id, exam_id FROM candidate UNION ALL SELECT id, exam_id FROM person)
      WHERE exam_id IN (SELECT exam_id FROM event WHERE payload ->> 'type' = 'exam.names-erased')
        AND id NOT IN (SELECT id FROM identity);
    DELETE FROM credential WHERE id IN (SELECT id FROM erased);
  `,
}
