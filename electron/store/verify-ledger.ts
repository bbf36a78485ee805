import type { Db } from './connection.ts'
import { compareProjections, type Difference } from './compare-projections.ts'
import { checkSetUps, type ChangedSetUp } from './verify-set-ups.ts'
import { checkStatements, type CheckedStatement } from './verify-statements.ts'
import { walkChains, type WalkedChains } from './walk-chains.ts'

export type Verification = WalkedChains & {
  events: number
  /** What the screens read and the ledger does not add up to. Not looked at where the ledger itself is broken. */
  differing: Difference[]
  /** The closing statements, in the order in which they were made. Not looked at where the ledger itself is broken. */
  statements: CheckedStatement[]
  /** Exams whose set-up is another than the ledger says. Not looked at where the ledger itself is broken. */
  setUps: ChangedSetUp[]
}

/**
 * Walks every chain of the ledger, exam by exam, and makes the projections anew beside those that stand to compare them.
 * Reads alone. Of another device's chain a part may still be on its way, but what came must be here; of this
 * installation's own nothing may be missing.
 */
export function verifyLedger(db: Db): Verification {
  const anew = compareProjections()
  const { chains, broken } = walkChains(db, anew.add)
  return {
    events: chains.reduce((sum, { events }) => sum + events, 0),
    chains,
    broken,
    differing: broken ? [] : anew.differences(db),
    statements: broken ? [] : checkStatements(db),
    setUps: broken ? [] : checkSetUps(db),
  }
}

export const isSound = ({ broken, differing, statements, setUps }: Verification): boolean =>
  broken === null &&
  differing.length === 0 &&
  statements.every(({ problem }) => problem === null) &&
  setUps.length === 0
