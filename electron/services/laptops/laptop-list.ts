import type { Laptops } from '#shared/contract/parts/laptops.ts'
import { clockSkews } from '#shared/domain/clock-skew.ts'
import { headCode } from '#shared/domain/head-code.ts'
import type { ExamId } from '#shared/domain/ids.ts'
import { examOf } from '#electron/services/set-up/set-up.ts'
import type { Store } from '#electron/store/store.ts'
import { coverageOf } from './coverage.ts'
import { isFromElsewhere } from './exam-home.ts'

/** What has been heard of each laptop, and what has come of the exam. Throws 'unknown-exam'. */
export function laptopsOf(store: Store, examId: ExamId): Omit<Laptops, 'watched'> {
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
        skewMs: skews.get(device) ?? null,
      }
    }),
    coverage: coverageOf(store, examId),
  }
}
