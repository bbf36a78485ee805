import { localDate } from '#shared/domain/local-date.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { ImportedBundle, Laptops } from '#shared/contract/parts/laptops.ts'
import { BUNDLE_VERSION, type BundleHeader } from '#shared/domain/bundle.ts'
import { headCode } from '#shared/domain/head-code.ts'
import { parseStamp } from '#shared/domain/hybrid-clock.ts'
import { eventIdSchema, type ExamId } from '#shared/domain/ids.ts'
import type { AdministrativePayload } from '#shared/domain/ledger-event.ts'
import type { Session } from '#shared/domain/session.ts'
import type { EventHub } from '#electron/base/event-hub.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { encodeBundle, type Bundle } from '#electron/files/bundle-codec.ts'
import type { FileShelf } from '#electron/files/file-shelf.ts'
import { sealTo } from '#electron/files/sealed.ts'
import { raterOf } from '#electron/services/encounter/access.ts'
import { examOf } from '#electron/services/set-up/set-up.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import type { ChainedRow } from '#electron/store/event-row.ts'
import type { Store } from '#electron/store/store.ts'
import type { Reader } from '#electron/threads/reader.ts'
import { coverageOf } from './coverage.ts'
import { sealKeyOf } from './package-service.ts'

export const BUNDLE_ENDING = '.attune-bundle'

/** So many events are written at once: a mark that is touched meanwhile waits for one slice at most. */
const SLICE = 400

type Parts = {
  store: Store
  events: Pick<EventHub, 'publish'>
  shelf: FileShelf
  reader: Reader
  ids: () => string
  wallNow: () => number
  version: string
  beforeImport: () => Promise<void>
}

export type BundleImport = { upload: { base64: string }; trust: { code: string; name: string } | null }

/** What laptops recorded on its way to the director, and one result out of it. */
export function createBundleHandlers(parts: Parts): HandlersOf<'bundle' | 'laptop'> {
  const { store } = parts
  return {
    'bundle.export': ({ examId, since }, { session }) => {
      if (session?.role === 'examiner' && session.examId !== examId) throw new AttuneError('forbidden')
      return exportBundle(parts, examId, since)
    },
    'bundle.import': (input, { session }) => importBundle(parts, input, session),
    'laptop.list': ({ examId }) => laptopsOf(store, examId),
    'laptop.own': () => ({ code: keyCode(store.installation.publicKey()) }),
  }
}

async function exportBundle(parts: Parts, examId: ExamId, since: 'start' | 'last') {
  const { store, shelf, version, wallNow } = parts
  const exam = examOf(store, examId)
  const recipient = store.keys.examKey(examId)?.recipient ?? (await sealKeyOf(store, examId)).recipient
  const sent = since === 'last' ? sentBefore(store, examId) : new Map<string, number>()
  const own = new Set(store.installation.devices())
  const heads = store.chains.heads(examId).filter(({ device }) => own.has(device))
  const rows = heads.flatMap(({ device }) => store.chains.rows(examId, device, sent.get(device) ?? 0))
  const header: BundleHeader = {
    format: 'attune-bundle',
    formatVersion: BUNDLE_VERSION,
    examId,
    publicKey: store.installation.publicKey(),
    heads,
    events: rows.length,
    exportedAt: new Date(wallNow()).toISOString(),
    software: version,
  }
  const bytes = await sealTo(
    recipient,
    encodeBundle({ header, rows }, (digest) => store.installation.sign(digest)),
  )
  const time = new Date(wallNow())
  const name = `${exam.title} ${keyCode(header.publicKey)} ${localDate(time)} ${time.toTimeString().slice(0, 5).replace(':', '')}`
  const file = await shelf.put({ name: `${name}${BUNDLE_ENDING}`, mime: 'application/octet-stream', bytes })
  store.settings.set(sentKey(examId), JSON.stringify(heads.map(({ device, seq }) => [device, seq])))
  return { file, events: rows.length }
}

const sentKey = (examId: ExamId): string => `bundle-sent ${examId}`

/** How far each chain went in the bundle before. */
function sentBefore(store: Store, examId: ExamId): Map<string, number> {
  const text = store.settings.get(sentKey(examId))
  return new Map(text === null ? [] : (JSON.parse(text) as [string, number][]))
}

/**
 * Takes a bundle in, whichever comes first and however often. Whatever is refused leaves a line for the audit and
 * nothing else. Throws AttuneError: as `openSealed`, `decodeBundle` and `Ledger.merge` do, "unknown-exam" where no
 * exam of this installation is meant, "bundle-stranger" with the laptop's code.
 */
export async function importBundle(
  parts: Parts,
  input: BundleImport,
  session: Session | null,
): Promise<ImportedBundle> {
  const { store, ids } = parts
  const note = (payload: AdministrativePayload) => {
    store.ledger.append({
      id: eventIdSchema.parse(ids()),
      examId: null,
      encounterId: null,
      ...raterOf(session),
      offsetMs: null,
      payload,
    })
  }
  try {
    const bundle = await readBundle(parts, input)
    const laptop = trustedName(parts, bundle.header, input.trust)
    await parts.beforeImport()
    const counts = await merge(parts, bundle)
    const { examId, heads } = bundle.header
    note({ type: 'bundle.imported', examId, devices: heads.map(({ device }) => device), ...counts })
    parts.events.publish('exam.changed', { examId })
    return {
      examId,
      laptop,
      new: counts.added,
      known: counts.known,
      conflicting: [...store.encounters.conflicts(examId).values()].reduce((sum, count) => sum + count, 0),
      aheadMs: aheadMs(bundle, parts.wallNow()),
    }
  } catch (error) {
    if (error instanceof AttuneError) note({ type: 'bundle.refused', problem: error.code })
    throw error
  }
}

async function readBundle({ store, reader }: Parts, { upload }: BundleImport): Promise<Bundle> {
  const identities = store.exams.list().flatMap(({ id }) => store.keys.examKey(id)?.identity ?? [])
  if (identities.length === 0) throw new AttuneError('seal-refused')
  const bundle = await reader.read('bundle', { bytes: Buffer.from(upload.base64, 'base64'), identities })
  examOf(store, bundle.header.examId)
  return bundle
}

/** The name of the laptop that signed; a new one is believed once its code was compared and it was named. */
function trustedName({ store, wallNow }: Parts, header: BundleHeader, trust: BundleImport['trust']): string {
  const { publicKey } = header
  const code = keyCode(publicKey)
  const trustedAt = new Date(wallNow()).toISOString()
  if (publicKey === store.installation.publicKey()) store.keys.trust({ publicKey, name: code, trustedAt })
  else if (trust?.code === code) store.keys.trust({ publicKey, name: trust.name, trustedAt })
  const known = store.keys.trusted().find((key) => key.publicKey === publicKey)
  if (!known) throw new AttuneError('bundle-stranger', { code })
  for (const { device } of header.heads) {
    if ((store.keys.keyOf(device) ?? publicKey) !== publicKey) throw new AttuneError('bundle-forked')
    store.keys.bind(device, publicKey)
  }
  return known.name
}

/** In slices, so that a mark that is touched meanwhile does not wait; what is in already when it breaks off is whole. */
async function merge({ store }: Parts, { rows }: Bundle): Promise<{ added: number; known: number }> {
  const counts = { added: 0, known: 0 }
  for (let start = 0; start < rows.length; start += SLICE) {
    const { added, known } = store.ledger.merge(rows.slice(start, start + SLICE))
    counts.added += added
    counts.known += known
    await new Promise((resolve) => setImmediate(resolve))
  }
  return counts
}

/** What lies in the future was written by a clock that is ahead. */
function aheadMs({ header, rows }: Bundle, now: number): number {
  const latest = rows.reduce((max: number, { hlc }: ChainedRow) => Math.max(max, parseStamp(hlc).wallMs), 0)
  return Math.max(0, latest - now, Date.parse(header.exportedAt) - now)
}

function laptopsOf(store: Store, examId: ExamId): Laptops {
  examOf(store, examId)
  const own = new Set(store.installation.devices())
  const names = new Map(store.keys.trusted().map(({ publicKey, name }) => [publicKey, name]))
  const key = store.keys.examKey(examId)
  return {
    collects: key === null || key.identity !== null,
    laptops: store.chains.heads(examId).map(({ device, seq, hash }) => {
      const key = store.keys.keyOf(device)
      const last = store.chains.lastWallMs(examId, device)
      return {
        device,
        name: key === null ? null : (names.get(key) ?? null),
        own: own.has(device),
        events: seq,
        lastAt: last === null ? null : new Date(last).toISOString(),
        code: headCode(hash),
      }
    }),
    coverage: coverageOf(store, examId),
  }
}
