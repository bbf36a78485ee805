import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataOf, type ExamDay } from '#tests/support/exam-day.ts'
import { laptop } from '#tests/support/laptops.ts'
import { tempDir } from '#tests/support/temp-dir.ts'
import { bundleOf, examId, stationsLaptop, upload, write } from './so-far.ts'
import type { laptopChannels } from '#shared/contract/parts/laptops.ts'
import type { TrialsOf } from './trial.ts'

/** A bundle that the examiner of the day just made. */
export async function made(day: ExamDay) {
  const { file } = dataOf(await day.examiner('bundle.export', { ...examId(day), since: 'start' }))
  return { fileId: file.id }
}

/** A bundle of a station of the day's exam, whose code was compared. */
const handedOver = async (day: ExamDay) => bundleOf(await stationsLaptop(day), day)

/** A bundle of a station that lies in the watched folder. */
async function arrived(day: ExamDay) {
  const { upload, trust } = await handedOver(day)
  const folder = tempDir()
  writeFileSync(join(folder, upload.name), Buffer.from(upload.base64, 'base64'))
  dataOf(await day.director('bundle.watch', { path: folder }))
  return { name: upload.name, trust }
}

async function packageFromElsewhere() {
  const elsewhere = await laptop()
  const { id } = await elsewhere.director('exam.loadSample', {})
  const { file, code } = await elsewhere.director('package.export', { examId: id })
  return { upload: elsewhere.upload(file), code }
}

export const laptopTrials: TrialsOf<typeof laptopChannels> = {
  'package.export': { by: 'director', good: examId, bad: {} },
  'package.import': {
    by: 'director',
    good: () => packageFromElsewhere(),
    bad: { upload: upload(''), code: 7 },
  },
  'package.compare': {
    by: 'director',
    good: async (day) => {
      const { exam } = dataOf(await day.director('package.import', await packageFromElsewhere()))
      return { examId: exam.id, same: true }
    },
    bad: { examId: 'exam-1', same: 'yes' },
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
  'laptop.release': {
    by: 'director',
    good: async (day) => {
      const station = await stationsLaptop(day)
      await station.as(day.small.examiner)('encounter.confirmIdentity', write(day))
      dataOf(await day.director('bundle.import', await bundleOf(station, day)))
      const { laptops } = dataOf(await day.director('laptop.list', examId(day)))
      return { device: laptops.find(({ own }) => !own)?.device ?? '' }
    },
    bad: { device: '' },
  },
  'laptop.own': { by: 'nobody', good: () => ({}), bad: { code: 'ABCD' } },
}
