import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import Database from 'better-sqlite3-multiple-ciphers'
import { DATABASE_FILE } from '#electron/store/store.ts'
import { ratingsOnDisk } from '#tests/support/ratings-on-disk.ts'
import { scoringSheet, sitDownAs } from '#tests/support/scoring-sheet.ts'
import { expect, test } from './fixtures.ts'

const root = join(import.meta.dirname, '..', '..')

test('a patient’s form that is handed in in one window arrives in the examiner’s', async ({ page, host }) => {
  await page.getByRole('button', { name: 'Load the sample exam' }).click()
  await sitDownAs(page, 'Dr Ada Sample')
  await page.getByRole('button', { name: 'Open the sheet' }).click()
  await scoringSheet(page).confirm('1001')
  await scoringSheet(page).begin()
  await page.getByRole('link', { name: 'Your encounters' }).click()
  const row = page.getByRole('row', { name: /1001/ }).first()
  await expect(row).toContainText('not yet')

  const patient = await host.openWindow()
  await sitDownAs(patient, 'Ingrid Eksempel')
  await patient.getByRole('button', { name: 'Fill in the form' }).click()
  for (const statement of [/room for what/, /My side of things/, /What I felt/, /limits between us/])
    await patient.getByRole('group', { name: statement }).getByRole('radio', { name: 'partly' }).check()
  await patient.getByRole('button', { name: 'Hand in the form' }).click()
  await expect(patient.getByRole('heading', { name: 'Thank you' })).toBeVisible()
  await expect(row).toContainText('given')
  await expect(row).not.toContainText('not yet')
})

test('a second host on the same folder says who has it, and changes nothing', async ({ page, host }) => {
  await expect(page.getByRole('heading', { name: 'Welcome to Attune' })).toBeVisible()
  const args = [join(root, 'electron', 'web', 'main.ts'), '--no-open', '--data', host.dataFolder]
  const second = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const [said, complaint] = await Promise.all([text(second.stdout), text(second.stderr), once(second, 'close')])
  expect(second.exitCode).toBe(1)
  expect(said).toBe('')
  expect(complaint).toMatch(/is in use by Attune .*\(process \d+.*nothing was changed/)
  await page.getByRole('button', { name: 'Load the sample exam' }).click()
  await expect(page.getByRole('heading', { name: 'Sample: Year 4 communication OSCE' })).toBeVisible()
})

test('marks given while another program holds the data are called not saved with the reason, outlive a reload, and reach the disk once', async ({
  page,
  host,
}) => {
  await page.getByRole('button', { name: 'Load the sample exam' }).click()
  await sitDownAs(page, 'Dr Ada Sample')
  await page.getByRole('button', { name: 'Open the sheet' }).click()
  const sheet = scoringSheet(page)
  await sheet.confirm('1001')
  await sheet.begin()
  await sheet.rate('Validates', 2)
  await expect(sheet.onDisk).toHaveText(/^one mark on disk/)

  const other = new Database(join(host.dataFolder, DATABASE_FILE))
  other.exec('BEGIN IMMEDIATE')
  await sheet.rate('Offers concrete help', 5)
  await expect(
    page.getByRole('alert').getByText(/^Nothing is being saved: another program holds the data/),
  ).toBeVisible()
  await expect(page.getByText('Not saved', { exact: true })).toHaveCount(1)
  await page.reload()
  await expect(sheet.behaviour('Offers concrete help').getByRole('radio', { name: '5' })).toBeChecked()
  await expect(page.getByText('Not saved', { exact: true })).toHaveCount(1)

  other.exec('ROLLBACK')
  other.close()
  await expect(sheet.onDisk).toHaveText(/^2 marks on disk/)
  await expect(page.getByText(/^Nothing is being saved/)).toHaveCount(0)
  const rows = await ratingsOnDisk(host.dataFolder)
  const given = rows.filter((row) => row['rated by'] === 'examiner' && row['value'])
  expect(given.map((row) => row['value']).toSorted()).toEqual(['2', '5'])
})
