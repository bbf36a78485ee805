import { expect, type Locator, type Page } from '@playwright/test'
import { SAMPLE_PIN } from '#shared/domain/pin.ts'

export type Point = 1 | 2 | 3 | 4 | 5 | 'No opportunity arose'

/** The sheet of one encounter, as its examiner sees and touches it. */
export interface ScoringSheet {
  /** Says that the candidate at the door is the right one. */
  confirm(candidate: string): Promise<void>
  /** Starts the clock and goes from reading straight to the encounter. */
  begin(): Promise<void>
  /** The row of points of a behaviour. */
  behaviour(title: string): Locator
  /** Rates by touch. */
  rate(title: string, point: Point): Promise<void>
  /** Writes the note of a behaviour. */
  note(title: string, words: string): Promise<void>
  /** What is written beside the clock about marks on disk. */
  readonly onDisk: Locator
  readonly clock: Locator
  /** What is left on the clock, in seconds. */
  secondsLeft(): Promise<number>
}

export function scoringSheet(page: Page): ScoringSheet {
  const button = (name: string | RegExp) => page.getByRole('button', { name })
  const behaviour = (title: string) => page.getByRole('radiogroup', { name: title, exact: true })
  const clock = page.getByRole('timer', { name: 'Station clock' })
  return {
    async confirm(candidate) {
      await button(`This is ${candidate}`).click()
      await expect(page.getByText('Identity confirmed')).toBeVisible()
    },
    async begin() {
      await button('Start the clock').click()
      await button('Extra time, end of phase').click()
      await button('End this phase: Reading').click()
      await button('End it now').click()
      await expect(clock).toContainText('Encounter')
    },
    behaviour,
    async rate(title, point) {
      await behaviour(title)
        .getByRole('radio', { name: new RegExp(`^${point}`) })
        .click()
    },
    async note(title, words) {
      await behaviour(title).click({ position: { x: 1, y: 1 } })
      await page.getByRole('textbox', { name: `Note on “${title}”` }).fill(words)
    },
    onDisk: page.getByText(/^(\d+|one|nothing) marks? on disk/),
    clock,
    async secondsLeft() {
      const [, minutes, seconds] = /(\d+):(\d\d)$/.exec((await clock.textContent()) ?? '') ?? []
      return Number(minutes) * 60 + Number(seconds)
    },
  }
}

/** One of the exam's people signs in on the start screen, with the PIN of a sample unless another is given. */
export async function sitDownAs(page: Page, name: string, pin: string = SAMPLE_PIN): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
  await givePin(page, pin)
}

/** Where a director is asked for: signs in, or begins the installation as its first director. */
export async function signInAsDirector(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  const first = dialog.getByRole('button', { name: 'Begin as program director' })
  await expect(first.or(dialog.getByRole('button', { name: 'Sign in', exact: true }))).toBeVisible()
  if (!(await first.isVisible())) {
    await givePin(page, SAMPLE_PIN)
    return
  }
  await dialog.getByLabel('Your name').fill('Prof Dana Mustermann')
  await dialog.getByLabel('New PIN').fill(SAMPLE_PIN)
  await dialog.getByLabel('The same PIN again').fill(SAMPLE_PIN)
  await first.click()
  const key = await dialog.getByText(/^\w{5}(-\w{5}){4}$/).textContent()
  await dialog.getByLabel('The last five letters and digits').fill(key?.slice(-5) ?? '')
  await dialog.getByRole('button', { name: 'It is on paper' }).click()
  await dialog.getByRole('button', { name: 'Not now' }).click()
}

async function givePin(page: Page, pin: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('PIN', { exact: true }).fill(pin)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(dialog).toHaveCount(0)
}
