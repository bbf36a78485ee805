import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import type { Page } from '@playwright/test'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { runCli } from '#electron/cli/run.ts'
import { launchBrowser } from '#tests/support/browser.ts'
import { runWebHost } from '#tests/support/web-host.ts'

/** Makes the pictures of the README from the real app: the scoring screen, and the first page of a feedback report. */
const root = join(import.meta.dirname, '..', '..')
const pictures = join(root, 'resources', 'pictures')
const scratch = mkdtempSync(join(tmpdir(), 'attune-pictures-'))

mkdirSync(pictures, { recursive: true })
try {
  await pictureOfScoring(join(scratch, 'data'))
  await pictureOfFeedback(join(scratch, 'demo'))
  console.log(`The pictures are in ${pictures}`)
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
}

async function pictureOfScoring(data: string): Promise<void> {
  const host = await runWebHost(data)
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
    await page.goto(host.address)
    await page
      .getByRole('button', { name: /sample/i })
      .first()
      .click()
    await page
      .getByRole('button', { name: /Ada Sample/ })
      .or(page.getByRole('link', { name: /Ada Sample/ }))
      .first()
      .click()
    await page.getByRole('button', { name: 'Open the sheet' }).click()
    await page.getByRole('button', { name: /This is/ }).click()
    await page.getByRole('button', { name: 'Start the clock' }).click()
    await score(page)
    await page.screenshot({ path: join(pictures, 'scoring.png') })
  } finally {
    await browser.close()
    await host.stop()
  }
}

/** Some marks and moments, as in the middle of an encounter, and a note. */
async function score(page: Page): Promise<void> {
  const keys = ['4', 'ArrowDown', '3', 'ArrowDown', '4', 'n', 'ArrowDown', '3', 'c', 'ArrowDown', '4', 'm']
  for (const key of keys) await page.keyboard.press(key)
  await page.getByRole('textbox').first().fill('“It sounds as if the waiting was the worst part.” Then waited.')
  await page.getByText(/\d+ marks on disk/).waitFor()
}

async function pictureOfFeedback(out: string): Promise<void> {
  const code = await runCli(['demo', '--out', out, '--candidates', '12'], { out: () => undefined, err: console.error })
  if (code !== 0) throw new Error('the sample day could not be played')
  const loading = getDocument({ data: new Uint8Array(readFileSync(join(out, 'feedback', '1004.pdf'))) })
  const page = await (await loading.promise).getPage(1)
  const viewport = page.getViewport({ scale: 1.4 })
  const canvas = createCanvas(Math.round(viewport.width), Math.round(viewport.height))
  const canvasContext = canvas.getContext('2d') as unknown as CanvasRenderingContext2D
  await page.render({ canvas: null, canvasContext, viewport, background: '#ffffff' }).promise
  writeFileSync(join(pictures, 'feedback.png'), canvas.toBuffer('image/png'))
  await loading.destroy()
}
