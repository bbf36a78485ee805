import { expect, test } from './fixtures.ts'
import { scoringSheet, sitDownAs } from '#tests/support/scoring-sheet.ts'

const examiner = 'Dr Ada Sample'

test('an encounter comes back after the app was killed, with every mark and the time that is left', async ({
  page,
  host,
}) => {
  await page.getByRole('button', { name: 'Load the sample exam' }).click()
  await sitDownAs(page, examiner)
  await page.getByRole('button', { name: 'Open the sheet' }).click()
  const before = scoringSheet(page)
  await before.confirm('1001')
  await before.begin()
  await before.rate('Asks for the patient’s own view', 4)
  await before.rate('Says it back', 'No opportunity arose')
  await page.getByRole('button', { name: 'named it' }).click()
  await before.note('Says it back', 'looked at the screen')
  await expect(before.onDisk).toHaveText(/^3 marks on disk/)
  await expect(page.getByRole('complementary').getByText('on disk')).toBeVisible()
  const left = await before.secondsLeft()
  const at = Date.now()

  await host.kill()
  const again = await host.start()
  await sitDownAs(again, examiner)
  await again.getByRole('button', { name: 'Go back in' }).click()
  const after = scoringSheet(again)
  await expect(after.clock).toContainText('Encounter')
  const expected = left - (Date.now() - at) / 1000
  expect(Math.abs((await after.secondsLeft()) - expected)).toBeLessThanOrEqual(2)
  await expect(again.getByText(/^The app was away 0:\d\d; the clock ran on\.$/)).toBeVisible()
  await expect(after.onDisk).toHaveText(/^3 marks on disk/)
  await expect(after.behaviour('Asks for the patient’s own view').getByRole('radio', { name: '4' })).toBeChecked()
  await expect(after.behaviour('Says it back').getByRole('radio', { name: 'No opportunity arose' })).toBeChecked()
  await expect(again.getByRole('listitem').getByRole('button', { name: /named it/ })).toBeVisible()
  await after.behaviour('Says it back').click({ position: { x: 1, y: 1 } })
  await expect(again.getByRole('textbox', { name: 'Note on “Says it back”' })).toHaveValue('looked at the screen')
})
