import { join } from 'node:path'
import { launchBrowser } from '#tests/support/browser.ts'
import { fillExam } from './filled-exam.ts'
import { atMost, byTurns, median, rounded, type Measure } from './measure.ts'
import { serveScreens } from './screens.ts'

const LIMIT = 1.5
const rounds = { warmUp: 1, counted: 9 }

/** The first screen, until a person can choose who they are, beside a blank page; both from the browser's launch. */
export async function measureFirstScreen(scratch: string): Promise<Measure[]> {
  const dataDir = join(scratch, 'first-screen')
  await fillExam(dataDir, { candidates: 24, stations: 8 })
  const { screens, blank, stop } = await serveScreens(dataDir)
  const open = async (address: string, usable: string): Promise<number> => {
    const started = performance.now()
    const browser = await launchBrowser()
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.addInitScript(watchFor, usable)
    await page.goto(address, { waitUntil: 'commit' })
    await page.evaluate(() => window.there)
    const time = performance.now() - started
    // Waited for, so that a browser that closes does not slow the next one.
    await browser.close()
    return time
  }
  const times = await byTurns(rounds, {
    firstScreen: () => open(screens, 'main button'),
    blank: () => open(blank, 'body'),
  })
  await stop()
  const [own, empty] = [median(times.firstScreen), median(times.blank)]
  return [
    atMost('first-screen', own / empty, LIMIT, {
      firstScreenMs: rounded(own),
      blankPageMs: rounded(empty),
      launches: rounds.counted,
    }),
  ]
}

declare global {
  interface Window {
    /** Kept when what is waited for is on the page. */
    there?: Promise<void>
  }
}

/** Runs in the page before its own scripts: asking from outside again and again would only find it later. */
function watchFor(selector: string): void {
  window.there = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(selector) !== null) resolve()
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true })
    look()
  })
}
