import { describe, expect, it } from 'vitest'
import { databaseBefore } from './database-before.ts'

describe('0020, marks before the start', () => {
  it('gives a mark the moment and the person of the event that made it; one made before the encounter has no moment', () => {
    const { before, migrated } = databaseBefore(20)
    before.exec(`
      INSERT INTO exam VALUES ('x', 't', 'd', '', 'A4', 'running', 0, '{}', '{}', NULL, '');
      INSERT INTO station VALUES ('s', 'x', 1, 1, 'scored', '', '', '', '', '', '[]', '[]', NULL, NULL, 0);
      INSERT INTO candidate VALUES ('c', 'x', '1', '', 0);
      INSERT INTO encounter VALUES ('enc', 'x', 's', 'c', 1, 0);
      INSERT INTO event (id, device, seq, hlc, encounter_id, rater_id, role, offset_ms, supersedes, payload) VALUES
        ('e1', 'd', 1, '1', 'enc', 'examiner-1', 'examiner', NULL, '[]',
          '{"type":"mark.made","markId":"early","kind":"moment","markType":"named"}'),
        ('e2', 'd', 2, '2', 'enc', 'examiner-1', 'examiner', 9000, '[]',
          '{"type":"mark.made","markId":"later","kind":"moment","markType":"named"}'),
        ('e3', 'd', 3, '3', 'enc', 'examiner-1', 'examiner', 9500, '[]',
          '{"type":"mark.annotated","markId":"later","cue":0,"quote":"Go on"}');
      INSERT INTO mark (id, encounter_id, kind, type, at_ms, cue, quote, event_id) VALUES
        ('early', 'enc', 'moment', 'named', 0, NULL, '', 'e1'),
        ('later', 'enc', 'moment', 'named', 9000, 0, 'Go on', 'e3');
    `)
    const db = migrated()
    const marks = db.prepare('SELECT id, rater_id, at_ms, cue, quote, event_id FROM mark ORDER BY id').all()
    expect(marks).toEqual([
      { id: 'early', rater_id: 'examiner-1', at_ms: null, cue: null, quote: '', event_id: 'e1' },
      { id: 'later', rater_id: 'examiner-1', at_ms: 9000, cue: 0, quote: 'Go on', event_id: 'e3' },
    ])
    db.close()
  })
})
