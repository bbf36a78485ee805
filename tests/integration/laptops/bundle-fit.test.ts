import { expect, it } from 'vitest'
import { clockPlan } from '#shared/clock/plan.ts'
import { readyClock } from '#shared/clock/state.ts'
import { encounterIdSchema } from '#shared/domain/ids.ts'
import { ledgerEventSchema, type EncounterPayload } from '#shared/domain/ledger-event.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { createFit } from '#electron/services/laptops/bundle-fit.ts'
import { openStore } from '#electron/store/store.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { headerOf } from '#tests/support/forged-bundle.ts'
import { putSmallExam, smallExam } from '#tests/support/small-exam.ts'

const { exam, rubric } = smallExam()
const [itemId] = rubricItems(rubric).map(({ id }) => id)
const points = rubric.points.length
const state = readyClock(clockPlan(exam.timing, 0))
const reading = { monoMs: 1, wallMs: 1, uptimeMs: 1, bootId: null }
const [moment, flag] = [rubric.moments[0]?.id, rubric.redFlags[0]?.id]
const mark = { markId: 'mark-1', atMs: 1, cue: null, quote: '' }

/** The encounter of the first candidate at station 1, which has one cue. */
const here = 'encounter-1-1001'

function refusal(payload: object, encounterId = here): string {
  const store = openStore({ dataDir: dataFolder() })
  try {
    putSmallExam(store)
    const stamp = { id: 'e', device: 'd', seq: 1, hlc: '1763110801000-0000-d', raterId: null, role: 'examiner' }
    const event = { ...stamp, offsetMs: null, supersedes: [], examId: exam.id, encounterId, payload }
    const { payload: said } = ledgerEventSchema.parse(event)
    createFit(store, headerOf('', []).rubrics)(encounterIdSchema.parse(encounterId), said as EncounterPayload)
    return 'fits'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  } finally {
    store.close()
  }
}

const said: [what: string, fitting: object, unfit: object][] = [
  [
    'a rating on the scale',
    { type: 'rating.recorded', itemId, value: points },
    { type: 'rating.recorded', itemId, value: points + 1 },
  ],
  [
    'a rating of a behaviour of the rubric',
    { type: 'rating.recorded', itemId, value: null },
    { type: 'rating.recorded', itemId: 'elsewhere', value: 1 },
  ],
  [
    'a note on a behaviour of the rubric',
    { type: 'note.recorded', itemId, text: '' },
    { type: 'note.recorded', itemId: 'elsewhere', text: '' },
  ],
  [
    'a judgement of the rubric',
    { type: 'global-rating.recorded', value: rubric.globalRating[0]?.id },
    { type: 'global-rating.recorded', value: 'splendid' },
  ],
  [
    'a moment of the rubric',
    { type: 'mark.made', markId: 'mark-1', kind: 'moment', markType: moment },
    { type: 'mark.made', markId: 'mark-1', kind: 'moment', markType: flag },
  ],
  [
    'a moment that was forgotten',
    { type: 'mark.added', ...mark, kind: 'red-flag', markType: flag },
    { type: 'mark.added', ...mark, kind: 'red-flag', markType: moment },
  ],
  [
    'a cue of a moment that was forgotten',
    { type: 'mark.added', ...mark, kind: 'moment', markType: moment, cue: 0 },
    { type: 'mark.added', ...mark, kind: 'moment', markType: moment, cue: 1 },
  ],
  [
    'a cue of the station',
    { type: 'mark.annotated', markId: 'mark-1', cue: 0, quote: '' },
    { type: 'mark.annotated', markId: 'mark-1', cue: 1, quote: '' },
  ],
  [
    'what was left without a mark',
    { type: 'encounter.submitted', missing: [{ item: 'global-rating', reason: 'interrupted' }] },
    { type: 'encounter.submitted', missing: [{ item: 'elsewhere', reason: 'interrupted' }] },
  ],
  [
    'whose encounter it is',
    { type: 'identity.confirmed', candidateId: 'candidate-1', stationId: 'station-1' },
    { type: 'identity.confirmed', candidateId: 'candidate-2', stationId: 'station-1' },
  ],
  [
    'where it is',
    { type: 'identity.confirmed' },
    { type: 'identity.confirmed', candidateId: 'candidate-1', stationId: 'station-2' },
  ],
  ['what a clock is', { type: 'clock.changed', state, reading }, { type: 'clock.changed', state: {}, reading }],
  [
    'what a clock was read at',
    { type: 'clock.changed', state, reading },
    { type: 'clock.changed', state, reading: { ...reading, uptimeMs: -1 } },
  ],
]

const amended = (says: object) => ({
  ...{ type: 'mark.amended', cause: 'correction', says, saidBy: null, saidAtMs: null },
  ...{ reason: 'seen on film', secondId: null },
})
const isSaying = ({ type }: { type?: string }) => type !== 'mark.made' && type !== 'clock.changed'

it.each(said)('of what laptops say, %s must fit the exam', (_, fitting, unfit) => {
  // A correction may say as much as an event, and what is added afterwards is said in one alone.
  const isAdded = (fitting as { type: string }).type === 'mark.added'
  const forms = [...(isAdded ? [] : [(says: object) => says]), ...(isSaying(fitting) ? [amended] : [])]
  for (const form of forms) {
    expect(refusal(form(fitting))).toBe('fits')
    expect(refusal(form(unfit))).toBe('bundle-unfit')
  }
})

it('at a rest station nothing is said of anybody', () => {
  const incident = { type: 'incident.recorded', kind: 'other', text: 'a fire alarm' }
  expect(refusal(incident)).toBe('fits')
  expect(refusal(incident, 'encounter-3-1001')).toBe('bundle-unfit')
})
