import { describe, expect, it } from 'vitest'
import { databaseBefore } from './database-before.ts'

describe('0030, exams put away', () => {
  it('leaves every exam among those in use', () => {
    const { before, migrated } = databaseBefore(30)
    before.exec("INSERT INTO exam VALUES ('x', 't', 'd', '', 'A4', 'closed', 1, '{}', '{}', NULL, '')")
    const db = migrated()
    expect(db.prepare('SELECT id, title, put_away FROM exam').all()).toEqual([{ id: 'x', title: 't', put_away: 0 }])
    db.close()
  })
})
