import { expect, test } from 'vitest'
import { channels, type ChannelName } from '#shared/contract/channels.ts'
import { contract } from '#shared/contract/contract.ts'
import { rowsOf } from '#tests/support/every-row.ts'
import { codeOf, dataOf, examDay, type ExamDay, type Window } from '#tests/support/exam-day.ts'
import type { Trial } from './trials/trial.ts'
import { trials } from './trials.ts'

/** These write; every other channel leaves the data as it was. */
const writes: readonly ChannelName[] = [
  'settings.set',
  'session.signIn',
  'session.leave',
  'session.lock',
  'account.begin',
  'account.recover',
  'account.newKey',
  'account.changePin',
  'account.addDirector',
  'account.renameDirector',
  'account.removeDirector',
  'account.givePins',
  'handover.begin',
  'handover.end',
  'exam.create',
  'exam.update',
  'exam.remove',
  'exam.setStatus',
  'exam.putAway',
  'ledger.state',
  'exam.importFile',
  'exam.loadSample',
  'station.add',
  'station.update',
  'station.move',
  'station.remove',
  'candidate.add',
  'candidate.update',
  'candidate.remove',
  'person.add',
  'person.update',
  'person.remove',
  'import.apply',
  'rotation.generate',
  'rubric.duplicate',
  'rubric.save',
  'rubric.remove',
  'encounter.confirmIdentity',
  'encounter.withdrawIdentity',
  'encounter.declareAbsent',
  'encounter.withdrawAbsence',
  'encounter.submit',
  'clock.command',
  'rating.record',
  'globalRating.record',
  'note.record',
  'mark.make',
  'mark.annotate',
  'mark.undo',
  'redFlag.review',
  'mark.correct',
  'analysis.decide',
  'conflict.resolve',
  'incident.record',
  'sp.answer',
  'sp.comment',
  'sp.submit',
  'privacy.eraseCandidate',
  'privacy.eraseExam',
  'privacy.setRetention',
  'backup.undoRestore',
  'backup.setSecondFolder',
  'report.candidate',
  // Who was about to do it.
  'data.encrypt',
  'package.export',
  'package.import',
  'package.compare',
  'bundle.export',
  'bundle.import',
  'bundle.saved',
  'bundle.put',
  'bundle.fetch',
  'bundle.watch',
  'laptop.release',
  'export.tableCopied',
]

const callerOf = (day: ExamDay, by: Trial<ChannelName>['by']): Window =>
  by === 'nobody' ? day.window('nobody') : day[by]

test.each(channels)('%s turns bad input and strangers away, and does its work', async (channel) => {
  const day = await examDay()
  const rows = rowsOf(day.dataDir)
  const trial = trials[channel] as Trial<ChannelName>
  const call = callerOf(day, trial.by)
  const input = await trial.good(day)
  const before = rows()
  expect(codeOf(await call(channel, trial.bad as never))).toBe('bad-input')
  expect(codeOf(await call(channel, { ...input, unknownField: 1 } as never))).toBe('bad-input')
  const { access } = contract[channel]
  if (access !== 'anyone' && !access.includes('nobody')) {
    expect(codeOf(await day.window('stranger')(channel, input))).toBe('forbidden')
  }
  expect(rows()).toBe(before)

  // The router holds every answer against the contract: one that does not fit is refused.
  dataOf(await call(channel, input))
  expect(rows() !== before).toBe(writes.includes(channel))
})
