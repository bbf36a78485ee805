import { expect, test } from 'vitest'
import type { ImportPreview } from '#shared/contract/parts/exams.ts'
import { refused } from '#tests/support/fake-bridge.ts'
import { draftExam, openSetup, setupHost } from './setup-host.ts'

const preview: ImportPreview = {
  previewId: 'preview-1',
  kind: 'candidates',
  columns: ['number', 'name'],
  rows: [
    { row: 2, values: { number: '2001', name: 'Ada Good' }, problems: [] },
    {
      row: 3,
      values: { number: '1001', name: 'Bo Taken' },
      problems: [{ code: 'number-taken', params: { number: '1001' } }],
    },
    { row: 4, values: { number: '2002', name: '' }, problems: [{ code: 'name-missing', params: {} }] },
    { row: 5, values: { number: '2003', name: 'Cleo Good' }, problems: [] },
  ],
  good: 2,
  bad: 2,
}

const LIST = 'Number,Name\n2001,Ada Good'

async function pasted(answers: Parameters<typeof setupHost>[1] = {}) {
  const host = setupHost(draftExam(), { 'import.preview': preview, 'import.apply': { added: 2 }, ...answers })
  const screen = await openSetup(host, 'people')
  await screen.press('Paste a list')
  await screen.fill('The list', LIST)
  await screen.press('Look at the rows')
  return { host, screen }
}

const rows = () =>
  [...document.querySelectorAll('[role="dialog"] tbody tr')].map((row) => row.textContent.replace(/\s+/g, ' ').trim())

test('every row is shown, those with a problem first, each with its reason in words', async () => {
  const { host, screen } = await pasted()
  expect(host.bridge.inputsOf('import.preview')).toEqual([
    { examId: 'exam-1', kind: 'candidates', source: { kind: 'text', text: LIST } },
  ])
  expect(rows()).toEqual([
    '31001Bo TakenCandidate 1001 is in the exam already.',
    '42002The name is missing.',
    '22001Ada GoodWill be added',
    '52003Cleo GoodWill be added',
  ])
  expect(screen.text()).toContain('2 rows have a problem and are left out')
  expect(screen.text()).toContain('2 rows can be added')
})

test('nothing is written before it is confirmed, and nothing when it is not', async () => {
  const { host, screen } = await pasted()
  expect(host.bridge.inputsOf('import.apply')).toEqual([])
  await screen.press('Cancel')
  expect(host.bridge.inputsOf('import.apply')).toEqual([])
  expect(screen.has('Add the 2 good rows')).toBe(false)
})

test('confirming adds the good rows and says how many', async () => {
  const { host, screen } = await pasted()
  await screen.press('Add the 2 good rows')
  expect(host.bridge.inputsOf('import.apply')).toEqual([{ examId: 'exam-1', previewId: 'preview-1' }])
  expect(screen.text()).toContain('2 candidates were added.')
})

test('a list without a good row cannot be added', async () => {
  const { screen } = await pasted({
    'import.preview': { ...preview, rows: preview.rows.slice(1, 3), good: 0, bad: 2 },
  })
  expect(screen.find('Nothing to add')).toHaveProperty('disabled', true)
})

test('a list that cannot be read says why and stays to be mended', async () => {
  const { screen } = await pasted({
    'import.preview': refused('file-column-missing', { column: 'number', columns: 'a' }),
  })
  expect(screen.text()).toContain('Nothing was imported and no mark was touched.')
  expect(screen.find('The list')).toHaveProperty('value', LIST)
})

test('a preview that is too old is told; the rows are still there', async () => {
  const { screen } = await pasted({ 'import.apply': refused('preview-expired') })
  await screen.press('Add the 2 good rows')
  expect(screen.text()).toContain('The preview is too old to be applied.')
  expect(rows()).toHaveLength(4)
})

test('a chosen file is previewed at once; choosing none opens nothing', async () => {
  const host = setupHost(draftExam(), { 'import.preview': { ...preview, kind: 'people' } })
  const screen = await openSetup(host, 'people?list=staff')
  await screen.press('From a file')
  expect(host.bridge.inputsOf('import.preview')).toEqual([])
  const upload = { name: 'staff.xlsx', base64: 'UEs=' }
  host.bridge.upload = upload
  await screen.press('From a file')
  expect(host.bridge.inputsOf('import.preview')).toEqual([
    { examId: 'exam-1', kind: 'people', source: { kind: 'file', upload } },
  ])
  expect(screen.has('Add the 2 good rows')).toBe(true)
})
