import { randomBytes } from 'node:crypto'
import type { CandidateId, ExamId, PersonId } from '#shared/domain/ids.ts'
import type { GoneOn } from '#shared/domain/gone-on.ts'
import { carrySetUps, readSetUpsOut, type CarriedSetUp } from './carried-set-up.ts'
import type { Db } from './connection.ts'
import { migrations } from './migrations/index.ts'
import { migrateAll } from './migrator.ts'
import { createErasureRepository } from './repositories/erasure.ts'

type ExamKeyRow = {
  exam_id: string
  recipient: string
  identity: string | null
  signer?: string | null
  exported_at?: string | null
}
type TrustedRow = { public_key: string; name: string; trusted_at: string }
type DeviceRow = { device: string; public_key: string }
type NamesErased = { id: string; exam_id: ExamId }

/**
 * What no earlier database may take away again: the keys by which laptops know each other and by which the bundles are
 * opened that they still hold, where what is in those belongs, and whose names were erased.
 */
export type CarriedOver = {
  signingKey: string | null
  examKeys: ExamKeyRow[]
  setUps: CarriedSetUp[]
  trusted: TrustedRow[]
  devices: DeviceRow[]
  /** Candidates and people, by id. */
  erased: string[]
  /** The events by which all names of an exam went. */
  namesErased: NamesErased[]
}

/** Reads it from a database of this version or an earlier one, which may not have all of it. */
export function readCarriedOver(db: Db): CarriedOver {
  const rows = <Row>(table: string): Row[] =>
    hasTable(db, table) ? db.prepare<[], Row>(`SELECT * FROM ${table}`).all() : []
  return {
    signingKey: signingKeyOf(db),
    examKeys: rows('exam_key'),
    setUps: hasTable(db, 'exam_key') ? readSetUpsOut(db) : [],
    trusted: rows('trusted_key'),
    devices: rows('device_of_key'),
    erased: rows<{ id: string }>('erased').map(({ id }) => id),
    namesErased: hasTable(db, 'erased')
      ? db
          .prepare<[], NamesErased>(
            `SELECT id, exam_id FROM event WHERE encounter_id IS NULL AND payload ->> 'type' = 'exam.names-erased'`,
          )
          .all()
      : [],
  }
}

/**
 * Puts it into the database that is to stand in the place of the one it was read from, once that is of this version. Who
 * is trusted and how exams are set up whose packages are out goes on where both are of one installation; of the data of
 * another one, nothing but keys that open bundles. Returns the exams that go on with another set-up. Not in a
 * transaction: what was deleted is written over in the file.
 */
export function carryOver(db: Db, carried: CarriedOver): GoneOn[] {
  const { examKeys, trusted, devices, erased, namesErased } = carried
  if ([examKeys, trusted, devices, erased, namesErased].every((rows) => rows.length === 0)) return []
  migrateAll(db, migrations)
  const { isErased, goneOn } = db.transaction(() => {
    const isErased = eraseAgain(db, carried)
    const goneOn = isOfSame(db, carried) ? carrySetUps(db, carried.setUps) : []
    carryKeys(db, carried)
    return { isErased, goneOn }
  })()
  if (isErased) db.exec('VACUUM')
  return goneOn
}

/** Whether a database is of the installation that this was read from; of before there were keys, it is. */
export function isOfSame(db: Db, { signingKey }: CarriedOver): boolean {
  const own = signingKeyOf(db)
  return own === null || own === signingKey
}

function carryKeys(db: Db, carried: CarriedOver): void {
  const { examKeys, trusted, devices } = carried
  const isSame = isOfSame(db, carried)
  const isHere = db.prepare('SELECT 1 FROM exam WHERE id = ?').pluck()
  const identityOf = db.prepare<[string], string | null>('SELECT identity FROM exam_key WHERE exam_id = ?').pluck()
  const putKey = db.prepare(
    'INSERT OR REPLACE INTO exam_key (exam_id, recipient, identity, signer, exported_at) VALUES (?, ?, ?, ?, ?)',
  )
  for (const { exam_id, recipient, identity, signer = null, exported_at = null } of examKeys) {
    const opens = (identityOf.get(exam_id) ?? null) !== null
    // What opens bundles is not lost to what does not, nor is another installation's taken for this one's.
    const goesOn = isSame ? identity !== null || !opens : identity !== null && !opens
    if (goesOn && isHere.get(exam_id) !== undefined) putKey.run(exam_id, recipient, identity, signer, exported_at)
  }
  if (!isSame) return
  const trust = db.prepare(
    `INSERT INTO trusted_key (public_key, name, trusted_at) VALUES (?, ?, ?)
     ON CONFLICT (public_key) DO UPDATE SET name = excluded.name`,
  )
  for (const { public_key, name, trusted_at } of trusted) trust.run(public_key, name, trusted_at)
  const bind = db.prepare('INSERT OR IGNORE INTO device_of_key (device, public_key) VALUES (?, ?)')
  for (const { device, public_key } of devices) bind.run(device, public_key)
}

/** Whether anything was erased. */
function eraseAgain(db: Db, { erased, namesErased }: CarriedOver): boolean {
  const erasure = createErasureRepository(db)
  const isPerson = db.prepare('SELECT 1 FROM person WHERE id = ?').pluck()
  const isKnown = db.prepare('SELECT 1 FROM event WHERE id = ?').pluck()
  const again = (erased as (CandidateId | PersonId)[]).filter((id) => !erasure.isErased(id))
  for (const id of again) {
    if (isPerson.get(id) !== undefined) erasure.erasePerson(id as PersonId)
    else erasure.eraseCandidate(id as CandidateId, `X-${randomBytes(6).toString('hex')}`)
  }
  // People who came to an exam after its names had gone are in no database without that event.
  const exams = namesErased.filter(({ id }) => isKnown.get(id) === undefined)
  for (const { exam_id } of exams) erasure.erasePeople(exam_id)
  return again.length > 0 || exams.length > 0
}

const hasTable = (db: Db, name: string): boolean =>
  db.prepare<[string]>("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined

/** null before installations had one. */
function signingKeyOf(db: Db): string | null {
  const row = db.prepare<[], { signing_key?: string | null }>('SELECT * FROM installation').get()
  return row?.signing_key ?? null
}
