import type { Failure } from '#shared/contract/result.ts'

/** A host that says nothing for so long has done nothing, as far as anybody can tell. */
const PATIENCE_MS = 4000

/** The answer of the host, or "host-unreachable" where it says nothing. */
export async function withPatience<T>(answer: Promise<T>): Promise<T | Failure> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<Failure>((resolve) => {
    timer = setTimeout(() => {
      resolve({ ok: false, code: 'host-unreachable', params: {} })
    }, PATIENCE_MS)
  })
  const first = await Promise.race([answer, patience])
  clearTimeout(timer)
  return first
}
