import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { CDPSession, Page } from '@playwright/test'
import { openReader } from '#electron/store/store.ts'
import { launchBrowser } from '#tests/support/browser.ts'
import { scoringSheet, sitDownAs } from '#tests/support/scoring-sheet.ts'
import { fillExam } from './filled-exam.ts'
import { atMost, median, quantile, rounded, type Measure } from './measure.ts'
import { serveScreens } from './screens.ts'

const SAVED_LIMIT_MS = 50
const FRAMES_LIMIT = 1
const TOUCHES = 200
const WARM_UP = 20
const FINGER_MS = 60

/** From the finger's lifting: times in milliseconds, and the number of the frame that first shows the point pressed. */
type Touch = { frames: number; framePainted: number; saved: number }

/** One touch on a point of the scoring screen: the frame in which it shows, and when "saved" stands on the screen. */
export async function measureTouch(scratch: string): Promise<Measure[]> {
  const dataDir = join(scratch, 'touch')
  const { examId, untouched } = await fillExam(dataDir, { candidates: 24, stations: 8, exceptLastRound: true })
  const [slot] = untouched
  if (!slot) throw new Error('no encounter is left to rate')
  const store = openReader(dataDir)
  const candidate = store.candidates.get(slot.candidateId)
  const person = store.people
    .ofExam(examId)
    .find(({ role, stationIds }) => role === 'examiner' && stationIds.includes(slot.stationId))
  store.close()
  if (!candidate || !person) throw new Error('nobody examines at the station')

  const { screens, stop } = await serveScreens(dataDir)
  const browser = await launchBrowser()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, hasTouch: true })
  await page.goto(screens)
  await sitDownAs(page, person.name)
  await page.getByRole('heading', { name: 'Your encounters' }).waitFor()
  await page.goto(`${new URL(screens).origin}/#/encounters/${slot.id}`)
  const sheet = scoringSheet(page)
  await sheet.confirm(candidate.number)
  await sheet.begin()
  const touches = await touchPoints(page)
  await browser.close()
  await stop()

  const saved = touches.map((touch) => touch.saved)
  const frames = touches.map((touch) => touch.frames)
  const painted = touches.map((touch) => touch.framePainted)
  return [
    atMost('touch-saved', quantile(saved, 0.95), SAVED_LIMIT_MS, {
      medianMs: rounded(median(saved)),
      worstMs: rounded(Math.max(...saved)),
      touches: touches.length,
    }),
    atMost('touch-frame', Math.max(...frames), FRAMES_LIMIT, {
      medianMsToFrame: rounded(median(painted)),
      p95MsToFrame: rounded(quantile(painted, 0.95)),
      touches: touches.length,
    }),
  ]
}

async function touchPoints(page: Page): Promise<Touch[]> {
  const finger = await page.context().newCDPSession(page)
  await page.evaluate(watchTouches)
  const rows = page.locator('[data-item]')
  const count = await rows.count()
  const touches: Touch[] = []
  for (let touch = 0; touch < WARM_UP + TOUCHES; touch++) {
    const points = rows.nth(touch % count).getByRole('radio')
    // Each round over the behaviours chooses the next point, so that every touch changes a mark.
    const box = await points.nth(Math.floor(touch / count) % 5).boundingBox()
    if (!box) throw new Error('a point is not on the screen')
    await touchPoint(finger, box.x + box.width / 2, box.y + box.height / 2)
    const seen = await page.evaluate(() => window.touchSeen)
    if (!seen) throw new Error('a touch was not noticed')
    if (touch >= WARM_UP) touches.push(seen)
  }
  return touches
}

/** A tap in the browser's own test kit lasts no time at all; a finger stays down for some frames. */
async function touchPoint(finger: CDPSession, x: number, y: number): Promise<void> {
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
  await setTimeout(FINGER_MS)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

declare global {
  interface Window {
    /** What came of the latest touch, once its mark is shown as saved. */
    touchSeen?: Promise<Touch>
  }
}

/** Runs in the page: watches each touch on a point, from the lifted finger to the frame that shows the mark as saved. */
function watchTouches(): void {
  // A message that is sent in a frame's callback arrives when that frame was drawn.
  const drawn = (then: (now: number) => void) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      then(performance.now())
    }
    port2.postMessage(null)
  }
  let lifted = 0
  addEventListener('pointerup', ({ timeStamp }) => (lifted = timeStamp), { capture: true })
  addEventListener(
    'click',
    ({ target }) => {
      const point = target instanceof Element ? target.closest('[role=radio]') : null
      const row = point?.closest('[data-item]')
      if (!point || !row) return
      const start = lifted
      const isPressed = () => point.getAttribute('aria-checked') === 'true'
      const isSaved = () => isPressed() && row.getAttribute('data-state') === 'saved'
      const frame = new Promise<Pick<Touch, 'frames' | 'framePainted'>>((resolve) => {
        const look = (frames: number) => {
          requestAnimationFrame(() => {
            if (isPressed()) drawn((now) => resolve({ frames, framePainted: now - start }))
            else look(frames + 1)
          })
        }
        look(1)
      })
      const saved = new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!isSaved()) return
          observer.disconnect()
          requestAnimationFrame(() => {
            drawn((now) => resolve(now - start))
          })
        })
        observer.observe(row, { attributes: true, subtree: true })
      })
      window.touchSeen = Promise.all([frame, saved]).then(([seen, time]) => ({ ...seen, saved: time }))
    },
    { capture: true },
  )
}
