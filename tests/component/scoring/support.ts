import App from '#renderer/App.vue'
import type { RatingValue } from '#shared/domain/encounter.ts'
import type { Answers, FakeBridge } from '#tests/support/fake-bridge.ts'
import { openScreen, type Screen } from '#tests/support/screen.ts'
import { encounterView, examHost, freshEncounterId } from '#tests/support/screen-encounter.ts'

export type Sheet = { screen: Screen; bridge: FakeBridge; id: ReturnType<typeof freshEncounterId> }

/** Opens the sheet of an encounter in the whole app, as its examiner. */
export async function openSheet(
  view: (id: Sheet['id']) => ReturnType<typeof encounterView> = encounterView,
  answers: Answers = {},
): Promise<Sheet> {
  const id = freshEncounterId()
  const bridge = examHost({ 'encounter.open': view(id), ...answers })
  const screen = await openScreen(App, { bridge, at: `/encounters/${id}` })
  return { screen, bridge, id }
}

/** The row of a behaviour, and what it says about its mark. */
export function row(title: string): { element: HTMLElement; chosen: string | null; state: string | undefined } {
  const element = [...document.querySelectorAll<HTMLElement>('[data-item]')].find((entry) =>
    entry.textContent.includes(title),
  )
  if (element === undefined) throw new Error(`there is no behaviour "${title}"`)
  const chosen = element.querySelector('[aria-checked="true"]')
  return { element, chosen: chosen?.textContent.trim() ?? null, state: element.dataset['state'] }
}

/** Touches a point of a behaviour. */
export function touch(title: string, value: RatingValue): void {
  const words = value === 'no-opportunity' ? '–' : String(value)
  const button = [...row(title).element.querySelectorAll('button')].find((entry) => entry.textContent.trim() === words)
  if (button === undefined) throw new Error(`"${title}" has no point ${words}`)
  button.click()
}
