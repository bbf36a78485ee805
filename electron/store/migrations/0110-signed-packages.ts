import type { Migration } from './migration.ts'

/**
 * Whose packages of an exam are taken in, and of when the last one was; here, of when the last one was that was made. The
 * recovery key's secret goes where no person can have an id; one that a person's stands in place of stays that person's.
 */
export const signedPackages: Migration = {
  version: 110,
  name: 'signed-packages',
  sql: `
    ALTER TABLE exam_key ADD COLUMN signer TEXT;
    ALTER TABLE exam_key ADD COLUMN exported_at TEXT;
    UPDATE exam_key SET exported_at = (
      SELECT max(payload ->> 'exportedAt') FROM event
      WHERE payload ->> 'type' = 'package.imported' AND payload ->> 'examId' = exam_key.exam_id
    ) WHERE identity IS NULL;
    UPDATE credential SET id = '#recovery-key'
      WHERE id = 'recovery-key' AND id NOT IN (SELECT id FROM person);
  `,
}
