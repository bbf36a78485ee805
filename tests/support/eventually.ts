import { vi } from 'vitest'

/** Asks again until `check` throws no more; patient enough for a machine that has much else to do. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 10_000 })
