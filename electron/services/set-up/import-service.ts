import type { ImportPreview } from '#shared/contract/parts/exams.ts'
import type { ImportRow } from '#shared/domain/import-row.ts'
import { AttuneError } from '#shared/contract/result.ts'
import {
  candidateColumns,
  candidateColumnsNeeded,
  readCandidateList,
  type ReadRow,
} from '#shared/domain/candidate-list.ts'
import { candidateIdSchema, personIdSchema, type ExamId } from '#shared/domain/ids.ts'
import { findColumns, missingColumn, type ListTable } from '#shared/domain/list-table.ts'
import { personColumns, personColumnsNeeded, readPersonList } from '#shared/domain/person-list.ts'
import type { HandlersOf } from '#electron/base/handlers.ts'
import { readList, type ReadWorkbook } from '#electron/files/list-file.ts'
import type { Store } from '#electron/store/store.ts'
import { MAX_CANDIDATES } from './candidate-service.ts'
import { MAX_PEOPLE } from './person-service.ts'
import { changeExam, openExam, type SetUpParts } from './set-up.ts'

type Kind = ImportPreview['kind']
type Preview = { clientId: string; examId: ExamId; kind: Kind; table: ListTable }

const PREVIEWS_PER_CLIENT = 3
const PREVIEWS = 12
const SHOWN_CHARACTERS = 200

type Parts = SetUpParts & {
  readWorkbook: ReadWorkbook
  /** Makes the backup that a mistaken list is gone back behind with. */
  beforeImport: () => Promise<void>
}

/** Lists of candidates and people: read and shown first, written when the director says so. */
export function createImportHandlers(parts: Parts): HandlersOf<'import'> {
  const { store, ids, readWorkbook, beforeImport } = parts
  const previews = new Map<string, Preview>()
  const keep = (preview: Preview): string => {
    const id = ids()
    previews.set(id, preview)
    const own = [...previews].filter(([, { clientId }]) => clientId === preview.clientId)
    for (const [old] of own.slice(0, -PREVIEWS_PER_CLIENT)) previews.delete(old)
    for (const old of [...previews.keys()].slice(0, -PREVIEWS)) previews.delete(old)
    return id
  }
  return {
    'import.preview': async ({ examId, kind, source }, { clientId }) => {
      openExam(store, examId)
      const table = await readList(source, readWorkbook)
      mustHaveColumns(table, kind)
      const rows = read(store, examId, kind, table).map(({ row, values, problems }) => ({ row, values, problems }))
      const good = rows.filter(({ problems }) => problems.length === 0).length
      mustFit(store, examId, kind, good)
      return {
        previewId: keep({ clientId, examId, kind, table }),
        kind,
        columns: [...findColumns<string>(table.header, columnNames[kind]).keys()],
        rows,
        good,
        bad: rows.length - good,
      }
    },
    'import.apply': async ({ examId, previewId }, { clientId, session }) => {
      const preview = previews.get(previewId)
      if (!preview || preview.examId !== examId || preview.clientId !== clientId) {
        throw new AttuneError('preview-expired')
      }
      openExam(store, examId)
      await beforeImport()
      const added = changeExam(parts, { examId, session }, () => {
        openExam(store, examId)
        // Read again: numbers may be taken and stations gone since the preview was shown.
        const rows = read(store, examId, preview.kind, preview.table)
        const writes = rows.flatMap(({ write }) => write ?? [])
        mustFit(store, examId, preview.kind, writes.length)
        for (const write of writes) write(ids())
        return writes.length
      })
      previews.delete(previewId)
      return { added }
    },
  }
}

const columnNames = { candidates: candidateColumns, people: personColumns }
const columnsNeeded = { candidates: candidateColumnsNeeded, people: personColumnsNeeded }

/** Throws 'file-column-missing' with the columns that are there. */
function mustHaveColumns({ header }: ListTable, kind: Kind): void {
  const column = missingColumn<string>(header, columnNames[kind], columnsNeeded[kind])
  if (column === null) return
  const columns = header.map((name) => name.trim()).join(', ')
  throw new AttuneError('file-column-missing', { column, columns: columns.slice(0, SHOWN_CHARACTERS) })
}

/** Throws 'file-too-many-rows' where the exam cannot hold the rows. */
function mustFit(store: Store, examId: ExamId, kind: Kind, good: number): void {
  const [there, max] =
    kind === 'candidates'
      ? [store.exams.counts(examId).candidates, MAX_CANDIDATES]
      : [store.people.ofExam(examId).length, MAX_PEOPLE]
  if (there + good > max) throw new AttuneError('file-too-many-rows', { rows: good, max: Math.max(0, max - there) })
}

type WritableRow = ImportRow & {
  /** Adds it to the exam under a new id; null for a row with a problem. */
  write: ((id: string) => void) | null
}

function read(store: Store, examId: ExamId, kind: Kind, table: ListTable): WritableRow[] {
  if (kind === 'candidates') {
    const taken = new Set(store.candidates.ofExam(examId).map(({ number }) => number))
    return readCandidateList(table, taken).map((row) =>
      writable(row, (fields, id) => {
        store.candidates.put({ ...fields, id: candidateIdSchema.parse(id), examId })
      }),
    )
  }
  const stationIds = new Map(store.stations.ofExam(examId).map(({ id, number }) => [number, id]))
  return readPersonList(table, { stationIds, people: store.people.ofExam(examId) }).map((row) =>
    writable(row, (fields, id) => {
      store.people.put({ ...fields, id: personIdSchema.parse(id), examId })
    }),
  )
}

function writable<Fields>({ fields, ...row }: ReadRow<Fields>, put: (fields: Fields, id: string) => void): WritableRow {
  return {
    ...row,
    write:
      fields === null
        ? null
        : (id) => {
            put(fields, id)
          },
  }
}
