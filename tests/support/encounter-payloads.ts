import fc from 'fast-check'
import { readyClock } from '#shared/clock/state.ts'
import { incidentKindSchema, type MarkKind } from '#shared/domain/encounter.ts'
import { eventIdSchema, itemIdSchema, momentIdSchema, personIdSchema } from '#shared/domain/ids.ts'
import type { EncounterPayload, Saying } from '#shared/domain/ledger-event.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { spStatements } from '#shared/domain/sp-form.ts'
import { empathyRubric } from './small-exam.ts'

const raterId = personIdSchema.parse('examiner-1')
const rubric = empathyRubric()
const item = itemIdSchema.parse(rubricItems(rubric)[0]?.id)
const redFlag = rubric.redFlags[0]?.id ?? ''
/** All that one touch can mark. */
const entries = [
  ...rubric.moments.map(({ id }) => ({ kind: 'moment' as const, markType: id })),
  ...rubric.lookAlikes.map(({ id }) => ({ kind: 'look-alike' as const, markType: id })),
  ...rubric.redFlags.map(({ id }) => ({ kind: 'red-flag' as const, markType: id })),
] satisfies { kind: MarkKind; markType: string }[]
/** As a clock of one phase begins. */
const ready = readyClock({ phases: [{ phase: 'encounter', durationMs: 480_000 }], warnings: [] })

const markId = fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5').map((id) => momentIdSchema.parse(id))
const type = <T extends EncounterPayload['type']>(name: T) => fc.constant(name)
const always = <P extends EncounterPayload>(payload: P): fc.Arbitrary<P> => fc.constant(payload)

/** Does not compile while a kind of event is missing. */
const payloads: { [T in EncounterPayload['type']]: fc.Arbitrary<Extract<EncounterPayload, { type: T }>> } = {
  'identity.confirmed': always({ type: 'identity.confirmed' }),
  'identity.withdrawn': always({ type: 'identity.withdrawn' }),
  'clock.changed': fc.record({
    type: type('clock.changed'),
    state: fc.nat({ max: 1_000_000 }).map((startedAt) => ({ ...ready, status: 'running' as const, startedAt })),
    reading: fc.record({ monoMs: fc.nat(), wallMs: fc.nat(), uptimeMs: fc.nat(), bootId: fc.constant(null) }),
  }),
  'rating.recorded': fc.record({
    type: type('rating.recorded'),
    itemId: fc.constantFrom(...rubricItems(rubric).map(({ id }) => id)),
    value: fc.constantFrom(1, 2, 3, 4, 5, 'no-opportunity' as const, null),
  }),
  'note.recorded': fc.record({
    type: type('note.recorded'),
    itemId: fc.constantFrom(item, null),
    text: fc.string({ maxLength: 40 }),
  }),
  'mark.made': fc
    .record({ markId, entry: fc.constantFrom(...entries) })
    .map(({ entry, ...mark }) => ({ type: 'mark.made' as const, ...mark, ...entry })),
  'mark.annotated': fc.record({
    type: type('mark.annotated'),
    markId,
    cue: fc.constantFrom(0, null),
    quote: fc.string({ maxLength: 20 }),
  }),
  'mark.undone': fc.record({ type: type('mark.undone'), markId }),
  'red-flag.reviewed': fc.record({
    type: type('red-flag.reviewed'),
    markId,
    review: fc.constantFrom(
      { decision: 'upheld' as const, reason: 'seen on film', reviewerId: eventIdSchema.parse('event-1') },
      { decision: 'dismissed' as const, reason: 'a joke', reviewer: 'Second Reader' },
      { decision: 'upheld' as const, reason: 'from before names were asked for' },
    ),
  }),
  'global-rating.recorded': fc.record({
    type: type('global-rating.recorded'),
    value: fc.constantFrom('pass', 'good', null),
  }),
  'incident.recorded': fc.record({
    type: type('incident.recorded'),
    kind: fc.constantFrom(...incidentKindSchema.options),
    text: fc.constant('fire alarm'),
  }),
  'encounter.submitted': fc.record({
    type: type('encounter.submitted'),
    missing: fc.constantFrom([], [{ item: 'global-rating' as const, reason: 'fell ill' }]),
  }),
  'absence.declared': fc.record({ type: type('absence.declared'), reason: fc.constantFrom('did not come', 'unwell') }),
  'absence.withdrawn': always({ type: 'absence.withdrawn' }),
  'sp-answer.recorded': fc.record({
    type: type('sp-answer.recorded'),
    statement: fc.constantFrom(...spStatements),
    value: fc.constantFrom(1, 5, 'not-applicable' as const, null),
  }),
  'sp-comment.recorded': fc.record({ type: type('sp-comment.recorded'), text: fc.string({ maxLength: 30 }) }),
  'sp-form.submitted': always({ type: 'sp-form.submitted' }),
  'mark.amended': fc.record({
    type: type('mark.amended'),
    cause: fc.constantFrom('correction' as const, 'conflict' as const),
    says: fc.constantFrom<Saying>(
      { type: 'rating.recorded', itemId: item, value: 5 },
      { type: 'global-rating.recorded', value: 'good' },
      { type: 'absence.declared', reason: 'did not come' },
      { type: 'encounter.submitted', missing: [] },
      { type: 'mark.undone', markId: momentIdSchema.parse('m1') },
      { type: 'mark.annotated', markId: momentIdSchema.parse('m2'), cue: null, quote: 'stop' },
      {
        ...{ type: 'mark.added', markId: momentIdSchema.parse('m3'), kind: 'red-flag', markType: redFlag },
        ...{ atMs: 60_000, cue: null, quote: 'stop' },
      },
      { type: 'sp-answer.recorded', statement: 'helped', value: 2 },
    ),
    saidBy: fc.constantFrom(raterId, null),
    saidAtMs: fc.option(fc.nat()),
    reason: fc.constant('a slip of the hand'),
    secondId: fc.constant(null),
  }),
}

/** Anything that can happen in an encounter of the small exam. */
export const anyEncounterPayload: fc.Arbitrary<EncounterPayload> = fc.oneof(...Object.values(payloads))
