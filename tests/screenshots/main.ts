import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { eventIdSchema, momentIdSchema, type ItemId } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { runCli } from '#electron/cli/run.ts'
import { buildIfStale } from '#electron/launch/build.ts'
import type { Services } from '#electron/services/services.ts'
import { createSimulatedTime } from '#electron/services/demo/simulated-time.ts'
import { silentLog } from '#electron/base/log.ts'
import { startWebHost } from '#electron/web/server.ts'
import { launchBrowser } from '#tests/support/browser.ts'
import { sitDownAs } from '#tests/support/scoring-sheet.ts'
import { sitAs, sitAsDirector } from '#tests/support/sign-in.ts'
import { callerOf, openWholeApp, root } from '#tests/support/whole-app.ts'

/** Makes the pictures of the README from the real app: the scoring screen, and the first page of a feedback report. */
const pictures = join(root, 'resources', 'pictures')
const scratch = mkdtempSync(join(tmpdir(), 'attune-pictures-'))

mkdirSync(pictures, { recursive: true })
if (!buildIfStale(root, 'screens')) throw new Error('the screens could not be built')
try {
  await pictureOfScoring(join(scratch, 'data'))
  await pictureOfFeedback(join(scratch, 'demo'))
  console.log(`The pictures are in ${pictures}`)
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
}

async function pictureOfScoring(data: string): Promise<void> {
  const time = createSimulatedTime(Date.now())
  const services = await openWholeApp(data, time)
  const token = 'the-token-of-a-picture'
  const host = await startWebHost({
    services,
    port: 0,
    staticDir: join(root, 'out', 'renderer'),
    token,
    log: silentLog,
  })
  const browser = await launchBrowser()
  try {
    const pass = (seconds: number) => {
      time.moveTo(time.wallClock() + seconds * 1000)
      services.wake()
    }
    const { encounterId, name } = await halfAnEncounter(services, pass)
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
    await page.goto(`${host.url}#token=${token}`)
    await sitDownAs(page, name)
    await page.getByRole('heading', { name: 'Your encounters' }).waitFor()
    await page.goto(`${host.url}#/encounters/${encounterId}`)
    await page.getByText(/^\d+ marks on disk/).waitFor()
    for (let row = 0; row < 4; row++) await page.keyboard.press('ArrowDown')
    await page.screenshot({ path: join(pictures, 'scoring.png') })
  } finally {
    await browser.close()
    await host.close()
    await services.shutdown()
  }
}

/** What an examiner has marked in the middle of the sample's first encounter. Answers whose sheet it is, and which. */
async function halfAnEncounter(services: Services, pass: (seconds: number) => void) {
  const director = callerOf(services, 'the-director-of-a-picture')
  await sitAsDirector(director)
  const { id: examId } = await director('exam.loadSample', {})
  const { people } = await director('exam.get', { examId })
  const { slots } = await director('rotation.get', { examId })
  const slot = slots.find(({ round }) => round === 1)
  const person = people.find(
    ({ role, stationIds }) => role === 'examiner' && slot && stationIds.includes(slot.stationId),
  )
  if (!slot || !person) throw new Error('the sample exam has no first encounter')

  const examiner = callerOf(services, 'the-examiner-of-a-picture')
  await sitAs(examiner, person)
  const event = () => ({ encounterId: slot.id, eventId: eventIdSchema.parse(randomUUID()) })
  const rate = (itemId: ItemId, value: number) => examiner('rating.record', { ...event(), itemId, value })
  const mark = (type: string) =>
    examiner('mark.make', { ...event(), markId: momentIdSchema.parse(randomUUID()), kind: 'moment', type })

  await examiner('encounter.confirmIdentity', event())
  const { rubric } = await examiner('encounter.open', { encounterId: slot.id })
  const [asks, saysBack, checks, notices, names] = rubricItems(rubric).map(({ id }) => id)
  const [named, explored, checked, , missed] = rubric.moments.map(({ id }) => id)
  if (!asks || !saysBack || !checks || !notices || !names || !named || !explored || !checked || !missed)
    throw new Error('the rubric is smaller than it was')
  await examiner('clock.command', { ...event(), command: { kind: 'start' } })
  pass(60 + 35)
  await mark(missed)
  pass(25)
  await rate(notices, 2)
  pass(20)
  await mark(explored)
  await rate(asks, 4)
  pass(40)
  await mark(named)
  pass(12)
  await rate(saysBack, 3)
  await rate(names, 4)
  const text = '“It sounds as if the waiting was the worst part.” Then waited.'
  await examiner('note.record', { ...event(), itemId: names, text })
  pass(33)
  await mark(checked)
  await rate(checks, 4)
  pass(9)
  return { encounterId: slot.id, name: person.name }
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
