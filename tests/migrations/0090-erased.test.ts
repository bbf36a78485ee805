import { describe, expect, it } from 'vitest'
import { databaseBefore } from './database-before.ts'

describe('0090, erased', () => {
  it('remembers whose names were erased before, and takes the PINs of people whose exam has no name any more', () => {
    const { before, migrated } = databaseBefore(90)
    for (const exam of ['x', 'y']) {
      before.exec(`
        INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
          VALUES ('${exam}', 't', 'd', '', 'A4', 'closed', 0, '{}', '{}', '');
        INSERT INTO candidate VALUES ('c1-${exam}', '${exam}', '1', '', 0), ('c2-${exam}', '${exam}', '2', '', 0);
        INSERT INTO person VALUES ('p-${exam}', '${exam}', 'examiner');
        INSERT INTO credential (id, hash) VALUES ('p-${exam}', 'h');
      `)
    }
    before.exec(`
      INSERT INTO identity VALUES ('c2-x', 'Somebody'), ('p-x', 'A Person');
      INSERT INTO event VALUES
        ('e1', 'd', 1, '1', 'x', NULL, NULL, 'director', NULL, '[]',
          '{"candidateId":"c1-x","type":"candidate.erased"}', 'p', 'h'),
        ('e2', 'd', 1, '2', 'y', NULL, NULL, 'director', NULL, '[]', '{"type":"exam.names-erased"}', 'p', 'h');
    `)
    const db = migrated()
    expect(db.prepare('SELECT id FROM erased ORDER BY id').pluck().all()).toEqual(['c1-x', 'c1-y', 'c2-y', 'p-y'])
    expect(db.prepare('SELECT id FROM credential').pluck().all()).toEqual(['p-x'])
    db.close()
  })
})
