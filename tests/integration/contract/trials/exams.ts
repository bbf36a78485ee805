import { examFileSchema } from '#shared/domain/exam-file.ts'
import { readFileSync } from 'node:fs'
import { dataOf, type ExamDay } from '#tests/support/exam-day.ts'
import { fromRoot } from '#tests/support/services.ts'
import { closed, examId, upload } from './so-far.ts'
import type { examChannels } from '#shared/contract/parts/exams.ts'
import type { TrialsOf } from './trial.ts'

const sampleFile = () =>
  examFileSchema.parse(JSON.parse(readFileSync(fromRoot('resources/sample-exam/exam.json'), 'utf8')))

const newRubric = async (day: ExamDay) => {
  const { id, version } = day.small.rubric
  return dataOf(await day.director('rubric.duplicate', { ref: { id, version }, title: 'Our own' }))
}

const candidate = { number: '2001', name: 'Somebody New', group: '', extraTimePercent: 0 }

export const examTrials: TrialsOf<typeof examChannels> = {
  'exam.list': { by: 'nobody', good: () => ({}), bad: { all: true } },
  'exam.roster': { by: 'nobody', good: examId, bad: {} },
  'exam.get': { by: 'director', good: examId, bad: { examId: '../etc' } },
  'exam.create': { by: 'director', good: () => ({ title: 'New exam' }), bad: { title: '' } },
  'exam.update': {
    by: 'director',
    good: (day) => ({ ...examId(day), fields: { title: 'Renamed' } }),
    bad: { examId: 'exam-1', fields: { passRule: { passMark: 101, minStationsPassed: 0 } } },
  },
  'exam.remove': { by: 'director', good: examId, bad: { examId: 7 } },
  'exam.setStatus': {
    by: 'director',
    good: (day) => ({ ...examId(day), status: 'closed' }),
    bad: { examId: 'exam-1', status: 'over' },
  },
  'exam.putAway': {
    by: 'director',
    good: async (day) => ({ ...(await closed(day)), away: true }),
    bad: { examId: 'exam-1', away: 'yes' },
  },
  'exam.readiness': { by: 'director', good: examId, bad: { examId: '' } },
  'exam.importFile': {
    by: 'director',
    good: () => ({ upload: upload(sampleFile()) }),
    bad: { upload: { name: 'x', base64: '%%%' } },
  },
  'exam.exportFile': { by: 'director', good: examId, bad: { examId: null } },
  'exam.loadSample': { by: 'nobody', good: () => ({}), bad: { again: true } },
  'station.add': {
    by: 'director',
    good: (day) => ({ ...examId(day), fields: { title: 'One more' } }),
    bad: { examId: 'exam-1', fields: { circuit: 0 } },
  },
  'station.update': {
    by: 'director',
    good: ({ small }) => ({ stationId: small.stations[0].id, fields: { title: 'Other title' } }),
    bad: { stationId: 'station-1', fields: { kind: 'coffee' } },
  },
  'station.move': {
    by: 'director',
    good: ({ small }) => ({ stationId: small.stations[0].id, toNumber: 2 }),
    bad: { stationId: 'station-1', toNumber: 0 },
  },
  'station.remove': {
    by: 'director',
    good: async (day) => ({ stationId: dataOf(await day.director('station.add', { ...examId(day), fields: {} })).id }),
    bad: { stationId: {} },
  },
  'candidate.add': {
    by: 'director',
    good: (day) => ({ ...examId(day), fields: candidate }),
    bad: { examId: 'exam-1', fields: { ...candidate, number: '' } },
  },
  'candidate.update': {
    by: 'director',
    good: ({ small }) => ({ candidateId: small.candidates[0].id, fields: { extraTimePercent: 25 } }),
    bad: { candidateId: 'candidate-1', fields: { extraTimePercent: -5 } },
  },
  'candidate.remove': {
    by: 'director',
    good: async (day) => ({
      candidateId: dataOf(await day.director('candidate.add', { ...examId(day), fields: candidate })).id,
    }),
    bad: { candidateId: ['candidate-1'] },
  },
  'person.add': {
    by: 'director',
    good: (day) => ({ ...examId(day), fields: { role: 'sp', name: 'New SP', stationIds: [] } }),
    bad: { examId: 'exam-1', fields: { role: 'director', name: 'X', stationIds: [] } },
  },
  'person.update': {
    by: 'director',
    good: ({ small }) => ({ personId: small.sp.id, fields: { name: 'Renamed' } }),
    bad: { personId: 'sp-1', fields: { name: '' } },
  },
  'person.remove': { by: 'director', good: ({ small }) => ({ personId: small.sp.id }), bad: { person: 'sp-1' } },
  'import.preview': {
    by: 'director',
    good: (day) => ({
      ...examId(day),
      kind: 'candidates',
      source: { kind: 'text', text: 'number,name\n3001,Somebody' },
    }),
    bad: { examId: 'exam-1', kind: 'candidates', source: { kind: 'url', url: 'file:///etc/passwd' } },
  },
  'import.apply': {
    by: 'director',
    good: async (day) => {
      const source = { kind: 'text' as const, text: 'number,name\n3001,Somebody' }
      const preview = dataOf(await day.director('import.preview', { ...examId(day), kind: 'candidates', source }))
      return { ...examId(day), previewId: preview.previewId }
    },
    bad: { examId: 'exam-1' },
  },
  'rotation.generate': { by: 'director', good: examId, bad: { examId: 'exam-1', seed: 1 } },
  'rotation.get': { by: 'director', good: examId, bad: {} },
  'rubric.list': { by: 'director', good: () => ({}), bad: 1 },
  'rubric.get': {
    by: 'director',
    good: ({ small }) => ({ id: small.rubric.id, version: 1 }),
    bad: { id: 'empathy', version: 0 },
  },
  'rubric.duplicate': {
    by: 'director',
    good: ({ small }) => ({ ref: { id: small.rubric.id, version: 1 }, title: 'Copy' }),
    bad: { ref: { id: 'empathy', version: 1 }, title: '   ' },
  },
  'rubric.save': {
    by: 'director',
    good: async (day) => ({ rubric: { ...(await newRubric(day)), title: 'Ours' } }),
    bad: { rubric: { title: 'No rubric' } },
  },
  'rubric.remove': {
    by: 'director',
    good: async (day) => {
      const { id, version } = await newRubric(day)
      return { id, version }
    },
    bad: { id: 'empathy' },
  },
}
