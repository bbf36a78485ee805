import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { AttuneError } from '#shared/contract/result.ts'
import { encounterIdSchema, personIdSchema } from '#shared/domain/ids.ts'
import { sessionSchema, type Session } from '#shared/domain/session.ts'
import type { SettingRepository } from '#electron/store/repositories/settings.ts'

const loanSchema = z.strictObject({
  /** The window that was handed over. */
  clientId: z.string(),
  encounterId: encounterIdSchema,
  /** Who has it; null where the station names nobody. */
  spId: personIdSchema.nullable(),
  /** Whom it goes back to. */
  back: sessionSchema,
  /** Of the return code, both as base64. */
  salt: z.string(),
  codeHash: z.string(),
  /** Wrong codes so far. */
  failures: z.int().min(0),
})
type Loan = z.infer<typeof loanSchema>

const KEY = 'loans'
const LONGEST_WAIT_S = 60
const HASH_BYTES = 32

/** Windows that are with an SP, kept on disk: a restart is no way to the examiner's marks. */
export type Loans = {
  /** The loan of a window; null where it was not handed over. */
  of(clientId: string): Loan | null
  /** The latest loan whose window is none of those that are `present`; null where there is none. */
  latestAbsent(present: ReadonlySet<string>): Loan | null
  begin(loan: Pick<Loan, 'clientId' | 'encounterId' | 'spId' | 'back'>, returnCode: string): Loan
  /** Whom the window goes back to. Throws 'wrong-return-code' with the seconds to wait before the next try counts. */
  end(loan: Loan, returnCode: string, now: number): Session
  /** Ends them all without their codes: for whoever starts the app and has no code any more. */
  endAll(): void
}

export function createLoans(settings: SettingRepository): Loans {
  const stored = settings.get(KEY)
  let loans = stored === null ? [] : z.array(loanSchema).parse(JSON.parse(stored))
  /** By window: when the next try counts. Begins anew with the process; the number of failures does not. */
  const notBefore = new Map<string, number>()

  const keep = (next: Loan[]) => {
    settings.set(KEY, JSON.stringify(next))
    loans = next
  }
  const others = ({ clientId }: Pick<Loan, 'clientId'>) => loans.filter((loan) => loan.clientId !== clientId)

  return {
    of: (clientId) => loans.find((loan) => loan.clientId === clientId) ?? null,
    latestAbsent: (present) => loans.findLast((loan) => !present.has(loan.clientId)) ?? null,
    begin: (loan, returnCode) => {
      const salt = randomBytes(16).toString('base64')
      const begun = { ...loan, salt, codeHash: hash(returnCode, salt).toString('base64'), failures: 0 }
      keep([...others(loan), begun])
      notBefore.delete(loan.clientId)
      return begun
    },
    end: (loan, returnCode, now) => {
      const opensAt = notBefore.get(loan.clientId) ?? 0
      if (now < opensAt) throw wrongCode(opensAt - now)
      if (timingSafeEqual(hash(returnCode, loan.salt), Buffer.from(loan.codeHash, 'base64'))) {
        loans = others(loan)
        try {
          keep(loans)
        } catch {
          // A disk that refuses must not hold the device back: after a restart it asks for its code once more.
        }
        return loan.back
      }
      const failures = loan.failures + 1
      const waitMs = failures < 3 ? 0 : Math.min(LONGEST_WAIT_S, 2 ** (failures - 2)) * 1000
      notBefore.set(loan.clientId, now + waitMs)
      keep(loans.map((entry) => (entry.clientId === loan.clientId ? { ...entry, failures } : entry)))
      throw wrongCode(waitMs)
    },
    endAll: () => {
      keep([])
    },
  }
}

const wrongCode = (waitMs: number) => new AttuneError('wrong-return-code', { waitSeconds: Math.ceil(waitMs / 1000) })

/** Slow on purpose: a code has four to eight digits. */
const hash = (code: string, salt: string): Buffer => scryptSync(code, Buffer.from(salt, 'base64'), HASH_BYTES)

/** The session of a window that is lent. */
export const lentSession = ({ encounterId, spId, back }: Loan): Session => ({
  role: 'sp',
  examId: back.examId,
  personId: spId,
  handedOver: encounterId,
})
