import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sizeOf } from '#electron/store/backup-file.ts'
import { DATABASE_FILE } from '#electron/store/connection.ts'
import { runBackup } from '#electron/threads/backup-runner.ts'
import { reportWorker } from '#tests/support/whole-app.ts'
import { newEvent, openAtWork } from './examiner.ts'
import { fillExam } from './filled-exam.ts'
import { atMost, quantile, rounded, timeOf, type Measure } from './measure.ts'

const LIMIT_MS = 25
const TAPS = 1500
/** Faster than a person taps, and not so fast that taps wait for each other. */
const BETWEEN_MS = 10

/** How long a tap takes through the whole service while backups of a large database are made back to back. */
export async function measureBackup(scratch: string): Promise<Measure[]> {
  const dataDir = join(scratch, 'backup')
  const filled = await fillExam(dataDir, { candidates: 200, stations: 12, exceptLastRound: true })
  const { services, examiner, slot, markOf } = await openAtWork(dataDir, filled)

  const tap = async (round: number): Promise<number> => {
    await pause(BETWEEN_MS)
    const mark = { encounterId: slot.id, eventId: newEvent(), ...markOf(round) }
    return timeOf(() => examiner('rating.record', mark))
  }
  const taps = async (): Promise<number[]> => {
    const times: number[] = []
    for (let round = 0; round < TAPS; round++) times.push(await tap(round))
    return times
  }

  const alone = await taps()
  const over = new AbortController()
  let backups = 0
  const backingUp = (async () => {
    while (!over.signal.aborted) {
      await runBackup({
        worker: reportWorker,
        task: { kind: 'backup', dataDir, key: null, why: 'while-running', second: null },
      })
      backups += 1
    }
  })()
  const beside = await taps()
  over.abort()
  await backingUp
  const megabytes = sizeOf(join(dataDir, DATABASE_FILE)) / 1024 / 1024
  await services.shutdown()
  return [
    atMost('backup tap', quantile(beside, 0.99), LIMIT_MS, {
      unit: 'ms, p99',
      p50: rounded(quantile(beside, 0.5)),
      longest: rounded(Math.max(...beside)),
      p99Alone: rounded(quantile(alone, 0.99)),
      taps: TAPS,
      backups,
      megabytes: rounded(megabytes),
    }),
  ]
}
