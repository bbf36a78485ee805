import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseBackupName } from '#shared/domain/backup.ts'
import { dataOf, encounterAt, examDay, newEvent, type ExamDay } from '#tests/support/exam-day.ts'
import { eventually } from '#tests/support/eventually.ts'

const reasons = ({ dataDir }: ExamDay): string[] => {
  const folder = join(dataDir, 'backups')
  return existsSync(folder) ? readdirSync(folder).flatMap((name) => parseBackupName(name)?.why ?? []) : []
}

const confirm = async (day: ExamDay) =>
  dataOf(
    await day.examiner('encounter.confirmIdentity', {
      encounterId: encounterAt(day.small, 1, 1),
      eventId: newEvent(),
    }),
  )

it('an exam that is closed is backed up, and so is the app that closes, once something is in no backup yet', async () => {
  const day = await examDay({ backUp: true })
  await confirm(day)
  dataOf(await day.director('exam.setStatus', { examId: day.small.exam.id, status: 'closed' }))
  await eventually(() => {
    expect(reasons(day)).toEqual(['exam-closed'])
  })
  await eventually(async () => {
    expect(dataOf(await day.director('backup.status', {})).state).toBe('ok')
  })
  await day.services.shutdown()
  expect(reasons(day)).toEqual(['exam-closed'])
})

it('the end of the app backs up what was recorded since', async () => {
  const day = await examDay({ backUp: true })
  await confirm(day)
  await day.services.shutdown()
  expect(reasons(day)).toEqual(['app-closed'])
})

it('an import is preceded by a backup of what is there', async () => {
  const day = await examDay({ backUp: true })
  const { id: examId } = day.small.exam
  const text = 'number,name\n2001,Somebody New\n'
  const upload = { name: 'list.csv', base64: Buffer.from(text).toString('base64') }
  const { previewId } = dataOf(
    await day.director('import.preview', { examId, kind: 'candidates', source: { kind: 'file', upload } }),
  )
  expect(reasons(day)).toEqual([])
  dataOf(await day.director('import.apply', { examId, previewId }))
  expect(reasons(day)).toEqual(['before-import'])
})
