import { scoringSheet, sitDownAs } from '#tests/support/scoring-sheet.ts'
import { expect, test } from './fixtures.ts'

const passphrase = 'an owl reads at night'
const examiner = 'Dr Ada Sample'

test('data is protected at set-up, a mark recorded, and after a restart it is there for whoever has the passphrase', async ({
  page,
  host,
}) => {
  await page.getByRole('button', { name: 'Choose a passphrase' }).click()
  await page.getByLabel('New passphrase').fill(passphrase)
  await page.getByLabel('The same passphrase again').fill(passphrase)
  await page.getByRole('button', { name: 'Go on to the recovery key' }).click()
  const key = (await page.locator('.signs').textContent()) ?? ''
  await page.getByLabel('The last five letters and digits').fill(key.slice(-5))
  await page.getByRole('button', { name: 'It is on paper' }).click()
  await expect(page.getByText('The data on this computer is protected with a passphrase.')).toBeVisible()

  await page.getByRole('button', { name: 'Load the sample exam' }).click()
  await sitDownAs(page, examiner)
  await page.getByRole('button', { name: 'Open the sheet' }).click()
  const sheet = scoringSheet(page)
  await sheet.confirm('1001')
  await sheet.begin()
  await sheet.rate('Validates', 4)
  await expect(sheet.onDisk).toHaveText(/^one mark on disk/)

  await host.stop()
  const anew = await host.start()
  await anew.getByLabel('Passphrase', { exact: true }).fill('no owl at all')
  await anew.getByRole('button', { name: 'Open' }).click()
  await expect(anew.getByText('That is not the passphrase of this data.')).toBeVisible()
  await anew.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await anew.getByRole('button', { name: 'Open' }).click()
  await sitDownAs(anew, examiner)
  await anew.getByRole('button', { name: 'Go back in' }).click()
  await expect(scoringSheet(anew).behaviour('Validates').getByRole('radio', { name: '4' })).toBeChecked()
})
