import { expect, test } from 'vitest'
import type { PersonId } from '#shared/domain/ids.ts'
import App from '#renderer/App.vue'
import { sessionSchema } from '#shared/domain/session.ts'
import { refused, type FakeBridge } from '#tests/support/fake-bridge.ts'
import { openScreen, type Screen } from '#tests/support/screen.ts'
import { at, cohortOf, played, redFlag, resultsBridge, variedDay, type Played } from './played-exam.ts'

const withFlag = (review: Parameters<typeof redFlag>[0] = null) =>
  played([{ status: 'submitted', marks: [redFlag(review)] }, { status: 'submitted' }])

const reviewedAt = '2026-11-14T15:30:00.000Z'
const dismissed = { decision: 'dismissed' as const, reason: 'Misheard', reviewer: null, reviewedAt }
const saved = { 'redFlag.review': { eventId: 'event-9' as never, atMs: null } }
const people = {
  'account.list': {
    directors: [
      { id: 'director-1' as PersonId, name: 'Prof Here', samplePin: null },
      { id: 'd-2' as PersonId, name: 'Prof Other', samplePin: null },
    ],
    recoverable: true,
  },
  'exam.roster': [],
}
const dialog = () => document.querySelector('[role="dialog"]')?.textContent ?? ''

async function decide(screen: Screen, decision: RegExp, reason: string): Promise<void> {
  await screen.press(/^Review( again)?$/)
  await screen.press(decision)
  await screen.fill('Reason', reason)
  await screen.press('Check the decision')
}

async function sign(screen: Screen, go: string, pin = '135790'): Promise<void> {
  await screen.fill('Name', 'd-2')
  await screen.fill('Their PIN', pin)
  await screen.press(go)
}

const reviews = (bridge: FakeBridge) => bridge.inputsOf('redFlag.review')

test('a red flag needs a decision, a reason, a reviewer and their PIN before it can be reviewed', async () => {
  const bridge = resultsBridge(withFlag(), { ...people, ...saved })
  const screen = await openScreen(App, { bridge, at: at('attention') })
  await screen.press('Review')
  await screen.press('Check the decision')
  expect(dialog()).toContain('Choose one of the two.')
  expect(dialog()).toContain('Say why')
  await screen.press(/^Uphold/)
  await screen.fill('Reason', '   ')
  await screen.press('Check the decision')
  expect(dialog()).toContain('Say why')
  expect(screen.has('Uphold the red flag')).toBe(false)
  await screen.fill('Reason', 'Heard twice')
  await screen.press('Check the decision')
  await screen.press('Uphold the red flag')
  expect(dialog()).toContain('Choose who signs.')
  expect(dialog()).toContain('The second person enters their PIN.')
  await screen.fill('Name', 'd-2')
  await screen.press('Uphold the red flag')
  expect(reviews(bridge)).toEqual([])
})

test('a review is checked and signed before it is kept, then the results are read anew', async () => {
  const bridge = resultsBridge(withFlag(), { ...people, ...saved })
  const screen = await openScreen(App, { bridge, at: at('attention') })
  await decide(screen, /^Uphold/, ' Promised a cure twice. ')
  expect(dialog()).toContain('Uphold the red flag “False promise”?')
  expect(reviews(bridge)).toEqual([])
  expect(dialog()).toContain('candidate 1001 does not pass')
  const review = { decision: 'upheld' as const, reason: 'Promised a cure twice.' }
  bridge.answer({ 'results.cohort': cohortOf(withFlag({ ...review, reviewer: 'Prof Other', reviewedAt })) })
  await sign(screen, 'Uphold the red flag')
  expect(reviews(bridge)).toMatchObject([
    { encounterId: 'encounter-1-1001', markId: 'mark-1', ...review, reviewerId: 'd-2', pin: '135790' },
  ])
  expect(document.querySelector('[role="dialog"]')).toBeNull()
  expect(screen.text()).toContain('The red flag was upheld.')
  expect(screen.text()).toMatch(/Reason: Promised a cure twice\.\s*Reviewed by Prof Other, .*2026/)
})

test.each([
  ['may give the first review', null, ['Prof Here', 'Prof Other']],
  ['leaves it to somebody else to decide anew', dismissed, ['Prof Other']],
])('the director who sits here %s', async (_, review, names) => {
  const self = sessionSchema.parse({ role: 'director', examId: null, personId: 'director-1', handedOver: null })
  const bridge = resultsBridge(withFlag(review), { ...people, 'session.get': self })
  const screen = await openScreen(App, { bridge, at: at('attention') })
  await decide(screen, /^Uphold/, 'Heard on film')
  const list = screen.find('Name') as HTMLSelectElement
  expect([...list.options].slice(1).map(({ text }) => text)).toEqual(names.map((name) => `${name}, Program director`))
})

test('a decision can be changed at the second step', async () => {
  const bridge = resultsBridge(withFlag(), { ...people, ...saved })
  const screen = await openScreen(App, { bridge, at: at('attention') })
  await decide(screen, /^Uphold/, 'Misheard')
  await screen.press('Change it')
  await screen.press(/^Dismiss.*happen/)
  await screen.press('Check the decision')
  await sign(screen, 'Dismiss the red flag')
  expect(reviews(bridge)).toMatchObject([{ decision: 'dismissed', reason: 'Misheard' }])
})

test('a refused review says why, and tried again it is the same entry', async () => {
  const bridge = resultsBridge(withFlag(), { ...people, 'redFlag.review': refused('storage-full') })
  const screen = await openScreen(App, { bridge, at: at('attention') })
  await decide(screen, /^Dismiss.*happen/, 'Misheard')
  await sign(screen, 'Dismiss the red flag')
  expect(dialog()).toContain('The disk is full.')
  bridge.answer(saved)
  await sign(screen, 'Dismiss the red flag')
  const [first, second] = reviews(bridge) as { eventId: string }[]
  expect(second?.eventId).toBe(first?.eventId)
})

test('the person who raised the flag is told to leave the review to somebody else', async () => {
  const bridge = resultsBridge(withFlag(), { ...people, 'redFlag.review': refused('reviewer-raised-flag') })
  const screen = await openScreen(App, { bridge, at: at('attention') })
  await decide(screen, /^Dismiss.*happen/, 'Misheard')
  await sign(screen, 'Dismiss the red flag')
  expect(dialog()).toContain('This is the person who raised the flag or signed for it, or one of the same name.')
})

test('a wrong PIN says how many tries are left, and is not sent again', async () => {
  const wrong = { 'redFlag.review': refused('wrong-pin', { waitSeconds: 0, left: 3 }) }
  const bridge = resultsBridge(withFlag(), { ...people, ...wrong })
  const screen = await openScreen(App, { bridge, at: at('attention') })
  await decide(screen, /^Dismiss.*happen/, 'Misheard')
  await sign(screen, 'Dismiss the red flag', '000000')
  expect(dialog()).toContain('3 more tries')
  await screen.press('Dismiss the red flag')
  expect(reviews(bridge)).toHaveLength(1)
})

test('a red flag that waits is counted at the head, a reviewed one is not', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(withFlag()), at: at('attention') })
  expect(screen.text()).toContain('one red flag waits')
  expect(screen.text()).toContain('Waits for review')
})

test('a reviewed red flag tells its decision and can be reviewed again', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(withFlag(dismissed)), at: at('attention') })
  expect(screen.text()).not.toContain('one red flag waits')
  expect(screen.text()).toMatch(/Dismissed\s*Reason: Misheard\s*Reviewed .*2026/)
  expect(screen.has('Review again')).toBe(true)
})

test('a flag that was reviewed is decided anew with a second person’s PIN, and nothing is sent before it is there', async () => {
  const wrong = refused('wrong-pin', { waitSeconds: 0, left: 3 })
  const bridge = resultsBridge(withFlag(dismissed), { ...people, 'mark.correct': wrong })
  const screen = await openScreen(App, { bridge, at: at('attention') })
  await screen.press('Review again')
  expect(dialog()).toMatch(/Dismissed\s*Reason: Misheard/)
  await screen.press('Check the decision')
  expect(dialog()).toContain('Choose one of the two.')
  expect(dialog()).toContain('Say why')
  await screen.press(/^Uphold/)
  await screen.fill('Reason', ' Heard on film. ')
  await screen.press('Check the decision')
  await screen.press('Uphold the red flag')
  expect(dialog()).toContain('Choose who signs.')
  expect(dialog()).toContain('The second person enters their PIN.')
  expect(bridge.inputsOf('mark.correct')).toEqual([])
  await screen.fill('Name', 'd-2')
  await screen.fill('Their PIN', '000000')
  await screen.press('Uphold the red flag')
  expect(dialog()).toContain('3 more tries')
  bridge.answer({ 'mark.correct': saved['redFlag.review'] })
  await screen.fill('Their PIN', '135790')
  await screen.press('Uphold the red flag')
  const [first, second] = bridge.inputsOf('mark.correct') as { eventId: string }[]
  expect(second).toMatchObject({
    eventId: first?.eventId,
    encounterId: 'encounter-1-1001',
    says: { type: 'red-flag.reviewed', markId: 'mark-1', decision: 'upheld' },
    reason: 'Heard on film.',
    secondId: 'd-2',
    pin: '135790',
  })
  expect(reviews(bridge)).toEqual([])
  expect(document.querySelector('[role="dialog"]')).toBeNull()
  expect(screen.text()).toContain('The red flag was upheld.')
})

test('a flag that somebody else reviewed meanwhile is told as such', async () => {
  const bridge = resultsBridge(withFlag(), { ...people, 'redFlag.review': refused('flag-reviewed') })
  const screen = await openScreen(App, { bridge, at: at('attention') })
  await decide(screen, /^Dismiss.*happen/, 'Misheard')
  await sign(screen, 'Dismiss the red flag')
  expect(dialog()).toContain('This red flag was reviewed by now.')
})

test('two views that lie apart are told in words with both numbers', async () => {
  const far: Played = { status: 'submitted', points: 2, sp: 5 }
  const screen = await openScreen(App, { bridge: resultsBridge(played([far, {}])), at: at('attention') })
  expect(screen.text()).toContain('Examiner 40, patient 100: the patient saw 60 points more.')
})

test('entries are grouped by kind, and one kind or one station can be shown alone', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(variedDay()), at: at('attention') })
  const heads = () =>
    [...document.querySelectorAll('main h2')].map((head) => head.textContent.replace(/\s+/g, ' ').trim())
  expect(heads()).toEqual(['Red flags 1', 'Absences 1', 'Marks declared missing 1', 'Examiner and patient far apart 1'])
  await screen.fill('Show', 'absence')
  expect(heads()).toEqual(['Absences 1'])
  await screen.fill('Station', '2')
  expect(screen.text()).toContain('Nothing of this kind here')
  await screen.fill('Show', 'all')
  expect(heads()).toEqual(['Red flags 1', 'Marks declared missing 1'])
})

test('a global rating declared missing is named', async () => {
  const data = played([
    { status: 'submitted', globalRating: null, missing: [{ item: 'global-rating', reason: 'Called away' }] },
    {},
  ])
  const screen = await openScreen(App, { bridge: resultsBridge(data), at: at('attention') })
  expect(screen.text()).toContain('Global rating: Called away')
})

test('the note on a whole encounter that failed is there to be read', async () => {
  const weak: Played = { status: 'submitted', points: 2, generalNote: 'Never arrived at a plan.' }
  const screen = await openScreen(App, { bridge: resultsBridge(played([weak, {}])), at: at('attention') })
  expect(screen.text()).toMatch(/Notes on weak encounters[\s\S]*Never arrived at a plan\./)
})

test('with nothing written down there is nothing to read', async () => {
  const screen = await openScreen(App, { bridge: resultsBridge(played()), at: at('attention') })
  expect(screen.text()).toContain('Nothing needs a look')
})
