import { describe, expect, it } from 'vitest'
import { confirmIdentity, openSetUp, readyExam } from './open-set-up.ts'
import { emptyExam, file, good, text, workbook } from './lists.ts'

describe('a list of candidates', () => {
  it.each([
    ['pasted with semicolons', text(good)],
    ['pasted with tabs, as from a spreadsheet', text(good.replaceAll(';', '\t'))],
    [
      'with commas, quotes and Windows line ends',
      text(
        good
          .replaceAll(/[^;\n]+/g, '"$&"')
          .replaceAll(';', ',')
          .replaceAll('\n', '\r\n'),
      ),
    ],
    ['in a CSV file', file('list.csv', good)],
    ['in a CSV file with a byte order mark', file('list.csv', `\uFEFF${good}`)],
    ['in a CSV file in UTF-16', file('list.csv', Buffer.from(`\uFEFF${good}`, 'utf16le'))],
    ['in a CSV file in big-endian UTF-16', file('list.csv', Buffer.from(`\uFEFF${good}`, 'utf16le').swap16())],
  ])('is read when it is %s', async (_, source) => {
    const { preview, call, examId, store } = await emptyExam()
    const shown = await preview(source)
    expect(shown).toMatchObject({
      kind: 'candidates',
      columns: ['number', 'name', 'group', 'extraTime'],
      good: 2,
      bad: 0,
      rows: [
        { row: 2, values: { number: '1001', name: 'Zoë Beispiel', group: 'A', extraTime: '25 %' }, problems: [] },
        { row: 3, values: { number: '1002', name: '山田 花子', group: 'B', extraTime: '' }, problems: [] },
      ],
    })
    expect(await call('import.apply', { examId, previewId: shown.previewId })).toEqual({ added: 2 })
    expect(store.candidates.ofExam(examId)).toMatchObject([
      { number: '1001', name: 'Zoë Beispiel', group: 'A', extraTimePercent: 25 },
      { number: '1002', name: '山田 花子', group: 'B', extraTimePercent: 0 },
    ])
  })

  it('is read from a workbook, numbers and gaps included', async () => {
    const { preview } = await emptyExam()
    const rows = [
      ['No', 'Name', 'Extra time'],
      [1001, 'Zoë Beispiel', 0.25],
      [null, null, null],
      [1002, 'Ελένη', 50],
      [1003, 'Noor', 1],
    ]
    const shown = await preview(file('list.xlsx', await workbook(rows)))
    expect(shown.rows.map(({ row, values, problems }) => [row, ...Object.values(values), problems.length])).toEqual([
      [2, '1001', 'Zoë Beispiel', '25 %', 0],
      [4, '1002', 'Ελένη', '50 %', 0],
      [5, '1003', 'Noor', '1', 1],
    ])
  })

  it('shows each bad row and why, counted as a person counts, and writes nothing', async () => {
    const { preview, dump, published } = await emptyExam()
    const before = dump()
    const told = published.length
    const shown = await preview(text('number,name,extra time\n\n1,Maya\n1,Ravi\n,Lena\n,,\n5,Noor,much\n6,Ines'))
    expect(shown.rows.map(({ row, problems }) => [row, ...problems.map(({ code }) => code)])).toEqual([
      [3, 'number-twice-in-file'],
      [4, 'number-twice-in-file'],
      [5, 'number-missing'],
      [7, 'extra-time-invalid'],
      [8],
    ])
    expect([shown.good, shown.bad]).toEqual([1, 4])
    expect(dump()).toBe(before)
    expect(published).toHaveLength(told)
  })

  it('keeps what stands in quotes together', async () => {
    const { preview } = await emptyExam()
    const shown = await preview(text('number,name\n1,"Okafor, Maya ""May"""\n2,"O\'Neill\nJunior"\n'))
    expect(shown.rows.map(({ values }) => values['name'])).toEqual(['Okafor, Maya "May"', "O'Neill Junior"])
  })
})

describe('writing a preview', () => {
  it('leaves the bad rows out', async () => {
    const { preview, call, examId, store, published } = await emptyExam()
    const { previewId } = await preview(text('number,name\n1,Maya\n,Ravi\n3,Lena'))
    const told = published.length
    expect(await call('import.apply', { examId, previewId })).toEqual({ added: 2 })
    expect(store.candidates.ofExam(examId).map(({ number }) => number)).toEqual(['1', '3'])
    expect(published.slice(told)).toEqual([examId])
  })

  it('takes numbers that were given away in the meantime for taken', async () => {
    const { preview, call, examId, store } = await emptyExam()
    const { previewId } = await preview(text('number,name\n1,Maya\n2,Ravi'))
    const fields = { number: '1', name: 'Noor', group: '', extraTimePercent: 0 }
    await call('candidate.add', { examId, fields })
    expect(await call('import.apply', { examId, previewId })).toEqual({ added: 1 })
    expect(store.candidates.ofExam(examId).map(({ name }) => name)).toEqual(['Noor', 'Ravi'])
    expect((await preview(text('number,name\n2,Ines'))).rows[0]?.problems).toEqual([
      { code: 'number-taken', params: { number: '2' } },
    ])
  })

  it('happens once', async () => {
    const { preview, call, refuses, examId } = await emptyExam()
    const { previewId } = await preview(text(good))
    await call('import.apply', { examId, previewId })
    await refuses('import.apply', { examId, previewId }, 'preview-expired', {})
  })

  it('is for the window that read the list, and for its exam', async () => {
    const { preview, call, refuses, examId } = await emptyExam()
    const { id: otherExam } = await call('exam.create', {})
    const { previewId } = await preview(text(good))
    await refuses('import.apply', { examId, previewId }, 'preview-expired', {}, 'another window')
    await refuses('import.apply', { examId: otherExam, previewId }, 'preview-expired')
    expect(await call('import.apply', { examId, previewId })).toEqual({ added: 2 })
  })

  it('is possible for the newest few', async () => {
    const { preview, call, refuses, examId } = await emptyExam()
    const ids = []
    for (const number of [1, 2, 3, 4]) ids.push((await preview(text(`number,name\n${number},Maya`))).previewId)
    const [oldest = '', ...kept] = ids
    await refuses('import.apply', { examId, previewId: oldest }, 'preview-expired')
    for (const previewId of kept) expect(await call('import.apply', { examId, previewId })).toEqual({ added: 1 })
  })

  it('is refused once the exam is closed, and where the exam cannot hold as many', async () => {
    const { preview, call, refuses, refusesList, examId } = await emptyExam()
    const rows = (from: number, n: number) =>
      text(`number,name\n${Array.from({ length: n }, (_, i) => `${from + i},Candidate`).join('\n')}`)
    await refusesList(rows(1, 2001), 'file-too-many-rows', { rows: 2001, max: 2000 })
    const { previewId } = await preview(rows(1, 2000))
    await call('import.apply', { examId, previewId })
    await refusesList(rows(5000, 1), 'file-too-many-rows', { rows: 1, max: 0 })
    const another = { number: '5000', name: 'Noor', group: '', extraTimePercent: 0 }
    await refuses('candidate.add', { examId, fields: another }, 'too-many-candidates', { max: 2000 })
    const late = await preview(text('number,name\n1,Maya'))
    await call('exam.setStatus', { examId, status: 'closed' })
    await refuses('import.apply', { examId, previewId: late.previewId }, 'exam-closed')
  })

  it('adds late candidates to an exam that runs', async () => {
    const setUp = openSetUp()
    const { examId, rotation } = await readyExam(setUp)
    confirmIdentity(setUp.store, rotation.slots[0]?.id)
    const source = text('number,name\n9,Late Comer')
    const { previewId } = await setUp.call('import.preview', { examId, kind: 'candidates', source })
    expect(await setUp.call('import.apply', { examId, previewId })).toEqual({ added: 1 })
  })

  it('adds people at their stations', async () => {
    const setUp = openSetUp()
    const { examId, stations } = await readyExam(setUp)
    const source = text('Role;Name;Stations\nExaminer;Noor Voorbeeld;1;\nSP;Lena Exempel;"1;2"\nSP;Ivo Primjer;7')
    const shown = await setUp.call('import.preview', { examId, kind: 'people', source })
    expect(shown.columns).toEqual(['role', 'name', 'stations'])
    expect(shown.rows.map(({ problems }) => problems)).toEqual([
      [],
      [],
      [{ code: 'station-unknown', params: { station: '7' } }],
    ])
    expect(await setUp.call('import.apply', { examId, previewId: shown.previewId })).toEqual({ added: 2 })
    const { people } = await setUp.call('exam.get', { examId })
    const lena = people.find(({ name }) => name === 'Lena Exempel')
    expect(lena).toMatchObject({ role: 'sp', stationIds: stations.map(({ id }) => id) })
  })
})
