import type { Page } from '@playwright/test'
import { readPdf } from '#tests/support/pdf-reader.ts'
import { scoringSheet, signInAsDirector, sitDownAs } from '#tests/support/scoring-sheet.ts'
import { expect, test } from './fixtures.ts'

const list = ['Number\tName\tGroup', '1001\tZoë Beispiel\tA', '1002\tРуслан Пример\tA', '\tNobody Atall\tB'].join('\n')

const section = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Parts of the set-up' }).getByRole('link', { name }).click()

async function addPerson(page: Page, name: string, role: string, stations: readonly RegExp[]): Promise<void> {
  const form = page.getByRole('form', { name: 'Add a person' })
  await form.getByLabel('Name').fill(name)
  await form.getByLabel('Role').selectOption(role)
  await form.getByRole('button', { name: /^Stations of the new person/ }).click()
  for (const station of stations) await page.getByRole('checkbox', { name: station }).check()
  await page.keyboard.press('Escape')
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('textbox', { name: `Name of ${name}` })).toBeVisible()
}

/**
 * From an empty installation to an exam day that runs: two stations, two candidates, one examiner, one SP. Answers the
 * examiner's PIN.
 */
async function setUpExam(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Start a new exam' }).click()
  await signInAsDirector(page)
  await page.getByLabel('Title').fill('Spring OSCE')
  for (const [phase, length] of [
    ['Reading', '0:30'],
    ['Encounter', '5:00'],
    ['Feedback', '0:00'],
  ] as const) {
    await page.getByLabel(phase, { exact: true }).fill(length)
    await page.getByLabel(phase, { exact: true }).press('Tab')
  }

  await section(page, /^Stations/)
  await page.getByRole('button', { name: 'Add the first station' }).click()
  await page
    .getByRole('region', { name: /^Station 1/ })
    .getByLabel('Title')
    .fill('Telling bad news')
  await page.getByRole('tab', { name: 'Script' }).click()
  await page.getByRole('textbox', { name: 'Script' }).fill('Anna, 54, waits for the result of her scan.')
  await page.getByRole('button', { name: 'Add a station' }).click()
  await page
    .getByRole('region', { name: /^Station 2/ })
    .getByLabel('Title')
    .fill('An angry relative')

  await section(page, /^People/)
  await page.getByRole('button', { name: 'Paste a list' }).first().click()
  await page.getByLabel('The list').fill(list)
  await page.getByRole('button', { name: 'Look at the rows' }).click()
  const preview = page.getByRole('dialog', { name: 'Add a list of candidates' })
  await expect(preview.getByText('one row has a problem and is left out')).toBeVisible()
  await expect(preview.getByRole('row', { name: /Nobody Atall/ })).toContainText('The number is missing.')
  await preview.getByRole('button', { name: 'Add the 2 good rows' }).click()
  await expect(page.getByRole('textbox', { name: 'Name of candidate 1002' })).toHaveValue('Руслан Пример')
  await page.getByRole('tab', { name: /^Examiners and patients/ }).click()
  await addPerson(page, 'Dr Ada Sample', 'Examiner', [/Telling bad news/, /An angry relative/])
  await addPerson(page, 'Robin Specimen', 'Standardized patient', [/Telling bad news/])

  await page.getByRole('button', { name: 'Give PINs to all without one' }).click()
  const pins = page.getByRole('dialog', { name: 'PINs' })
  await pins.getByRole('button', { name: 'Give the PINs' }).click()
  const pin = await pins
    .getByRole('row', { name: /Dr Ada Sample/ })
    .getByRole('cell')
    .last()
    .textContent()
  await pins.getByRole('button', { name: 'Done' }).click()

  await section(page, /^Rotation/)
  await page.getByRole('button', { name: 'Generate the rotation' }).click()
  await expect(page.getByRole('row', { name: /1001.*1002/ })).toBeVisible()
  await page.getByRole('button', { name: 'Start the exam day' }).click()
  const dialog = page.getByRole('dialog', { name: 'Start the exam day?' })
  await dialog.getByRole('button', { name: 'Start the exam day' }).click()
  await expect(page.getByText('The exam is running. Examiners can begin their encounters.')).toBeVisible()
  return pin ?? ''
}

/** One encounter with everything an examiner can leave in it, finished with one behaviour declared missing. */
async function examine(page: Page): Promise<void> {
  const sheet = scoringSheet(page)
  const behaviours = page.getByRole('radiogroup')
  await sheet.confirm('1001')
  await sheet.begin()
  await expect(behaviours).toHaveCount(12)

  await sheet.rate('Asks for the patient’s own view', 5)
  await sheet.rate('Says it back', 4)
  await sheet.rate('Checks and corrects the picture', 'No opportunity arose')
  await page.keyboard.press('ArrowDown')
  for (const key of ['3', '4', '5', '4', '2', '3', '4', '1']) {
    await page.keyboard.press(key)
    await page.keyboard.press('ArrowDown')
  }
  await expect(sheet.behaviour('Offers concrete help').getByRole('radio', { name: '1' })).toBeChecked()
  await sheet.note('Says it back', 'Used her own word for the ward.')
  await page.keyboard.press('Escape')

  await page.keyboard.press('N')
  await page.keyboard.press('L')
  await page.getByRole('button', { name: /Sympathy script/ }).click()
  await page.keyboard.press('F')
  await page.getByRole('button', { name: /False promise/ }).click()
  await page.getByRole('textbox', { name: 'What was said' }).fill('“I promise you she will be fine.”')
  await page.keyboard.press('Escape')
  const line = page.getByRole('list', { name: 'What was marked, in time' })
  await expect(line.getByRole('listitem')).toHaveCount(3)

  await page.keyboard.press('Control+Enter')
  const finish = page.getByRole('dialog', { name: 'Finish encounter' })
  await expect(page.getByText('of 100')).toHaveCount(0)
  await expect(finish.getByText('2 things still need a mark or a reason')).toBeVisible()
  await expect(finish.getByRole('button', { name: 'Finish encounter' })).toBeDisabled()
  await finish.getByRole('radio', { name: /Good/ }).check()
  await finish.getByRole('listitem').filter({ hasText: 'Agrees a next step' }).getByText('Leave it open…').click()
  await finish.getByRole('radio', { name: 'The encounter was interrupted' }).check()
  await expect(finish.getByText('Everything has a mark or a reason, and is on disk.')).toBeVisible()
  await finish.getByRole('button', { name: 'Finish encounter' }).click()
  await expect(page.getByText('The encounter is finished and on disk')).toBeVisible()
  await expect(page.getByText('of 100')).toBeVisible()
  await expect(page.getByText('Global rating: Good')).toBeVisible()
  await expect(page.getByText('one behaviour declared missing')).toBeVisible()
}

/** The device goes to the SP and comes back; meanwhile nothing of the examiner's can be reached. */
async function handOver(page: Page): Promise<void> {
  const { hash } = new URL(page.url())
  await page.getByRole('button', { name: 'Hand over to the SP' }).click()
  await page.getByLabel('Your return code').fill('4711')
  await page.getByRole('button', { name: 'Hand over', exact: true }).click()
  const form = page.getByRole('heading', { name: 'How was it for you, inside the role?' })
  await expect(form).toBeVisible()
  for (const address of [hash, '#/examine', '#/']) {
    await page.evaluate((typed) => {
      location.hash = typed
    }, address)
    await expect(form).toBeVisible()
    await expect(page).toHaveURL(/#\/sp\//)
    await expect(page.getByText('of 100')).toHaveCount(0)
  }
  await page.reload()
  await expect(form).toBeVisible()

  for (const statement of [/room for what/, /My side of things/, /What I felt/, /limits between us/])
    await page.getByRole('group', { name: statement }).getByRole('radio', { name: 'mostly' }).check()
  await page.getByLabel('Anything the program director should know').fill('You let me finish my sentences.')
  await page.getByRole('button', { name: 'Hand in the form' }).click()
  await expect(page.getByRole('heading', { name: 'Thank you' })).toBeVisible()
  await page.getByLabel('Examiner’s return code').fill('1234')
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByText('That is not the return code. Try again.')).toBeVisible()
  await page.getByLabel('Examiner’s return code').fill('4711')
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByText('The SP’s form is given')).toBeVisible()
}

test('an exam is set up, one encounter run, rated by its SP, and its candidate gets a report', async ({
  page,
  host,
}) => {
  test.slow()
  const pin = await setUpExam(page)
  await page.getByRole('button', { name: 'Leave' }).click()

  await sitDownAs(page, 'Dr Ada Sample', pin)
  await page.getByRole('button', { name: 'Open the sheet' }).click()
  await examine(page)
  await handOver(page)

  await page.getByRole('link', { name: 'Your encounters' }).first().click()
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('button', { name: 'Results' }).click()
  await signInAsDirector(page)
  await page.getByRole('link', { name: 'Candidates' }).click()
  await page.getByRole('link', { name: 'Zoë Beispiel' }).click()
  const { name, bytes } = await host.saved(page, () => page.getByRole('button', { name: 'Print the report' }).click())
  expect(name).toMatch(/1001.*\.pdf$/)
  const { pages, title, isTagged } = await readPdf(bytes)
  expect(pages).toHaveLength(2)
  expect(title).toContain('1001')
  expect(isTagged).toBe(true)
  const text = pages.join('\n')
  for (const words of ['1001', 'Zoë Beispiel', 'Incomplete', 'Used her own word for the ward.'])
    expect(text).toContain(words)
})
