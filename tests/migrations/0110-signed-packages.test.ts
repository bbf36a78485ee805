import { describe, expect, it } from 'vitest'
import { databaseBefore } from './database-before.ts'

describe('0110, signed packages', () => {
  it('knows of when a station’s last package was, and pins its signer with the next one', () => {
    const { before, migrated } = databaseBefore(110)
    for (const exam of ['built', 'station']) {
      before.exec(`
        INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
          VALUES ('${exam}', 't', 'd', '', 'A4', 'running', 0, '{}', '{}', '');
      `)
    }
    const imported = (id: string, at: string) => `
      INSERT INTO event VALUES ('${id}', 'd', ${id.slice(1)}, '${id}', '', NULL, NULL, 'system', NULL, '[]',
        '{"examId":"station","exportedAt":"${at}","type":"package.imported"}', 'p', 'h')`
    before.exec("INSERT INTO exam_key VALUES ('built', 'age1b', 'secret'), ('station', 'age1s', NULL)")
    before.exec(imported('e1', '2026-11-14T08:00:00.000Z'))
    before.exec(imported('e2', '2026-11-13T08:00:00.000Z'))
    const db = migrated()
    expect(db.prepare('SELECT * FROM exam_key ORDER BY exam_id').raw().all()).toEqual([
      ['built', 'age1b', 'secret', null, null],
      ['station', 'age1s', null, null, '2026-11-14T08:00:00.000Z'],
    ])
    db.close()
  })

  it('keeps the recovery key where nobody’s PIN can stand', () => {
    const { before, migrated } = databaseBefore(110)
    before.exec("INSERT INTO credential (id, hash, failures) VALUES ('recovery-key', 'h', 3), ('p', 'x', 0)")
    const db = migrated()
    expect(db.prepare('SELECT id, hash, failures FROM credential ORDER BY id').raw().all()).toEqual([
      ['#recovery-key', 'h', 3],
      ['p', 'x', 0],
    ])
    db.close()
  })

  it('makes no recovery key of the PIN of somebody who was given its id', () => {
    const { before, migrated } = databaseBefore(110)
    before.exec(`
      INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
        VALUES ('x', 't', 'd', '', 'A4', 'running', 0, '{}', '{}', '');
      INSERT INTO person VALUES ('recovery-key', 'x', 'examiner');
      INSERT INTO credential (id, hash) VALUES ('recovery-key', 'theirs');
    `)
    const db = migrated()
    expect(db.prepare('SELECT id FROM credential').pluck().all()).toEqual(['recovery-key'])
    db.close()
  })
})
