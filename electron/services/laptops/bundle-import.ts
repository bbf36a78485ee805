import { hash } from 'node:crypto'
import { AttuneError } from '#shared/contract/result.ts'
import type { ImportedBundle } from '#shared/contract/parts/laptops.ts'
import { parseStamp } from '#shared/domain/hybrid-clock.ts'
import type { EncounterId } from '#shared/domain/ids.ts'
import type { AdministrativePayload, EncounterPayload } from '#shared/domain/ledger-event.ts'
import type { Session } from '#shared/domain/session.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import { ofSigner, type Bundle } from '#electron/files/bundle-codec.ts'
import type { Erasing } from '#electron/services/set-up/erasing.ts'
import { entryAbout, examOf } from '#electron/services/set-up/set-up.ts'
import type { ChainedRow } from '#electron/store/event-row.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import type { Store } from '#electron/store/store.ts'
import type { Reader } from '#electron/threads/reader.ts'
import { createFit } from './bundle-fit.ts'
import { ownerOf } from './exam-home.ts'
import { noteRefusal } from './refusals.ts'

/** So many events are looked at or written at once. */
const SLICE = 400

export type ImportParts = {
  store: Store
  events: Pick<EventHub, 'publish'>
  reader: Reader
  ids: () => string
  /** What the exam's own laptop erased is erased here. */
  erasing: Pick<Erasing, 'merged' | 'finish'>
  wallNow: () => number
  /** Keeps a copy of the data before something is taken in; one for all that come together. */
  beforeBundle: () => Promise<void>
}

/** A laptop whose code was compared, and the name it gets. */
export type Trust = { code: string; name: string }
type Bytes = Uint8Array<ArrayBuffer>
/** `read` gives the file: what cannot be read is refused as well. `trusted`: of these the one that signed is believed. */
export type BundleInput = { read: () => Bytes | Promise<Bytes>; trusted: readonly Trust[] }

/**
 * Takes a bundle in, whichever comes first and however often. Whatever is refused leaves a line for the audit and
 * nothing else. Throws AttuneError: as `openSealed`, `decodeBundle` and `Ledger.merge` do, "unknown-exam" where no
 * exam of this installation is meant, "bundle-stranger" with the laptop's code, "bundle-not-entitled",
 * "bundle-rubric-differs", "bundle-unfit"; as `ofSigner` tells it where the signature holds.
 */
export async function importBundle(
  parts: ImportParts,
  { read, trusted }: BundleInput,
  session: Session | null,
): Promise<ImportedBundle> {
  let file: Bytes | null = null
  try {
    file = await read()
    const bundle = await openBundle(parts, file)
    return await takeIn(parts, { bundle, trusted }, session).catch((error: unknown) => {
      throw ofSigner(error, bundle.header.publicKey, bundle.rows.length)
    })
  } catch (error) {
    if (error instanceof AttuneError) {
      const { signer } = error.params
      const code = signer === undefined ? {} : { code: String(signer) }
      await noteRefusal(parts, { type: 'bundle.refused', problem: error.code, ...code }, { file, session })
    }
    throw error
  }
}

async function openBundle({ store, reader }: ImportParts, bytes: Bytes): Promise<Bundle> {
  const identities = store.exams.list().flatMap(({ id }) => store.keys.examKey(id)?.identity ?? [])
  if (identities.length === 0) throw new AttuneError('bundle-without-package')
  return reader.read('bundle', { bytes, identities })
}

async function takeIn(
  parts: ImportParts,
  { bundle, trusted }: { bundle: Bundle; trusted: readonly Trust[] },
  session: Session | null,
): Promise<ImportedBundle> {
  const { store, ids } = parts
  const { examId, heads, publicKey, statement: signed } = bundle.header
  const note = (payload: AdministrativePayload, id = ids()) => {
    store.ledger.append(entryAbout(() => id, { examId: null, session }, payload))
  }
  examOf(store, examId)
  const name = nameOf(parts, bundle, trusted)
  // Nothing is believed, and nothing written, of a bundle of which something is refused.
  const news: ChainedRow[] = []
  await inSlices(bundle.rows, (slice) => {
    news.push(...store.ledger.check(slice))
  })
  mustHaveSameWords(store, bundle)
  await mustBelong(store, bundle, news)
  // Nothing can go wrong with a bundle of which all is here already: it gets no backup that would only take room.
  if (news.length > 0) await parts.beforeBundle()
  believe(parts, bundle, name, session)
  const counts = await merge(parts, bundle)
  const devices = heads.map(({ device }) => device)
  // Not what the header claims: of a bundle that begins late, what lies between is not here yet.
  note({ type: 'bundle.imported', examId, devices, heads: store.chains.wholeTo(examId, devices), ...counts })
  // The same one comes with every bundle that is made after it.
  if (signed && publicKey !== store.installation.publicKey()) {
    note({ type: 'statement.received', signed }, `stated-${hash('sha256', signed.signature, 'hex').slice(0, 48)}`)
  }
  parts.erasing.finish()
  parts.events.publish('exam.changed', { examId })
  const conflicting = store.encounters.conflictingEvents(examId)
  return {
    examId,
    laptop: name,
    ledgerCode: bundle.header.ledgerCode,
    new: counts.added,
    known: counts.known,
    conflicting: bundle.rows.filter(({ id }) => conflicting.has(id)).length,
    missing: missingOf(store, bundle),
    aheadMs: aheadMs(bundle, parts.wallNow()),
  }
}

/** No clock of a laptop is that far ahead; after such a stamp nothing could be put in order any more. */
const FAR_MS = 10 * 365 * 86_400_000

/**
 * The name of the laptop that signed: as it is known, or as the director names it who compared its code. Throws
 * 'bundle-stranger' with the code, 'bundle-forked' for what is written in the name of another laptop, 'bundle-invalid'.
 */
function nameOf({ store, wallNow }: ImportParts, { header, rows }: Bundle, trusted: readonly Trust[]): string {
  const { publicKey } = header
  const code = keyCode(publicKey)
  const isOwn = publicKey === store.installation.publicKey()
  const known = store.keys.trusted().find((key) => key.publicKey === publicKey)
  const name = isOwn ? code : (trusted.find((trust) => trust.code === code)?.name ?? known?.name)
  if (name === undefined) throw new AttuneError('bundle-stranger', { code })
  const own = new Set(store.installation.devices())
  for (const device of devicesOf(rows)) {
    if (own.has(device) !== isOwn || (store.keys.keyOf(device) ?? publicKey) !== publicKey) {
      throw new AttuneError('bundle-forked')
    }
  }
  const latest = wallNow() + FAR_MS
  if (rows.some(({ hlc }) => parseStamp(hlc).wallMs > latest)) throw new AttuneError('bundle-invalid')
  return name
}

/** What changes a mark after it was submitted, or disposes of one: the exam's director does that, where the exam is. */
const directorsDeeds: ReadonlySet<string> = new Set(['mark.amended', 'red-flag.reviewed'])

const isOwners = (store: Store, { header }: Bundle): boolean => ownerOf(store, header.examId) === header.publicKey

/**
 * Throws 'bundle-not-entitled' for a director's deed of a laptop that the exam does not belong to, such as a mark in that
 * role or anything about the exam as a whole, and 'bundle-unfit' for what the exam has no place for, or nobody in it
 * said. What is here already was let in before; what this installation wrote under an earlier name tells its directors'
 * deeds as well.
 */
async function mustBelong(store: Store, bundle: Bundle, news: readonly ChainedRow[]): Promise<void> {
  const { examId, rubrics } = bundle.header
  const isOfOwner = isOwners(store, bundle)
  const people = new Set<string>(store.people.ofExam(examId).map(({ id }) => id))
  const fit = createFit(store, rubrics)
  await inSlices(news, (slice) => {
    for (const { encounter_id, rater_id, role, payload: text } of slice) {
      // Its shape was checked where the bundle was read.
      const payload = JSON.parse(text) as EncounterPayload
      if (!isOfOwner) {
        const isDirectors = encounter_id === null || role === 'director' || directorsDeeds.has(payload.type)
        if (isDirectors) throw new AttuneError('bundle-not-entitled')
        const isOfPerson = rater_id === null ? role === 'system' : people.has(rater_id)
        if (!isOfPerson) throw new AttuneError('bundle-unfit')
      }
      if (encounter_id !== null) fit(encounter_id as EncounterId, payload)
    }
  })
}

/** A mark stands for the words that it was given for. Throws 'bundle-rubric-differs' where a station has others here. */
function mustHaveSameWords(store: Store, { header: { rubrics } }: Bundle): void {
  for (const { stationId, checksum } of rubrics) {
    const ref = store.stations.get(stationId)?.rubric
    const rubric = ref && store.rubrics.get(ref)?.rubric
    if (rubric && rubric.checksum !== checksum) {
      throw new AttuneError('bundle-rubric-differs', { title: rubric.title })
    }
  }
}

/** A device that wrote something stays with the key that it was first heard of with. */
function believe(
  { store, ids, wallNow }: ImportParts,
  { header, rows }: Bundle,
  name: string,
  session: Session | null,
): void {
  const { publicKey } = header
  const code = keyCode(publicKey)
  const devices = [...devicesOf(rows)]
  store.ledger.appendWith((append) => {
    const known = store.keys.trusted().find((key) => key.publicKey === publicKey)
    store.keys.trust({ publicKey, name, trustedAt: new Date(wallNow()).toISOString() })
    for (const device of devices) store.keys.bind(device, publicKey)
    if (publicKey === store.installation.publicKey() || known?.name === name) return
    const payload = known
      ? ({ type: 'laptop.renamed', code } as const)
      : ({ type: 'laptop.trusted', code, devices } as const)
    append(entryAbout(ids, { examId: null, session }, payload))
  })
}

const devicesOf = (rows: readonly ChainedRow[]): Set<string> => new Set(rows.map(({ device }) => device))

/** What is in when the app breaks off is whole. Names go where the laptop says so that the exam belongs to; no other. */
async function merge({ store, erasing }: ImportParts, bundle: Bundle): Promise<{ added: number; known: number }> {
  const counts = { added: 0, known: 0 }
  const beside = isOwners(store, bundle) ? erasing.merged : undefined
  await inSlices(bundle.rows, (slice) => {
    const { added, known } = store.ledger.merge(slice, beside)
    counts.added += added
    counts.known += known
  })
  return counts
}

/** A mark that is touched meanwhile does not wait for all of it. */
async function inSlices(rows: readonly ChainedRow[], work: (slice: readonly ChainedRow[]) => void): Promise<void> {
  for (let start = 0; start < rows.length; start += SLICE) {
    work(rows.slice(start, start + SLICE))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** What the laptop wrote before what is here now, and is not here. */
function missingOf(store: Store, { header, rows }: Bundle): number {
  const missing = store.chains.missing(header.examId)
  return [...devicesOf(rows)].reduce((sum, device) => sum + (missing.get(device) ?? 0), 0)
}

/** What lies in the future was written by a clock that is ahead. */
function aheadMs({ header, rows }: Bundle, now: number): number {
  const latest = rows.reduce((max: number, { hlc }: ChainedRow) => Math.max(max, parseStamp(hlc).wallMs), 0)
  return Math.max(0, latest - now, Date.parse(header.exportedAt) - now)
}
