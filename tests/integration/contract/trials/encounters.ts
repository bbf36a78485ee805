import { dataOf, itemAt, newMark } from '#tests/support/exam-day.ts'
import { examId, byEncounter, write, marked, opened, submitted } from './so-far.ts'
import type { encounterChannels } from '#shared/contract/parts/encounters.ts'
import type { TrialsOf } from './trial.ts'

export const encounterTrials: TrialsOf<typeof encounterChannels> = {
  'encounter.schedule': { by: 'examiner', good: examId, bad: {} },
  'encounter.open': { by: 'examiner', good: byEncounter, bad: { encounterId: 'a b' } },
  'encounter.confirmIdentity': { by: 'examiner', good: write, bad: { encounterId: 'e' } },
  'encounter.withdrawIdentity': {
    by: 'examiner',
    good: opened,
    bad: { encounterId: 'e', eventId: '' },
  },
  'encounter.declareAbsent': {
    by: 'examiner',
    good: (day) => ({ ...write(day), reason: 'did not come' }),
    bad: { encounterId: 'e', eventId: 'f', reason: '' },
  },
  'encounter.withdrawAbsence': {
    by: 'examiner',
    good: async (day) => {
      dataOf(await day.examiner('encounter.declareAbsent', { ...write(day), reason: 'did not come' }))
      return write(day)
    },
    bad: { encounterId: 'e', eventId: '' },
  },
  'encounter.submit': {
    by: 'examiner',
    good: async (day) => {
      const event = await opened(day)
      const missing = day.small.rubric.domains.flatMap(({ items }) =>
        items.map(({ id }) => ({ item: id, reason: 'not seen' })),
      )
      return { ...event, missing: [...missing, { item: 'global-rating', reason: 'not seen' }] }
    },
    bad: { encounterId: 'e', eventId: 'f', missing: [{ item: 'x', reason: '' }] },
  },
  'encounter.scores': { by: 'examiner', good: submitted, bad: {} },
  'clock.get': { by: 'examiner', good: byEncounter, bad: { encounterId: 'e', now: 0 } },
  'clock.ofCandidate': {
    by: 'director',
    good: ({ small }) => ({ candidateId: small.candidates[0].id }),
    bad: { candidateId: 1 },
  },
  'clock.command': {
    by: 'examiner',
    good: async (day) => {
      await opened(day)
      return { ...write(day), command: { kind: 'start' } }
    },
    bad: { encounterId: 'e', eventId: 'f', command: { kind: 'rewind' } },
  },
  'clock.leaveLost': { by: 'examiner', good: byEncounter, bad: {} },
  'rating.record': {
    by: 'examiner',
    good: async (day) => ({ ...(await opened(day)), itemId: itemAt(day.small.rubric, 0), value: 'no-opportunity' }),
    bad: { encounterId: 'e', eventId: 'f', itemId: 'g', value: 2.5 },
  },
  'globalRating.record': {
    by: 'examiner',
    good: async (day) => ({ ...(await opened(day)), value: 'good' }),
    bad: { encounterId: 'e', eventId: 'f', value: 4 },
  },
  'note.record': {
    by: 'examiner',
    good: async (day) => ({ ...(await opened(day)), itemId: null, text: 'waited' }),
    bad: { encounterId: 'e', eventId: 'f', itemId: null, text: 'x'.repeat(2001) },
  },
  'mark.make': {
    by: 'examiner',
    good: async (day) => ({
      ...(await opened(day)),
      markId: newMark(),
      kind: 'look-alike',
      type: day.small.rubric.lookAlikes[0]?.id ?? '',
    }),
    bad: { encounterId: 'e', eventId: 'f', markId: 'm', kind: 'wink', type: 'w' },
  },
  'mark.annotate': {
    by: 'examiner',
    good: async (day) => ({ ...(await marked(day)), cue: 0, quote: '“Go on.”' }),
    bad: { encounterId: 'e', eventId: 'f', markId: 'm', cue: -1, quote: '' },
  },
  'mark.undo': { by: 'examiner', good: (day) => marked(day), bad: { encounterId: 'e', eventId: 'f' } },
  'incident.record': {
    by: 'examiner',
    good: (day) => ({ ...write(day), kind: 'sp-unwell', text: 'A break of five minutes.' }),
    bad: { encounterId: 'e', eventId: 'f', kind: 'weather', text: 'rain' },
  },
  'sp.schedule': { by: 'sp', good: () => ({}), bad: { examId: 'exam-1' } },
  'sp.parts': { by: 'sp', good: () => ({}), bad: { stationId: 'station-1' } },
  'sp.open': { by: 'sp', good: byEncounter, bad: {} },
  'sp.answer': {
    by: 'sp',
    good: async (day) => ({ ...(await opened(day)), statement: 'listened', value: 5 }),
    bad: { encounterId: 'e', eventId: 'f', statement: 'liked', value: 5 },
  },
  'sp.comment': {
    by: 'sp',
    good: async (day) => ({ ...(await opened(day)), text: 'I felt heard.' }),
    bad: { encounterId: 'e', eventId: 'f', text: 5 },
  },
  'sp.submit': {
    by: 'sp',
    good: async (day) => {
      await opened(day)
      for (const statement of ['listened', 'view-understood', 'feelings-recognised', 'helped'] as const) {
        dataOf(await day.sp('sp.answer', { ...write(day), statement, value: 4 }))
      }
      return write(day)
    },
    bad: { encounterId: 'e' },
  },
}
