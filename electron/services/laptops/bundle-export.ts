import { join } from 'node:path'
import { AttuneError } from '#shared/contract/result.ts'
import { BUNDLE_VERSION, type BundleHeader } from '#shared/domain/bundle.ts'
import type { ExamId, FileId } from '#shared/domain/ids.ts'
import { localDate } from '#shared/domain/local-date.ts'
import type { Session } from '#shared/domain/session.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { encodeBundle } from '#electron/files/bundle-codec.ts'
import type { FileShelf } from '#electron/files/file-shelf.ts'
import { saveCopy } from '#electron/files/save-copy.ts'
import { sealTo } from '#electron/files/sealed.ts'
import { isUsableFolder } from '#electron/files/usable-folder.ts'
import { entryAbout, examOf } from '#electron/services/set-up/set-up.ts'
import type { ChainedRow } from '#electron/store/event-row.ts'
import { ledgerCode } from '#electron/store/ledger-code.ts'
import { keyCode } from '#electron/store/repositories/installation.ts'
import type { Store } from '#electron/store/store.ts'
import { BUNDLE_ENDING } from './bundle-file.ts'
import { sealKeyOf } from './package-service.ts'

type Parts = { store: Store; shelf: FileShelf; ids: () => string; wallNow: () => number; version: string }

/** How far each chain goes in a bundle, and how many events are in it. */
type Reach = { examId: ExamId; heads: BundleHeader['heads']; events: number }

/** Where bundles were put last. */
export const PUT_FOLDER = 'bundle-put-folder'

/** What this laptop recorded, on its way to the director. What is in a bundle counts as handed over once it is saved. */
export function createBundleExport({
  store,
  shelf,
  ids,
  wallNow,
  version,
}: Parts): Pick<HandlersOf<'bundle'>, 'bundle.export' | 'bundle.saved' | 'bundle.put'> {
  const made = new Map<FileId, Reach>()

  const madeFor = (session: Session | null, fileId: FileId): Reach => {
    const reach = made.get(fileId)
    if (!reach) throw new AttuneError('not-found')
    mustServe(session, reach.examId)
    return reach
  }
  const noteSent = ({ examId, heads, events }: Reach, session: Session | null): void => {
    store.ledger.append(entryAbout(ids, { examId: null, session }, { type: 'bundle.exported', examId, events }), () => {
      store.settings.set(sentKey(examId), JSON.stringify(heads.map(({ device, seq }) => [device, seq])))
    })
  }
  return {
    'bundle.export': async ({ examId, since }, { session }) => {
      mustServe(session, examId)
      const exam = examOf(store, examId)
      const recipient = store.keys.examKey(examId)?.recipient ?? (await sealKeyOf(store, examId)).recipient
      const sent = since === 'last' ? sentBefore(store, examId) : new Map<string, number>()
      const own = new Set(store.installation.devices())
      const heads = store.chains.heads(examId).filter(({ device }) => own.has(device))
      const rows = heads.flatMap(({ device }) => store.chains.rows(examId, device, sent.get(device) ?? 0))
      const stated = store.proofs.statement(examId)
      const header: BundleHeader = {
        format: 'attune-bundle',
        formatVersion: BUNDLE_VERSION,
        examId,
        publicKey: store.installation.publicKey(),
        heads,
        ledgerCode: ledgerCode(heads),
        events: rows.length,
        exportedAt: new Date(wallNow()).toISOString(),
        software: version,
        rubrics: ratedWith(store, examId, rows),
        ...(stated?.publicKey === store.installation.publicKey() && { statement: stated }),
      }
      const content = encodeBundle({ header, rows }, (digest) => store.installation.sign(digest))
      const name = nameOf(exam.title, header.publicKey, new Date(wallNow()))
      const file = await shelf.put({ name, mime: 'application/octet-stream', bytes: await sealTo(recipient, content) })
      made.set(file.id, { examId, heads, events: rows.length })
      return { file, events: rows.length, ledgerCode: header.ledgerCode }
    },
    'bundle.saved': ({ fileId }, { session }) => {
      noteSent(madeFor(session, fileId), session)
      return {}
    },
    'bundle.put': async ({ fileId, folder }, { session }) => {
      const reach = madeFor(session, fileId)
      const file = shelf.find(fileId)
      if (!file) throw new AttuneError('not-found')
      if (!isUsableFolder(folder)) throw new AttuneError('folder-unusable', { folder })
      const path = join(folder, file.name)
      await saveCopy(file.read, path)
      noteSent(reach, session)
      store.settings.set(PUT_FOLDER, folder)
      return { path }
    },
  }
}

/** With which words each station was rated of which something is to be handed over. */
function ratedWith(store: Store, examId: ExamId, rows: readonly ChainedRow[]): BundleHeader['rubrics'] {
  const encounters = new Set<string | null>(rows.map(({ encounter_id }) => encounter_id))
  const slots = store.encounters.ofExam(examId).filter(({ id }) => encounters.has(id))
  const rated = new Set(slots.map(({ stationId }) => stationId))
  return store.stations.ofExam(examId).flatMap(({ id, rubric }) => {
    const checksum = rubric && rated.has(id) ? store.rubrics.get(rubric)?.rubric.checksum : undefined
    return checksum === undefined ? [] : [{ stationId: id, checksum }]
  })
}

/** An examiner hands over the exam that they work in. */
function mustServe(session: Session | null, examId: ExamId): void {
  if (session?.role === 'examiner' && session.examId !== examId) throw new AttuneError('forbidden')
}

/** Two bundles of one laptop never have one name: to the second. */
function nameOf(title: string, publicKey: string, at: Date): string {
  const time = at.toTimeString().slice(0, 8).replaceAll(':', '')
  return `${title} ${keyCode(publicKey)} ${localDate(at)} ${time}${BUNDLE_ENDING}`
}

const sentKey = (examId: ExamId): string => `bundle-sent ${examId}`

/** How far each chain went in what was handed over before. */
function sentBefore(store: Store, examId: ExamId): Map<string, number> {
  const text = store.settings.get(sentKey(examId))
  return new Map(text === null ? [] : (JSON.parse(text) as [string, number][]))
}
