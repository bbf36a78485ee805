import { describe, expect, it } from 'vitest'
import { databaseBefore } from './database-before.ts'

describe('0070, retention', () => {
  it('leaves every exam as it was, with no day on which its names go', () => {
    const { before, migrated } = databaseBefore(70)
    before.exec(`INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
      VALUES ('exam-1', 'Spring', '2026-04-01', '', 'A4', 'closed', 0, '{}', '{}', '2026-04-01')`)
    const after = migrated()
    expect(after.prepare('SELECT title, erase_names_on FROM exam').all()).toEqual([
      { title: 'Spring', erase_names_on: null },
    ])
    after.close()
  })
})
