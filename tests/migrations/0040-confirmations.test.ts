import { describe, expect, it } from 'vitest'
import { databaseBefore } from './database-before.ts'

describe('0040, confirmations', () => {
  it('names the confirmation that stands: the first since the last withdrawal, and none where it was withdrawn', () => {
    const { before, migrated } = databaseBefore(40)
    const columns = 'id, device, seq, hlc, encounter_id, rater_id, role, offset_ms, supersedes, payload'
    const event = (n: number, encounter: string, type: string) =>
      `INSERT INTO event (${columns}) VALUES
        ('e${n}', 'd', ${n}, '${n}', '${encounter}', 'examiner-1', 'examiner', NULL, '[]', '{"type":"${type}"}');`
    before.exec(`
      INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
        VALUES ('x', 't', 'd', '', 'A4', 'running', 0, '{}', '{}', '');
      INSERT INTO station VALUES ('s', 'x', 1, 1, 'scored', '', '', '', '', '', '[]', '[]', NULL, NULL, 0);
      INSERT INTO candidate VALUES ('c', 'x', '1', '', 0), ('d', 'x', '2', '', 0), ('e', 'x', '3', '', 0);
      INSERT INTO encounter VALUES ('once', 'x', 's', 'c', 1, 0), ('anew', 'x', 's', 'd', 2, 0),
        ('withdrawn', 'x', 's', 'e', 3, 0);
      ${event(1, 'once', 'identity.confirmed')} ${event(2, 'once', 'identity.confirmed')}
      ${event(3, 'anew', 'identity.confirmed')} ${event(4, 'anew', 'identity.withdrawn')}
      ${event(5, 'anew', 'identity.confirmed')}
      ${event(6, 'withdrawn', 'identity.confirmed')} ${event(7, 'withdrawn', 'identity.withdrawn')}
      INSERT INTO encounter_state (encounter_id, identity_confirmed, status)
        VALUES ('once', 1, 'submitted'), ('anew', 1, 'open'), ('withdrawn', 0, 'scheduled');
    `)
    const db = migrated()
    expect(
      db.prepare('SELECT encounter_id, confirmation FROM encounter_state ORDER BY encounter_id').raw().all(),
    ).toEqual([
      ['anew', 'e5'],
      ['once', 'e1'],
      ['withdrawn', null],
    ])
    db.close()
  })
})
