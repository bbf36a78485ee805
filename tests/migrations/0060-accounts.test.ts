import { scryptSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openStore } from '#electron/store/store.ts'
import { createLoans } from '#electron/services/session/loans.ts'
import { isSecret } from '#electron/services/session/secret-hash.ts'
import { personIdSchema } from '#shared/domain/ids.ts'
import { SAMPLE_PIN } from '#shared/domain/pin.ts'
import { putSmallExam } from '#tests/support/small-exam.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { databaseBefore } from './database-before.ts'

describe('0060, accounts', () => {
  it('gives a sample’s people the sample’s PIN and others none, and loans keep their codes', async () => {
    const { dataDir, before } = databaseBefore(60)
    const back = { role: 'examiner', examId: 'real', personId: 'r1', handedOver: null }
    const salt = Buffer.from('salt')
    const loan = {
      clientId: 'tab-1',
      encounterId: 'e1',
      spId: null,
      back,
      salt: salt.toString('base64'),
      codeHash: scryptSync('4711', salt, 32).toString('base64'),
      failures: 2,
    }
    const exam = (id: string, sample: number) =>
      `INSERT INTO exam (id, title, held_on, site, paper, status, sample, timing, pass_rule, created_at)
         VALUES ('${id}', 't', 'd', '', 'A4', 'running', ${sample}, '{}', '{}', '');`
    before.exec(`
      ${exam('real', 0)} ${exam('played', 1)}
      INSERT INTO person VALUES ('r1', 'real', 'examiner'), ('s1', 'played', 'examiner'), ('s2', 'played', 'sp');
    `)
    before.prepare("INSERT INTO setting VALUES ('loans', ?)").run(JSON.stringify([loan]))
    before.close()

    const store = openStore({ dataDir })
    expect(store.accounts.directors()).toEqual([])
    expect(store.accounts.credential(personIdSchema.parse('r1'))).toBeNull()
    for (const id of ['s1', 's2']) {
      const { hash = '', sample } = store.accounts.credential(personIdSchema.parse(id)) ?? {}
      expect(sample).toBe(true)
      expect(await isSecret(SAMPLE_PIN, hash)).toBe(true)
    }
    const loans = createLoans(store.settings, () => 0)
    const kept = loans.of('tab-1')
    expect(kept).toMatchObject({ failures: 2, back: { personId: 'r1' } })
    if (kept) expect(await loans.end(kept, '4711')).toMatchObject({ role: 'examiner', personId: 'r1' })
    store.close()
  })

  it('lets a PIN go with its person', () => {
    const dataDir = tempDir()
    const store = openStore({ dataDir })
    const { exam, examiner } = putSmallExam(store)
    expect(store.accounts.credential(examiner.id)).not.toBeNull()
    store.exams.remove(exam.id)
    expect(store.accounts.credential(examiner.id)).toBeNull()
    store.close()
  })
})
