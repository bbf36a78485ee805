import { describe, expect, it } from 'vitest'
import { openReader } from '#electron/store/store.ts'
import { databaseBefore } from './database-before.ts'

describe('0050, the chain', () => {
  it('chains what was recorded before, each exam by itself, and verifies', () => {
    const { dataDir, before, migrated } = databaseBefore(50)
    const exams = ['x', 'y'].map(
      (id) => `
        INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
          VALUES ('${id}', 't', 'd', '', 'A4', 'running', 0, '{}', '{}', '');
        INSERT INTO station VALUES ('s${id}', '${id}', 1, 1, 'scored', '', '', '', '', '', '[]', '[]', NULL, NULL, 0);
        INSERT INTO candidate VALUES ('c${id}', '${id}', '1', '', 0);
        INSERT INTO encounter VALUES ('enc-${id}', '${id}', 's${id}', 'c${id}', 1, 0);`,
    )
    const event = (seq: number, exam: string, payload: object) => `
      INSERT INTO event (id, device, seq, hlc, encounter_id, rater_id, role, offset_ms, supersedes, payload) VALUES
        ('e${seq}', 'd', ${seq}, '1700000000000-000${seq}-d', 'enc-${exam}', NULL, 'examiner', NULL, '[]',
          '${JSON.stringify(payload)}');`
    const clock = { type: 'clock.changed', state: { status: 'running', at: 1 }, reading: { wallMs: 2, monoMs: 1 } }
    before.exec(`
      INSERT INTO installation VALUES (1, 'd', '');
      ${exams.join('')}
      ${event(1, 'x', { type: 'identity.confirmed' })} ${event(2, 'y', { type: 'identity.confirmed' })}
      ${event(3, 'x', clock)} ${event(4, 'x', { type: 'encounter.submitted', missing: [{ reason: 'ill', item: 'global-rating' }] })}
      INSERT INTO encounter_state (encounter_id, identity_confirmed, status, confirmation, missing, clock, clock_reading)
        VALUES ('enc-x', 1, 'submitted', 'e1', '[{"reason":"ill","item":"global-rating"}]', '{"status":"running","at":1}',
          '{"wallMs":2,"monoMs":1}'), ('enc-y', 1, 'open', 'e2', '[]', NULL, NULL);
    `)
    migrated().close()
    const reader = openReader(dataDir)
    expect(reader.verify()).toMatchObject({
      events: 4,
      broken: null,
      differing: [],
      chains: [
        { examId: 'x', seq: 3, events: 3, missing: 0 },
        { examId: 'y', seq: 1, events: 1, missing: 0 },
      ],
    })
    reader.close()
  })
})
