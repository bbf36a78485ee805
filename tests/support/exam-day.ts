import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { Result } from '#shared/contract/result.ts'
import {
  eventIdSchema,
  momentIdSchema,
  type EventId,
  type ItemId,
  type MomentId,
  type PersonId,
} from '#shared/domain/ids.ts'
import { rubricItems, type Rubric } from '#shared/domain/rubric.ts'
import { openStore, type Store } from '#electron/store/store.ts'
import type { ServiceOptions, Services } from '#electron/services/services.ts'
import { createSimulatedTime, type SimulatedTime } from '#electron/services/demo/simulated-time.ts'
import { testServices } from './services.ts'
import { PIN } from './sign-in.ts'
import { putSmallExam, type SmallExam } from './small-exam.ts'
import { dataFolder } from './data-folder.ts'
import { tempDir } from './temp-dir.ts'
import { openWholeApp } from './whole-app.ts'

/** One window of the app: a call answers as the contract says. */
export type Window = <C extends ChannelName>(channel: C, input: Input<C>) => Promise<Result<Output<C>>>

/** The running app with the small exam in it, in time that the test moves. */
export type ExamDay = {
  services: Services
  small: SmallExam
  time: SimulatedTime
  dataDir: string
  window(clientId: string): Window
  director: Window
  examiner: Window
  otherExaminer: Window
  sp: Window
  /** Moves time and lets the clocks look at it. */
  pass(seconds: number): void
}

export async function examDay(options: Partial<ServiceOptions> = {}): Promise<ExamDay> {
  const dataDir = options.dataDir ?? tempDir()
  const small = await putDay(dataDir)
  return { small, ...(await reopened(dataDir, small, options)) }
}

let made: { folder: string; small: SmallExam } | null = null

/** The small exam in a folder that was opened before: a new one costs more than most tests do, so a process makes one. */
async function putDay(dataDir: string): Promise<SmallExam> {
  if (made === null) {
    const folder = mkdtempSync(join(tmpdir(), 'attune-day-'))
    const store = openStore({ dataDir: folder })
    made = { folder, small: putSmallExam(store) }
    store.close()
    const services = await openWholeApp(folder)
    await services.shutdown()
    truncateSync(join(folder, 'ballast'), 1024 * 1024)
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    })
  }
  cpSync(made.folder, dataDir, { recursive: true })
  return structuredClone(made.small)
}

/** A day for which the stored exam was changed before the app was opened. */
export async function examDayWith(
  change: (store: Store, small: SmallExam) => void,
  options: Partial<ServiceOptions> = {},
): Promise<ExamDay> {
  const dataDir = options.dataDir ?? dataFolder()
  const store = openStore({ dataDir })
  const small = putSmallExam(store)
  change(store, small)
  store.close()
  return { small, ...(await reopened(dataDir, small, options)) }
}

/** The same data folder opened by another process, as after a crash or a restart. */
export async function reopened(
  dataDir: string,
  small: SmallExam,
  options: Partial<ServiceOptions> & { simulated?: SimulatedTime } = {},
): Promise<Omit<ExamDay, 'small'>> {
  const { simulated, ...rest } = options
  const time = simulated ?? createSimulatedTime(Date.parse('2026-11-14T09:00:00Z'))
  const services = await testServices({ dataDir, time, ...rest })
  const window =
    (clientId: string): Window =>
    async <C extends ChannelName>(channel: C, input: Input<C>) =>
      (await services.router(clientId, channel, input)) as Result<Output<C>>
  const sit = async (who: { id: PersonId }): Promise<Window> => {
    const seat = window(randomUUID())
    // Refused where a device is lent: nobody sits down in its place.
    await seat('session.signIn', { personId: who.id, pin: PIN })
    return seat
  }
  return {
    services,
    time,
    dataDir,
    window,
    director: await sit(small.director),
    examiner: await sit(small.examiner),
    otherExaminer: await sit(small.otherExaminer),
    sp: await sit(small.sp),
    pass: (seconds) => {
      time.moveTo(time.wallClock() + seconds * 1000)
      services.wake()
    },
  }
}

export const newEvent = (): EventId => eventIdSchema.parse(randomUUID())
export const newMark = (): MomentId => momentIdSchema.parse(randomUUID())

/** The data of an accepted call; a refusal fails the test with its code. */
export function dataOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.code} ${JSON.stringify(result.params)}`)
  return result.data
}

/** The code of a refused call; "accepted" where it was not. */
export const codeOf = (result: Result<unknown>): string => (result.ok ? 'accepted' : result.code)

export function itemAt(rubric: Rubric, index: number): ItemId {
  const item = rubricItems(rubric)[index]
  if (!item) throw new Error(`the rubric has no behaviour ${index}`)
  return item.id
}

/** The encounter of the small exam at a station with a candidate, both counted from 1. */
export function encounterAt({ slots, candidates, stations }: SmallExam, station: number, candidate: number) {
  const slot = slots.find(
    (entry) => entry.stationId === stations[station - 1]?.id && entry.candidateId === candidates[candidate - 1]?.id,
  )
  if (!slot) throw new Error('no such encounter')
  return slot.id
}
