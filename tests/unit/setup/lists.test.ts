import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  candidateColumns,
  candidateColumnsNeeded,
  readCandidateList,
  type ReadRow,
} from '#shared/domain/candidate-list.ts'
import { cleanLine } from '#shared/domain/clean-line.ts'
import { candidateFieldsSchema, personFieldsSchema } from '#shared/domain/exam.ts'
import { stationIdSchema } from '#shared/domain/ids.ts'
import { findColumns, missingColumn, type ListTable } from '#shared/domain/list-table.ts'
import { readPersonList } from '#shared/domain/person-list.ts'

const table = (header: string, ...rows: string[]): ListTable => ({
  header: header.split('|'),
  rows: rows.map((row, i) => ({ row: i + 2, cells: row.split('|') })),
})

const problems = (rows: readonly ReadRow<unknown>[]) =>
  rows.map((row) => row.problems.map(({ code, params }) => [code, ...Object.values(params)].join(' ')))

describe('a line of text as it is kept', () => {
  it.each([
    ['white space around and inside', '  Maya \t\n Okafor ', 'Maya Okafor'],
    ['letters written in two pieces', 'Zoe\u0308', 'Zoë'],
    ['direction controls', '\u202EMaya\u202C \u2067ليلى\u2069\u200F', 'Maya ليلى'],
    ['control characters and a byte order mark', '\uFEFFMa\u0007ya', 'Ma ya'],
    ['half a character', 'Maya\uD800', 'Maya'],
    ['the joiners that Persian and Hindi names need', 'نیک\u200Cزاد क्\u200Dष', 'نیک\u200Cزاد क्\u200Dष'],
  ])('handles %s', (_, raw, kept) => {
    expect(cleanLine(raw)).toBe(kept)
  })

  it('is the same however often it is cleaned', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        expect(cleanLine(cleanLine(raw))).toBe(cleanLine(raw))
      }),
    )
  })
})

describe('the columns of a list', () => {
  it.each([
    'number|name|group|extra time',
    'No.|Name|Group|Extra time %',
    ' CANDIDATE NUMBER |Full name|Cohort|Extra_Time_Percent',
    'Candidate|Student name|class|Additional time',
    'ID|NAME|GROUP|Accommodation',
  ])('are found by the names people give them: %s', (header) => {
    expect([...findColumns(header.split('|'), candidateColumns)]).toEqual([
      ['number', 0],
      ['name', 1],
      ['group', 2],
      ['extraTime', 3],
    ])
  })

  it('are the best named of several that would fit', () => {
    const rows = readCandidateList(table('ID|Number|Full name|Name', '7f3a|1001|Okafor, Maya|Maya Okafor'), new Set())
    expect(rows[0]?.values).toEqual({ number: '1001', name: 'Maya Okafor' })
  })

  it('are found in any order, others left aside', () => {
    const rows = readCandidateList(table('Email|Name|Photo|No', 'a@b.c|Maya Okafor||1001'), new Set())
    expect(rows[0]?.fields).toEqual({ number: '1001', name: 'Maya Okafor', group: '', extraTimePercent: 0 })
    expect(rows[0]?.values).toEqual({ number: '1001', name: 'Maya Okafor' })
  })

  it('are missed by name', () => {
    expect(missingColumn(['Name'], candidateColumns, candidateColumnsNeeded)).toBe('number')
    expect(missingColumn(['Maya Okafor'], candidateColumns, candidateColumnsNeeded)).toBe('number')
    expect(missingColumn(['No', 'Nombre'], candidateColumns, candidateColumnsNeeded)).toBe('name')
    expect(missingColumn(['No', 'Name'], candidateColumns, candidateColumnsNeeded)).toBeNull()
  })
})

describe('a list of candidates', () => {
  const read = (...rows: string[]) => readCandidateList(table('number|name|group|extra time', ...rows), new Set(['7']))

  it('says what is wrong with a row', () => {
    const rows = read(
      '|Maya',
      '#5|Maya',
      '7|Maya',
      '8|',
      `9|${'M'.repeat(121)}`,
      `10|Maya|${'g'.repeat(61)}`,
      '11|Maya||a lot',
      '12|Maya||201',
      '13|Maya||-5',
      '14|Maya||12.5',
    )
    expect(problems(rows)).toEqual([
      ['number-missing'],
      ['number-invalid #5'],
      ['number-taken 7'],
      ['name-missing'],
      ['name-too-long 120'],
      ['group-too-long 60'],
      ['extra-time-invalid a lot'],
      ['extra-time-invalid 201'],
      ['extra-time-invalid -5'],
      ['extra-time-invalid 12.5'],
    ])
    expect(rows.every(({ fields }) => fields === null)).toBe(true)
  })

  it('trusts neither of two rows with the same number, and names the other', () => {
    expect(problems(read('1|Maya', '2|Ravi', '1|Lena'))).toEqual([
      ['number-twice-in-file 1 4'],
      [],
      ['number-twice-in-file 1 2'],
    ])
  })

  it.each([
    ['', 0],
    ['0', 0],
    ['25', 25],
    ['25%', 25],
    ['25 %', 25],
    ['0.25', 25],
    ['0,5', 50],
    ['２５', 25],
    ['200', 200],
    ['1 %', 1],
    ['5', 5],
  ])('reads extra time "%s" as %i percent', (text, percent) => {
    expect(read(`1|Maya||${text}`)[0]?.fields?.extraTimePercent).toBe(percent)
  })

  it.each([
    ['1', 100],
    ['1.5', 150],
    ['2', 200],
    ['1,25', 125],
  ])('does not guess whether a bare "%s" means that or %i percent', (text, times) => {
    const [row] = read(`1|Maya||${text}`)
    expect(row?.problems).toEqual([{ code: 'extra-time-unclear', params: { value: text, times } }])
    expect(row?.fields).toBeNull()
  })

  it('shows extra time as it was understood, and as it was written where it was not', () => {
    const shown = read('1|Maya||0.25', '2|Ravi||50', '3|Noor||', '4|Lena||a lot').map(
      ({ values }) => values['extraTime'],
    )
    expect(shown).toEqual(['25 %', '50 %', '', 'a lot'])
  })

  it('takes numbers in full-width digits for what they are', () => {
    expect(read('１００１|山田 花子')[0]?.fields).toMatchObject({ number: '1001', name: '山田 花子' })
  })

  it('reads anything without failing, and gives nothing that the exam would refuse', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary', maxLength: 150 }), fc.constantFrom('1', '2', 'Maya', '25%', ''))
    const anyTable = fc.record({
      header: fc.array(fc.oneof(fc.constantFrom('number', 'name', 'group', 'extra time'), cell), { maxLength: 6 }),
      rows: fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 12 }),
    })
    fc.assert(
      fc.property(anyTable, ({ header, rows }) => {
        const read = readCandidateList({ header, rows: rows.map((cells, i) => ({ row: i + 2, cells })) }, new Set())
        expect(read).toHaveLength(rows.length)
        const good = read.flatMap(({ fields }) => fields ?? [])
        for (const fields of good) expect(candidateFieldsSchema.parse(fields)).toEqual(fields)
        expect(new Set(good.map(({ number }) => number)).size).toBe(good.length)
      }),
    )
  })
})

describe('a list of people', () => {
  const stationIds = new Map([1, 2, 5].map((number) => [number, stationIdSchema.parse(`s${number}`)]))
  const people = [{ role: 'examiner' as const, name: 'Ada Sample' }]
  const read = (...rows: string[]) => readPersonList(table('role|name|stations', ...rows), { stationIds, people })

  it.each([
    ['examiner', 'examiner'],
    ['Assessor', 'examiner'],
    ['SP', 'sp'],
    ['Standardised patient', 'sp'],
    ['simulated-patient', 'sp'],
  ])('takes "%s" for the role %s', (text, role) => {
    expect(read(`${text}|Lena`)[0]?.fields?.role).toBe(role)
  })

  it.each(['1;5', '1 5', '1, 5', '5/1/1', '1 & 5'])('reads the stations "%s"', (text) => {
    expect(read(`sp|Lena|${text}`)[0]?.fields?.stationIds.toSorted()).toEqual(['s1', 's5'])
  })

  it('says what is wrong with a row', () => {
    const rows = read('|Lena', 'director|Lena', 'sp|', 'sp|Lena|1;3;x', 'examiner|ada sample', 'sp|Noor', 'sp|Noor')
    expect(problems(rows)).toEqual([
      ['role-missing'],
      ['role-invalid director'],
      ['name-missing'],
      ['station-unknown 3', 'station-unknown x'],
      ['person-taken ada sample'],
      [],
      ['person-taken Noor'],
    ])
  })

  it('reads anything without failing, and gives nothing that the exam would refuse', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 150 }),
      fc.constantFrom('sp', 'examiner', '1;2', 'Lena'),
    )
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 12 }), (rows) => {
        const list = { header: ['role', 'name', 'stations'], rows: rows.map((cells, i) => ({ row: i + 2, cells })) }
        const read = readPersonList(list, { stationIds, people: [] })
        expect(read).toHaveLength(rows.length)
        for (const { fields } of read) if (fields) expect(personFieldsSchema.parse(fields)).toEqual(fields)
      }),
    )
  })
})
