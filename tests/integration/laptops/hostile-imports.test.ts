import { createHash } from 'node:crypto'
import { readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { BUNDLE_VERSION, MAX_BUNDLE_BYTES, MAX_BUNDLE_EVENTS } from '#shared/domain/bundle.ts'
import { canonicalJson } from '#shared/domain/canonical-json.ts'
import type { ErrorCode } from '#shared/contract/result.ts'
import type { LedgerEvent } from '#shared/domain/ledger-event.ts'
import { rubricItems } from '#shared/domain/rubric.ts'
import { sentenceFor } from '#electron/hosts/sentences.ts'
import { createSealKey, sealTo } from '#electron/files/sealed.ts'
import { openReader, openStore, type Store } from '#electron/store/store.ts'
import { chained } from '#electron/store/chain.ts'
import { eventFromRow, type ChainedRow } from '#electron/store/event-row.ts'
import { isSound } from '#electron/store/verify-ledger.ts'
import { saidIn } from '#tests/support/audit-of.ts'
import { eventually } from '#tests/support/eventually.ts'
import { rowsByTable } from '#tests/support/every-row.ts'
import { headerOf } from '#tests/support/forged-bundle.ts'
import {
  directorsLaptop,
  exam,
  examine,
  examiner,
  handOver,
  newEvent,
  rubric,
  slotsOf,
  stationOf,
  type TestLaptop,
} from '#tests/support/laptops.ts'
import { tempDir } from '#tests/support/temp-dir.ts'

const [slot] = slotsOf(examiner)
const [item] = rubricItems(rubric)
if (!slot || !item) throw new Error('the small exam has other encounters')
const encounterId = slot.id

/** A director who knows a station, and that station's key: whoever holds its laptop can sign what they like. */
let director: TestLaptop
let station: Store
let letters = ''

/** Anew for each: helpers clear up after the test that called them. */
async function begin(): Promise<void> {
  director = await directorsLaptop()
  const laptop = await stationOf(director)
  await examine(laptop.as(examiner), encounterId, 4)
  await handOver(laptop, director)
  letters = (await laptop.director('laptop.own', {})).code
  await laptop.services.shutdown()
  station = openStore({ dataDir: laptop.dataDir })
  station.ledger.append({
    ...{ id: newEvent(), examId: exam.id, encounterId, raterId: examiner.id, role: 'examiner', offsetMs: 1 },
    payload: { type: 'note.recorded', itemId: null, text: 'not handed over yet' },
  })
  onTestFinished(() => {
    station.close()
  })
}

const recipient = () => station.keys.examKey(exam.id)?.recipient ?? ''
const sealed = (text: string | Buffer) => sealTo(recipient(), Buffer.from(text))

/** The events that the station wrote, all or from its last one on. */
const rowsOf = (): ChainedRow[] => station.chains.rows(exam.id, station.installation.device(), 0)
const lineOf = (row: ChainedRow): string => canonicalJson({ event: eventFromRow(row), hash: row.hash, prev: row.prev })
/** A field that is undefined is left out. */
const headerWith = (rows: readonly ChainedRow[], more: object = {}): string =>
  JSON.stringify({ ...headerOf(station.installation.publicKey(), rows), ...more })
const signed = (...lines: string[]): Buffer => {
  const body = Buffer.from(`${lines.join('\n')}\n`)
  const signature = station.installation.sign(createHash('sha256').update(body).digest())
  return Buffer.concat([body, Buffer.from(`${canonicalJson({ signature })}\n`)])
}
const bundle = (header: object = {}, line: (line: string) => string = (same) => same): Buffer => {
  const rows = rowsOf()
  return signed(headerWith(rows, header), ...rows.map((row) => line(lineOf(row))))
}
/** One event after the station's last, chained and hashed as its own would be. */
const withOneMore = (more: object): Buffer => {
  const rows = rowsOf()
  const last = rows.at(-1)
  if (!last) throw new Error('the station wrote something')
  const event: LedgerEvent = { ...eventFromRow(last), id: newEvent(), seq: last.seq + 1, supersedes: [], ...more }
  const all = [...rows, chained(event, last.hash)]
  return signed(headerWith(all), ...all.map(lineOf))
}
/** The station's last event alone, with brackets in it that go so deep: deeper than anybody could write anew. */
const tooDeep = (depth: number): Buffer => {
  const [last] = rowsOf().slice(-1)
  if (!last) throw new Error('the station wrote something')
  const event = JSON.stringify({ ...eventFromRow(last), payload: clockOf({ deep: 'DEEP' }) })
  const line = `{"event":${event},"hash":"${last.hash}","prev":"${last.prev}"}`
  return signed(headerWith([last]), line.replace('"DEEP"', nested(depth)))
}
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

type Hostile = [what: string, code: ErrorCode, bytes: () => Uint8Array | Promise<Uint8Array>]

const withField = (text: string, more: string) => text.replace('{', `{${more},`)
const withHeader = (header: string) => signed(header, ...rowsOf().map(lineOf))
const lines = (count: number) => Buffer.alloc(count * 3, '{}\n')
const bomb = () => gzipSync(Buffer.alloc(64_000_000))
const flipped = async () => {
  const bytes = await sealed(bundle())
  bytes[bytes.length - 100] = (bytes.at(-100) ?? 0) ^ 1
  return bytes
}
const nobodys: Hostile[] = [
  ['is empty', 'file-not-sealed', () => Buffer.alloc(0)],
  ['is cut off', 'bundle-not-opened', async () => (await sealed(bundle())).slice(0, -40)],
  ['is cut off at its head', 'bundle-not-opened', async () => (await sealed(bundle())).slice(0, 60)],
  ['was cut off before it was sealed', 'bundle-invalid', () => sealed(bundle().subarray(0, -40))],
  ['has a flipped bit', 'bundle-not-opened', flipped],
  ['is sealed to another key', 'bundle-not-opened', async () => sealTo((await createSealKey()).recipient, bundle())],
  ['names another key than signed it', 'bundle-altered', () => sealed(bundle({ publicKey: `${'A'.repeat(43)}=` }))],
  ['is a ZIP', 'file-not-sealed', () => Buffer.from('504b0304140000000000', 'hex')],
  ['is a bomb', 'file-not-sealed', bomb],
  ['is a bomb, sealed', 'bundle-invalid', () => sealed(bomb())],
  ['is deeper than anything', 'bundle-invalid', () => sealed(signed('['.repeat(200_000)))],
  [
    'has a device that is a path',
    'bundle-invalid',
    () => sealed(bundle({ heads: [{ device: '../../x', seq: 1, hash: 'a'.repeat(64) }] })),
  ],
  [
    'has ten million lines',
    'bundle-too-large',
    () => sealed(Buffer.concat([Buffer.from(`${headerWith(rowsOf())}\n`), lines(10_000_000)])),
  ],
  [
    'has one line too many',
    'bundle-too-large',
    () => sealed(signed(`${headerWith(rowsOf())}\n${lines(MAX_BUNDLE_EVENTS).toString()}{}`)),
  ],
  ['has a line that fills the memory', 'bundle-too-large', () => sealed(withHeader(`[${'[],'.repeat(400_000)}1]`))],
  [
    'ends with such a line',
    'bundle-too-large',
    () => sealed(Buffer.concat([bundle(), Buffer.alloc(1_200_000, '[],')])),
  ],
  [
    'has a prototype in its header',
    'bundle-invalid',
    () => sealed(withHeader(withField(headerWith(rowsOf()), '"__proto__":{"x":1}'))),
  ],
  ['tells no words of its stations', 'bundle-invalid', () => sealed(bundle({ rubrics: undefined }))],
  ['bears no letters', 'bundle-invalid', () => sealed(bundle({ ledgerCode: undefined }))],
  ['has an unknown field in its header', 'bundle-invalid', () => sealed(bundle({ more: 1 }))],
  ['is of a newer version', 'bundle-newer', () => sealed(bundle({ formatVersion: BUNDLE_VERSION + 1 }))],
]

const inEvents = (from: string, to: string) => () => sealed(bundle({}, (line) => line.replace(from, to)))
const twice = () => {
  const [one = '', ...others] = rowsOf().map(lineOf)
  return sealed(signed(headerWith(rowsOf(), { events: others.length + 2 }), one, ...others, one))
}
const saying = (payload: object, more: object = {}) => sealed(withOneMore({ payload, ...more }))
const clockOf = (state: object) => ({ type: 'clock.changed', state, reading: {} })
const ofDirector = { role: 'director', raterId: null, encounterId: null }
const note = { type: 'note.recorded', itemId: null, text: 'good' }
const review = { decision: 'dismissed', reason: 'no reason', reviewer: 'Somebody' }
const stations: Hostile[] = [
  ['has an event twice', 'bundle-invalid', twice],
  ['claims ten million events', 'bundle-altered', () => sealed(bundle({ events: 10_000_000 }))],
  ['has a prototype in a line', 'bundle-invalid', inEvents('{', '{"__proto__":{"x":1},')],
  ['has a prototype in an event', 'bundle-invalid', inEvents('"payload":{', '"payload":{"__proto__":{"x":1},')],
  ['has an unknown field in an event', 'bundle-invalid', inEvents('"seq":', '"more":1,"seq":')],
  ['has an event that was changed', 'bundle-altered', inEvents('not handed over', 'now handed over')],
  [
    'tells of an encounter of another exam',
    'bundle-elsewhere',
    () => sealed(withOneMore({ encounterId: 'encounter-elsewhere' })),
  ],
  [
    'is of an exam that is not here',
    'unknown-exam',
    () => sealed(signed(headerWith(rowsOf(), { examId: 'exam-2', events: 0 }))),
  ],
  [
    'brings a review',
    'bundle-not-entitled',
    () => sealed(withOneMore({ role: 'director', payload: { type: 'red-flag.reviewed', markId: 'mark-1', review } })),
  ],
  [
    'has a stamp of another century',
    'bundle-invalid',
    () => sealed(withOneMore({ hlc: `9999999999999-ffff-${station.installation.device()}` })),
  ],
  [
    'goes as deep as a clock never does',
    'bundle-invalid',
    () => saying(clockOf({ deep: JSON.parse(nested(2000)) as object })),
  ],
  ['goes as deep as a line holds', 'bundle-invalid', () => sealed(tooDeep(400_000))],
  [
    'holds half a character',
    'bundle-invalid',
    () => saying({ type: 'note.recorded', itemId: null, text: 'good \ud83d' }),
  ],
  [
    'erases a name',
    'bundle-not-entitled',
    () => sealed(withOneMore({ ...ofDirector, payload: { type: 'candidate.erased', candidateId: 'candidate-1' } })),
  ],
  [
    'closes the exam',
    'bundle-not-entitled',
    () => sealed(withOneMore({ ...ofDirector, payload: { type: 'exam.status-changed', status: 'closed' } })),
  ],
  ['has marks of somebody whom the exam does not have', 'bundle-unfit', () => saying(note, { raterId: 'examiner-9' })],
  ['has marks of a director', 'bundle-not-entitled', () => saying(note, { role: 'director' })],
  ['has marks of nobody', 'bundle-unfit', () => saying(note, { raterId: null })],
  ['rates beyond the scale', 'bundle-unfit', () => saying({ type: 'rating.recorded', itemId: item.id, value: 7 })],
  ['has a clock that is none', 'bundle-unfit', () => saying(clockOf({}))],
  [
    'saw another candidate there',
    'bundle-unfit',
    () => saying({ type: 'identity.confirmed', candidateId: 'candidate-3', stationId: 'station-1' }),
  ],
  [
    'rates at a rest station',
    'bundle-unfit',
    () => saying({ type: 'identity.confirmed' }, { encounterId: 'encounter-3-1001' }),
  ],
  ['leaves out with which words its station was rated', 'bundle-unfit', () => sealed(bundle({ rubrics: [] }))],
]

const hostile = [
  ...nobodys.map(([what, code, bytes]) => ({ what, code, bytes, signer: false })),
  ...stations.map(([what, code, bytes]) => ({ what, code, bytes, signer: true })),
]

it.each(hostile)(
  'a bundle that $what leaves nothing but a sentence and a line for the audit',
  async ({ code, signer, bytes }) => {
    await begin()
    const rows = rowsByTable(director.dataDir)
    const file = Buffer.from(await bytes())
    const before = rows()
    const files = readdirSync(director.dataDir)
    const upload = { name: '../../attune.db.attune-bundle', base64: file.toString('base64') }
    const answer = await director.director('bundle.import', { upload, trust: null }).catch((error: unknown) => error)
    expect(answer).toMatchObject({ code })
    const after = rows()

    const { event: told = [], ...others } = after
    const { event: known = [], ...same } = before
    expect(others).toEqual(same)
    expect(readdirSync(director.dataDir)).toEqual(files)
    expect(told.slice(0, known.length)).toEqual(known)
    const payload = JSON.parse(String(told.at(-1)?.['payload'])) as object
    expect(told.slice(known.length)).toMatchObject([{ exam_id: '', encounter_id: null }])
    expect(payload).toEqual({ type: 'bundle.refused', problem: code, ...(signer && { code: letters }) })

    const [said] = await saidIn(director.director)
    expect(said).toContain(
      signer ? `was refused a bundle of the laptop with the letters ${letters}` : 'was refused a bundle: ',
    )
    expect(said).not.toContain('attune.db')
    for (const sentence of [said ?? '', sentenceFor(code, (answer as { params: never }).params)])
      expect(sentence).toMatch(/^[^{}[\]]{30,}\.$/)
    const reader = openReader(director.dataDir)
    expect(isSound(reader.verify())).toBe(true)
    reader.close()
  },
)

it('a file in the watched folder that is larger than any bundle is refused unread, with the same', async () => {
  await begin()
  const folder = tempDir()
  await director.director('bundle.watch', { path: folder })
  const path = join(folder, 'large.attune-bundle')
  writeFileSync(path, await sealed(bundle()))
  truncateSync(path, MAX_BUNDLE_BYTES + 1)
  await eventually(async () => {
    director.services.wake()
    const { watched } = await director.director('laptop.list', { examId: exam.id })
    expect(watched?.arrived).toMatchObject([{ imported: null, failure: { code: 'file-too-large' } }])
  })
  const [said] = await saidIn(director.director)
  expect(said).toMatch(/^was refused a bundle: /)
})
