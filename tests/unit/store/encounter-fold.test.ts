import { expect, it } from 'vitest'
import { foldEncounter } from '#electron/store/encounter-fold.ts'
import { columnsOf, type ProjectionTable } from '#electron/store/projection-tables.ts'
import { encounterIdSchema, eventIdSchema, examIdSchema, itemIdSchema, momentIdSchema } from '#shared/domain/ids.ts'
import type { EncounterEvent, EncounterPayload } from '#shared/domain/ledger-event.ts'

const encounterId = encounterIdSchema.parse('encounter-1')
const itemId = itemIdSchema.parse('naming')
const markId = momentIdSchema.parse('m1')

const event = (payload: EncounterPayload, index: number): EncounterEvent => ({
  id: eventIdSchema.parse(`e${index + 1}`),
  device: 'd1',
  seq: index + 1,
  hlc: `17000000000${String(index).padStart(2, '0')}-0000-d1`,
  examId: examIdSchema.parse('exam-1'),
  encounterId,
  raterId: null,
  role: 'examiner',
  offsetMs: index * 1000,
  supersedes: [],
  payload,
})

/** As a ledger writes them, one after the other. */
function foldOf(payloads: readonly EncounterPayload[]) {
  const fold = foldEncounter(encounterId)
  for (const [index, payload] of payloads.entries()) {
    fold.add({ ...event(payload, index), supersedes: fold.currentOf(payload) })
  }
  return fold
}

/** The one row of a table after these payloads, by column. */
function rowAfter(table: ProjectionTable, ...payloads: EncounterPayload[]) {
  const [row, ...others] = foldOf(payloads).rows()[table]
  expect(others).toEqual([])
  return row && Object.fromEntries(columnsOf(table).map((column, at) => [column, row[at]]))
}

const missing = [{ item: itemId, reason: 'fell ill' }]
const confirmed: EncounterPayload = { type: 'identity.confirmed' }
const submitted: EncounterPayload = { type: 'encounter.submitted', missing: [] }
const absent: EncounterPayload = { type: 'absence.declared', reason: 'did not come' }
const back: EncounterPayload = { type: 'absence.withdrawn' }
const rated = (value: 2 | 4 | null): EncounterPayload => ({ type: 'rating.recorded', itemId, value })
const made: EncounterPayload = { type: 'mark.made', markId, kind: 'red-flag', markType: 'humiliates' }
const reviewed = (decision: 'upheld' | 'dismissed'): EncounterPayload => ({
  type: 'red-flag.reviewed',
  markId,
  review: { decision, reason: 'seen on film' },
})

it.each<[string, EncounterPayload[], Record<string, unknown>]>([
  [
    'is open once the candidate is confirmed',
    [confirmed],
    { status: 'open', identity_confirmed: 1, confirmation: 'e1' },
  ],
  ['keeps the first of two confirmations', [confirmed, confirmed], { confirmation: 'e1', standing_event: 'e2' }],
  [
    'is as before where somebody else was at the door',
    [confirmed, { type: 'identity.withdrawn' }],
    { status: 'scheduled', identity_confirmed: 0, confirmation: null, clock: null },
  ],
  ['is closed by its submission', [confirmed, submitted], { status: 'submitted', missing: '[]', standing_event: 'e2' }],
  [
    'stays closed where somebody confirms again',
    [confirmed, submitted, confirmed],
    { status: 'submitted', confirmation: 'e1' },
  ],
  ['says why nobody came', [absent], { status: 'absent', absence_reason: 'did not come', identity_confirmed: 0 }],
  ['has no reason left once the candidate is confirmed', [absent, confirmed], { status: 'open', absence_reason: null }],
  ['waits again where an absence is withdrawn', [absent, back], { status: 'scheduled', absence_reason: null }],
  [
    'stays submitted, whatever is said of the candidate afterwards',
    [confirmed, submitted, absent, back, { type: 'identity.withdrawn' }, { type: 'encounter.submitted', missing }],
    { status: 'submitted', absence_reason: null, confirmation: 'e1', missing: '[]' },
  ],
  [
    'holds the last global rating',
    [
      { type: 'global-rating.recorded', value: 'good' },
      { type: 'global-rating.recorded', value: null },
    ],
    { global_rating: null, global_rating_event: 'e2' },
  ],
  [
    'holds what the SP says',
    [{ type: 'sp-comment.recorded', text: 'kind' }, { type: 'sp-form.submitted' }],
    { sp_comment: 'kind', sp_comment_event: 'e1', sp_status: 'submitted' },
  ],
])('an encounter %s', (_, payloads, expected) => {
  expect(rowAfter('encounter_state', ...payloads)).toMatchObject(expected)
})

it('an absence that was never declared is not withdrawn', () => {
  expect(rowAfter('encounter_state', back)).toBeUndefined()
})

it('a mark that is taken back keeps its place, so that the next says what it follows', () => {
  expect(rowAfter('rating', rated(2), rated(4))).toMatchObject({
    points: 4,
    event_id: 'e2',
    at_ms: 1000,
    taken_back: 0,
  })
  expect(rowAfter('rating', rated(2), rated(null))).toMatchObject({ points: null, event_id: 'e2', taken_back: 1 })
  const fold = foldOf([rated(2), rated(null)])
  expect(fold.currentOf(rated(4))).toEqual(['e2'])
  expect(fold.currentOf(submitted)).toEqual([])
})

it('a moment is made once, and what is said of it afterwards stands with it', () => {
  const note: EncounterPayload = { type: 'mark.annotated', markId, cue: 1, quote: 'go on' }
  expect(rowAfter('mark', made, note, { ...made, kind: 'moment' })).toMatchObject({
    ...{ kind: 'red-flag', type: 'humiliates', at_ms: 0, cue: 1, quote: 'go on', undone: 0, event_id: 'e2' },
  })
  expect(rowAfter('mark', made, { type: 'mark.undone', markId })).toMatchObject({ undone: 1, event_id: 'e2' })
  expect(rowAfter('mark', made, { type: 'mark.undone', markId }, note)).toMatchObject({ undone: 0, event_id: 'e3' })
  expect(rowAfter('mark', note)).toBeUndefined()
  expect(rowAfter('mark', made, reviewed('upheld'), reviewed('dismissed'))).toMatchObject({
    review: '{"decision":"dismissed","reason":"seen on film"}',
    review_event: 'e3',
    event_id: 'e1',
  })
})

it('a correction stands as whoever said it first, and is remembered as one', () => {
  const amended: EncounterPayload = {
    ...{ type: 'mark.amended', cause: 'correction', reason: 'a slip', secondId: null },
    ...{ says: { type: 'rating.recorded', itemId, value: 4 }, saidBy: null, saidAtMs: 77 },
  }
  expect(rowAfter('rating', rated(2), amended)).toMatchObject({ points: 4, event_id: 'e2', at_ms: 77 })
  expect(rowAfter('amendment', rated(2), amended)).toEqual({ event_id: 'e2', encounter_id: encounterId })
})

it('answers, notes and incidents stand by themselves', () => {
  expect(
    rowAfter('sp_answer', { type: 'sp-answer.recorded', statement: 'helped', value: 'not-applicable' }),
  ).toMatchObject({
    ...{ statement: 'helped', points: null, event_id: 'e1', taken_back: 0 },
  })
  expect(rowAfter('note', { type: 'note.recorded', itemId: null, text: 'calm' })).toMatchObject({
    item_id: '',
    text: 'calm',
  })
  expect(rowAfter('incident', { type: 'incident.recorded', kind: 'other', text: 'fire alarm' })).toMatchObject({
    ...{ event_id: 'e1', kind: 'other', text: 'fire alarm', at_ms: 0 },
  })
})
