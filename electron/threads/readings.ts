import type { Input } from '#shared/contract/contract.ts'
import type { AuditFilter, AuditPage, LedgerCheck } from '#shared/contract/parts/audit.ts'
import type { CandidateResult, CohortResult } from '#shared/domain/results.ts'
import { AttuneError } from '#shared/contract/result.ts'
import type { BackupEntry } from '#shared/domain/backup.ts'
import type { CandidateId, ExamId } from '#shared/domain/ids.ts'
import type { ListTableRow } from '#shared/domain/list-table.ts'
import type { Scenario } from '#shared/domain/scenario.ts'
import { candidateResult, cohortProfile } from '#shared/scoring/candidate-result.ts'
import { cohortResult } from '#shared/scoring/cohort-result.ts'
import type { ExamData } from '#shared/scoring/exam-data.ts'
import { describeBackups, type BackupPlaces } from '#electron/files/backups.ts'
import type { Bundle } from '#electron/files/bundle-codec.ts'
import { auditCsv, auditPage } from '#electron/reports/audit/audit-log.ts'
import { ledgerCheck } from '#electron/reports/audit/ledger-check.ts'
import { ratingsCsv, resultsCsv } from '#electron/reports/export-tables.ts'
import type { Naming } from '#electron/reports/pseudonymised.ts'
import { lookAtBackup, type Walked } from '#electron/store/backup-file.ts'
import type { DataKey } from '#electron/store/connection.ts'
import { newestVersion } from '#electron/store/migrations/index.ts'
import { readExamData } from '#electron/store/read-exam-data.ts'
import type { Repositories, StoreReader } from '#electron/store/store.ts'
import type { BrokenEvent } from '#electron/store/walk-chains.ts'
import type { analysisReadings } from './analysis-readings.ts'

type ByExam = { examId: ExamId }
type Table = ByExam & Naming
/** The data folder: opened where it is needed, its key, and which of its backups were walked before. */
export type ReadFolder = { open: () => StoreReader; key: DataKey | null; walked: Walked }

/**
 * What is read on the reading thread because it takes long, each from the store as it is when the reading begins.
 * Tables come as UTF-8. Throws AttuneError. What only the analysis, a bundle or a workbook needs is loaded for the first of
 * them: every other reading is answered twice as soon by a thread that has just begun.
 */
export const readings = {
  cohort: ({ open }: ReadFolder, { examId }: ByExam): CohortResult => cohortResult(examData(open, examId)),
  candidate: (
    { open }: ReadFolder,
    { examId, candidateId }: ByExam & { candidateId: CandidateId },
  ): CandidateResult => {
    const data = examData(open, examId)
    const candidate = data.candidates.find(({ id }) => id === candidateId)
    if (!candidate) throw new AttuneError('unknown-candidate')
    return candidateResult(data, candidate, cohortProfile(data))
  },
  analysisOverview: (folder: ReadFolder, of: ByExam) => analysed(folder, of, ({ overview }) => overview),
  analysisStations: (folder: ReadFolder, of: ByExam) => analysed(folder, of, ({ stations }) => stations),
  analysisReliability: (folder: ReadFolder, of: ByExam) => analysed(folder, of, ({ reliability }) => reliability),
  analysisExaminers: (folder: ReadFolder, of: ByExam) => analysed(folder, of, ({ examiners }) => examiners),
  analysisPatients: (folder: ReadFolder, of: ByExam) => analysed(folder, of, ({ patients }) => patients),
  analysisGroups: (folder: ReadFolder, of: ByExam) => analysed(folder, of, ({ groups }) => groups),
  analysisScenario: (folder: ReadFolder, { examId, scenario }: ByExam & { scenario: Scenario }) =>
    analysed(folder, { examId }, (read) => (store) => read.scenario(store, examId, scenario)),
  analysisWhatIf: (folder: ReadFolder, { examId, scenario }: ByExam & { scenario: Scenario }) =>
    analysed(folder, { examId }, (read) => (store) => read.whatIf(store, examId, scenario)),
  marksFileRead: async (_: ReadFolder, input: Input<'analysis.readFile'>) =>
    (await import('./file-readings.ts')).lookAtMarks(input),
  marksFile: async (_: ReadFolder, input: Input<'analysis.file'>) =>
    (await import('./file-readings.ts')).analyseMarksFile(input),
  marksFileExaminers: async (_: ReadFolder, input: Input<'analysis.fileExaminers'>) =>
    (await import('./file-readings.ts')).examinersOfMarksFile(input),
  ratingsTable: ({ open }: ReadFolder, { examId, names }: Table): Uint8Array =>
    encoded(open().snapshot((store) => ratingsCsv(store, examId, { names }))),
  resultsTable: ({ open }: ReadFolder, { examId, names }: Table): Uint8Array =>
    encoded(resultsCsv(examData(open, examId), { names })),
  backups: ({ open, key, walked }: ReadFolder, places: BackupPlaces): BackupEntry[] =>
    describeBackups(places, open().heads(), newestVersion, key, walked),
  backup: ({ key, walked }: ReadFolder, { path }: { path: string }): BackupEntry['state'] =>
    lookAtBackup(path, newestVersion, key, walked).state,
  /** A sealed bundle, opened with whichever of the keys fits. */
  bundle: async (
    _: ReadFolder,
    { bytes, identities }: { bytes: Uint8Array; identities: string[] },
  ): Promise<Bundle> => {
    const { openSealed } = await import('#electron/files/sealed.ts')
    const { decodeBundle } = await import('#electron/files/bundle-codec.ts')
    return decodeBundle(await openSealed(bytes, { identities }))
  },
  audit: ({ open }: ReadFolder, { filter, before }: { filter: AuditFilter; before: string | null }): AuditPage =>
    open().snapshot((store) => auditPage(store, filter, before)),
  auditTable: ({ open }: ReadFolder, { filter, names }: { filter: AuditFilter } & Naming): Uint8Array =>
    encoded(open().snapshot((store) => auditCsv(store, filter, { names }))),
  verify: ({ open }: ReadFolder, { code }: { code: string | null }): LedgerCheck => ledgerCheck(open(), code),
  firstBroken: ({ open }: ReadFolder, _: object): BrokenEvent | null => open().firstBroken(),
  workbook: async (_: ReadFolder, input: { bytes: Uint8Array; maxRows: number }): Promise<ListTableRow[]> => {
    const { readListWorkbook } = await import('#electron/files/list-workbook.ts')
    return readListWorkbook(input.bytes, input.maxRows)
  },
}

type Readings = typeof readings
export type ReadingName = keyof Readings
export type ReadingInput<N extends ReadingName> = Parameters<Readings[N]>[1]
export type ReadingOutput<N extends ReadingName> = Awaited<ReturnType<Readings[N]>>

const examData = (open: ReadFolder['open'], examId: ExamId): ExamData =>
  open().snapshot((store) => readExamData(store, examId))

async function analysed<T>(
  { open }: ReadFolder,
  { examId }: ByExam,
  part: (readings: typeof analysisReadings) => (store: Repositories, examId: ExamId) => T,
): Promise<T> {
  const read = part((await import('./analysis-readings.ts')).analysisReadings)
  return open().snapshot((store) => read(store, examId))
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)
