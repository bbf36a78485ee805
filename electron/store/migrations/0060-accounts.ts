import type { Migration } from './migration.ts'

/**
 * Directors are people of the installation, and everybody signs in with a PIN, of which a slow hash is kept. The people of
 * a sample exam get the PIN of all samples, which is no secret; all others get theirs from a director. A loan's return
 * code, hashed in the same way, says in the same words how.
 */
export const accounts: Migration = {
  version: 60,
  name: 'accounts',
  sql: `
    CREATE TABLE director (id TEXT PRIMARY KEY, created_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE credential (
      id TEXT PRIMARY KEY,
      hash TEXT NOT NULL,
      failures INTEGER NOT NULL DEFAULT 0,
      sample INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1))
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER credential_goes_with_person AFTER DELETE ON person
      BEGIN DELETE FROM credential WHERE id = OLD.id; END;
    CREATE TRIGGER credential_goes_with_director AFTER DELETE ON director
      BEGIN DELETE FROM credential WHERE id = OLD.id; END;
    INSERT INTO credential (id, hash, sample)
      SELECT person.id, '$scrypt$ln=4,r=8,p=1$YXR0dW5lIHNhbXBsZSAwMQ==$NE76T3trIc5PgZDVwBn6FR9e/HN8wljLVSeA1Nno0NQ=', 1
      FROM person JOIN exam ON exam.id = exam_id WHERE exam.sample = 1;
    UPDATE setting SET value = (
      SELECT json_group_array(json_remove(
        json_set(loan.value, '$.hash', '$scrypt$ln=14,r=8,p=1$' || (loan.value ->> 'salt') || '$' || (loan.value ->> 'codeHash')),
        '$.salt', '$.codeHash'))
      FROM json_each(setting.value) AS loan
    ) WHERE key = 'loans';
  `,
}
