import { scoringSheet, sitDownAs } from '#tests/support/scoring-sheet.ts'
import { expect, test } from './fixtures.ts'

test('whoever holds the lent device gets past the form in no other tab, until it is given back', async ({
  page,
  host,
}) => {
  await page.getByRole('button', { name: 'Load the sample exam' }).click()
  await sitDownAs(page, 'Dr Ada Sample')
  await page.getByRole('button', { name: 'Open the sheet' }).click()
  await scoringSheet(page).confirm('1001')
  await scoringSheet(page).begin()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Hand over to the SP' }).click()
  await page.getByLabel('Your return code').fill('4711')
  await page.getByRole('button', { name: 'Hand over', exact: true }).click()
  const form = { name: 'How was it for you, inside the role?' }
  await expect(page.getByRole('heading', form)).toBeVisible()

  const beside = await host.openWindow()
  await expect(beside.getByRole('heading', form)).toBeVisible()
  await expect(beside).toHaveURL(/#\/sp\//)

  await page.getByRole('button', { name: 'Give the device back' }).click()
  await page.getByLabel('Examiner’s return code').fill('4711')
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(scoringSheet(page).clock).toBeVisible()
  const after = await host.openWindow()
  await expect(after.getByRole('heading', { name: 'Who is at this device?' })).toBeVisible()
})
