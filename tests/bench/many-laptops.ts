import { createHash, randomUUID } from 'node:crypto'
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import type { Upload } from '#shared/contract/parts/common.ts'
import type { EncounterSlot } from '#shared/domain/exam.ts'
import { eventIdSchema, type ExamId, type ItemId, type PersonId } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { eventText } from '#electron/store/chain.ts'
import type { ChainedRow } from '#electron/store/event-row.ts'
import type { EncounterPayload } from '#shared/domain/ledger-event.ts'
import type { LedgerEntry } from '#electron/store/ledger.ts'
import { DATABASE_FILE, openReader, openStore } from '#electron/store/store.ts'
import { isSound, verifyLedger } from '#electron/store/verify-ledger.ts'
import { walkChains } from '#electron/store/walk-chains.ts'
import { callerOf, openWholeApp } from '#tests/support/whole-app.ts'
import { sitAsDirector } from '#tests/support/sign-in.ts'
import { importSample } from './filled-exam.ts'
import { atLeast, atMost, byTurns, median, rounded, timeOf, type Measure } from './measure.ts'

const BUNDLES = 40
const ENCOUNTERS = 500
const EVENTS_EACH = 40
const GROWTH_LIMIT = 2.2
const ROUNDS = 3

/** Taking in what 40 stations recorded, and twice as much of it: the time of an event must not grow with the amount. */
export async function measureImport(scratch: string): Promise<Measure[]> {
  const plan = await planned(scratch)
  await makeKey(join(scratch, 'director'), plan.examId)
  const bundles: Upload[] = []
  for (let station = 0; station < 2 * BUNDLES; station++) bundles.push(await bundleOf(scratch, plan, station))
  const times = { once: [] as number[], twice: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    times.once.push(await timeToTakeIn(scratch, bundles.slice(0, BUNDLES)))
    times.twice.push(await timeToTakeIn(scratch, bundles))
  }
  const [once, twice] = [median(times.once), median(times.twice)]
  return [
    atMost('import growth', twice / once, GROWTH_LIMIT, {
      msAnEvent: rounded(once / (ENCOUNTERS * EVENTS_EACH)),
      msAnEventTwice: rounded(twice / (2 * ENCOUNTERS * EVENTS_EACH)),
      seconds: rounded(once / 1000),
      secondsTwice: rounded(twice / 1000),
      bundles: BUNDLES,
      events: ENCOUNTERS * EVENTS_EACH,
    }),
  ]
}

type Plan = { examId: ExamId; slots: EncounterSlot[]; items: ItemId[]; raterId: PersonId }

/** The director's laptop, with an exam of twice as many encounters as are taken in first. */
async function planned(scratch: string): Promise<Plan> {
  const dataDir = join(scratch, 'director')
  const examId = await importSample(dataDir, { candidates: (2 * ENCOUNTERS) / 10, stations: 10 })
  const store = openStore({ dataDir })
  try {
    const scored = store.stations.ofExam(examId).filter(({ kind }) => kind === 'scored')
    const stations = new Set(scored.map(({ id }) => id))
    const [{ rubric } = { rubric: null }] = scored
    const found = rubric === null ? null : store.rubrics.get(rubric)
    const examiner = store.people.ofExam(examId).find(({ role }) => role === 'examiner')
    if (!found || !examiner) throw new Error('the sample exam is not whole')
    return {
      examId,
      slots: store.encounters.ofExam(examId).filter(({ stationId }) => stations.has(stationId)),
      items: rubricItems(found.rubric).map(({ id }) => id),
      raterId: examiner.id,
    }
  } finally {
    store.close()
  }
}

/** The key to which bundles are sealed is made with the first package. */
async function makeKey(dataDir: string, examId: ExamId): Promise<void> {
  const services = await openWholeApp(dataDir)
  const director = callerOf(services, 'bench-director')
  await sitAsDirector(director)
  await director('package.export', { examId })
  await services.shutdown()
}

/** What one station's laptop hands over: its share of the encounters, each with as many events as are wanted. */
async function bundleOf(scratch: string, plan: Plan, station: number): Promise<Upload> {
  const dataDir = join(scratch, 'station')
  cpSync(join(scratch, 'director'), dataDir, { recursive: true })
  becomeAnother(dataDir)
  const share = ENCOUNTERS / BUNDLES
  const own = plan.slots.slice(Math.floor(station * share), Math.floor((station + 1) * share))
  const store = openStore({ dataDir })
  store.ledger.appendAll(own.flatMap((slot) => entriesOf(plan, slot)))
  store.close()
  const services = await openWholeApp(dataDir)
  const seat = callerOf(services, 'bench-station')
  await sitAsDirector(seat)
  const { file } = await seat('bundle.export', { examId: plan.examId, since: 'start' })
  const path = services.findFile(file.id)?.path ?? ''
  const upload = { name: file.name, base64: readFileSync(path).toString('base64') }
  await services.shutdown()
  rmSync(dataDir, { recursive: true, force: true })
  return upload
}

/** A copy of a data folder as another installation: with a name of its own, and a key once it is opened. */
function becomeAnother(dataDir: string): void {
  const db = new Database(join(dataDir, DATABASE_FILE))
  const device = randomUUID().replaceAll('-', '').slice(0, 16)
  db.prepare('UPDATE installation SET device = ?, signing_key = NULL').run(device)
  db.prepare('UPDATE own_device SET device = ?').run(device)
  db.close()
}

function entriesOf({ examId, items, raterId }: Plan, { id: encounterId }: EncounterSlot): LedgerEntry[] {
  const entry = (payload: EncounterPayload, at: number): LedgerEntry => ({
    ...{ id: eventIdSchema.parse(randomUUID()), examId, encounterId, raterId, role: 'examiner', payload },
    offsetMs: at * 1000,
  })
  const ratings = Array.from({ length: EVENTS_EACH - 2 }, (_, at) => {
    const itemId = items[at % items.length]
    if (itemId === undefined) throw new Error('the rubric is empty')
    return entry({ type: 'rating.recorded', itemId, value: (at % 5) + 1 }, at)
  })
  return [
    entry({ type: 'identity.confirmed' }, 0),
    ...ratings,
    entry({ type: 'encounter.submitted', missing: [] }, EVENTS_EACH),
  ]
}

async function timeToTakeIn(scratch: string, bundles: readonly Upload[]): Promise<number> {
  const dataDir = join(scratch, 'collecting')
  cpSync(join(scratch, 'director'), dataDir, { recursive: true })
  const services = await openWholeApp(dataDir)
  const director = callerOf(services, 'bench-director')
  await sitAsDirector(director)
  const trusted: { upload: Upload; code: string }[] = []
  for (const upload of bundles) {
    const answer = await services.router('bench-director', 'bundle.import', { upload, trust: null })
    if (answer.ok || answer.code !== 'bundle-stranger')
      throw new Error(`not refused as a stranger: ${JSON.stringify(answer)}`)
    trusted.push({ upload, code: String(answer.params['code']) })
  }
  const time = await timeOf(async () => {
    for (const { upload, code } of trusted) {
      await director('bundle.import', { upload, trust: { code, name: `Station ${code}` } })
    }
  })
  await services.shutdown()
  const reader = openReader(dataDir)
  const sound = isSound(reader.verify())
  reader.close()
  rmSync(dataDir, { recursive: true, force: true })
  if (!sound) throw new Error('what was taken in does not verify')
  return time
}

const EVENTS_A_SECOND = 200_000
/** Of bare hashing, where the machine is too slow for that. */
const SHARE = 0.3

/**
 * How many events a second `verify` hashes again, and how many with the projections made anew and compared, beside
 * SHA-256 alone over the same bytes, event by event.
 */
export async function measureVerify(scratch: string): Promise<Measure[]> {
  const dataDir = join(scratch, 'director')
  const plan = await planned(scratch)
  const store = openStore({ dataDir })
  for (const slot of plan.slots) store.ledger.appendAll(entriesOf(plan, slot))
  store.close()
  const db = new Database(join(dataDir, DATABASE_FILE), { readonly: true })
  const rows = db.prepare<[], ChainedRow>('SELECT * FROM event ORDER BY device, exam_id, seq').all()
  const texts = rows.map((row) => Buffer.from(`${row.prev}\n${eventText(row)}`))
  const times = await byTurns(
    { warmUp: 2, counted: 20 },
    {
      chains: () => timeOf(() => walkChains(db)),
      whole: () => timeOf(() => verifyLedger(db)),
      bare: () =>
        timeOf(() => {
          for (const text of texts) createHash('sha256').update(text).digest('hex')
        }),
    },
  )
  db.close()
  const rate = (all: readonly number[]) => Math.round((1000 * texts.length) / median(all))
  // Round by round: a machine whose speed changes meanwhile changes it for both.
  const shareOf = (all: readonly number[]) =>
    rounded(median(all.map((time, round) => (times.bare[round] ?? Number.NaN) / time)))
  const whole = rate(times.whole)
  const details = {
    ...{ bare: rate(times.bare), eventsASecond: whole, events: texts.length },
    ...{ chainsAlone: rate(times.chains), shareOfChainsAlone: shareOf(times.chains) },
  }
  return [
    whole >= EVENTS_A_SECOND
      ? atLeast('verify', whole, EVENTS_A_SECOND, { unit: 'events a second', ...details })
      : atLeast('verify', shareOf(times.whole), SHARE, { unit: 'of bare SHA-256', ...details }),
  ]
}
