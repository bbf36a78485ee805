import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { SAMPLE_PIN } from '#shared/domain/pin.ts'
import { ratingsOnDisk } from '#tests/support/ratings-on-disk.ts'
import { scoringSheet, sitDownAs } from '#tests/support/scoring-sheet.ts'
import { runWebHost } from '#tests/support/web-host.ts'
import { expect, test } from './fixtures.ts'

const valuesIn = async (dataFolder: string) =>
  (await ratingsOnDisk(dataFolder))
    .filter((row) => row['rated by'] === 'examiner' && row['value'])
    .map((row) => row['value'])
    .toSorted()

test('a window that nobody touches locks by itself while the clock runs; marks on disk and marks that wait are kept', async ({
  journeyBrowser,
}) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'attune-journey-'))
  const store = openStore({ dataDir: dataFolder })
  // As a director sets it, and as soon as it can be.
  store.settings.set('settings', JSON.stringify({ idleLockMinutes: 1 }))
  store.close()
  const host = await runWebHost(dataFolder, { preload: 'tests/support/time-that-jumps.ts' })
  const context = await journeyBrowser?.newContext({ locale: 'en-GB' })
  const page = await context?.newPage()
  if (!page) throw new Error('this journey is the browser’s')
  try {
    await page.goto(host.address)
    await page.getByRole('button', { name: 'Load the sample exam' }).click()
    await sitDownAs(page, 'Dr Ada Sample')
    await page.getByRole('button', { name: 'Open the sheet' }).click()
    const sheet = scoringSheet(page)
    await sheet.confirm('1001')
    await sheet.begin()
    await sheet.rate('Validates', 2)
    await expect(sheet.onDisk).toHaveText(/^one mark on disk/)

    const other = new Database(join(dataFolder, DATABASE_FILE))
    other.exec('BEGIN IMMEDIATE')
    await sheet.rate('Offers concrete help', 5)
    await expect(page.getByText('Not saved', { exact: true })).toHaveCount(1)
    const before = await sheet.secondsLeft()

    host.signal('SIGUSR2')
    const lock = page.getByRole('dialog', { name: 'Locked' })
    await expect(lock).toBeVisible()
    // The station goes on, as everybody sees.
    const runs = lock.getByText(/^The clock runs: Encounter, \d+:\d\d left$/)
    await expect(runs).toBeVisible()
    const [, minutes, seconds] = /(\d+):(\d\d)/.exec((await runs.textContent()) ?? '') ?? []
    expect(before - (Number(minutes) * 60 + Number(seconds))).toBeGreaterThanOrEqual(89)
    await expect(sheet.behaviour('Validates')).toHaveCount(0)
    other.exec('ROLLBACK')
    other.close()
    expect(await valuesIn(dataFolder)).toEqual(['2'])

    await lock.getByLabel('PIN', { exact: true }).fill(SAMPLE_PIN)
    await lock.getByRole('button', { name: 'Unlock' }).click()
    await expect(lock).toHaveCount(0)
    await expect(sheet.behaviour('Validates').getByRole('radio', { name: '2' })).toBeChecked()
    await expect(sheet.behaviour('Offers concrete help').getByRole('radio', { name: '5' })).toBeChecked()
    await expect(sheet.onDisk).toHaveText(/^2 marks on disk/)
    await expect(page.getByText('Not saved', { exact: true })).toHaveCount(0)
    expect(await valuesIn(dataFolder)).toEqual(['2', '5'])
  } finally {
    await context?.close()
    await host.kill()
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 })
  }
})
