import type { Laptops } from '#shared/contract/parts/laptops.ts'
import { clockSkews, NOTICED_SKEW_MS, type ClockSkew } from '#shared/domain/clock-skew.ts'
import { headCode } from '#shared/domain/head-code.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { examOf } from '#electron/services/set-up/set-up.ts'
import type { Store } from '#electron/store/store.ts'
import { coverageOf } from './coverage.ts'
import { isFromElsewhere } from './exam-home.ts'

/** What has been heard of each laptop until `now`, and what has come of the exam. Throws 'unknown-exam'. */
export function laptopsOf(store: Store, examId: ExamId, now: number): Omit<Laptops, 'watched'> {
  examOf(store, examId)
  const own = new Set(store.installation.devices())
  const names = new Map(store.keys.trusted().map(({ publicKey, name }) => [publicKey, name]))
  const missing = store.chains.missing(examId)
  const skews = clockSkews(store.chains.roundStarts(examId))
  return {
    collects: !isFromElsewhere(store, examId),
    laptops: store.chains.heads(examId).map(({ device, seq, hash }) => {
      const key = store.keys.keyOf(device)
      const last = store.chains.lastWallMs(examId, device)
      return {
        device,
        name: key === null ? null : (names.get(key) ?? null),
        own: own.has(device),
        events: seq - (missing.get(device) ?? 0),
        missing: missing.get(device) ?? 0,
        lastAt: last === null ? null : new Date(last).toISOString(),
        code: headCode(hash),
        clock: clockOf(skews.get(device) ?? null, own.has(device) || last === null ? 0 : last - now),
      }
    }),
    coverage: coverageOf(store, examId),
  }
}

/** Less is the way of a file and the slack of two sound clocks. */
const AHEAD_MS = 60_000

/** The stations together know best how far it is off; a moment that has not come yet is beyond doubt. */
function clockOf(skew: ClockSkew | null, aheadMs: number): Laptops['laptops'][number]['clock'] {
  if (aheadMs <= AHEAD_MS || (skew?.kind === 'off' && Math.abs(skew.ms) >= NOTICED_SKEW_MS)) return skew
  return { kind: 'ahead', ms: aheadMs }
}
