import { z } from 'zod'
import { AttuneError } from '#shared/contract/result.ts'
import { encounterIdSchema, personIdSchema } from '#shared/domain/ids.ts'
import { sessionSchema, type Session } from '#shared/domain/session.ts'
import type { SettingRepository } from '#electron/store/repositories/settings.ts'
import { createLockout } from './lockout.ts'
import type { HashCost } from '#electron/base/derive.ts'
import { CODE_COST, hashSecret, isSecret } from './secret-hash.ts'

const loanSchema = z.strictObject({
  /** The window that was handed over. */
  clientId: z.string(),
  encounterId: encounterIdSchema,
  /** Who has it; null where the station names nobody. */
  spId: personIdSchema.nullable(),
  /** Whom it goes back to. */
  back: sessionSchema,
  /** Of the return code. */
  hash: z.string(),
  /** Wrong codes so far. */
  failures: z.int().min(0),
})
type Loan = z.infer<typeof loanSchema>

const KEY = 'loans'
const LONGEST_WAIT_S = 60

/** Windows that are with an SP, kept on disk: a restart is no way to the examiner's marks. */
export type Loans = {
  /** The loan of a window; null where it was not handed over. */
  of(clientId: string): Loan | null
  /** The latest loan whose window is none of those that are `present`; null where there is none. */
  latestAbsent(present: ReadonlySet<string>): Loan | null
  begin(loan: Pick<Loan, 'clientId' | 'encounterId' | 'spId' | 'back'>, returnCode: string): Promise<Loan>
  /** Whom the window goes back to. Throws 'wrong-return-code' with the seconds to wait before the next try counts. */
  end(loan: Loan, returnCode: string): Promise<Session>
  /** Ends them all without their codes: for whoever starts the app and has no code any more. */
  endAll(): void
}

/** `now`: the monotonic clock, in milliseconds. */
export function createLoans(settings: SettingRepository, now: () => number, cost: HashCost = CODE_COST): Loans {
  const stored = settings.get(KEY)
  let loans = stored === null ? [] : z.array(loanSchema).parse(JSON.parse(stored))
  const lockout = createLockout(now, waitAfter)

  const keep = (next: Loan[]) => {
    settings.set(KEY, JSON.stringify(next))
    loans = next
  }
  const others = ({ clientId }: Pick<Loan, 'clientId'>) => loans.filter((loan) => loan.clientId !== clientId)
  const current = ({ clientId }: Pick<Loan, 'clientId'>) => loans.find((loan) => loan.clientId === clientId)

  return {
    of: (clientId) => current({ clientId }) ?? null,
    latestAbsent: (present) => loans.findLast((loan) => !present.has(loan.clientId)) ?? null,
    begin: async (loan, returnCode) => {
      const begun = { ...loan, hash: await hashSecret(returnCode, cost), failures: 0 }
      keep([...others(loan), begun])
      lockout.forget(loan.clientId)
      return begun
    },
    end: async (loan, returnCode) => {
      const tries = {
        failures: () => current(loan)?.failures ?? 0,
        keep: (failures: number) => {
          keep(loans.map((entry) => (entry.clientId === loan.clientId ? { ...entry, failures } : entry)))
        },
      }
      const outcome = await lockout.attempt(loan.clientId, tries, () => isSecret(returnCode, loan.hash))
      if (!outcome.right) {
        throw new AttuneError('wrong-return-code', { waitSeconds: Math.ceil(outcome.waitMs / 1000) })
      }
      loans = others(loan)
      try {
        keep(loans)
      } catch {
        // A disk that refuses must not hold the device back: after a restart it asks for its code once more.
      }
      return loan.back
    },
    endAll: () => {
      keep([])
    },
  }
}

const waitAfter = (failures: number): number =>
  failures < 3 ? 0 : Math.min(LONGEST_WAIT_S, 2 ** (failures - 2)) * 1000

/** The session of a window that is lent. */
export const lentSession = ({ encounterId, spId, back }: Loan): Session => ({
  role: 'sp',
  examId: back.examId,
  personId: spId,
  handedOver: encounterId,
  locked: false,
})
