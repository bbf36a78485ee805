import App from '#renderer/App.vue'
import type { RatingValue } from '#shared/domain/encounter.ts'
import { eventIdSchema } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import type { Answers, FakeBridge } from '#tests/support/fake-bridge.ts'
import { openScreen, type Screen } from '#tests/support/screen.ts'
import { encounterView, examHost, freshEncounterId, screenRubric } from '#tests/support/screen-encounter.ts'

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

/** The behaviours of the sheet. */
export const items = rubricItems(screenRubric)

/** A rating of every behaviour. */
export const allRated = items.map(({ id }) => ({
  itemId: id,
  value: 4,
  eventId: eventIdSchema.parse(crypto.randomUUID()),
  atMs: 1000,
}))
/** What a submission is answered with. */
export const scores = {
  station: { value: 75, n: 12, reason: null },
  domains: screenRubric.domains.map(({ id }) => ({ domainId: id, score: { value: 75, n: 3, reason: null } })),
}

/** The verb at the foot of the dialog, which stands on the sheet as well. */
export const finish = () => {
  const found = [...document.querySelectorAll('button')].findLast((b) => b.textContent.trim() === 'Finish encounter')
  if (found === undefined) throw new Error('there is no way to finish')
  return found
}

/** A field of many lines, by its name. */
export const field = (name: string) => {
  const found = document.querySelector<HTMLTextAreaElement>(`textarea[aria-label="${name}"]`)
  if (found === null) throw new Error(`there is no field "${name}"`)
  return found
}
