import type { Page } from '@playwright/test'
import { scoringSheet, signInAsDirector, sitDownAs } from '#tests/support/scoring-sheet.ts'
import { audit } from './audit.ts'
import { expect, test } from './fixtures.ts'

const examiner = 'Dr Ada Sample'
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()

async function openSheet(page: Page, candidate: string): Promise<void> {
  await press(page, 'Load the sample exam')
  await sitDownAs(page, examiner)
  await press(page, 'Open the sheet')
  await scoringSheet(page).confirm(candidate)
}

test('an encounter whose host goes away and comes back', async ({ page, host }) => {
  test.setTimeout(120_000)
  await openSheet(page, '1001')
  const sheet = scoringSheet(page)
  await sheet.begin()
  await host.kill()
  await sheet.rate('Validates', 3)
  await expect(page.getByText('NOT SAVED: one mark.')).toBeVisible()
  await expect(page.getByText('Nothing is being saved in this window.')).toBeVisible()
  await audit(page, 'a mark that is not saved, and a host that does not answer')
  await follow(page, 'Your encounters')
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  await audit(page, 'a screen that cannot be loaded')
  await page.close()

  // What waits is sent as soon as the examiner is there again.
  await page
    .context()
    .route('**/api/rating.record', (route) =>
      route.fulfill({ json: { ok: false, code: 'encounter-closed', params: {} } }),
    )
  const again = await host.start()
  await sitDownAs(again, examiner)
  await press(again, 'Go back in')
  await expect(again.getByRole('button', { name: 'Leave it so' })).toBeVisible()
  await expect(again.getByRole('button', { name: 'I have seen it' })).toBeVisible()
  await audit(again, 'time that was lost, and a mark that was turned away')
})

test('somebody who is not the candidate, one who is absent, and an exam that is closed', async ({ page }) => {
  test.setTimeout(120_000)
  await openSheet(page, '1001')
  await press(page, 'More deeds')
  await page.getByRole('menuitem', { name: 'This was not 1001' }).click()
  await audit(page, 'taking the confirmation back')
  await press(page, 'Cancel')
  await follow(page, 'Your encounters')
  await press(page, 'Declare absent')
  await page.getByRole('dialog').getByRole('radio', { name: 'Did not appear' }).check()
  await page.getByRole('dialog').getByRole('button', { name: 'Declare absent' }).click()
  await page
    .getByRole('row', { name: /absent/ })
    .getByRole('link')
    .click()
  await expect(page.getByRole('button', { name: 'They have come after all' })).toBeVisible()
  await audit(page, 'a candidate who is absent')
  await follow(page, 'Your encounters')
  await press(page, 'Leave')

  await press(page, 'Set-up')
  await signInAsDirector(page)
  await press(page, 'Close the exam')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close the exam' }).click()
  await press(page, 'Leave')
  await sitDownAs(page, examiner)
  await press(page, 'Go back in')
  await expect(page.getByText('Its marks can be read and not changed.')).toBeVisible()
  // What scrolls is reached by the keyboard; axe believes that nothing is within a disabled fieldset.
  const described = page.getByRole('complementary', { name: 'Behaviour in hand' }).getByRole('region')
  await described.focus()
  await expect(described).toBeFocused()
  await audit(page, 'the sheet of a closed exam', ['scrollable-region-focusable'])
  await follow(page, 'Your encounters')
  await press(page, 'Leave')
  await sitDownAs(page, 'Ingrid Eksempel')
  await press(page, 'Fill in the form')
  await expect(page.getByText('The exam is closed: the form can be read')).toBeVisible()
  await audit(page, 'the patient’s form of a closed exam')
})
