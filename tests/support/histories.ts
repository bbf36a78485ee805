import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import fc from 'fast-check'
import type { ChainedRow } from '#electron/store/event-row.ts'
import { createLedger, type Ledger, type LedgerEntry } from '#electron/store/ledger.ts'
import { projectionTables } from '#electron/store/projection-tables.ts'
import { DATABASE_FILE, openStore } from '#electron/store/store.ts'
import { encounterIdSchema, eventIdSchema, examIdSchema, type EncounterId, type EventId } from '#shared/domain/ids.ts'
import type { EncounterPayload } from '#shared/domain/ledger-event.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { anyEncounterPayload } from './encounter-payloads.ts'
import { empathyRubric, putSmallExam, smallExam } from './small-exam.ts'

/** One laptop with the small exam, in memory. */
export type Laptop = { db: Database.Database; ledger: Ledger }

export type Step =
  | { kind: 'say'; laptop: number; encounter: number; payload: EncounterPayload }
  /** One laptop takes in what another has: of each chain what comes after so many events. */
  | { kind: 'hear'; laptop: number; from: number; after: number }
  /** The wall clock of a laptop is set. */
  | { kind: 'set-clock'; laptop: number; aheadMs: number }

const { examiner, otherExaminer, sp } = smallExam()
/** Who marks on each laptop. */
const raters = [examiner.id, otherExaminer.id, sp.id]
const LAPTOPS = raters.length
const encounters = ['encounter-1-1001', 'encounter-1-1002'].map((id) => encounterIdSchema.parse(id))
/** Few behaviours and few values, so that laptops contradict each other often. */
const said: fc.Arbitrary<EncounterPayload> = fc.oneof(
  fc.record({
    type: fc.constant('rating.recorded' as const),
    itemId: fc.constantFrom(
      ...rubricItems(empathyRubric())
        .slice(0, 2)
        .map(({ id }) => id),
    ),
    value: fc.constantFrom(1, 3, 5, 'no-opportunity' as const, null),
  }),
  { weight: 2, arbitrary: anyEncounterPayload },
)

const laptop = fc.nat({ max: LAPTOPS - 1 })

/** What happens on three laptops that now and then hear of one another, their wall clocks apart by up to minutes. */
export const histories = historiesOf(said)

export function historiesOf(
  payload: fc.Arbitrary<EncounterPayload>,
  { minLength = 1, maxLength = 24 } = {},
): fc.Arbitrary<Step[]> {
  return fc.array(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({
          kind: fc.constant('say' as const),
          laptop,
          encounter: fc.nat({ max: encounters.length - 1 }),
          payload,
        }),
      },
      fc.record({ kind: fc.constant('hear' as const), laptop, from: laptop, after: fc.constantFrom(0, 0, 2, 5) }),
      fc.record({
        kind: fc.constant('set-clock' as const),
        laptop,
        aheadMs: fc.integer({ min: -200_000, max: 200_000 }),
      }),
    ),
    { minLength, maxLength },
  )
}

/** Makes laptops that all have the small exam. */
export function laptopMaker(): (device: string, wallClock?: () => number) => Laptop {
  const dataDir = mkdtempSync(join(tmpdir(), 'attune-test-'))
  const store = openStore({ dataDir })
  putSmallExam(store)
  store.close()
  const bytes = readFileSync(join(dataDir, DATABASE_FILE))
  rmSync(dataDir, { recursive: true })
  // A database in memory has no log beside it.
  bytes.fill(1, 18, 20)
  return (device, wallClock = () => 0) => {
    const db = new Database(bytes)
    db.prepare('UPDATE installation SET device = ?').run(device)
    db.prepare('UPDATE own_device SET device = ?').run(device)
    return { db, ledger: createLedger(db, device, wallClock) }
  }
}

type Played = {
  /** Every event, in the order of their stamps. */
  rows: ChainedRow[]
  /** What the first laptop holds once it has heard of everything: its own marks as they were written, tap by tap. */
  lived: string
}

type Say = Extract<Step, { kind: 'say' }>
/** What a laptop writes of what somebody would say on it: something else, or nothing at all. */
export type Rules = (here: Laptop, encounterId: EncounterId, said: Say, id: EventId) => EncounterPayload | null

/** Plays a history on laptops of its own, which take whatever is said unless there are rules. */
export function play(
  make: ReturnType<typeof laptopMaker>,
  steps: readonly Step[],
  rules: Rules = (_here, _encounterId, { payload }) => payload,
): Played {
  let now = 1_763_110_800_000
  const ahead = Array.from({ length: LAPTOPS }, () => 0)
  const laptops = ahead.map((_, index) => make(`laptop${index}`, () => now + (ahead[index] ?? 0)))
  let made = 0
  for (const step of steps) {
    now += 1000
    const here = laptops[step.laptop]
    if (!here) continue
    if (step.kind === 'set-clock') ahead[step.laptop] = step.aheadMs
    else if (step.kind === 'hear') {
      const other = laptops[step.from]
      if (other) here.ledger.merge(eventsIn(other).filter(({ seq }) => seq > step.after))
    } else {
      const encounterId = encounters[step.encounter]
      if (!encounterId) continue
      const id = eventIdSchema.parse(`event-${(made += 1)}`)
      const payload = rules(here, encounterId, step, id)
      if (!payload) continue
      const entry: LedgerEntry = {
        id,
        examId: examIdSchema.parse('exam-1'),
        encounterId,
        raterId: raters[step.laptop] ?? null,
        role: 'examiner',
        offsetMs: made,
        payload,
      }
      here.ledger.append(entry)
    }
  }
  const all = new Map(laptops.flatMap((here) => eventsIn(here).map((row) => [row.id, row] as const)))
  const rows = [...all.values()].toSorted((a, b) => (a.hlc < b.hlc ? -1 : 1))
  const [first] = laptops
  first?.ledger.merge(rows)
  const lived = first ? contentOf(first) : ''
  for (const { db } of laptops) db.close()
  return { rows, lived }
}

export const eventsIn = ({ db }: Laptop): ChainedRow[] =>
  db.prepare<[], ChainedRow>('SELECT * FROM event ORDER BY device, exam_id, seq').all()

/** The ledger and all that is made from it, as text. */
export const contentOf = ({ db }: Laptop): string =>
  JSON.stringify([
    db.prepare('SELECT * FROM event ORDER BY id').all(),
    ...projectionTables.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()),
  ])

export const rating = (value: number) =>
  ({ type: 'rating.recorded', itemId: 'naming', value }) as unknown as EncounterPayload

/** A laptop rates one behaviour of the first encounter. */
export const say = (laptop: number, value: number): Step => ({
  kind: 'say',
  laptop,
  encounter: 0,
  payload: rating(value),
})
