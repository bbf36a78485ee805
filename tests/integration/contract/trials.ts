import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input } from '#shared/contract/contract.ts'
import { examFileSchema } from '#shared/domain/exam-file.ts'
import { DATABASE_FILE } from '#electron/store/store.ts'
import Database from 'better-sqlite3-multiple-ciphers'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataOf, encounterAt, itemAt, newEvent, newMark, type ExamDay } from '#tests/support/exam-day.ts'
import { PIN, sitAs } from '#tests/support/sign-in.ts'
import { directorsLaptop, exam, laptop } from '#tests/support/laptops.ts'
import { fromRoot } from '#tests/support/services.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

/** One channel tried: who calls it, with what, after what has happened; and an input that must be refused. */
export type Trial<C extends ChannelName> = {
  by: 'director' | 'examiner' | 'sp' | 'nobody'
  good: (day: ExamDay) => Input<C> | Promise<Input<C>>
  bad: unknown
}

/** A new channel without a trial does not compile. */
type Trials = { [C in ChannelName]: Trial<C> }

export const examId = ({ small }: ExamDay) => ({ examId: small.exam.id })
const byEncounter = ({ small }: ExamDay) => ({ encounterId: encounterAt(small, 1, 1) })
export const write = (day: ExamDay) => ({ ...byEncounter(day), eventId: newEvent() })

async function opened(day: ExamDay) {
  const event = write(day)
  dataOf(await day.examiner('encounter.confirmIdentity', event))
  return { ...event, eventId: newEvent() }
}

async function marked(day: ExamDay, kind: 'moment' | 'red-flag' = 'moment') {
  const event = await opened(day)
  const markId = newMark()
  const { moments, redFlags } = day.small.rubric
  const type = (kind === 'moment' ? moments : redFlags)[0]?.id ?? ''
  dataOf(await day.examiner('mark.make', { ...event, markId, kind, type }))
  return { ...event, eventId: newEvent(), markId }
}

async function submitted(day: ExamDay) {
  const event = await opened(day)
  const missing = day.small.rubric.domains.flatMap(({ items }) =>
    items.map(({ id }) => ({ item: id, reason: 'not seen' })),
  )
  const all = [...missing, { item: 'global-rating' as const, reason: 'not seen' }]
  dataOf(await day.examiner('encounter.submit', { ...event, missing: all }))
  return byEncounter(day)
}

const upload = (value: unknown) => ({
  name: 'file.json',
  base64: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64'),
})

const sampleFile = () =>
  examFileSchema.parse(JSON.parse(readFileSync(fromRoot('resources/sample-exam/exam.json'), 'utf8')))

const newRubric = async (day: ExamDay) => {
  const { id, version } = day.small.rubric
  return dataOf(await day.director('rubric.duplicate', { ref: { id, version }, title: 'Our own' }))
}

/** As in a new installation: no director is there yet. */
function emptyOfDirectors({ dataDir }: ExamDay): void {
  const db = new Database(join(dataDir, DATABASE_FILE))
  db.exec('DELETE FROM director')
  db.close()
}

const everything = (day: ExamDay) => ({
  ...examId(day),
  ...{ personId: null, candidateId: null, stationId: null, kind: null, device: null, from: null, to: null, text: '' },
})

const closed = async (day: ExamDay) => {
  dataOf(await day.director('exam.setStatus', { ...examId(day), status: 'closed' }))
  return examId(day)
}

const candidate = { number: '2001', name: 'Somebody New', group: '', extraTimePercent: 0 }

/** The newest backup, made just now. */
async function backedUp(day: ExamDay) {
  dataOf(await day.director('backup.create', {}))
  const [newest] = dataOf(await day.director('backup.list', {}))
  if (!newest) throw new Error('no backup is listed')
  return { place: newest.place, name: newest.name }
}

/** A bundle of a station of the day's exam, whose code was compared. */
async function handedOver(day: ExamDay) {
  const { file, code } = dataOf(await day.director('package.export', examId(day)))
  const sealed = readFileSync(day.services.findFile(file.id)?.path ?? '').toString('base64')
  const station = await laptop()
  await station.director('package.import', { upload: { name: file.name, base64: sealed }, code })
  const bundle = await station.director('bundle.export', { ...examId(day), since: 'start' })
  const own = await station.director('laptop.own', {})
  return { upload: station.upload(bundle.file), trust: { code: own.code, name: 'Station 1' } }
}

/** A bundle that the examiner of the day just made. */
async function made(day: ExamDay) {
  const { file } = dataOf(await day.examiner('bundle.export', { ...examId(day), since: 'start' }))
  return { fileId: file.id }
}

/** A bundle of a station that lies in the watched folder. */
async function arrived(day: ExamDay) {
  const { upload, trust } = await handedOver(day)
  const folder = tempDir()
  writeFileSync(join(folder, upload.name), Buffer.from(upload.base64, 'base64'))
  dataOf(await day.director('bundle.watch', { path: folder }))
  return { name: upload.name, trust }
}

/** Two laptops that judged the same encounter differently. */
async function contradicted(day: ExamDay) {
  const { file, code } = dataOf(await day.director('package.export', examId(day)))
  const sealed = readFileSync(day.services.findFile(file.id)?.path ?? '').toString('base64')
  const station = await laptop()
  await station.director('package.import', { upload: { name: file.name, base64: sealed }, code })
  dataOf(await day.examiner('globalRating.record', { ...(await opened(day)), value: 'good' }))
  const there = station.as(day.small.examiner)
  await there('encounter.confirmIdentity', write(day))
  await there('globalRating.record', { ...write(day), value: 'pass' })
  const bundle = await station.director('bundle.export', { ...examId(day), since: 'start' })
  const own = await station.director('laptop.own', {})
  const trust = { code: own.code, name: 'Station 1' }
  dataOf(await day.director('bundle.import', { upload: station.upload(bundle.file), trust }))
  const { conflicts } = dataOf(await day.director('results.encounter', byEncounter(day)))
  const [first, second] = (conflicts[0]?.heads ?? []).map(({ eventId }) => eventId)
  if (!first || !second) throw new Error('nothing is contradictory')
  return { ...write(day), heads: [first, second], chosen: first, reason: 'the other was for practice' }
}

const PASSPHRASE = 'an owl reads at night'

/** Encrypts the day's folder; the director sits down anew. */
async function encrypted(day: ExamDay): Promise<void> {
  dataOf(await day.director('data.prepare', { passphrase: PASSPHRASE }))
  dataOf(await day.director('data.encrypt', {}))
  await sitAs(day.director, day.small.director)
}

export const trials: Trials = {
  'app.info': { by: 'nobody', good: () => ({}), bad: { more: 1 } },
  'settings.get': { by: 'nobody', good: () => ({}), bad: [] },
  'settings.set': { by: 'director', good: () => ({ soundVolume: 0.5 }), bad: { soundVolume: 7 } },
  'session.get': { by: 'nobody', good: () => ({}), bad: 'me' },
  'session.signIn': {
    by: 'nobody',
    good: ({ small }) => ({ personId: small.director.id, pin: PIN }),
    bad: { role: 'director' },
  },
  'session.leave': { by: 'sp', good: () => ({}), bad: null },
  'session.touched': { by: 'examiner', good: () => ({}), bad: { at: 0 } },
  'session.lock': { by: 'examiner', good: () => ({}), bad: { after: 1 } },

  'account.list': { by: 'nobody', good: () => ({}), bad: { pins: true } },
  'account.begin': {
    by: 'nobody',
    good: (day) => {
      emptyOfDirectors(day)
      return { name: 'First Director', pin: '135790' }
    },
    bad: { name: 'First Director', pin: '12345' },
  },
  'account.recover': {
    by: 'nobody',
    good: async (day) => {
      const { recoveryKey } = dataOf(await day.director('account.newKey', { pin: PIN }))
      return { directorId: day.small.director.id, recoveryKey, pin: '135790' }
    },
    bad: { directorId: 'director-1', recoveryKey: 'ABCDE', pin: 'secret' },
  },
  'account.newKey': { by: 'director', good: () => ({ pin: PIN }), bad: {} },
  'account.changePin': {
    by: 'director',
    good: () => ({ pin: PIN, newPin: '135790' }),
    bad: { pin: PIN, newPin: '13579x' },
  },
  'account.addDirector': {
    by: 'director',
    good: () => ({ name: 'Second Director', pin: '135790' }),
    bad: { name: '', pin: '135790' },
  },
  'account.renameDirector': {
    by: 'director',
    good: ({ small }) => ({ directorId: small.director.id, name: 'Renamed' }),
    bad: { directorId: 'director-1', name: ' ' },
  },
  'account.removeDirector': {
    by: 'director',
    good: async (day) => {
      dataOf(await day.director('account.addDirector', { name: 'Second Director', pin: '135790' }))
      const { directors } = dataOf(await day.director('account.list', {}))
      const second = directors.find(({ name }) => name === 'Second Director')
      return { directorId: second?.id ?? day.small.director.id }
    },
    bad: {},
  },
  'account.givePins': {
    by: 'director',
    good: (day) => ({ ...examId(day), personIds: [day.small.sp.id] }),
    bad: { examId: 'exam-1', personIds: [] },
  },
  'account.printPins': {
    by: 'director',
    good: (day) => ({ ...examId(day), slips: [{ personId: day.small.sp.id, pin: '135790' }] }),
    bad: { examId: 'exam-1', slips: [{ personId: 'sp-1', pin: 'none' }] },
  },

  'handover.begin': {
    by: 'examiner',
    good: async (day) => {
      await opened(day)
      return { ...byEncounter(day), returnCode: '1234', spId: day.small.sp.id }
    },
    bad: { encounterId: 'e', returnCode: '12', spId: null },
  },
  'handover.end': {
    by: 'examiner',
    good: async (day) => {
      await opened(day)
      dataOf(await day.examiner('handover.begin', { ...byEncounter(day), returnCode: '1234', spId: day.small.sp.id }))
      return { returnCode: '1234' }
    },
    bad: { returnCode: 'open sesame' },
  },

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
    good: async (day) => {
      dataOf(await day.director('exam.setStatus', { ...examId(day), status: 'closed' }))
      return { ...examId(day), away: true }
    },
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
  'redFlag.review': {
    by: 'director',
    good: async (day) => ({
      ...(await marked(day, 'red-flag')),
      review: { decision: 'dismissed', reason: 'a joke of the patient', reviewer: 'Second Reader' },
    }),
    bad: { encounterId: 'e', eventId: 'f', markId: 'm', review: { decision: 'upheld', reason: '' } },
  },
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

  'results.cohort': { by: 'director', good: examId, bad: { examId: '' } },
  'results.candidate': {
    by: 'director',
    good: ({ small }) => ({ examId: small.exam.id, candidateId: small.candidates[0].id }),
    bad: { examId: 'exam-1' },
  },
  'results.encounter': { by: 'director', good: byEncounter, bad: {} },
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
  'export.ratings': { by: 'director', good: examId, bad: {} },
  'export.results': { by: 'director', good: examId, bad: { examId: 'exam-1', path: '/' } },
  'privacy.eraseCandidate': {
    by: 'director',
    good: async (day) => {
      dataOf(await day.director('exam.setStatus', { ...examId(day), status: 'closed' }))
      return { candidateId: day.small.candidates[0].id }
    },
    bad: { candidateId: '' },
  },
  'privacy.eraseExam': {
    by: 'director',
    good: async (day) => {
      dataOf(await day.director('exam.setStatus', { ...examId(day), status: 'closed' }))
      return examId(day)
    },
    bad: { examId: 1 },
  },
  'privacy.setRetention': {
    by: 'director',
    good: (day) => ({ ...examId(day), eraseNamesOn: '2027-11-14' }),
    bad: { examId: 'exam-1', eraseNamesOn: 'soon' },
  },
  'privacy.disk': { by: 'director', good: () => ({}), bad: { folder: '/' } },
  'privacy.retention': { by: 'director', good: () => ({}), bad: { examId: 'exam-1' } },
  'report.session': { by: 'examiner', good: examId, bad: { examId: 'exam-1', candidateId: 'candidate-1' } },
  'audit.list': {
    by: 'director',
    good: async (day) => {
      await submitted(day)
      return { filter: everything(day), before: null }
    },
    bad: { filter: { examId: 'exam-1' }, before: null },
  },
  'audit.choices': { by: 'director', good: examId, bad: {} },
  'audit.export': { by: 'director', good: (day) => ({ filter: everything(day) }), bad: { filter: null } },
  'ledger.verify': { by: 'director', good: () => ({ code: 'ABCD-EFGH' }), bad: { code: 'A'.repeat(21) } },
  'ledger.proof': { by: 'director', good: examId, bad: {} },
  'ledger.state': { by: 'director', good: closed, bad: { examId: 7 } },
  'ledger.statement': { by: 'director', good: closed, bad: { examId: null } },
  'job.list': { by: 'director', good: () => ({}), bad: { status: 'done' } },
  'job.cancel': {
    by: 'director',
    good: async (day) => ({ jobId: dataOf(await day.director('report.cohort', examId(day))).id }),
    bad: {},
  },

  'backup.status': { by: 'nobody', good: () => ({}), bad: { since: 1 } },
  'backup.overview': { by: 'director', good: () => ({}), bad: [] },
  'package.export': { by: 'director', good: examId, bad: {} },
  'package.import': {
    by: 'nobody',
    good: async () => {
      const elsewhere = await directorsLaptop()
      const { file, code } = await elsewhere.director('package.export', { examId: exam.id })
      return { upload: elsewhere.upload(file), code }
    },
    bad: { upload: upload(''), code: 7 },
  },
  'bundle.export': {
    by: 'examiner',
    good: (day) => ({ ...examId(day), since: 'start' as const }),
    bad: { examId: 'exam-1', since: 'yesterday' },
  },
  'bundle.saved': { by: 'examiner', good: made, bad: { fileId: 7 } },
  'bundle.put': {
    by: 'examiner',
    good: async (day) => ({ ...(await made(day)), folder: tempDir() }),
    bad: { folder: '' },
  },
  'bundle.fetch': { by: 'director', good: arrived, bad: { name: '', trust: null } },
  'bundle.watch': { by: 'director', good: () => ({ path: tempDir() }), bad: { path: '' } },
  'bundle.import': { by: 'director', good: handedOver, bad: { upload: upload(''), trust: 'everybody' } },
  'laptop.list': { by: 'director', good: examId, bad: {} },
  'laptop.own': { by: 'nobody', good: () => ({}), bad: { code: 'ABCD' } },
  'backup.list': { by: 'director', good: () => ({}), bad: { place: 'anywhere' } },
  'backup.create': { by: 'director', good: () => ({}), bad: { why: 'app-closed' } },
  'backup.restore': {
    by: 'director',
    good: backedUp,
    bad: { place: 'data-folder', name: '' },
  },
  'backup.undoRestore': {
    by: 'director',
    good: async (day) => {
      dataOf(await day.director('backup.restore', await backedUp(day)))
      // Everybody sits down anew at the data that was restored.
      await sitAs(day.director, day.small.director)
      return {}
    },
    bad: { to: 'yesterday' },
  },
  'backup.setSecondFolder': {
    by: 'director',
    good: () => ({ path: tempDir() }),
    bad: { path: '' },
  },
  'data.state': { by: 'nobody', good: () => ({}), bad: { more: true } },
  'data.unlock': {
    by: 'nobody',
    good: () => ({ passphrase: PASSPHRASE }),
    bad: { recoveryKey: 'ABCDE' },
  },
  'data.prepare': { by: 'director', good: () => ({ passphrase: PASSPHRASE }), bad: { passphrase: 'too short' } },
  'data.encrypt': {
    by: 'director',
    good: async (day) => {
      dataOf(await day.director('data.prepare', { passphrase: PASSPHRASE }))
      return {}
    },
    bad: { passphrase: PASSPHRASE },
  },
  'data.decrypt': {
    by: 'director',
    good: async (day) => {
      await encrypted(day)
      return { passphrase: PASSPHRASE }
    },
    bad: {},
  },
  'data.changePassphrase': {
    by: 'director',
    good: async (day) => {
      await encrypted(day)
      return { passphrase: PASSPHRASE, newPassphrase: `${PASSPHRASE} indeed` }
    },
    bad: { passphrase: PASSPHRASE, newPassphrase: 'short' },
  },
  'data.leftInPlain': { by: 'director', good: () => ({}), bad: [] },
  'data.removePlain': {
    by: 'director',
    good: async (day) => {
      await encrypted(day)
      return {}
    },
    bad: { paths: ['/etc/passwd'] },
  },
}
