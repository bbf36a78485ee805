import type { Locator, Page } from '@playwright/test'
import { scoringSheet, signInAsDirector } from '#tests/support/scoring-sheet.ts'
import { audit } from './audit.ts'
import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 1024, height: 768 } })

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()
const heading = (page: Page, name: string) =>
  expect(page.getByRole('heading', { name, exact: true }).first()).toBeVisible()

/** Opens a dialog by keyboard, looks at it, leaves it by Escape, and finds the focus where it was. */
async function byKeyboard(page: Page, opener: Locator, title: string | RegExp): Promise<void> {
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: title }).or(page.getByRole('alertdialog', { name: title }))
  await expect(dialog).toBeVisible()
  await expect(dialog.locator(':focus')).toHaveCount(1)
  await audit(page, String(title))
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(opener).toBeFocused()
}

test('a passphrase, a station’s package, the first director and the empty screens of a new installation', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await heading(page, 'Welcome to Attune')
  await byKeyboard(page, page.getByRole('button', { name: 'Choose a passphrase' }), 'Choose a passphrase')
  await byKeyboard(page, page.getByRole('button', { name: 'Import an exam package' }), 'Make this laptop a station')
  await press(page, 'Start a new exam')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your name').fill('Prof Dana Mustermann')
  await dialog.getByLabel('New PIN').fill('246810')
  await dialog.getByLabel('The same PIN again').fill('246810')
  await press(page, 'Begin as program director')
  const key = (await dialog.getByText(/^\w{5}(-\w{5}){4}$/).textContent()) ?? ''
  await audit(page, 'the recovery key')
  await dialog.getByLabel('The last five letters and digits').fill(key.slice(-5))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Protect the data with a passphrase?' })).toBeVisible()
  await audit(page, 'the passphrase as a step')
  await press(page, 'Choose a passphrase')
  await page.keyboard.press('Escape')
  await press(page, 'Not now')
  await heading(page, 'Plan')
  await follow(page, /^Laptops/)
  await expect(page.getByText('There is no rotation yet')).toBeVisible()
  await audit(page, 'laptops of an exam without a rotation')
  await press(page, 'Data & backups')
  await expect(page.getByText('No backup yet')).toBeVisible()
  await audit(page, 'data without a backup')
})

test.describe('after an exam day', () => {
  test.use({ data: 'demo' })

  test('audit, backups, laptops, corrections and erasing', async ({ page }) => {
    test.setTimeout(180_000)
    await press(page, 'Results')
    await signInAsDirector(page)
    await heading(page, 'Completeness')
    await press(page, 'Audit')
    await expect(page.getByRole('table')).toBeVisible()
    await press(page, 'Verify')
    await expect(page.getByText(/^Sound: /)).toBeVisible()
    await audit(page, 'the audit with a ledger that is sound')

    await press(page, 'Data & backups')
    const restore = page.getByRole('button', { name: /^Restore the backup of/ }).first()
    await expect(restore).toBeVisible()
    await audit(page, 'data and its backups')
    await byKeyboard(page, restore, /^Restore the backup of/)

    await page.goBack()
    await follow(page, 'Results')
    await press(page, 'Set-up')
    await follow(page, /^Laptops/)
    await expect(page.getByRole('table', { name: 'What has come' })).toBeVisible()
    await page.getByLabel('Folder', { exact: true }).fill('/nowhere/at/all')
    await press(page, 'Watch this folder')
    await expect(page.getByText('The folder is not there or cannot be written to.')).toBeVisible()
    await audit(page, 'laptops, and a folder that is not there')
    await follow(page, /^People/)
    await page.getByRole('tab', { name: /^Examiners and patients/ }).click()
    await byKeyboard(page, page.getByRole('button', { name: 'New PIN for Dr Ada Sample' }), 'A PIN')

    await press(page, 'Close the exam')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Close the exam' }).click()
    await expect(page.getByText('The exam is closed: its set-up can be read, not changed.')).toBeVisible()
    await page.getByRole('tab', { name: /^Candidates/ }).click()
    await byKeyboard(page, page.getByRole('button', { name: 'Erase candidate 1001' }), /^Erase candidate 1001/)
    await follow(page, /^Plan/)
    await byKeyboard(page, page.getByRole('button', { name: 'Erase all names of this exam' }), /^Erase all names of/)
    await page.getByLabel('Keep names until').fill('2025-01-01')
    await page.getByLabel('Keep names until').press('Tab')
    await expect(page.getByText(/the names of this exam are to be erased\.$/)).toBeVisible()
    await follow(page, 'Attune')
    await expect(page.getByText(/were to be erased on/)).toBeVisible()
    await audit(page, 'a reminder that names are to be erased')
  })
})

test('a wrong PIN, the wait after several, and a mark while the window is locked', async ({ page }) => {
  test.setTimeout(120_000)
  await press(page, 'Load the sample exam')
  await press(page, /^Dr Ada Sample/)
  const dialog = page.getByRole('dialog')
  const pin = dialog.getByLabel('PIN', { exact: true })
  const givesWrong = async (answer: RegExp) => {
    await pin.fill('111111')
    await page.keyboard.press('Enter')
    await expect(dialog.getByText(answer)).toBeVisible()
  }
  await givesWrong(/4 more tries/)
  await audit(page, 'a wrong PIN')
  for (const left of [/3 more tries/, /2 more tries/, /One more try/, /The next try is open in/]) await givesWrong(left)
  await audit(page, 'the wait after wrong PINs')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^Dr Ada Sample/ })).toBeFocused()

  await press(page, /^Dr Tomás Modelo/)
  await pin.fill('246810')
  await page.keyboard.press('Enter')
  await press(page, 'Open the sheet')
  await press(page, /^This is \d+/)
  await scoringSheet(page).begin()
  await press(page, 'Lock now')
  await expect(page.getByRole('dialog', { name: 'Locked' }).getByText(/^The clock runs: Encounter/)).toBeVisible()
  await expect(page.getByLabel('PIN', { exact: true })).toBeFocused()
  await audit(page, 'a locked window while the clock runs')
})
