import { scoringSheet, signInAsDirector, sitDownAs } from '#tests/support/scoring-sheet.ts'
import { expect, test } from './fixtures.ts'

const anchor = 'Asks “what worries you most?” and waits for the whole answer.'

test('a copy of the shipped rubric is edited, used at a station, and kept as it is once somebody is rated with it', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Load the sample exam' }).click()
  await page.getByRole('button', { name: 'Set-up' }).click()
  await signInAsDirector(page)
  await page.getByRole('link', { name: /^Rubric/ }).click()
  await page.getByRole('link', { name: 'Clinical empathy' }).click()
  await expect(page.getByText('This rubric comes with Attune and stays as it is.')).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)

  await page.getByRole('button', { name: 'Duplicate' }).click()
  await expect(page.getByRole('heading', { name: 'Clinical empathy (copy)' })).toBeVisible()
  await page.getByRole('button', { name: 'Asks for the patient’s own view', exact: true }).click()
  await page.getByRole('textbox', { name: '3 Adequate' }).fill(anchor)
  await page.getByRole('spinbutton', { name: 'Weight' }).fill('-1')
  await expect(page.getByText('Enter a number above 0.')).toBeVisible()
  await page.getByRole('spinbutton', { name: 'Weight' }).fill('2')
  await expect(page.getByText('All changes are on disk')).toBeVisible()
  await page.getByRole('link', { name: 'Back to the exam’s set-up' }).click()
  await page.getByRole('link', { name: /^Stations/ }).click()
  await page.getByLabel('Rubric').selectOption('Clinical empathy (copy), version 1')
  await expect(page.getByText('All changes are on disk')).toBeVisible()
  await page.getByRole('button', { name: 'Leave' }).click()

  await sitDownAs(page, 'Dr Ada Sample')
  await page.getByRole('button', { name: 'Open the sheet' }).click()
  await scoringSheet(page).confirm('1001')
  const described = page.getByRole('complementary', { name: 'Behaviour in hand' })
  await expect(described.getByRole('button', { name: `3 ${anchor}` })).toBeVisible()
  await scoringSheet(page).rate('Asks for the patient’s own view', 3)
  await expect(scoringSheet(page).onDisk).toHaveText(/^one mark/)
  await page.getByRole('link', { name: 'Your encounters' }).click()
  await page.getByRole('button', { name: 'Leave' }).click()

  await page.getByRole('button', { name: 'Set-up' }).click()
  await signInAsDirector(page)
  await page.getByRole('link', { name: /^Rubric/ }).click()
  await page.getByRole('link', { name: 'Clinical empathy (copy)' }).click()
  await expect(page.getByText('Candidates were rated with this rubric, or may be')).toBeVisible()
  await expect(page.getByText(anchor)).toBeVisible()
  await expect(page.getByText('Weight 2', { exact: true })).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)
})
