import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { rubricItems } from '#shared/domain/rubric.ts'
import { scoringSheet, signInAsDirector, sitDownAs, type Point } from '#tests/support/scoring-sheet.ts'
import { empathyRubric } from '#tests/support/small-exam.ts'
import { runWebHost } from '#tests/support/web-host.ts'
import { audit } from './audit.ts'
import { expect, test } from './fixtures.ts'

const examiner = 'Dr Ada Sample'
const disputed = 'Validates'
const BUNDLE = '.attune-bundle'

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

type Laptop = { page: Page; end: () => Promise<void> }

/** One more laptop: a host of its own on an empty folder, and its window. */
async function anotherLaptop(browser: Browser): Promise<Laptop> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'attune-journey-'))
  const host = await runWebHost(dataFolder)
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1024, height: 768 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto(host.address)
  return {
    page,
    async end() {
      await context.close()
      await host.kill()
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Makes a laptop a station with the director's file and its code. */
async function becomeStation({ page }: Laptop, file: string, code: string): Promise<void> {
  await press(page, 'Import an exam package')
  const dialog = page.getByRole('dialog', { name: 'Make this laptop a station' })
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Choose the file' }).click(),
  ])
  await chooser.setFiles(file)
  await dialog.getByLabel('Its code').fill(code.toLowerCase())
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByText(/this laptop is one of its stations/)).toBeVisible()
  await press(page, 'They are the same')
}

/** Marks the first encounter of the examiner's first station, every behaviour of it, and finishes it. */
async function examine({ page }: Laptop, point: Point): Promise<void> {
  await sitDownAs(page, examiner)
  await press(page, 'Open the sheet')
  const sheet = scoringSheet(page)
  await sheet.confirm('1001')
  await sheet.begin()
  for (const { title } of rubricItems(empathyRubric())) await sheet.rate(title, title === disputed ? point : 3)
  await page.keyboard.press('Control+Enter')
  const finish = page.getByRole('dialog', { name: 'Finish encounter' })
  await finish.getByRole('radio', { name: /Pass/ }).check()
  await finish.getByRole('button', { name: 'Finish encounter' }).click()
  await expect(page.getByText('The encounter is finished and on disk')).toBeVisible()
  await page.getByRole('link', { name: 'Your encounters' }).first().click()
}

const ownCode = async ({ page }: Laptop) =>
  (await page.getByRole('region', { name: 'Hand over what was recorded' }).locator('strong').textContent()) ?? ''

test('two stations hand over what they recorded; the director takes it in, and decides where they contradict', async ({
  page,
  journeyBrowser,
}, testInfo) => {
  test.setTimeout(120_000)
  if (!journeyBrowser) throw new Error('this journey is the browser’s')
  const share = mkdtempSync(join(tmpdir(), 'attune-share-'))
  const [one, two] = await Promise.all([anotherLaptop(journeyBrowser), anotherLaptop(journeyBrowser)])
  try {
    // The director gives the exam away.
    await press(page, 'Load the sample exam')
    await press(page, 'Set-up')
    await signInAsDirector(page)
    await page.getByRole('link', { name: /^Laptops/ }).click()
    await expect(page.getByText('No laptop has recorded anything yet')).toBeVisible()
    const exported = page.waitForEvent('download')
    await press(page, 'Export the package')
    const file = testInfo.outputPath('exam.attune-package')
    await (await exported).saveAs(file)
    const code = (await page.getByText(/^(\w{4}-){2}\w{4}$/).textContent()) ?? ''
    await page.getByLabel('Folder', { exact: true }).fill(share)
    await press(page, 'Watch this folder')
    await expect(page.getByText('watched', { exact: true })).toBeVisible()

    // Two laptops become the same station, and mark one encounter differently.
    await Promise.all([becomeStation(one, file, code), becomeStation(two, file, code)])
    await Promise.all([examine(one, 2), examine(two, 4)])

    // The first hands over into the folder. The director is asked who that is, and compares the code.
    await one.page.getByLabel('Folder for it').fill(share)
    await press(one.page, 'Hand over everything')
    await expect(one.page.getByText(/events are in the file\. Saved: /)).toBeVisible()
    expect(readdirSync(share).filter((name) => name.endsWith(BUNDLE))).toHaveLength(1)
    await expect(page.getByText('Does that laptop show this code?')).toBeVisible({ timeout: 15_000 })
    await expect(page.getByRole('listitem').getByText(await ownCode(one), { exact: true })).toBeVisible()
    await audit(page, 'a laptop that nobody knows yet')
    await page.getByLabel('Name of the laptop').fill('Room 2.11')
    await press(page, 'It does: import')
    await expect(page.getByText(/^New: \d+ · known: 0 · conflicting: 0/)).toBeVisible()
    const round = page.getByRole('table', { name: 'What has come' }).getByRole('row', { name: /^1 / }).getByRole('cell')
    await expect(round.first()).toHaveText('complete')

    // The second contradicts, by a file that is carried over.
    const [carried] = await Promise.all([two.page.waitForEvent('download'), press(two.page, 'Hand over everything')])
    const bundle = testInfo.outputPath(`second${BUNDLE}`)
    await carried.saveAs(bundle)
    await press(two.page, 'It is there')
    await expect(two.page.getByText(/events are in the file\. Saved: /)).toBeVisible()
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page, 'Import a file')])
    await chooser.setFiles(bundle)
    await expect(page.getByRole('listitem').getByText(await ownCode(two), { exact: true })).toBeVisible()
    await page.getByLabel('Name of the laptop').fill('Room 2.12')
    await press(page, 'It does: import')
    await expect(page.getByText(/conflicting: [1-9]/)).toBeVisible()
    await expect(round.first()).toHaveText('conflicting')

    // Side by side, decided with a reason; both values stand in the result.
    await press(page, 'More about this exam')
    await page.getByRole('menuitem', { name: 'Results' }).click()
    await page.getByRole('grid').getByRole('row', { name: /^1001/ }).getByRole('button').first().click()
    const recorded = page.getByRole('region', { name: 'What was recorded' })
    const decide = recorded.getByRole('button', { name: `Decide: ${disputed}` })
    await decide.click()
    const dialog = page.getByRole('dialog', { name: 'Decide between laptops' })
    await audit(page, 'deciding between laptops')
    await page.keyboard.press('Escape')
    await expect(decide).toBeFocused()
    await page.keyboard.press('Enter')
    await dialog.getByRole('radio', { name: /^4 .*Room 2\.12/ }).check()
    await dialog.getByLabel('Reason').fill('The first laptop was lent to somebody else.')
    await dialog.getByRole('button', { name: 'Let it stand' }).click()
    await expect(page.getByText(/^Decided: Validates\./)).toBeVisible()
    // Whichever of the two marked first.
    await expect(recorded.getByText(/^Said (2 .* \/ 4|4 .* \/ 2) .*; decided: 4 /)).toBeVisible()
    await expect(recorded.getByText(/The first laptop was lent to somebody else\./)).toBeVisible()
  } finally {
    await Promise.all([one.end(), two.end()])
    rmSync(share, { recursive: true, force: true, maxRetries: 5 })
  }
})
