import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
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
