import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { personIdSchema } from '#shared/domain/ids.ts'
import type { Services } from '#electron/services/services.ts'
import { openReader } from '#electron/store/store.ts'
import { openWholeApp } from '#tests/support/whole-app.ts'
import { PIN } from '#tests/support/sign-in.ts'
import { ledgerIds } from './attune.ts'
import { fill } from './disk-full.ts'
import type { Experiment, Finding } from './experiment.ts'
import { createLoopDisk } from './loop-disk.ts'
import { system } from './machine.ts'
import { makeTrialExam } from './trial-exam.ts'

/** People sign in, and settings are kept or refused, while the disk is full; and what is said once it is read-only. */
export const signingIn: Experiment = {
  name: 'signing-in',
  needs: ['mounts'],
  run: async ({ scratch }) => {
    const disk = createLoopDisk(scratch, 128)
    const dataDir = join(disk.folder, 'data')
    const examId = await makeTrialExam(dataDir)
    system('mount', '-o', 'remount,errors=remount-ro', disk.folder)
    const services = await openWholeApp(dataDir)
    try {
      return [await onFullDisk(services, { dataDir, examId, filler: join(disk.folder, 'filler') }), await onReadOnly()]
    } finally {
      await services.shutdown().catch(() => undefined)
      disk.remove()
    }

    async function onReadOnly(): Promise<Finding> {
      const personId = await somebody(dataDir)
      const device = basename(system('findmnt', '-n', '-o', 'SOURCE', disk.folder).trim())
      writeFileSync(join('/sys/fs/ext4', device, 'trigger_fs_error'), '1')
      const kept = await codeOf(services, 'settings.set', { soundVolume: 0.1 })
      const state = await storageState(services)
      // After an error of the disk nothing is read before the database could be opened anew: no PIN can be looked at.
      const signed = await codeOf(services, 'session.signIn', { personId, pin: PIN })
      return {
        what: 'signing in on a file system that became read-only',
        ok: [signed, kept].every((code) => code === 'storage-read-only') && state === 'read-only',
        times: `a setting ${kept}, sign-in ${signed}, the banner says ${state}`,
      }
    }
  },
}

type Full = { dataDir: string; examId: string; filler: string }

async function onFullDisk(services: Services, { dataDir, filler }: Full): Promise<Finding> {
  const personId = await somebody(dataDir)
  await codeOf(services, 'session.signIn', { personId, pin: PIN })
  const ballast = join(dataDir, 'ballast')
  const hadBallast = existsSync(ballast)
  fill(filler)
  // Not a transaction of the ledger, and yet it gets the room that is kept. A log that has room of its own comes first.
  let volume = 0
  let setting = 'taken'
  while (existsSync(ballast) && volume < 20_000 && setting === 'taken') {
    volume += 1
    setting = await codeOf(services, 'settings.set', { soundVolume: (volume % 100) / 100 })
  }
  const freed = hadBallast && !existsSync(ballast)
  fill(`${filler}-2`)
  // What is left in the log and the file is used up, until a write is refused.
  let refused = 'taken'
  for (let i = 0; refused === 'taken' && i < 20_000; i += 1)
    refused = await codeOf(services, 'settings.set', { soundVolume: (i % 100) / 100 })
  const signed = await codeOf(services, 'session.signIn', { personId, pin: PIN })
  const wrong = await codeOf(services, 'session.signIn', { personId, pin: '000000' })
  const state = await storageState(services)
  rmSync(filler)
  rmSync(`${filler}-2`)
  const again = await codeOf(services, 'session.signIn', { personId, pin: PIN })
  const missing = gapIn(dataDir)
  await ledgerIds(dataDir)
  return {
    what: 'signing in on a full disk',
    ok:
      freed &&
      setting === 'taken' &&
      refused === 'storage-full' &&
      signed === 'taken' &&
      wrong === 'wrong-pin' &&
      state === 'full' &&
      again === 'taken' &&
      missing === 2,
    times: `a setting ${setting} in the room kept for it, then ${refused}; sign-in ${signed}, a wrong PIN ${wrong}`,
    note: `the banner says ${state}; with room again ${missing} events are told to be missing`,
  }
}

/** One of the exam's people. */
async function somebody(dataDir: string) {
  const reader = openReader(dataDir)
  try {
    const [exam] = reader.exams.list()
    const [person] = exam ? reader.people.ofExam(exam.id) : []
    return await Promise.resolve(person?.id ?? personIdSchema.parse('nobody'))
  } finally {
    reader.close()
  }
}

async function codeOf(services: Services, channel: string, input: object): Promise<string> {
  const answer = await services.router('a window', channel, input)
  return answer.ok ? 'taken' : answer.code
}

async function storageState(services: Services): Promise<string> {
  const answer = await services.router('a window', 'app.info', {})
  const info = answer.ok ? (answer.data as { storage: { state: string } }) : null
  return info?.storage.state ?? 'unknown'
}

/** How many events at signing in the ledger says to be missing. */
function gapIn(dataDir: string): number {
  const reader = openReader(dataDir)
  try {
    const which = { examId: null, personId: null, candidateId: null, stationId: null, device: null }
    const rows = reader.audit.newestFirst({ ...which, types: ['sign-ins.unrecorded'], fromMs: null, toMs: null }, null)
    return [...rows].reduce(
      (sum, { event: { payload } }) => sum + (payload.type === 'sign-ins.unrecorded' ? payload.count : 0),
      0,
    )
  } finally {
    reader.close()
  }
}
