import { dataOf, newEvent, type ExamDay } from '#tests/support/exam-day.ts'
import { PIN } from '#tests/support/sign-in.ts'
import { bundleOf, byEncounter, examId, marked, opened, stationsLaptop, submitted, write } from './so-far.ts'
import type { resultChannels } from '#shared/contract/parts/results.ts'
import type { TrialsOf } from './trial.ts'

/** Two laptops that judged the same encounter differently. */
async function contradicted(day: ExamDay) {
  const station = await stationsLaptop(day)
  dataOf(await day.examiner('globalRating.record', { ...(await opened(day)), value: 'good' }))
  const there = station.as(day.small.examiner)
  await there('encounter.confirmIdentity', write(day))
  await there('globalRating.record', { ...write(day), value: 'pass' })
  dataOf(await day.director('bundle.import', await bundleOf(station, day)))
  const { conflicts } = dataOf(await day.director('results.encounter', byEncounter(day)))
  const [first, second] = (conflicts[0]?.heads ?? []).map(({ eventId }) => eventId)
  if (!first || !second) throw new Error('nothing is contradictory')
  return { ...write(day), heads: [first, second], chosen: first, reason: 'the other was for practice' }
}

export const resultTrials: TrialsOf<typeof resultChannels> = {
  'results.cohort': { by: 'director', good: examId, bad: { examId: '' } },
  'results.candidate': {
    by: 'director',
    good: ({ small }) => ({ examId: small.exam.id, candidateId: small.candidates[0].id }),
    bad: { examId: 'exam-1' },
  },
  'results.encounter': { by: 'director', good: byEncounter, bad: {} },
  'redFlag.review': {
    by: 'director',
    good: async (day) => ({
      ...(await marked(day, 'red-flag')),
      ...{ decision: 'dismissed', reason: 'a joke of the patient', reviewerId: day.small.director.id, pin: PIN },
    }),
    bad: { encounterId: 'e', eventId: 'f', markId: 'm', decision: 'upheld', reason: '', pin: '' },
  },
  'mark.correct': {
    by: 'director',
    good: async (day) => ({
      ...(await submitted(day)),
      eventId: newEvent(),
      says: { type: 'global-rating.recorded', value: 'good' },
      reason: 'given on paper',
      secondId: day.small.examiner.id,
      pin: PIN,
    }),
    bad: { encounterId: 'e', eventId: 'f', says: { type: 'encounter.submitted', missing: [] }, reason: '', pin: '' },
  },
  'conflict.resolve': {
    by: 'director',
    good: contradicted,
    bad: { encounterId: 'e', eventId: 'f', heads: ['g'], chosen: 'g', reason: '' },
  },
  'report.candidate': {
    by: 'director',
    good: ({ small }) => ({ examId: small.exam.id, candidateId: small.candidates[0].id }),
    bad: { examId: 'exam-1', candidateId: '' },
  },
  'report.feedbackBatch': { by: 'director', good: examId, bad: { examId: 'exam-1', paper: 'A5' } },
  'report.cohort': { by: 'director', good: examId, bad: {} },
  'report.examiners': { by: 'director', good: examId, bad: {} },
  'export.chart': {
    by: 'director',
    good: () => ({ name: 'stringency', kind: 'svg', base64: 'PHN2Zz48L3N2Zz4=', namesOf: null }),
    bad: { name: 'stringency', kind: 'html', base64: '' },
  },
  'export.tableCopied': { by: 'director', good: examId, bad: { examId: 'exam-1', names: true } },
  'export.marksTemplate': { by: 'director', good: () => ({ layout: 'wide' }), bad: { layout: 'square' } },
  'export.ratings': { by: 'director', good: examId, bad: {} },
  'export.results': { by: 'director', good: examId, bad: { examId: 'exam-1', path: '/' } },
  'report.session': { by: 'examiner', good: examId, bad: { examId: 'exam-1', candidateId: 'candidate-1' } },
  'job.list': { by: 'director', good: () => ({}), bad: { status: 'done' } },
  'job.cancel': {
    by: 'director',
    good: async (day) => ({ jobId: dataOf(await day.director('report.cohort', examId(day))).id }),
    bad: {},
  },
}
