import { initial } from './0010-initial.ts'
import { marksBeforeTheStart } from './0020-marks-before-the-start.ts'
import { examsPutAway } from './0030-exams-put-away.ts'
import { confirmations } from './0040-confirmations.ts'
import { chain } from './0050-chain.ts'
import { accounts } from './0060-accounts.ts'
import { retention } from './0070-retention.ts'
import { merge } from './0080-merge.ts'
import { erased } from './0090-erased.ts'
import { signedPackages } from './0110-signed-packages.ts'
import type { Migration } from './migration.ts'

/** In order. A new one is added at the end. */
export const migrations: readonly Migration[] = [
  initial,
  marksBeforeTheStart,
  examsPutAway,
  confirmations,
  chain,
  accounts,
  retention,
  merge,
  erased,
  signedPackages,
]

/** The `user_version` that this version of the app brings a database to. */
export const newestVersion = migrations.at(-1)?.version ?? 0
