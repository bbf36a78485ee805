/** Where the number of wrong tries is kept. */
export type Tries = { failures(): number; keep(failures: number): void }

export type Outcome =
  | { right: true }
  /**
   * `waitMs`: until the next try counts; 0: at once. `failures`: wrong tries in a row so far, this one included.
   * `counted`: false where it came too early, and was not looked at.
   */
  | { right: false; waitMs: number; failures: number; counted: boolean }

/** Makes guessing slow. Wrong tries are counted for each secret by its id. */
export type Lockout = {
  /**
   * One try. It is counted before it is looked at, so that ending the app in between wins nothing. A try that comes too
   * early is refused without a look, and does not lengthen the wait.
   */
  attempt(id: string, tries: Tries, isRight: () => Promise<boolean>): Promise<Outcome>
  /** The secret is a new one. */
  forget(id: string): void
}

/**
 * `now`: the monotonic clock of this run, which nobody can set. A wait begins anew with the app, because no clock that
 * outlasts it can be trusted; the number of wrong tries is on disk.
 */
export function createLockout(now: () => number, waitAfter: (failures: number) => number): Lockout {
  const startedAt = now()
  const opensAt = new Map<string, number>()
  /** Those of a disk that takes no writes: sign-in must go on, and guessing must not. */
  const uncounted = new Map<string, number>()
  /** Whose count reached the disk since the start: it is all there. */
  const counted = new Set<string>()
  let enoughToWait = 0
  while (waitAfter(enoughToWait) === 0) enoughToWait += 1
  const keep = (id: string, tries: Tries, failures: number): boolean => {
    try {
      tries.keep(failures)
      uncounted.delete(id)
      counted.add(id)
      return true
    } catch {
      uncounted.set(id, failures)
      return false
    }
  }
  const failuresSoFar = (id: string, tries: Tries): number => {
    const known = uncounted.get(id) ?? tries.failures()
    // Where the disk takes no count, what was tried before the start may be missing: enough to wait is taken for it.
    if (counted.has(id) || uncounted.has(id) || keep(id, tries, known)) return known
    const atLeast = Math.max(known, enoughToWait)
    uncounted.set(id, atLeast)
    return atLeast
  }
  return {
    async attempt(id, tries, isRight) {
      const before = failuresSoFar(id, tries)
      const waitMs = (opensAt.get(id) ?? startedAt + waitAfter(before)) - now()
      if (waitMs > 0) return { right: false, waitMs, failures: before, counted: false }
      const failures = before + 1
      keep(id, tries, failures)
      opensAt.set(id, now() + waitAfter(failures))
      if (await isRight()) {
        keep(id, tries, 0)
        opensAt.delete(id)
        return { right: true }
      }
      // Of several tries at once an earlier one must not shorten what a later one brought.
      opensAt.set(id, Math.max(opensAt.get(id) ?? 0, now() + waitAfter(failures)))
      return { right: false, waitMs: waitAfter(failures), failures, counted: true }
    },
    forget: (id) => {
      opensAt.delete(id)
      uncounted.delete(id)
    },
  }
}
