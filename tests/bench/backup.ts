import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { eventIdSchema } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { sizeOf } from '#electron/store/backup-file.ts'
import { DATABASE_FILE } from '#electron/store/connection.ts'
import { runBackup } from '#electron/threads/backup-runner.ts'
import { callerOf, openWholeApp, reportWorker } from '#tests/support/whole-app.ts'
import { fillExam } from './filled-exam.ts'
import { atMost, quantile, rounded, timeOf, type Measure } from './measure.ts'
import { sitAs, sitAsDirector } from '#tests/support/sign-in.ts'

const LIMIT_MS = 25
const TAPS = 1500
/** Faster than a person taps, and not so fast that taps wait for each other. */
const BETWEEN_MS = 10

/** How long a tap takes through the whole service while backups of a large database are made back to back. */
export async function measureBackup(scratch: string): Promise<Measure[]> {
  const dataDir = join(scratch, 'backup')
  const { untouched, examId } = await fillExam(dataDir, { candidates: 200, stations: 12, exceptLastRound: true })
  const [slot] = untouched
  if (!slot) throw new Error('no encounter is left to rate')
  const services = await openWholeApp(dataDir)
  const director = callerOf(services, 'bench-director')
  await sitAsDirector(director)
  const { people } = await director('exam.get', { examId })
  const person = people.find(({ role, stationIds }) => role === 'examiner' && stationIds.includes(slot.stationId))
  if (!person) throw new Error('nobody examines at the station')
  const examiner = callerOf(services, 'bench-examiner')
  await sitAs(examiner, person)
  await examiner('encounter.confirmIdentity', { encounterId: slot.id, eventId: newEvent() })
  await examiner('clock.command', { encounterId: slot.id, eventId: newEvent(), command: { kind: 'start' } })
  const { rubric } = await examiner('encounter.open', { encounterId: slot.id })
  const items = rubricItems(rubric).map(({ id }) => id)

  const tap = async (round: number): Promise<number> => {
    await pause(BETWEEN_MS)
    const itemId = items[round % items.length]
    if (itemId === undefined) throw new Error('the rubric is empty')
    const mark = { encounterId: slot.id, eventId: newEvent(), itemId, value: (round % 5) + 1 }
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

const newEvent = () => eventIdSchema.parse(randomUUID())
