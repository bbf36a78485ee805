import { readPdf } from '#tests/support/pdf-reader.ts'
import { signInAsDirector } from '#tests/support/scoring-sheet.ts'
import { SAMPLE_PIN } from '#shared/domain/pin.ts'
import { audit } from './audit.ts'
import { expect, test } from './fixtures.ts'

test.use({ data: 'demo' })

test('a mark is corrected after it was submitted: both values stand in the result and on paper', async ({
  page,
  host,
}) => {
  test.slow()
  await page.getByRole('button', { name: 'Results' }).click()
  await signInAsDirector(page)
  const row = page
    .getByRole('grid', { name: 'Encounters by candidate and station' })
    .getByRole('row', { name: /^1002/ })
  await row.getByRole('button', { name: /^Done/ }).first().click()
  const recorded = page.getByRole('region', { name: 'What was recorded' })
  const correct = recorded.getByRole('button', { name: /^Correct this mark: Says it back$/ })
  await correct.click()
  const dialog = page.getByRole('dialog')
  const now = /^It says now: (\d) (.+)$/.exec((await dialog.getByText(/^It says now/).textContent()) ?? '')
  const was = `${now?.[1] ?? ''} ${now?.[2] ?? ''}`
  const is = now?.[1] === '5' ? '4 Responsive' : '5 Tailored and checked'

  await dialog.getByRole('button', { name: 'Correct the mark' }).click()
  await expect(dialog.getByText('Choose who signs.')).toBeVisible()
  await audit(page, 'a correction that lacks everything')
  await dialog.getByLabel('New value').selectOption(is)
  await dialog.getByLabel('Reason').fill('The wrong row was touched.')
  await dialog.getByLabel('Name').selectOption({ label: 'Dr Ada Sample, Examiner' })
  await dialog.getByLabel('Their PIN').fill('000000')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/^That is not the PIN\./)).toBeVisible()
  await dialog.getByLabel('Their PIN').fill(SAMPLE_PIN)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Corrected: Says it back.')).toBeVisible()
  await expect(recorded.getByText(`Was ${was}, corrected to ${is}.`)).toBeVisible()
  await expect(recorded.getByText(/with Dr Ada Sample, .*: The wrong row was touched\./)).toBeVisible()
  await audit(page, 'an encounter with a corrected mark')

  await page.getByRole('link', { name: 'Reports' }).click()
  await page.getByRole('button', { name: 'Make the cohort report' }).click()
  const save = page.getByRole('button', { name: 'Save the PDF' })
  await expect(save).toBeVisible({ timeout: 60_000 })
  const { pages } = await readPdf((await host.saved(page, () => save.click())).bytes)
  const integrity = (pages.at(-1) ?? '').replaceAll(/\s+/g, ' ')
  expect(integrity).toContain('1 mark corrected')
  expect(integrity).toContain(`${was} → ${is}`)
  expect(integrity).toContain('The wrong row was touched.')
  expect(integrity).not.toContain('Ada Sample')

  await page
    .getByRole('link', { name: 'Audit' })
    .or(page.getByRole('button', { name: 'Audit' }))
    .click()
  await page.getByLabel('Kind').selectOption({ label: 'Corrections' })
  await expect(
    page.getByText(/after it was submitted, with .*Dr Ada Sample.*: .*The wrong row was touched\./),
  ).toBeVisible()
})
