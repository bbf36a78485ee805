import { scoringSheet, signInAsDirector, sitDownAs } from '#tests/support/scoring-sheet.ts'
import { expect, test } from './fixtures.ts'

const examiner = 'Dr Ada Sample'

test('a backup is made, restored and the restoring undone: what was marked later goes and comes back', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Load the sample exam' }).click()
  const toStart = () => page.getByRole('link', { name: 'Attune' }).click()
  const toBackups = async () => {
    await page.getByRole('button', { name: 'Results' }).first().click()
    await signInAsDirector(page)
    await page.getByRole('button', { name: 'Data & backups' }).click()
    await expect(page.getByRole('heading', { name: 'Data & backups' })).toBeVisible()
  }
  const dialog = page.getByRole('alertdialog')

  await toBackups()
  await page.getByRole('button', { name: 'Back up now' }).click()
  await expect(page.getByRole('row', { name: /By hand/ })).toContainText('0 of 192 encounters submitted')

  await toStart()
  await sitDownAs(page, examiner)
  await page.getByRole('button', { name: 'Open the sheet' }).click()
  const sheet = scoringSheet(page)
  await sheet.confirm('1001')
  await sheet.begin()
  await sheet.rate('Validates', 2)
  await expect(sheet.onDisk).toHaveText(/^one mark on disk/)
  await page.getByRole('link', { name: 'Your encounters' }).click()
  await toStart()

  await toBackups()
  await page
    .getByRole('button', { name: /^Restore the backup of/ })
    .first()
    .click()
  await expect(dialog).toContainText(/\d events that were recorded after this backup will not be there/)
  await dialog.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByRole('heading', { name: 'Who is at this device?' })).toBeVisible()
  await sitDownAs(page, examiner)
  await expect(page.getByRole('button', { name: 'Open the sheet' })).toBeVisible()
  await toStart()

  await toBackups()
  await page.getByRole('button', { name: 'Bring the other data back' }).click()
  await dialog.getByRole('button', { name: 'Bring the other data back' }).click()
  await expect(page.getByRole('heading', { name: 'Who is at this device?' })).toBeVisible()
  await sitDownAs(page, examiner)
  await page.getByRole('button', { name: 'Go back in' }).click()
  await expect(scoringSheet(page).behaviour('Validates').getByRole('radio', { name: '2' })).toBeChecked()
})
