import { join } from 'node:path'
import { examIdSchema } from '#shared/domain/ids.ts'
import { runReports } from '#electron/threads/report-runner.ts'
import { timeOf } from './measure.ts'
import { reportWorker } from '#tests/support/whole-app.ts'

/** Run as a process of its own: makes the feedback archive of an exam and says what that took. */
const [dataDir = '', examId] = process.argv.slice(2)

const ms = await timeOf(() =>
  runReports({
    worker: reportWorker,
    task: {
      dataDir,
      key: null,
      fontDir: null,
      version: 'bench',
      examId: examIdSchema.parse(examId),
      work: { kind: 'feedback-archive', file: join(dataDir, 'feedback.zip') },
    },
  }),
)
console.log(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024 }))
