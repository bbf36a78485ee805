import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeKey, writeKeyFile } from '#electron/files/key-file.ts'
import { sizeOf } from '#electron/store/backup-file.ts'
import { DATABASE_FILE, type DataKey } from '#electron/store/connection.ts'
import { rekeyDatabase } from '#electron/store/rekey.ts'
import { runBackup } from '#electron/threads/backup-runner.ts'
import { reportWorker } from '#tests/support/whole-app.ts'
import { newEvent, openAtWork } from './examiner.ts'
import { fillExam, type FilledExam } from './filled-exam.ts'
import { atMost, quantile, rounded, timeOf, type Measure } from './measure.ts'

const LIMIT_MS = 25
const TAPS = 1000
/** Faster than a person taps, and not so fast that taps wait for each other. */
const BETWEEN_MS = 10

/**
 * How long a tap takes through the whole service while backups of a large database are made back to back: in plain, and
 * encrypted with a copy of each in a second folder.
 */
export async function measureBackup(scratch: string): Promise<Measure[]> {
  const plainDir = join(scratch, 'backup')
  const cipherDir = join(scratch, 'backup-encrypted')
  const filled = await fillExam(plainDir, { candidates: 200, stations: 12, exceptLastRound: true })
  cpSync(plainDir, cipherDir, { recursive: true })
  const { file, key } = await makeKey('a passphrase of a bench')
  await writeKeyFile(cipherDir, file)
  rekeyDatabase(cipherDir, null, key)
  const second = join(scratch, 'second-folder')
  mkdirSync(second)
  return [
    await besideBackups('backup tap', filled, { dataDir: plainDir, key: null, second: null }),
    await besideBackups('backup tap, encrypted, two folders', filled, { dataDir: cipherDir, key, second }),
  ]
}

type Folder = { dataDir: string; key: DataKey | null; second: string | null }

async function besideBackups(name: string, filled: FilledExam, { dataDir, key, second }: Folder): Promise<Measure> {
  const { services, examiner, slot, markOf } = await openAtWork(dataDir, filled, key)
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
      await runBackup({ worker: reportWorker, task: { kind: 'backup', dataDir, key, why: 'while-running', second } })
      backups += 1
    }
  })()
  const beside = await taps()
  over.abort()
  await backingUp
  const megabytes = sizeOf(join(dataDir, DATABASE_FILE)) / 1024 / 1024
  await services.shutdown()
  return atMost(name, quantile(beside, 0.99), LIMIT_MS, {
    unit: 'ms, p99',
    p50: rounded(quantile(beside, 0.5)),
    longest: rounded(Math.max(...beside)),
    p99Alone: rounded(quantile(alone, 0.99)),
    taps: TAPS,
    backups,
    megabytes: rounded(megabytes),
  })
}
