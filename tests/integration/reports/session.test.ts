import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { headCode } from '#shared/domain/head-code.ts'
import { writeReport } from '#electron/cli/exam-output.ts'
import { ledgerCode } from '#electron/store/ledger-code.ts'
import { openReader } from '#electron/store/store.ts'
import { sessionSheet } from '#electron/reports/session/session-sheet.ts'
import { dataOf, encounterAt, examDay, itemAt, newEvent } from '#tests/support/exam-day.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { cohortOf, examOf, feedbackOf, options, sessionRecord } from './report-data.ts'

const head = (device: string, seq: number, digit: string) => ({ device, seq, hash: digit.repeat(64) })

describe('the code of an exam', () => {
  it('of one chain is that of its head, as verify tells it', () => {
    expect(ledgerCode([head('a', 3, '1')])).toBe(headCode('1'.repeat(64)))
    expect(ledgerCode([])).toBeNull()
  })

  it('of several chains stands for all of them, in whatever order they are told', () => {
    const heads = [head('a', 3, '1'), head('b', 9, '2')]
    expect(ledgerCode(heads)).toBe(ledgerCode(heads.toReversed()))
    const others = [
      [head('a', 3, '1')],
      [head('b', 9, '2')],
      [head('a', 4, '1'), head('b', 9, '2')],
      [head('a', 3, '1'), head('b', 9, '3')],
      [head('c', 3, '1'), head('b', 9, '2')],
    ]
    for (const other of others) expect(ledgerCode(other)).not.toBe(ledgerCode(heads))
  })

  it('stands at the foot of every page of feedback and of the cohort report', async () => {
    const data = examOf({ stations: 8, candidates: 12 })
    for (const bytes of [cohortOf(data), feedbackOf(data)]) {
      const { pages } = await readPdf(bytes)
      pages.forEach((page, index) =>
        expect(page.replaceAll(/\s+/g, ' ')).toMatch(
          new RegExp(`Ledger ABCD-EFGH · Page ${index + 1} of ${pages.length}$`),
        ),
      )
    }
  })
})

describe('the session sheet', () => {
  it('is one page that counts what is here, names the chains and has room for signatures', async () => {
    const { pages, active } = await readPdf(sessionSheet(sessionRecord(), options))
    expect(pages).toHaveLength(1)
    const words = (pages[0] ?? '').replaceAll(/\s+/g, ' ')
    expect(words).toContain('180 of 192 submitted; absent 2, open 1, not begun 9')
    expect(words).toContain('2,340, behaviours and global ratings')
    expect(words).toContain('corrected 2, decided between laptops 1, undecided 0')
    expect(words).toContain('171 submitted')
    expect(words).toContain('7,000 events in 1 chain; the last one written on November 14, 2026 at 15:00 UTC')
    expect(words).toContain('00112233aabbccdd; its key KEYC-ODEX')
    expect(words).toContain('Attune 1.2.3')
    for (const who of ['Examiner', 'Second person', 'Program director']) expect(words).toContain(`${who}: name`)
    expect(words).toContain('attune verify --code')
    expect(active).toEqual([])
  })

  it('is one page for as many laptops as an exam can have, with long names, on either paper', async () => {
    const chains = Array.from({ length: 20 }, (_, index) => ({
      ...(sessionRecord().chains[0] ?? { seq: 1, events: 1, hash: '', code: 'ABCD-EFGH', lastWriteMs: 0 }),
      device: `${index}`.padStart(16, 'a'),
    }))
    const exam = {
      ...sessionRecord().exam,
      title: 'A very long title '.repeat(6).trim(),
      site: 'A long site '.repeat(6).trim(),
    }
    for (const paper of ['A4', 'LETTER'] as const) {
      const statement = {
        statedAt: '2026-11-14T16:00:00Z',
        code: 'STAT-EDXX',
        keyCode: 'KEYC-ODEX',
        eventsAfter: 3,
        amendedAfter: 1,
      }
      const { pages } = await readPdf(
        sessionSheet(sessionRecord({ chains, statement, exam: { ...exam, paper } }), options),
      )
      expect(pages).toHaveLength(1)
      expect((pages[0] ?? '').replaceAll(/\s+/g, ' ')).toContain(
        'Made on November 14, 2026 at 16:00 UTC for ledger STAT-EDXX, signed with key KEYC-ODEX; 3 events after it (1 changed a mark; it still holds).',
      )
      expect(pages[0]).toContain('Ledger ABCD-EFGH')
    }
  })

  it('says so where nothing is recorded yet', async () => {
    const { pages } = await readPdf(sessionSheet(sessionRecord({ chains: [], code: null }), options))
    expect(pages[0]).toContain('Nothing is recorded of this exam yet.')
  })

  it('of a day is the same to the byte whenever it is made, and another after one more mark', async () => {
    const day = await examDay()
    const { rubric, exam } = day.small
    const encounterId = encounterAt(day.small, 1, 1)
    dataOf(await day.examiner('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
    const rate = async (value: number) =>
      dataOf(
        await day.examiner('rating.record', { encounterId, eventId: newEvent(), itemId: itemAt(rubric, 0), value }),
      )
    const made = async () => {
      const file = join(tempDir(), 'session.pdf')
      await writeReport({ dataDir: day.dataDir, key: null }, exam.id, { kind: 'session', file })
      return readFile(file)
    }
    await rate(3)
    const first = await made()
    day.pass(3600)
    expect(Buffer.compare(await made(), first)).toBe(0)
    await rate(4)
    expect(Buffer.compare(await made(), first)).not.toBe(0)
    const { pages } = await readPdf(await made())
    const reader = openReader(day.dataDir)
    const [chain] = reader.chains.heads(exam.id)
    reader.close()
    expect(pages[0]).toContain(headCode(chain?.hash ?? ''))
    expect(pages[0]).toContain('3 events in 1 chain')
  })
})
