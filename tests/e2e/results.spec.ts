import { parse } from 'csv-parse/sync'
import { SAMPLE_PIN } from '#shared/domain/pin.ts'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { readZip } from '#tests/support/zip-reader.ts'
import { signInAsDirector } from '#tests/support/scoring-sheet.ts'
import { audit } from './audit.ts'
import { expect, test } from './fixtures.ts'

test.use({ data: 'demo' })

test.beforeEach(async ({ page }) => {
  await page.getByRole('button', { name: 'Results' }).click()
  await signInAsDirector(page)
})

test('a director follows the exam from the grid of encounters to a candidate’s page', async ({ page }) => {
  await expect(page.getByText('191 of 192 encounters submitted; 1 of 2,483 marks missing.')).toBeVisible()
  const grid = page.getByRole('grid', { name: 'Encounters by candidate and station' })
  await expect(grid.getByRole('rowheader')).toHaveCount(24)
  await page.getByRole('checkbox', { name: 'Only candidates with something missing' }).check()
  await expect(grid.getByRole('rowheader')).toHaveText([/^1003/, /^1015/])
  await grid
    .getByRole('row', { name: /^1003/ })
    .getByRole('button', { name: /1 missing/ })
    .click()
  const recorded = page.getByRole('region', { name: 'What was recorded' })
  await expect(recorded.getByText('My view was blocked at that moment.')).toBeVisible()
  await page.getByRole('link', { name: 'Candidate 1003' }).click()

  await expect(page.getByRole('heading', { name: 'Ελένη Παραδείγματος', level: 1 })).toBeVisible()
  for (const part of ['Profile', 'Scores', 'Moments', 'Patient beside examiner', 'Station by station', 'Action plan'])
    await expect(page.getByRole('heading', { name: part, exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Next candidate' }).click()
  await expect(page.getByRole('heading', { name: 'Нина Примерова', level: 1 })).toBeVisible()
})

test('a red flag is reviewed by a second person, and the outcome follows', async ({ page }) => {
  await page.getByRole('link', { name: /^Candidates/ }).click()
  const row = page.getByRole('row', { name: /1018/ })
  await expect(row).toContainText('In review')
  await page.getByRole('link', { name: /^Needs a look/ }).click()
  await page.getByRole('button', { name: 'Review', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Check the decision' }).click()
  await expect(dialog.getByText('Choose one of the two.')).toBeVisible()
  await dialog.getByRole('radio', { name: /^Dismiss/ }).check()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Said of the pain, not of the illness.')
  await dialog.getByRole('button', { name: 'Check the decision' }).click()
  await expect(dialog.getByText('Dismiss the red flag “False promise”?')).toBeVisible()
  await dialog.getByRole('button', { name: 'Dismiss the red flag' }).click()
  await expect(dialog.getByText('Choose who signs.')).toBeVisible()
  await audit(page, 'a review that lacks its signature')
  // The director who sits here, who is second to the examiner that raised it.
  await dialog.getByLabel('Name').selectOption({ label: 'Sample Director, Program director' })
  await dialog.getByLabel('Their PIN').fill('000000')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/^That is not the PIN\./)).toBeVisible()
  await dialog.getByLabel('Their PIN').fill(SAMPLE_PIN)
  await dialog.getByRole('button', { name: 'Dismiss the red flag' }).click()
  await expect(page.getByText('The red flag was dismissed.')).toBeVisible()
  await page.getByRole('link', { name: /^Candidates/ }).click()
  await expect(row).not.toContainText('In review')
})

test('reports and tables of the whole exam are made, saved and read back', async ({ page, host }) => {
  test.slow()
  const press = (name: string) => page.getByRole('button', { name }).click()
  await page.getByRole('link', { name: 'Reports' }).click()
  await press('Make the feedback reports')
  await expect(page.getByRole('button', { name: 'Save the ZIP' })).toBeVisible({ timeout: 90_000 })
  const archive = await host.saved(page, () => press('Save the ZIP'))
  expect(archive.name).toMatch(/\.zip$/)
  const files = await readZip(archive.bytes)
  const numbers = Array.from({ length: 24 }, (_, i) => `${1001 + i}.pdf`)
  expect([...files.keys()].toSorted()).toEqual(numbers)
  const feedback = await readPdf(files.get('1017.pdf') ?? Buffer.of())
  expect(feedback.pages).toHaveLength(2)
  expect(feedback.pages[0]).toContain('李样本')

  await press('Make the cohort report')
  await expect(page.getByRole('button', { name: 'Save the PDF' })).toBeVisible({ timeout: 60_000 })
  const cohort = await readPdf((await host.saved(page, () => press('Save the PDF'))).bytes)
  expect(cohort.isTagged).toBe(true)
  expect(cohort.pages[0]).toContain('Signed by the committee')
  expect(cohort.pages.slice(0, 4).join('\n')).toContain('191 of 192')

  const ratings = await host.saved(page, () => press('Save ratings.csv'))
  const rows: Record<string, string>[] = parse(ratings.bytes, { bom: true, columns: true })
  // Twelve behaviours, the global rating and seven statements for each of 192 encounters.
  const expected = ['rating', 'global-rating', 'sp-answer']
  expect(rows.filter((row) => expected.includes(row['kind'] ?? ''))).toHaveLength(192 * 20)
  const results = await host.saved(page, () => press('Save results.csv'))
  const candidates: Record<string, string>[] = parse(results.bytes, { bom: true, columns: true })
  // Nobody is named in what leaves, unless somebody says so.
  expect(new Set(candidates.map((row) => row['candidate'])).size).toBe(24)
  expect(candidates.filter((row) => !/^C-\w{5}-\w{5}$/.test(row['candidate'] ?? ''))).toEqual([])
})

test('a director reads who did what, and has the ledger verified against a code on paper', async ({ page, host }) => {
  const sheet = await host.saved(page, async () => {
    await page.getByRole('link', { name: /^Reports/ }).click()
    await page.getByRole('button', { name: 'Save the session sheet' }).click()
  })
  const words = (await readPdf(sheet.bytes)).pages.join(' ')
  const code = /Ledger ([A-Z]{4}-[A-Z]{4})/.exec(words)?.[1] ?? ''
  await expect(page.getByText(`Ledger ${code}`)).toBeVisible()

  await page.getByRole('button', { name: 'Audit', exact: true }).click()
  await expect(page.getByRole('heading', { name: /^Audit/, level: 1 })).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(51)
  await page.getByLabel('Kind').selectOption('Marks')
  await page.getByLabel('Station').selectOption({ index: 1 })
  await expect(page.getByRole('row').nth(1)).toContainText(/ of candidate \S+ at station 1 /)
  await page.getByLabel('Code on paper (optional)').fill(code)
  await page.getByRole('button', { name: 'Verify', exact: true }).click()
  await expect(page.getByText(/^Sound: /)).toBeVisible()
  await expect(page.getByText(/^The code stands for the ledger of .* as it is now\.$/)).toBeVisible()
  await audit(page, 'the audit view')
})
