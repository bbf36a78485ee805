import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBundle, encodeBundle, type Bundle } from '#electron/files/bundle-codec.ts'
import { chained, CHAIN_START } from '#electron/store/chain.ts'
import { ledgerCode } from '#electron/store/ledger-code.ts'
import type { ChainedRow } from '#electron/store/event-row.ts'
import { AttuneError } from '#shared/contract/result.ts'
import { MAX_BUNDLE_BYTES, MAX_BUNDLE_EVENTS } from '#shared/domain/bundle.ts'
import { ledgerEventSchema, type LedgerEvent } from '#shared/domain/ledger-event.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const signWith = (bytes: Uint8Array) => sign(null, bytes, privateKey).toString('base64')
const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')

const eventOf = (seq: number, more: object = {}): LedgerEvent =>
  ledgerEventSchema.parse({
    id: `event-${seq}`,
    device: 'laptop1',
    seq,
    hlc: `176311080100${seq}-0000-laptop1`,
    examId: 'exam-1',
    encounterId: 'encounter-1-1001',
    raterId: 'examiner-1',
    role: 'examiner',
    offsetMs: null,
    supersedes: [],
    payload: { type: 'rating.recorded', itemId: 'naming', value: seq },
    ...more,
  })

function chainOf(...events: LedgerEvent[]): ChainedRow[] {
  let prev = CHAIN_START
  return events.map((event) => {
    const row = chained(event, prev)
    prev = row.hash
    return row
  })
}

function bundleOf(rows: ChainedRow[], header: object = {}): Bundle {
  const last = rows.at(-1)
  const heads = last ? [{ device: 'laptop1', seq: last.seq, hash: last.hash }] : []
  return {
    header: {
      format: 'attune-bundle',
      formatVersion: 1,
      examId: eventOf(1).examId ?? ('' as never),
      publicKey: key,
      heads,
      ledgerCode: ledgerCode(heads),
      events: rows.length,
      exportedAt: '2026-11-14T12:00:00.000Z',
      software: '0.1.0',
      rubrics: [],
      ...header,
    },
    rows,
  }
}

const written = (bundle: Bundle): Buffer => Buffer.from(encodeBundle(bundle, signWith))

/** A bundle of any lines, signed as a station would. */
function signed(...lines: string[]): Buffer {
  const body = Buffer.from(`${lines.join('\n')}\n`)
  const signature = signWith(createHash('sha256').update(body).digest())
  return Buffer.concat([body, Buffer.from(`${JSON.stringify({ signature })}\n`)])
}

function refusal(bytes: Uint8Array): string {
  try {
    decodeBundle(bytes)
    return 'taken'
  } catch (error) {
    return error instanceof AttuneError ? error.code : String(error)
  }
}

const rows = chainOf(eventOf(1), eventOf(2), eventOf(3))
const sound = written(bundleOf(rows))
const [headerLine, ...eventLines] = sound.toString('utf8').split('\n').slice(0, 4)
if (!headerLine) throw new Error('no header')

describe('a bundle as a station writes it', () => {
  it('is read as it was written', () => {
    expect(decodeBundle(sound)).toEqual(bundleOf(rows))
  })

  it('may hold nothing, where nothing came since the last one', () => {
    expect(decodeBundle(written(bundleOf([])))).toEqual(bundleOf([]))
  })
})

describe('a hostile bundle', () => {
  it('is refused wherever one byte of it was changed', () => {
    fc.assert(
      fc.property(fc.nat({ max: sound.length - 2 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bytes = Buffer.from(sound)
        bytes[at] = (bytes[at] ?? 0) ^ by
        expect(refusal(bytes)).toMatch(/^bundle-(altered|invalid|newer)$/)
      }),
    )
  })

  it('is refused wherever it was cut off', () => {
    for (let length = 0; length < sound.length - 1; length += 7) {
      expect(refusal(sound.subarray(0, length))).toMatch(/^bundle-(altered|invalid)$/)
    }
  })

  it.each<[string, string, Buffer]>([
    ['says another number of events than it has', 'bundle-altered', written(bundleOf(rows, { events: 10_000_000 }))],
    ['comes from a newer version', 'bundle-newer', written(bundleOf(rows, { formatVersion: 2 }))],
    ['has a field in its header that nobody knows', 'bundle-invalid', written(bundleOf(rows, { more: 1 }))],
    ['bears the letters of another ledger', 'bundle-altered', written(bundleOf(rows, { ledgerCode: 'ABCD-EFGH' }))],
    ['bears no letters', 'bundle-altered', written(bundleOf(rows, { ledgerCode: null }))],
    [
      'ends elsewhere than its header says',
      'bundle-altered',
      written({ ...bundleOf(rows), header: { ...bundleOf(rows.slice(0, 2)).header, events: rows.length } }),
    ],
    ['tells another exam in its header', 'bundle-elsewhere', written(bundleOf(rows, { examId: 'exam-2' }))],
    ['speaks for a device that its header does not name', 'bundle-invalid', written(bundleOf(rows, { heads: [] }))],
    [
      'is signed by another key than it names',
      'bundle-altered',
      written(bundleOf(rows, { publicKey: 'A'.repeat(43) + '=' })),
    ],
    ['tells an event twice', 'bundle-invalid', written(bundleOf([...rows, ...rows.slice(0, 1)], { events: 4 }))],
    [
      'stamps an event in another’s name',
      'bundle-invalid',
      written(bundleOf(chainOf(eventOf(1, { hlc: '1763110801001-0000-laptop2' })))),
    ],
    [
      'names a device that is a path',
      'bundle-invalid',
      written(bundleOf(rows, { heads: [{ device: '../../x', seq: 1, hash: 'a'.repeat(64) }] })),
    ],
    [
      'has an event with a field that nobody knows',
      'bundle-invalid',
      signed(headerLine, ...eventLines.map((line) => line.replace('"seq":', '"more":1,"seq":'))),
    ],
    [
      'has an event with a prototype',
      'bundle-invalid',
      signed(headerLine, ...eventLines.map((line) => line.replace('"payload":{', '"payload":{"__proto__":{"x":1},'))),
    ],
    [
      'has an event of a kind that nobody knows',
      'bundle-invalid',
      signed(headerLine, ...eventLines.map((line) => line.replace('rating.recorded', 'rating.forged'))),
    ],
    ['holds no JSON', 'bundle-invalid', signed('{'.repeat(100_000))],
    ['is deeper than anything', 'bundle-invalid', signed('['.repeat(200_000) + ']'.repeat(200_000))],
    ['is one line', 'bundle-invalid', Buffer.from('{}')],
  ])('that %s is refused', (_what, code, bytes) => {
    expect(refusal(bytes)).toBe(code)
  })

  it('of more lines, or of more bytes, than a station can record is refused before it is read', () => {
    expect(refusal(signed(headerLine, '\n'.repeat(MAX_BUNDLE_EVENTS + 2)))).toBe('bundle-too-large')
    expect(refusal(Buffer.alloc(MAX_BUNDLE_BYTES + 1))).toBe('bundle-too-large')
  })
})
