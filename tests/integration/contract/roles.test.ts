import { expect, test } from 'vitest'
import { channels, type ChannelName } from '#shared/contract/channels.ts'
import { codeOf, dataOf, encounterAt, examDay, newEvent, type ExamDay, type Window } from '#tests/support/exam-day.ts'
import type { ExamId, StationId } from '#shared/domain/ids.ts'
import { PIN } from '#tests/support/sign-in.ts'
import type { Trial } from './trials/trial.ts'
import { trials } from './trials.ts'

/**
 * Who reaches what, a letter each: N nobody has signed in · L an examiner's window that is locked · H a device that is
 * handed over to the SP · P an SP and Q an examiner of another exam · Y an SP and X an examiner of another station · S
 * the SP of the station · E its examiner · D a director. All of it is about an encounter of one station. A new channel
 * without a row does not compile.
 */
const table: Record<ChannelName, string> = {
  'app.info': 'NLHPQYXSED',
  'settings.get': 'NLHPQYXSED',
  'settings.set': '···PQYXSED',
  'session.get': 'NLHPQYXSED',
  'session.signIn': 'NL·PQYXSED',
  'session.leave': '·L·PQYXSED',
  'session.touched': '···PQYXSED',
  'session.lock': '···PQYXSED',
  'account.list': 'NL·PQYXSED',
  'account.begin': 'N··PQYXSED',
  'account.recover': 'N··PQYXSE·',
  'account.newKey': '·········D',
  'account.changePin': '·········D',
  'account.addDirector': '·········D',
  'account.renameDirector': '·········D',
  'account.removeDirector': '·········D',
  'account.givePins': '·········D',
  'account.printPins': '·········D',
  'handover.begin': '········E·',
  'handover.end': '··H·····E·',
  'exam.list': 'N··PQYXSED',
  'exam.roster': 'NL·PQYXSED',
  'exam.get': '·········D',
  'exam.create': '·········D',
  'exam.update': '·········D',
  'exam.remove': '·········D',
  'exam.setStatus': '·········D',
  'exam.putAway': '·········D',
  'exam.readiness': '·········D',
  'exam.importFile': '·········D',
  'exam.exportFile': '·········D',
  'exam.loadSample': 'N········D',
  'station.add': '·········D',
  'station.update': '·········D',
  'station.move': '·········D',
  'station.remove': '·········D',
  'candidate.add': '·········D',
  'candidate.update': '·········D',
  'candidate.remove': '·········D',
  'person.add': '·········D',
  'person.update': '·········D',
  'person.remove': '·········D',
  'import.preview': '·········D',
  'import.apply': '·········D',
  'rotation.generate': '·········D',
  'rotation.get': '·········D',
  'rubric.list': '·········D',
  'rubric.get': '·········D',
  'rubric.duplicate': '·········D',
  'rubric.save': '·········D',
  'rubric.remove': '·········D',
  'encounter.schedule': '······X·ED',
  'encounter.open': '········ED',
  'encounter.confirmIdentity': '········ED',
  'encounter.withdrawIdentity': '········ED',
  'encounter.declareAbsent': '········ED',
  'encounter.withdrawAbsence': '········ED',
  'encounter.submit': '········ED',
  'encounter.scores': '········ED',
  'clock.get': '·L·····SED',
  'clock.ofCandidate': '·········D',
  'clock.command': '········ED',
  'clock.leaveLost': '········ED',
  'rating.record': '········E·',
  'globalRating.record': '········E·',
  'note.record': '········E·',
  'mark.make': '········E·',
  'mark.annotate': '········E·',
  'mark.undo': '········E·',
  'redFlag.review': '·········D',
  'incident.record': '········ED',
  'sp.schedule': '···P·Y·S··',
  'sp.parts': '···P·Y·S··',
  'sp.open': '·······S··',
  'sp.answer': '·······S··',
  'sp.comment': '·······S··',
  'sp.submit': '·······S··',
  'results.cohort': '·········D',
  'results.candidate': '·········D',
  'results.encounter': '·········D',
  'analysis.overview': '·········D',
  'analysis.stations': '·········D',
  'analysis.reliability': '·········D',
  'analysis.examiners': '·········D',
  'analysis.patients': '·········D',
  'analysis.groups': '·········D',
  'analysis.whatIf': '·········D',
  'analysis.decide': '·········D',
  'analysis.readFile': '·········D',
  'analysis.file': '·········D',
  'analysis.fileExaminers': '·········D',
  'mark.correct': '·········D',
  'conflict.resolve': '·········D',
  'report.candidate': '·········D',
  'report.feedbackBatch': '·········D',
  'report.cohort': '·········D',
  'report.examiners': '·········D',
  'report.session': '······X·ED',
  'export.chart': '·········D',
  'export.tableCopied': '·········D',
  'export.marksTemplate': '·········D',
  'export.ratings': '·········D',
  'export.results': '·········D',
  'package.export': '·········D',
  'package.import': 'N········D',
  'package.compare': 'N········D',
  'bundle.export': '······X·ED',
  'bundle.saved': '······X·ED',
  'bundle.put': '······X·ED',
  'bundle.import': '·········D',
  'bundle.fetch': '·········D',
  'bundle.watch': '·········D',
  'laptop.list': '·········D',
  'laptop.release': '·········D',
  'laptop.own': 'N··PQYXSED',
  'audit.list': '·········D',
  'audit.choices': '·········D',
  'audit.export': '·········D',
  'ledger.verify': '·········D',
  'ledger.proof': '·········D',
  'ledger.state': '·········D',
  'ledger.statement': '·········D',
  'job.list': '·········D',
  'job.cancel': '·········D',
  'privacy.eraseCandidate': '·········D',
  'privacy.eraseExam': '·········D',
  'privacy.setRetention': '·········D',
  'privacy.retention': '·········D',
  'privacy.disk': '·········D',
  'backup.status': 'N········D',
  'backup.overview': '·········D',
  'backup.list': '·········D',
  'backup.create': '·········D',
  'backup.restore': '·········D',
  'backup.undoRestore': '·········D',
  'backup.setSecondFolder': '·········D',
  'data.state': 'N··PQYXSED',
  'data.unlock': 'N··PQYXSED',
  'data.prepare': '·········D',
  'data.encrypt': '·········D',
  'data.decrypt': '·········D',
  'data.changePassphrase': '·········D',
  'data.leftInPlain': '·········D',
  'data.removePlain': '·········D',
}

/** How somebody is told that this is not theirs. */
const refusals = new Set(['forbidden', 'not-assigned', 'handed-over', 'locked'])

/** What must happen before anything was recorded, or exchanges the data under everybody. */
const triedFirst: ReadonlySet<ChannelName> = new Set([
  'station.remove',
  'backup.undoRestore',
  'data.decrypt',
  'data.changePassphrase',
  'data.removePlain',
])

test.each(channels)('%s is reached by those of its row, and by nobody else', async (channel) => {
  const day = await examDay()
  const good = (trials[channel] as Trial<ChannelName>).good
  const before = triedFirst.has(channel) ? await good(day) : null
  const callers = await callersOf(day)
  const input = before ?? (await good(day))
  let reached = ''
  for (const [letter, call] of callers) {
    reached += refusals.has(codeOf(await call(channel, input as never))) ? '·' : letter
  }
  expect(reached).toBe(table[channel])
})

test.each(['another station', 'another exam'])('an SP of %s reads of that alone', async (where) => {
  const day = await examDay()
  const here = { examId: day.small.exam.id, stationId: day.small.stations[1].id }
  const sp = await newcomer(day, 'sp', where === 'another exam' ? await otherExam(day) : here)
  const schedule = dataOf(await sp('sp.schedule', {}))
  const parts = dataOf(await sp('sp.parts', {}))
  expect(new Set(schedule.map(({ slot }) => slot.stationId))).toEqual(
    new Set(where === 'another exam' ? [] : [here.stationId]),
  )
  expect(parts.map(({ title }) => title)).toEqual(where === 'another exam' ? ['Fresh'] : [day.small.stations[1].title])
})

async function callersOf(day: ExamDay): Promise<[string, Window][]> {
  const { examiner, sp } = day.small
  const locked = day.window('locked')
  dataOf(await locked('session.signIn', { personId: examiner.id, pin: PIN }))
  dataOf(await locked('session.lock', {}))
  const lent = day.window('lent')
  dataOf(await lent('session.signIn', { personId: examiner.id, pin: PIN }))
  const encounterId = encounterAt(day.small, 1, 2)
  dataOf(await lent('encounter.confirmIdentity', { encounterId, eventId: newEvent() }))
  dataOf(await lent('handover.begin', { encounterId, returnCode: '2468', spId: sp.id }))
  const other = await otherExam(day)
  return [
    ['N', day.window('nobody')],
    ['L', locked],
    ['H', lent],
    ['P', await newcomer(day, 'sp', other)],
    ['Q', await newcomer(day, 'examiner', other)],
    ['Y', await newcomer(day, 'sp', { examId: day.small.exam.id, stationId: day.small.stations[1].id })],
    ['X', day.otherExaminer],
    ['S', day.sp],
    ['E', day.examiner],
    ['D', day.director],
  ]
}

type Place = { examId: ExamId; stationId: StationId }

async function otherExam({ director }: ExamDay): Promise<Place> {
  const { id: examId } = dataOf(await director('exam.create', { title: 'Another exam' }))
  const { id: stationId } = dataOf(await director('station.add', { examId, fields: { title: 'Fresh' } }))
  return { examId, stationId }
}

/** Somebody who was made for this, at the one station, signed in. */
async function newcomer(day: ExamDay, role: 'examiner' | 'sp', { examId, stationId }: Place): Promise<Window> {
  const fields = { role, name: `A new ${role}`, stationIds: [stationId] }
  const { id } = dataOf(await day.director('person.add', { examId, fields }))
  const [slip] = dataOf(await day.director('account.givePins', { examId, personIds: [id] }))
  const window = day.window(`new ${role} ${stationId}`)
  dataOf(await window('session.signIn', { personId: id, pin: slip?.pin ?? '' }))
  return window
}
