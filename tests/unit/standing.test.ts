import { describe, expect, it } from 'vitest'
import { encounterIdSchema, eventIdSchema } from '#shared/domain/ids.ts'
import type { EncounterPayload, FoldedEvent, Saying } from '#shared/domain/ledger-event.ts'
import { replacedBy, standingOf } from '#shared/domain/standing.ts'

type Spoken = Extract<EncounterPayload, Saying>

const confirmed: Spoken = { type: 'identity.confirmed' }
const withdrawn: Spoken = { type: 'identity.withdrawn' }
const submitted: Spoken = { type: 'encounter.submitted', missing: [] }
const absent: Spoken = { type: 'absence.declared', reason: 'did not come' }
const present: Spoken = { type: 'absence.withdrawn' }

/** Laptops that say something of one encounter, each hearing of the others only when it is told to. */
function laptops() {
  const events: FoldedEvent[] = []
  const known = new Map<string, FoldedEvent[]>()
  const of = (device: string) => known.get(device) ?? []
  const write = (device: string, payload: EncounterPayload, supersedes: FoldedEvent['supersedes']) => {
    const index = events.length
    const event: FoldedEvent = {
      id: eventIdSchema.parse(`${device}${index}`),
      device,
      hlc: `17000000000${String(index).padStart(2, '0')}-0000-${device}`,
      encounterId: encounterIdSchema.parse('encounter-1'),
      raterId: null,
      offsetMs: null,
      supersedes,
      payload,
    }
    events.push(event)
    known.set(device, [...of(device), event])
    return event.id
  }
  const now = () => standingOf(events)
  return {
    now,
    says: (device: string, says: Spoken) => write(device, says, replacedBy(says, standingOf(of(device)).heads)),
    /** The director has heard of everything and decides. */
    decides: (says: Spoken) => {
      known.set('D', [...events])
      const amended = { type: 'mark.amended', cause: 'conflict', says, reason: 'seen on film' } as const
      const payload: EncounterPayload = { ...amended, saidBy: null, saidAtMs: null, secondId: null }
      return write(
        'D',
        payload,
        now().heads.map(({ id }) => id),
      )
    },
    hears: (device: string) => known.set(device, [...events]),
  }
}

describe('where an encounter stands that two laptops speak of', () => {
  it('stays submitted where the other confirms the candidate and takes that back', () => {
    const { says, now } = laptops()
    const first = says('A', confirmed)
    says('B', confirmed)
    says('A', submitted)
    says('B', withdrawn)
    expect(now()).toMatchObject({ status: 'submitted', confirmation: first, missing: [] })
  })

  it('stays submitted where the other declares an absence and takes that back', () => {
    const { says, now } = laptops()
    says('A', confirmed)
    says('A', submitted)
    says('B', absent)
    expect(now()).toMatchObject({ status: 'submitted', absenceReason: null })
    says('B', present)
    expect(now().status).toBe('submitted')
  })

  it('is submitted as the first who submitted did', () => {
    const { says, now } = laptops()
    says('A', submitted)
    says('B', { ...submitted, missing: [{ item: 'global-rating', reason: 'fell ill' }] })
    expect(now()).toMatchObject({ status: 'submitted', missing: [] })
  })

  it('is open while one of them goes on with the candidate', () => {
    const { says, now } = laptops()
    const first = says('A', confirmed)
    says('B', confirmed)
    says('B', withdrawn)
    expect(now()).toMatchObject({ status: 'open', confirmation: first })
    says('A', withdrawn)
    expect(now()).toMatchObject({ status: 'scheduled', confirmation: null })
  })

  it('waits again once somebody who heard of both takes both confirmations back', () => {
    const { says, now, hears } = laptops()
    says('A', confirmed)
    says('B', confirmed)
    hears('C')
    says('C', withdrawn)
    expect(now()).toMatchObject({ status: 'scheduled', confirmation: null })
  })

  it('keeps the first confirmation, and both go with whoever withdraws after the second', () => {
    const { says, now, hears } = laptops()
    const first = says('A', confirmed)
    hears('B')
    says('B', confirmed)
    expect(now().confirmation).toBe(first)
    says('B', withdrawn)
    expect(now()).toMatchObject({ status: 'scheduled', confirmation: null })
  })

  it('is as it was decided; an absence that is taken back after it reopens nothing', () => {
    const { says, now, decides } = laptops()
    const first = says('A', confirmed)
    says('A', submitted)
    says('B', absent)
    decides(absent)
    expect(now()).toMatchObject({ status: 'absent', absenceReason: 'did not come', confirmation: null })
    says('D', present)
    expect(now()).toMatchObject({ status: 'submitted', absenceReason: null, confirmation: first })
  })

  it('is open where it was decided that the candidate came who was not submitted yet', () => {
    const { says, now, decides } = laptops()
    const first = says('A', confirmed)
    says('B', absent)
    decides(confirmed)
    expect(now()).toMatchObject({ status: 'open', confirmation: first, heads: [{ device: 'D' }] })
    says('D', submitted)
    expect(now()).toMatchObject({ status: 'submitted', confirmation: first })
  })

  it('keeps the confirmation of whoever goes on without having heard of a decision', () => {
    const { says, now, decides } = laptops()
    const first = says('A', confirmed)
    says('B', absent)
    decides(absent)
    expect(now().confirmation).toBe(null)
    says('A', submitted)
    expect(now()).toMatchObject({ status: 'submitted', confirmation: first })
  })
})
