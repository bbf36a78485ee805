import { onTestFinished } from 'vitest'
import type { Write } from '#renderer/outbox/outbox.ts'
import { eventIdSchema, itemIdSchema, type EncounterId } from '#shared/domain/ids.ts'
import type { RatingValue } from '#shared/domain/encounter.ts'
import type { Answers, FakeBridge } from '#tests/support/fake-bridge.ts'

export const rating = (encounterId: EncounterId, itemId: string, value: RatingValue | null): Write => ({
  channel: 'rating.record',
  input: {
    encounterId,
    eventId: eventIdSchema.parse(crypto.randomUUID()),
    itemId: itemIdSchema.parse(itemId),
    value,
  },
})

/** The ratings of one encounter that reached the host. */
export const ratingsSent = (host: FakeBridge, id: EncounterId) =>
  host.inputsOf('rating.record').filter((input) => JSON.stringify(input).includes(`"${id}"`))

/** The host takes marks (again). */
export const open: Answers = {
  'rating.record': ({ eventId }) => ({ eventId, atMs: null }),
  'note.record': ({ eventId }) => ({ eventId, atMs: null }),
}

export const mine = { scope: 'scoring', holder: 'examiner-1' } as const

/** Whether the maker of the marks sits here: while the test goes on, so that nothing is sent into the next one. */
export function here(): () => boolean {
  let goesOn = true
  onTestFinished(() => {
    goesOn = false
  })
  return () => goesOn
}
