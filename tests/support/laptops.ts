import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ChannelName } from '#shared/contract/channels.ts'
import type { Input, Output } from '#shared/contract/contract.ts'
import type { FileRef, Upload } from '#shared/contract/parts/common.ts'
import { AttuneError, type Result } from '#shared/contract/result.ts'
import type { EncounterSlot, Person } from '#shared/domain/exam.ts'
import { eventIdSchema, type EncounterId } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import type { Services } from '#electron/services/services.ts'
import { openReader, openStore } from '#electron/store/store.ts'
import { testServices } from './services.ts'
import { putSmallExam, smallExam } from './small-exam.ts'
import { dataFolder } from './data-folder.ts'

/** One laptop: its folder, and calls as somebody who sits at it. */
export type TestLaptop = {
  dataDir: string
  services: Services
  director: Caller
  /** A window at which nobody has signed in. */
  nobody: Caller
  as: (person: Person) => Caller
  upload: (file: FileRef) => Upload
}

export type Caller = {
  /** Throws AttuneError. */
  <C extends ChannelName>(channel: C, input: Input<C>): Promise<Output<C>>
  /** The code with which it is refused; "taken" where it is not. */
  refusal: <C extends ChannelName>(channel: C, input: Input<C>) => Promise<string>
}

const callerOf = (ask: ReturnType<Services['seat']>): Caller =>
  Object.assign(
    async <C extends ChannelName>(channel: C, input: Input<C>): Promise<Output<C>> => {
      const answer = await ask(channel, input)
      if (!answer.ok) throw new AttuneError(answer.code, answer.params)
      return answer.data
    },
    {
      refusal: async <C extends ChannelName>(channel: C, input: Input<C>) => {
        const answer = await ask(channel, input)
        return answer.ok ? 'taken' : answer.code
      },
    },
  )

/** After an exchange of the data, at which everybody is sent away from their window. */
export const seatedAnew = (at: TestLaptop): TestLaptop => ({
  ...at,
  director: callerOf(at.services.seat({ role: 'director', examId: null, personId: null })),
})

export async function laptop(options: Parameters<typeof testServices>[0] = {}): Promise<TestLaptop> {
  const dataDir = options.dataDir ?? dataFolder()
  const services = await testServices({ ...options, dataDir })
  const callerAt = (clientId: string) =>
    callerOf(
      async <C extends ChannelName>(channel: C, input: Input<C>) =>
        (await services.router(clientId, channel, input)) as Result<Output<C>>,
    )
  return {
    dataDir,
    services,
    director: callerOf(services.seat({ role: 'director', examId: null, personId: null })),
    nobody: callerAt(randomUUID()),
    as: ({ role, examId, id }) => callerOf(services.seat({ role, examId, personId: id })),
    upload: (file) => ({
      name: file.name,
      base64: readFileSync(services.findFile(file.id)?.path ?? '').toString('base64'),
    }),
  }
}

/** A director's laptop on which the small exam runs. */
export async function directorsLaptop(options: Parameters<typeof laptop>[0] = {}): Promise<TestLaptop> {
  const dataDir = dataFolder()
  const store = openStore({ dataDir })
  putSmallExam(store)
  store.close()
  return laptop({ ...options, dataDir })
}

export const { exam, slots, examiner, otherExaminer, sp, rubric } = smallExam()

/** A laptop that took the exam's package in, once its letters were compared. */
export async function stationOf(director: TestLaptop): Promise<TestLaptop> {
  const { file, code, signerCode: signer } = await director.director('package.export', { examId: exam.id })
  const station = await laptop()
  await station.director('package.import', { upload: director.upload(file), code, signer })
  return station
}

export const newEvent = () => eventIdSchema.parse(randomUUID())

/** The encounters of a person's first station, in the order of their rounds. */
export const slotsOf = ({ stationIds: [station] }: Person): EncounterSlot[] =>
  slots.filter(({ stationId }) => stationId === station).toSorted((a, b) => a.round - b.round)

/** Confirms who came, rates every behaviour with one value, judges and finishes. */
export async function examine(call: Caller, encounterId: EncounterId, value: number): Promise<void> {
  const encounter = { encounterId }
  await call('encounter.confirmIdentity', { ...encounter, eventId: newEvent() })
  for (const { id: itemId } of rubricItems(rubric)) {
    await call('rating.record', { ...encounter, eventId: newEvent(), itemId, value })
  }
  await call('globalRating.record', { ...encounter, eventId: newEvent(), value: 'pass' })
  await call('encounter.submit', { ...encounter, eventId: newEvent(), missing: [] })
}

/** Hands all that a laptop recorded to the director, who has compared its code. */
export async function handOver(from: TestLaptop, to: TestLaptop, since: 'start' | 'last' = 'start') {
  const { file } = await from.director('bundle.export', { examId: exam.id, since })
  await from.director('bundle.saved', { fileId: file.id })
  const { code } = await from.director('laptop.own', {})
  return to.director('bundle.import', { upload: from.upload(file), trust: { code, name: `Laptop ${code}` } })
}

/** Gives a laptop, which must be closed, what opens the bundles of the exam; whose exam it is stays. */
export function copyKey(from: TestLaptop, to: TestLaptop): void {
  const reader = openReader(from.dataDir)
  const key = reader.keys.examKey(exam.id)
  reader.close()
  const store = openStore({ dataDir: to.dataDir })
  const signer = store.keys.examKey(exam.id)?.signer ?? null
  if (key) store.keys.putExamKey(exam.id, { ...key, signer })
  store.close()
}
