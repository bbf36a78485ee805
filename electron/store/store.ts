import { join } from 'node:path'
import { AttuneError } from '#shared/contract/result.ts'
import { backupsOf, holdsBackups, sizeOf } from './backup-file.ts'
import { createBallast, type Reserve } from './ballast.ts'
import { FOLD } from './encounter-fold.ts'
import { DATABASE_FILE, type DataKey, type Db } from './connection.ts'
import { headsOf, type LedgerHead } from './database-facts.ts'
import { BALLAST_FILE, HEARTBEAT_FILE, KEY_FILE } from './folder-files.ts'
import { findCode, type FoundCode } from './find-code.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { ledgerLines, type LedgerLine } from './ledger-lines.ts'
import { migrations } from './migrations/index.ts'
import { openForReading, openMigrated, reopenForWriting } from './migrator.ts'
import { reopening } from './reopening.ts'
import { hasKeptAside } from './restore.ts'
import { storageErrorCode } from './storage-error.ts'
import { createAccountRepository, type AccountRepository } from './repositories/accounts.ts'
import { createAuditRepository, type AuditRepository } from './repositories/audit.ts'
import { createCandidateRepository, type CandidateRepository } from './repositories/candidates.ts'
import { createChainRepository, type ChainRepository } from './repositories/chains.ts'
import { createEncounterRepository, type EncounterRepository } from './repositories/encounters.ts'
import { createErasureRepository, type ErasureRepository } from './repositories/erasure.ts'
import { createExamRepository, type ExamRepository } from './repositories/exams.ts'
import { createInstallation, establishInstallation, type Installation } from './repositories/installation.ts'
import { createKeyRepository, type KeyRepository } from './repositories/keys.ts'
import { createJudgementRepository, type JudgementRepository } from './repositories/judgements.ts'
import { createPackageRepository, type PackageRepository } from './repositories/packages.ts'
import { createPersonRepository, type PersonRepository } from './repositories/people.ts'
import { createProofRepository, type ProofRepository } from './repositories/proofs.ts'
import { createRubricRepository, type RubricRepository } from './repositories/rubrics.ts'
import { createSettingRepository, type SettingRepository } from './repositories/settings.ts'
import { createStandardRepository, type StandardRepository } from './repositories/standards.ts'
import { createStationRepository, type StationRepository } from './repositories/stations.ts'
import { verifyLedger, type Verification } from './verify-ledger.ts'
import { firstBroken, type BrokenEvent } from './walk-chains.ts'
import { checkStatement, type CheckedStatement } from './verify-statements.ts'
import type { SignedStatement } from '#shared/domain/proof.ts'

export { DATABASE_FILE }

/** What services may read and write. */
export type Repositories = {
  accounts: AccountRepository
  settings: SettingRepository
  rubrics: RubricRepository
  exams: ExamRepository
  stations: StationRepository
  candidates: CandidateRepository
  people: PersonRepository
  encounters: EncounterRepository
  judgements: JudgementRepository
  erasure: ErasureRepository
  chains: ChainRepository
  keys: KeyRepository
  packages: PackageRepository
  installation: Installation
  proofs: ProofRepository
  standards: StandardRepository
  audit: AuditRepository
}

export type Store = Repositories & {
  ledger: Ledger
  /** Runs `work` in one transaction: all of it or nothing. */
  transaction<T>(work: () => T): T
  /**
   * Grows with whatever is written outside the ledger: what was read at one number holds while the number stands.
   * Null within a transaction, whose writes may yet be undone.
   */
  setUpVersion(): number | null
  /**
   * Writes the database anew, so that what was deleted is neither in it nor in its log. Throws AttuneError
   * "storage-locked" while somebody reads an earlier state.
   */
  wipe(): void
  /** Whether the file that a full disk gives room with is there. */
  reserve(): Reserve
  /** Makes that file again where it was used and there is room. */
  keepReserve(): void
  close(): void
}

type StoreOptions = {
  dataDir: string
  /** Of an encrypted folder; null or absent for a plain one. */
  key?: DataKey | null
  wallClock?: () => number
}

/**
 * Whether the data folder has its database; false for a new folder. An empty file is none: a first start that was
 * interrupted leaves one, and nothing else. Throws AttuneError "database-missing" where one is gone whose backups, log of
 * marks or neighbours are there: to begin anew would look as if every mark were gone.
 */
export function hasDatabase(dataDir: string): boolean {
  const file = join(dataDir, DATABASE_FILE)
  if (isFilled(file)) return true
  const log = isFilled(`${file}-wal`)
  const backups = holdsBackups(backupsOf(dataDir)) || hasKeptAside(dataDir)
  const traces = [BALLAST_FILE, HEARTBEAT_FILE, KEY_FILE].some((name) => isFilled(join(dataDir, name)))
  if (!log && !backups && !traces) return false
  throw new AttuneError('database-missing', {
    folder: dataDir,
    left: log && backups ? 'log-and-backups' : log ? 'log' : backups ? 'backups' : 'traces',
  })
}

/** Opens the data folder's database for writing, made new where there is none. Throws AttuneError. */
export function openStore({ dataDir, key = null, wallClock = Date.now }: StoreOptions): Store {
  const exists = hasDatabase(dataDir)
  const file = join(dataDir, DATABASE_FILE)
  const first = openMigrated({ file, exists, backupDir: backupsOf(dataDir), migrations, key })
  const ballast = createBallast(dataDir)
  const { db, onReopen } = reopening(first, () => reopenForWriting(file, key), ballast.free)
  try {
    establishInstallation(db)
    const repositories = repositoriesOn(db)
    const ledger = createLedger(db, repositories.installation.device(), wallClock, ballast.free)
    foldAnew(ledger, repositories.settings)
    const changedRows = db.prepare<[], number>('SELECT total_changes()').pluck()
    const transaction = <T>(work: () => T): T => {
      try {
        return db.transaction(work).immediate()
      } catch (error) {
        if (db.inTransaction || storageErrorCode(error) !== 'storage-full' || !ballast.free()) throw error
        return transaction(work)
      }
    }
    let reopenings = 0
    onReopen(() => {
      reopenings += 1
      ledger.readAnew()
    })
    return {
      ...repositories,
      ledger,
      transaction,
      // Each connection counts its changes from 0.
      setUpVersion: () =>
        db.inTransaction ? null : reopenings * 2 ** 32 + (changedRows.get() ?? 0) - ledger.changedRows(),
      reserve: ballast.reserve,
      keepReserve: ballast.keep,
      wipe: () => {
        db.exec('VACUUM')
        const [checkpoint] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
        if (checkpoint?.busy !== 0) throw new AttuneError('storage-locked')
      },
      close: () => {
        db.pragma('wal_checkpoint(TRUNCATE)')
        db.close()
      },
    }
  } catch (error) {
    db.close()
    throw error
  }
}

/** After an update that adds up what was recorded in another way, and after an earlier backup was restored. */
function foldAnew(ledger: Ledger, settings: SettingRepository): void {
  if (settings.get('fold') === FOLD) return
  ledger.rebuildProjections()
  settings.set('fold', FOLD)
}

export type StoreReader = Repositories & {
  /** Reads at one moment: what is committed meanwhile is not seen. `work` must not wait for anything. */
  snapshot<T>(work: (store: Repositories) => T): T
  /** Walks the whole ledger: see `verifyLedger`. */
  verify(): Verification
  /** Walks the chains alone: the first event that does not hold, null where all do. */
  firstBroken(): BrokenEvent | null
  /** Holds a statement from a file against the ledger: see `checkStatement`. */
  checkStatement(signed: SignedStatement): Omit<CheckedStatement, 'eventId'>
  /** Looks for a code from paper: see `findCode`. */
  findCode(code: string): FoundCode | null
  /** What is committed after the next reading is never seen: for long work that has to wait in between. */
  hold(): void
  /** The ledger's events in their order. */
  events(): IterableIterator<LedgerLine>
  /** How far the ledger of each device goes. */
  heads(): LedgerHead[]
  close(): void
}

/** A second connection that can only read: for worker threads and for commands beside a running app. */
export function openReader(dataDir: string, key: DataKey | null = null): StoreReader {
  if (!hasDatabase(dataDir)) throw new AttuneError('database-missing', { folder: dataDir })
  const db = openForReading(join(dataDir, DATABASE_FILE), migrations, key)
  const store = repositoriesOn(db)
  return {
    ...store,
    snapshot: (work) => db.transaction(() => work(store)).deferred(),
    verify: () => db.transaction(() => verifyLedger(db)).deferred(),
    firstBroken: () => db.transaction(() => firstBroken(db)).deferred(),
    checkStatement: (signed) => db.transaction(() => checkStatement(db, signed)).deferred(),
    findCode: (code) => findCode(db, code),
    hold: () => {
      db.exec('BEGIN DEFERRED')
    },
    events: ledgerLines(db),
    heads: () => headsOf(db),
    close: () => db.close(),
  }
}

function repositoriesOn(db: Db): Repositories {
  return {
    accounts: createAccountRepository(db),
    settings: createSettingRepository(db),
    rubrics: createRubricRepository(db),
    exams: createExamRepository(db),
    stations: createStationRepository(db),
    candidates: createCandidateRepository(db),
    people: createPersonRepository(db),
    encounters: createEncounterRepository(db),
    judgements: createJudgementRepository(db),
    erasure: createErasureRepository(db),
    chains: createChainRepository(db),
    keys: createKeyRepository(db),
    packages: createPackageRepository(db),
    installation: createInstallation(db),
    proofs: createProofRepository(db),
    standards: createStandardRepository(db),
    audit: createAuditRepository(db),
  }
}

const isFilled = (file: string): boolean => sizeOf(file) > 0
