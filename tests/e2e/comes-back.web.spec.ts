import { expect, test } from './fixtures.ts'
import { ratingsOnDisk } from '#tests/support/ratings-on-disk.ts'
import { scoringSheet, sitDownAs } from '#tests/support/scoring-sheet.ts'

const examiner = 'Dr Ada Sample'

test('marks given while the host is gone are called not saved, outlive their page, and reach the disk', async ({
  page,
  host,
}) => {
  await page.getByRole('button', { name: 'Load the sample exam' }).click()
  await sitDownAs(page, examiner)
  await page.getByRole('button', { name: 'Open the sheet' }).click()
  const before = scoringSheet(page)
  await before.confirm('1001')
  await before.begin()
  await before.rate('Validates', 2)
  await expect(before.onDisk).toHaveText(/^one mark on disk/)

  await host.kill()
  await before.rate('Validates', 3)
  await before.rate('Offers concrete help', 5)
  await page.getByRole('button', { name: 'missed it' }).click()
  await expect(page.getByRole('alert').getByText('NOT SAVED: 3 marks.')).toBeVisible()
  await expect(page.getByText('Not saved', { exact: true })).toHaveCount(2)
  await page.close()

  const again = await host.start()
  await sitDownAs(again, examiner)
  await again.getByRole('button', { name: 'Go back in' }).click()
  const after = scoringSheet(again)
  await expect(after.behaviour('Validates').getByRole('radio', { name: '3' })).toBeChecked()
  await expect(after.behaviour('Offers concrete help').getByRole('radio', { name: '5' })).toBeChecked()
  await expect(again.getByRole('listitem').getByRole('button', { name: /missed it/ })).toBeVisible()
  await expect(after.onDisk).toHaveText(/^3 marks on disk/)
  await expect(again.getByText('Not saved', { exact: true })).toHaveCount(0)

  const rows = await ratingsOnDisk(host.dataFolder)
  const given = rows.filter((row) => row['candidate'] === '1001' && row['rated by'] === 'examiner' && row['value'])
  expect(given.map((row) => row['value'])).toEqual(['3', '5'])
})
