import { randomBytes, randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { eventIdSchema } from '#shared/domain/ids.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { makeKey, unwrapKey } from '#electron/files/key-file.ts'
import { connect, DATABASE_FILE, type DataKey } from '#electron/store/connection.ts'
import { rekeyDatabase } from '#electron/store/rekey.ts'
import { openReader, openStore } from '#electron/store/store.ts'
import { sitAs, sitAsDirector } from '#tests/support/sign-in.ts'
import { callerOf, openWholeApp } from '#tests/support/whole-app.ts'
import { fillExam } from './filled-exam.ts'
import { atMost, byTurns, median, rounded, timeOf, type Measure } from './measure.ts'

const LIMIT = 1.3
const rounds = { warmUp: 300, counted: 2000 }
const openings = { warmUp: 3, counted: 20 }

/**
 * What encryption costs: a rating through the whole service, and the bare rows of one in a transaction, in an encrypted
 * folder beside the same folder in plain, by turns; and the opening, once the passphrase is known.
 */
export async function measureCipher(scratch: string): Promise<Measure[]> {
  const plainDir = join(scratch, 'in-plain')
  const cipherDir = join(scratch, 'encrypted')
  const filled = await fillExam(plainDir, { candidates: 24, stations: 8, exceptLastRound: true })
  cpSync(plainDir, cipherDir, { recursive: true })
  const key = randomBytes(32).toString('hex')
  rekeyDatabase(cipherDir, null, key)

  const opening = await byTurns(openings, {
    plain: () => timeOf(() => openReader(plainDir).close()),
    encrypted: () => timeOf(() => openReader(cipherDir, key).close()),
  })
  const { file } = await makeKey('a passphrase of a bench')
  const unlockMs = await timeOf(() => unwrapKey(file, { passphrase: 'a passphrase of a bench' }))

  const bare = { plain: bareCommits(plainDir, null), encrypted: bareCommits(cipherDir, key) }
  const commits = await byTurns(rounds, {
    plain: () => timeOf(bare.plain.commit),
    encrypted: () => timeOf(bare.encrypted.commit),
  })
  bare.plain.close()
  bare.encrypted.close()

  const service = { plain: await raterIn(plainDir, null, filled), encrypted: await raterIn(cipherDir, key, filled) }
  const ratings = await byTurns(rounds, {
    plain: (round) => timeOf(() => service.plain.rate(round)),
    encrypted: (round) => timeOf(() => service.encrypted.rate(round)),
  })
  await service.plain.close()
  await service.encrypted.close()

  const ratio = ({ plain, encrypted }: Record<'plain' | 'encrypted', number[]>) => median(encrypted) / median(plain)
  const details = ({ plain, encrypted }: Record<'plain' | 'encrypted', number[]>) => ({
    plainMs: rounded(median(plain)),
    encryptedMs: rounded(median(encrypted)),
  })
  return [
    atMost('cipher-rating', ratio(ratings), LIMIT, {
      ...details(ratings),
      ratings: rounds.counted,
      openingPlainMs: rounded(median(opening.plain)),
      openingEncryptedMs: rounded(median(opening.encrypted)),
      passphraseMs: rounded(unlockMs),
    }),
    atMost('cipher-commit', ratio(commits), LIMIT, { ...details(commits), commits: rounds.counted }),
  ]
}

/** Settings of as many bytes as the two rows of a rating, a transaction each. */
function bareCommits(dataDir: string, key: DataKey | null) {
  openStore({ dataDir, key }).close()
  const db = connect(join(dataDir, DATABASE_FILE), 'write', key)
  db.exec('CREATE TABLE bench_event (id TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID')
  db.exec('CREATE TABLE bench_state (item INTEGER PRIMARY KEY, row TEXT NOT NULL) STRICT')
  const event = db.prepare('INSERT INTO bench_event VALUES (?, ?)')
  const state = db.prepare('INSERT OR REPLACE INTO bench_state VALUES (?, ?)')
  let count = 0
  const write = db.transaction(() => {
    event.run(randomUUID(), 'x'.repeat(400))
    state.run((count += 1) % 20, 'y'.repeat(80))
  })
  return {
    commit: () => {
      write.immediate()
    },
    close: () => {
      db.exec('DROP TABLE bench_event; DROP TABLE bench_state')
      db.close()
    },
  }
}

async function raterIn(
  dataDir: string,
  key: DataKey | null,
  { untouched, examId }: Awaited<ReturnType<typeof fillExam>>,
) {
  const services = await openWholeApp(dataDir, undefined, key)
  const [slot] = untouched
  const director = callerOf(services, 'bench-director')
  await sitAsDirector(director)
  const { people } = await director('exam.get', { examId })
  const person = people.find(
    ({ role, stationIds }) => role === 'examiner' && slot && stationIds.includes(slot.stationId),
  )
  if (!slot || !person) throw new Error('no encounter is left to rate')
  const examiner = callerOf(services, 'bench-examiner')
  await sitAs(examiner, person)
  const at = () => ({ encounterId: slot.id, eventId: eventIdSchema.parse(randomUUID()) })
  await examiner('encounter.confirmIdentity', at())
  await examiner('clock.command', { ...at(), command: { kind: 'start' } })
  const { rubric } = await examiner('encounter.open', { encounterId: slot.id })
  const items = rubricItems(rubric).map(({ id }) => id)
  return {
    rate: (round: number) => {
      const itemId = items[round % items.length]
      if (itemId === undefined) throw new Error('the rubric is empty')
      return examiner('rating.record', { ...at(), itemId, value: (round % 5) + 1 })
    },
    close: () => services.shutdown(),
  }
}
