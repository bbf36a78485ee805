import type { LedgerEntry } from '#electron/store/ledger.ts'
import type { Session } from '#shared/domain/session.ts'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import { contract, type Input, type Output } from '#shared/contract/contract.ts'
import { AttuneError, type ErrorCode, type ErrorParams } from '#shared/contract/result.ts'
import { eventIdSchema, type EncounterId, type ExamId, type PersonId } from '#shared/domain/ids.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { createCandidateHandlers } from '#electron/services/set-up/candidate-service.ts'
import { createExamHandlers } from '#electron/services/set-up/exam-service.ts'
import { hashSecret } from '#electron/services/session/secret-hash.ts'
import { createFileShelf, type FileShelf } from '#electron/files/file-shelf.ts'
import { createImportHandlers } from '#electron/services/set-up/import-service.ts'
import { readListWorkbook } from '#electron/files/list-workbook.ts'
import { silentLog } from '#electron/base/log.ts'
import { createPersonHandlers } from '#electron/services/set-up/person-service.ts'
import { createRotationHandlers } from '#electron/services/set-up/rotation-service.ts'
import { createRubricHandlers, installShippedRubrics } from '#electron/services/set-up/rubric-service.ts'
import { createStationHandlers } from '#electron/services/set-up/station-service.ts'
import { openStore, type Store } from '#electron/store/store.ts'
import { rowsOf } from '#tests/support/every-row.ts'
import { PIN, QUICK } from '#tests/support/sign-in.ts'
import { dataFolder } from '#tests/support/data-folder.ts'

export const resourcesDir = fileURLToPath(new URL('../../../resources', import.meta.url))
export const TODAY = '2027-03-09'

type SetUpHandlers = HandlersOf<'exam' | 'station' | 'candidate' | 'person' | 'import' | 'rotation' | 'rubric'>
type SetUpChannel = keyof SetUpHandlers & keyof typeof contract

/** The set-up's services on a database of their own, called as the router calls them. */
export type SetUp = {
  store: Store
  shelf: FileShelf
  /** The exams that windows were told to look at again, oldest first. */
  published: ExamId[]
  /** Input and output are held against the contract. */
  call<C extends SetUpChannel>(channel: C, input: Input<C>, clientId?: string): Promise<Output<C>>
  /** The call is refused so, and not a byte of any table is changed. */
  refuses<C extends SetUpChannel>(
    channel: C,
    input: Input<C>,
    code: ErrorCode,
    params?: ErrorParams,
    clientId?: string,
  ): Promise<void>
  /** Every row of every table. */
  dump(): string
}

export function openSetUp(): SetUp {
  const dataDir = dataFolder()
  const store = openStore({ dataDir })
  onTestFinished(() => {
    store.close()
  })
  installShippedRubrics(store, resourcesDir, silentLog)
  const shelf = createFileShelf(join(dataDir, 'outbox'))
  const published: ExamId[] = []
  let made = 0
  const parts = {
    store,
    shelf,
    events: {
      publish: (name: string, payload: object) => {
        if (name === 'exam.changed' && 'examId' in payload) published.push(payload.examId as ExamId)
      },
    },
    ids: () => `id-${String((made += 1)).padStart(6, '0')}`,
    today: () => TODAY,
    paper: () => 'LETTER' as const,
    beforeImport: () => Promise.resolve(),
    // Any event stands for the closing statement here.
    closing: () => eventOf(`stated-${String((made += 1))}`),
    sampleExam: join(resourcesDir, 'sample-exam', 'exam.json'),
  }
  const handlers: SetUpHandlers = {
    ...createExamHandlers(parts),
    ...createStationHandlers(parts),
    ...createCandidateHandlers(parts),
    ...createPersonHandlers(parts),
    ...createImportHandlers({ ...parts, readWorkbook: readListWorkbook }),
    ...createRotationHandlers(parts),
    ...createRubricHandlers(parts),
  }
  const call = async <C extends SetUpChannel>(channel: C, input: Input<C>, clientId = 'window'): Promise<Output<C>> => {
    const handler = handlers[channel] as (input: unknown, context: object) => unknown
    const answer = await handler(contract[channel].input.parse(input), { clientId, session: director })
    return contract[channel].output.parse(answer) as Output<C>
  }
  const dump = rowsOf(dataDir)
  return {
    store,
    shelf,
    published,
    call,
    dump,
    refuses: async (channel, input, code, params, clientId) => {
      const before = dump()
      const told = published.length
      expect(await failureOf(() => call(channel, input, clientId))).toEqual(
        params === undefined ? expect.objectContaining({ code }) : { code, params },
      )
      expect(dump()).toBe(before)
      expect(published).toHaveLength(told)
    },
  }
}

const director: Session = { role: 'director', examId: null, personId: null, handedOver: null, locked: false }

/** How a call is refused; fails where it is not. */
export async function failureOf(work: () => unknown): Promise<{ code: ErrorCode; params: ErrorParams }> {
  try {
    await work()
  } catch (error) {
    if (error instanceof AttuneError) return { code: error.code, params: error.params }
    throw error
  }
  throw new Error('the call was not refused')
}

/** A small exam that can start: two stations, three candidates, an examiner and an SP at each, a rotation. */
export async function readyExam({ call, store }: SetUp) {
  const { id: examId } = await call('exam.create', { title: 'Spring OSCE' })
  const stations = [
    await call('station.add', { examId, fields: { title: 'Bad news', script: 'A daughter waits.' } }),
    await call('station.add', { examId, fields: { title: 'Anger', script: 'A father shouts.', circuit: 2 } }),
  ]
  const candidates = []
  for (const number of ['1', '2', '3']) {
    const fields = { number, name: `Candidate ${number}`, group: 'A', extraTimePercent: 0 }
    candidates.push(await call('candidate.add', { examId, fields }))
  }
  const stationIds = stations.map(({ id }) => id)
  const examiner = await call('person.add', { examId, fields: { role: 'examiner', name: 'Ada Sample', stationIds } })
  const sp = await call('person.add', { examId, fields: { role: 'sp', name: 'Robin Specimen', stationIds } })
  for (const { id } of [examiner, sp]) store.accounts.setSecret(id, await hashSecret(PIN, QUICK))
  const rotation = await call('rotation.generate', { examId })
  return { examId, stations, candidates, examiner, sp, rotation }
}

/** The examiner confirms who came: from here on the exam has marks. */
export function confirmIdentity(store: Store, encounterId: EncounterId | undefined, raterId: PersonId | null = null) {
  const slot = encounterId && store.encounters.get(encounterId)
  if (!slot) throw new Error('there is no such encounter')
  store.ledger.append({
    id: eventIdSchema.parse(`confirm-${encounterId}`),
    examId: slot.examId,
    encounterId: slot.id,
    raterId,
    role: 'examiner',
    offsetMs: null,
    payload: { type: 'identity.confirmed' },
  })
}

export const upload = (name: string, content: string | Uint8Array) => ({
  name,
  base64: Buffer.from(content as string).toString('base64'),
})

const eventOf = (id: string): LedgerEntry => ({
  ...{ id: eventIdSchema.parse(id), examId: null, encounterId: null, raterId: null, role: 'director', offsetMs: null },
  payload: { type: 'session.ended' },
})
